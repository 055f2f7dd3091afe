#include "seed/generate.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "dialect/sql_writer.h"
#include "seed/checks.h"
#include "seed/limits.h"
#include "seed/order.h"
#include "seed/table_plan.h"
#include "seed/values.h"
#include "tidemark/error.h"

namespace tidemark::seed {
namespace {

constexpr int most_tries = 40;  // for a row that no unique constraint refuses
constexpr int most_gaps = 20;   // numbers in a row of which none makes a row: `x <> 13`
constexpr std::size_t rows_of_a_part = 1000;

/// A check that refuses NULL is a NOT NULL.
Catalog with_required(Catalog catalog) {
  for (Table& table : catalog.tables)
    for (Column& column : table.columns)
      if (limits_of(catalog, table, column).required) column.not_null = true;
  return catalog;
}

/// Whether the first value, of a number or of what sorts like its text, is below the second.
bool is_below(const std::string& one, const std::string& other) {
  std::optional<double> first = number_of(one), second = number_of(other);
  return first && second ? *first < *second : one < other;
}

/// Exchanges values that a check wants the other way round. False where it wants them to
/// differ and they do not.
bool put_in_order(const TablePlan& plan, std::vector<Value>& row) {
  for (const Order& order : plan.orders) {
    Value &smaller = row[order.smaller], &larger = row[order.larger];
    if (!smaller || !larger) continue;
    if (smaller == larger && order.strict) return false;
    if (is_below(*larger, *smaller)) std::swap(smaller, larger);
  }
  return true;
}

/// The limits of an array are those of its elements.
bool is_allowed(const Wish& wish, const Value& value) {
  return !wish.limited || (value && wish.dimensions > 0) || allows(wish.limits, value);
}

bool is_allowed(const TablePlan& plan, const std::vector<Value>& row) {
  for (std::size_t i = 0; i < row.size(); ++i)
    if (!is_allowed(plan.wishes[i], row[i])) return false;
  return true;
}

/// Empty where the values equal nothing: NULL does not, not even another NULL.
std::optional<std::uint64_t> hash_of(const Key& key, const std::vector<Value>& row) {
  std::uint64_t out = 0;
  for (std::size_t at : key.columns) {
    if (!row[at] && !key.null_equals_null) return std::nullopt;
    std::uint64_t one = row[at] ? std::hash<std::string>()(*row[at]) : 1;
    out = (out ^ one) * 0x9e3779b97f4a7c15u;
    out ^= out >> 32;
  }
  return out;
}

/// Takes the values of every key, unless one of them is taken.
bool claim(TablePlan& plan, const std::vector<Value>& row) {
  for (std::size_t i = 0; i < plan.keys.size(); ++i) {
    std::optional<std::uint64_t> hash = hash_of(plan.keys[i], row);
    if (!hash || plan.keys[i].taken.insert(*hash).second) continue;
    while (i-- > 0)
      if (std::optional<std::uint64_t> before = hash_of(plan.keys[i], row))
        plan.keys[i].taken.erase(*before);
    return false;
  }
  return true;
}

class Generator {
 public:
  Generator(const Catalog& catalog, const Profile& profile, std::uint64_t seed,
            const std::map<Path, std::uint64_t>& first, const RowSink& sink)
      : catalog_(with_required(catalog)),
        profile_(profile),
        dice_(seed),
        first_(first),
        sink_(sink) {}

  Generation run() {
    std::vector<const Table*> order = parents_first(catalog_);
    for (const Table* table : order) fill(*table);
    for (const Late& late : late_) close_circle(late);
    if (catalog_.engine == Engine::postgresql)
      for (const Table* table : order)
        for (Command& command : counter_commands(*table))
          out_.afterwards.push_back(std::move(command));
    return std::move(out_);
  }

 private:
  /// A key whose target is filled later.
  struct Late {
    const Table* table;
    const ForeignKey* key;
    bool tells_apart;  // no two rows may lead to the same
  };

  std::size_t wanted(const Table& table) const {
    auto own = profile_.of.find(table.path.name.text());
    return own == profile_.of.end() ? profile_.rows : own->second;
  }

  void fill(const Table& table) {
    TablePlan& plan = plans_.emplace(table.path, TablePlan{.table = &table}).first->second;
    if (wanted(table) == 0) return;
    plan = plan_of(catalog_, table);
    for (Wish& wish : plan.wishes)
      wish.spread = profile_.spread(table.path.name.text(), wish.column->name.text());
    find_kept(catalog_, plan, require_parents(plan));
    find_references(plan);
    auto known = first_.find(table.path);
    std::uint64_t number = known == first_.end() ? 1 : known->second;
    Dice dice = dice_.of(
        fmt::format("{}.{} from {}", table.path.schema.text(), table.path.name.text(), number));
    RowChecks checks(plan, catalog_.engine);
    checks_ = &checks;
    int gaps = 0;
    for (; plan.count < wanted(table) && gaps < most_gaps; ++number)
      gaps = add_row(plan, number, dice) ? 0 : gaps + 1;
    give(plan);
    plan.keys.clear();
    if (gaps > 0) tell_of_gaps(plan);
  }

  /// Of the last row that could not be made.
  void tell_of_gaps(const TablePlan& plan) {
    const std::string name = plan.table->path.name.text();
    if (plan.count == 0 && stuck_ && !has_rows(*stuck_)) throw without_target(plan, *stuck_);
    if (plan.count == 0 && unmet_) throw unmet(*plan.table, *unmet_);
    out_.notes.push_back(
        unmet_ ? fmt::format("{}: no more than {} rows meet the check {}", name, plan.count,
                             unmet_->name.text())
               : fmt::format("{}: no more than {} rows differ in their keys", name, plan.count));
  }

  static bool has_rows(const Reference& reference) {
    return reference.target && reference.target->kept.size() > 0;
  }

  Error without_target(const TablePlan& plan, const Reference& reference) const {
    const Path& target = reference.key->target;
    const std::string table = plan.table->path.name.text();
    std::string why = "which gets no rows";
    if (!catalog_.table(target)) why = "which is not among the tables that are filled";
    return Error(Fault::failed,
                 fmt::format("{}.{} must refer to a row of {}, {}", table,
                             reference.key->columns.front().text(), target.name.text(), why))
        .hint(fmt::format("Fill both, or leave both out (--rows {}=0).", table));
  }

  /// Whether some of them come later.
  bool require_parents(const TablePlan& plan) {
    const Table& table = *plan.table;
    std::size_t before = late_.size();
    for (const ForeignKey& key : table.foreign_keys) {
      if (plans_.contains(key.target) || !catalog_.table(key.target)) continue;
      if (!may_be_null(table, key))
        throw Error(
            Fault::failed,
            fmt::format("{} and {} need each other's rows first: {} may not be NULL",
                        table.path.name.text(), key.target.name.text(), key.columns.front().text()))
            .hint("Let one of the two keys be NULL, or give these tables rows in a seed file.");
      bool tells_apart = std::ranges::any_of(key.columns, [&](const Name& name) {
        return is_in_key(plan, place_of(plan.part.columns, name));
      });
      late_.push_back({&table, &key, tells_apart});
    }
    return late_.size() > before;
  }

  void find_references(TablePlan& plan) {
    for (const ForeignKey& key : plan.table->foreign_keys) {
      Reference& reference = plan.references.emplace_back(Reference{.key = &key});
      reference.is_self = key.target == plan.table->path;
      reference.nullable = may_be_null(*plan.table, key);
      for (const Name& name : key.columns)
        reference.own.push_back(place_of(plan.part.columns, name));
      reference.tells_apart = is_in_key(plan, reference.own.front());
      auto target = plans_.find(key.target);
      if (target == plans_.end()) continue;
      for (const Name& name : key.target_columns)
        reference.from.push_back(place_of(target->second.kept.names, name));
      if (std::ranges::find(reference.from, nowhere) == reference.from.end())
        reference.target = &target->second;
    }
  }

  bool add_row(TablePlan& plan, std::uint64_t number, Dice& dice) {
    for (int attempt = 0; attempt < most_tries; ++attempt) {
      attempt_ = static_cast<std::uint64_t>(attempt);
      stuck_ = nullptr;
      unmet_ = nullptr;
      std::optional<std::vector<Value>> row = make_row(plan, number, dice);
      if (!row) return false;
      if (!put_in_order(plan, *row)) continue;
      unmet_ = checks_->meet(*row, number, dice);
      if (unmet_ || !is_allowed(plan, *row) || !claim(plan, *row)) continue;
      for (std::size_t place : plan.kept.places) plan.kept.values.push_back((*row)[place]);
      plan.part.rows.push_back(std::move(*row));
      ++plan.count;
      if (plan.part.rows.size() == rows_of_a_part) give(plan);
      return true;
    }
    return false;
  }

  void give(TablePlan& plan) {
    if (!plan.part.rows.empty()) sink_(plan.part);
    plan.part.rows.clear();
  }

  std::optional<std::vector<Value>> make_row(const TablePlan& plan, std::uint64_t number,
                                             Dice& dice) {
    std::vector<Value> row(plan.wishes.size());
    settled_.assign(row.size(), false);
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (plan.refers[i]) continue;
      settled_[i] = true;
      if (!is_null(plan.wishes[i].spread, plan.nullable[i], dice))
        row[i] = made_up(plan.wishes[i], number, dice);
    }
    stride_ = 1;
    for (const Reference& reference : plan.references)
      if (!refer(plan, reference, number, row, dice)) {
        stuck_ = &reference;
        return std::nullopt;
      }
    return row;
  }

  /// One in ten, where nothing else is said.
  static bool is_null(const Spread* spread, bool nullable, Dice& dice) {
    if (spread && spread->nulls) return dice.unit() < *spread->nulls;
    return nullable && dice.one_in(10);
  }

  /// What is said about the first column of a key, which counts for all of it; null for
  /// nothing.
  static const Spread* spread_of(const TablePlan& plan, const Reference& reference) {
    const std::size_t at = reference.own.front();
    return at == nowhere ? nullptr : plan.wishes[at].spread;
  }

  /// Gives the columns of a key the values of a row that it may refer to.
  bool refer(const TablePlan& plan, const Reference& reference, std::uint64_t number,
             std::vector<Value>& row, Dice& dice) {
    std::size_t size = reference.target ? reference.target->kept.size() : 0;
    std::span<const Value> parent;
    bool any = reference.is_self || size > 0;
    const Spread* spread = spread_of(plan, reference);
    const bool leads_nowhere = reference.nullable && is_null(spread, true, dice);
    if (reference.target && any && !leads_nowhere)
      parent = choose(plan, reference, row, start_at(reference, spread, number, size, dice));
    // The first refers to itself.
    std::vector<Value> itself;
    if (parent.empty() && reference.target && reference.is_self && !reference.nullable) {
      for (std::size_t place : plan.kept.places) itself.push_back(row[place]);
      parent = itself;
    }
    if (parent.empty() && !reference.nullable) return false;
    for (std::size_t i = 0; i < reference.own.size(); ++i) {
      std::size_t at = reference.own[i];
      if (at == nowhere || settled_[at]) continue;
      settled_[at] = true;
      if (!parent.empty()) row[at] = parent[reference.from[i]];
    }
    return true;
  }

  /// Any row; but where keys tell the table's rows apart, one after the other, and of several
  /// keys every combination.
  std::size_t start_at(const Reference& reference, const Spread* spread, std::uint64_t number,
                       std::size_t size, Dice& dice) {
    if (size == 0) return 0;
    if (!reference.tells_apart && spread)
      return static_cast<std::size_t>(rolled(spread->curve, dice) * static_cast<double>(size));
    if (!reference.tells_apart) return dice.below(size);
    std::size_t start = (number / stride_ + attempt_) % size;
    stride_ *= size;
    return start;
  }

  /// A row of the target that agrees with what other keys have settled; empty for none.
  std::span<const Value> choose(const TablePlan& plan, const Reference& reference,
                                const std::vector<Value>& row, std::size_t start) const {
    const Kept& candidates = reference.target->kept;
    auto agrees = [&](std::span<const Value> candidate) {
      for (std::size_t i = 0; i < reference.own.size(); ++i) {
        std::size_t at = reference.own[i];
        const Value& value = candidate[reference.from[i]];
        if (!value) return false;
        if (at == nowhere) continue;
        if (settled_[at] && row[at] != value) return false;
        if (!is_allowed(plan.wishes[at], value)) return false;
      }
      return true;
    };
    for (std::size_t i = 0, size = candidates.size(); i < size; ++i)
      if (std::span<const Value> one = candidates.row((start + i) % size); agrees(one)) return one;
    return {};
  }

  /// The rows are there now: those that could not refer to them do so.
  void close_circle(const Late& late) {
    const Kept& rows = plans_.at(late.table->path).kept;
    const Kept& targets = plans_.at(late.key->target).kept;
    std::vector<Name> identity = key_of(*late.table);
    auto is_unknown = [](const Kept& kept) {
      return [&kept](const Name& name) { return place_of(kept.names, name) == nowhere; };
    };
    if (identity.empty() || targets.size() == 0 ||
        std::ranges::any_of(identity, is_unknown(rows)) ||
        std::ranges::any_of(late.key->target_columns, is_unknown(targets)))
      return;
    Dice dice = dice_.of("late " + late.table->path.name.text());
    std::size_t count = late.tells_apart ? std::min(rows.size(), targets.size()) : rows.size();
    for (std::size_t i = 0; i < count; ++i) {
      std::span<const Value> target =
          targets.row(late.tells_apart ? i : dice.below(targets.size()));
      Command command{standard_sql("UPDATE ", late.table->path, " SET ")};
      auto add = [&](std::string_view before, const Name& name, const Value& value) {
        command.parameters.push_back(value);
        command.sql +=
            standard_sql(before, name, " = $", std::to_string(command.parameters.size()));
      };
      for (std::size_t c = 0; c < late.key->columns.size(); ++c)
        add(c == 0 ? "" : ", ", late.key->columns[c],
            target[place_of(targets.names, late.key->target_columns[c])]);
      for (std::size_t c = 0; c < identity.size(); ++c)
        add(c == 0 ? " WHERE " : " AND ", identity[c],
            rows.row(i)[place_of(rows.names, identity[c])]);
      out_.afterwards.push_back(std::move(command));
    }
  }

  const Catalog catalog_;
  const Profile& profile_;
  Dice dice_;
  const std::map<Path, std::uint64_t>& first_;
  const RowSink& sink_;
  std::map<Path, TablePlan> plans_;
  std::vector<Late> late_;
  std::uint64_t attempt_ = 0, stride_ = 1;  // of the row at hand
  std::vector<bool> settled_;               // which of its columns have their value
  RowChecks* checks_ = nullptr;             // of the table at hand
  const Check* unmet_ = nullptr;            // why the last row was none
  const Reference* stuck_ = nullptr;
  Generation out_;
};

}  // namespace

Generation generate(const Catalog& catalog, const Profile& profile, std::uint64_t seed,
                    const std::map<Path, std::uint64_t>& first, const RowSink& sink) {
  return Generator(catalog, profile, seed, first, sink).run();
}

}  // namespace tidemark::seed
