#include "seed/generate.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "dialect/sql_writer.h"
#include "seed/limits.h"
#include "seed/order.h"
#include "seed/values.h"
#include "tidemark/error.h"

namespace tidemark::seed {
namespace {

constexpr int most_tries = 40;  // for a row that no unique constraint refuses
constexpr int most_gaps = 20;   // numbers in a row of which none makes a row: `x <> 13`

/// The columns of one unique constraint, by their place in the row.
struct Key {
  std::vector<std::size_t> columns;
  bool null_equals_null = false;

  bool has(std::size_t place) const { return std::ranges::find(columns, place) != columns.end(); }
};

/// One table while its rows are made.
struct Plan {
  const Table* table;
  std::vector<Wish> wishes;  // beside the columns of `rows`
  std::vector<Key> keys;
  std::vector<Ordering> orderings;
  TableRows rows;
  std::map<std::size_t, std::set<std::vector<Value>>> taken;  // by the number of the key
};

std::size_t place_of(const TableRows& rows, const Name& name) {
  return static_cast<std::size_t>(std::ranges::find(rows.columns, name) - rows.columns.begin());
}

/// The columns that an expression may depend on.
std::vector<Name> mentioned_in(const Table& table, const std::string& expression) {
  std::vector<Name> out;
  for (const Column& column : table.columns)
    if (expression.find(column.name.text()) != std::string::npos) out.push_back(column.name);
  return out;
}

/// Those whose values are made stand for a column that the database generates from them.
void add_key(Plan& plan, const std::vector<Name>& columns, bool null_equals_null = false) {
  Key key{.columns = {}, .null_equals_null = null_equals_null};
  for (const Name& name : columns) {
    const Column* column = plan.table->column(name);
    if (!column) return;
    std::vector<Name> made = {name};
    if (column->generated) made = mentioned_in(*plan.table, column->generated->expression);
    for (const Name& one : made)
      if (std::size_t place = place_of(plan.rows, one); place < plan.rows.columns.size())
        key.columns.push_back(place);
  }
  if (!key.columns.empty()) plan.keys.push_back(std::move(key));
}

/// The columns of a unique index; those that an expression mentions stand for it.
std::vector<Name> columns_of(const Table& table, const Index& index) {
  std::vector<Name> out;
  for (const IndexColumn& part : index.columns) {
    if (!part.is_expression) {
      out.emplace_back(part.text);
      continue;
    }
    std::vector<Name> mentioned = mentioned_in(table, part.text);
    out.insert(out.end(), mentioned.begin(), mentioned.end());
  }
  return out;
}

void find_keys(Plan& plan) {
  const Table& table = *plan.table;
  for (const Column& column : table.columns)
    if (column.primary_key) add_key(plan, {column.name});
  for (const PrimaryKey& key : table.primary_keys) add_key(plan, key.columns);
  for (const Unique& unique : table.uniques)
    add_key(plan, unique.columns, unique.nulls_not_distinct);
  for (const Index& index : table.indexes)
    if (index.unique) add_key(plan, columns_of(table, index));
}

bool is_reference(const Table& table, const Name& column) {
  return std::ranges::any_of(table.foreign_keys, [&](const ForeignKey& key) {
    return std::ranges::find(key.columns, column) != key.columns.end();
  });
}

/// A key is kept apart by its first column that refers to nothing.
void mark_unique(Plan& plan) {
  for (const Key& key : plan.keys) {
    auto own = std::ranges::find_if(key.columns, [&](std::size_t at) {
      return !is_reference(*plan.table, plan.rows.columns[at]);
    });
    if (own != key.columns.end()) plan.wishes[*own].unique = true;
  }
}

/// A check that refuses NULL is a NOT NULL.
Catalog with_required(Catalog catalog) {
  for (Table& table : catalog.tables)
    for (Column& column : table.columns)
      if (limits_of(catalog, table, column).required) column.not_null = true;
  return catalog;
}

/// Whether the database has to give the value: generated, or of a type that nobody knows here.
bool is_left_out(const Table& table, const Wish& wish) {
  const Column& column = *wish.column;
  if (column.generated) return true;
  Dice dice(0);
  if (is_reference(table, column.name) || made_up(wish, 1, dice)) return false;
  if (column.default_value || !column.not_null) return true;
  throw Error(
      Fault::failed,
      fmt::format("no value can be made up for {}.{}, of the type {}, which may not be NULL",
                  table.path.name.text(), column.name.text(), column.type.text))
      .hint(
          fmt::format("Give the table its rows in a seed file, and leave it out here: --rows {}=0.",
                      table.path.name.text()));
}

Plan plan_of(const Catalog& catalog, const Table& table) {
  Plan plan{.table = &table,
            .wishes = {},
            .keys = {},
            .orderings = orderings_of(table),
            .rows = {.table = table.path, .columns = {}, .rows = {}},
            .taken = {}};
  for (const Column& column : table.columns) {
    Wish wish{&column, catalog.engine, limits_of(catalog, table, column)};
    if (is_left_out(table, wish)) continue;
    plan.rows.columns.push_back(column.name);
    plan.rows.over_identity |= column.identity.has_value();
    plan.wishes.push_back(std::move(wish));
  }
  find_keys(plan);
  mark_unique(plan);
  return plan;
}

/// Whether the first value, of a number or of what sorts like its text, is below the second.
bool is_below(const std::string& one, const std::string& other) {
  std::optional<double> first = number_of(one), second = number_of(other);
  return first && second ? *first < *second : one < other;
}

/// Exchanges values that a check wants the other way round. False where it wants them to
/// differ and they do not.
bool put_in_order(const Plan& plan, std::vector<Value>& row) {
  for (const Ordering& ordering : plan.orderings) {
    std::size_t smaller = place_of(plan.rows, ordering.smaller);
    std::size_t larger = place_of(plan.rows, ordering.larger);
    if (smaller == row.size() || larger == row.size() || !row[smaller] || !row[larger]) continue;
    if (row[smaller] == row[larger] && ordering.strict) return false;
    if (is_below(*row[larger], *row[smaller])) std::swap(row[smaller], row[larger]);
  }
  return true;
}

bool is_in_key(const Plan& plan, std::size_t place) {
  return std::ranges::any_of(plan.keys, [&](const Key& key) { return key.has(place); });
}

/// The limits of an array are those of its elements.
bool is_allowed(const Wish& wish, const Value& value) {
  bool is_array = value && wish.column->type.text.ends_with(']');
  return is_array || allows(wish.limits, value);
}

bool is_allowed(const Plan& plan, const std::vector<Value>& row) {
  for (std::size_t i = 0; i < row.size(); ++i)
    if (!is_allowed(plan.wishes[i], row[i])) return false;
  return true;
}

class Generator {
 public:
  Generator(const Catalog& catalog, const Amounts& amounts, std::uint64_t seed,
            const std::map<Path, std::uint64_t>& first)
      : catalog_(with_required(catalog)), amounts_(amounts), dice_(seed), first_(first) {}

  Generation run() {
    std::vector<const Table*> order = parents_first(catalog_);
    for (const Table* table : order) fill(*table);
    for (const Late& late : late_) close_circle(late);
    for (const Table* table : order) {
      if (catalog_.engine == Engine::postgresql)
        for (Command& command : counter_commands(*table))
          out_.afterwards.push_back(std::move(command));
      out_.rows.push_back(std::move(plans_.at(table->path).rows));
    }
    return std::move(out_);
  }

 private:
  /// A key whose target is filled later.
  struct Late {
    const Table* table;
    const ForeignKey* key;
  };

  std::size_t wanted(const Table& table) const {
    auto own = amounts_.of.find(table.path.name.text());
    return own == amounts_.of.end() ? amounts_.rows : own->second;
  }

  void fill(const Table& table) {
    if (wanted(table) == 0) {
      plans_.emplace(table.path, Plan{.table = &table, .rows = {.table = table.path}});
      return;
    }
    Plan& plan = plans_.emplace(table.path, plan_of(catalog_, table)).first->second;
    require_parents(table);
    auto known = first_.find(table.path);
    std::uint64_t number = known == first_.end() ? 1 : known->second;
    Dice dice = dice_.of(
        fmt::format("{}.{} from {}", table.path.schema.text(), table.path.name.text(), number));
    int gaps = 0;
    for (; plan.rows.rows.size() < wanted(table) && gaps < most_gaps; ++number)
      gaps = add_row(plan, number, dice) ? 0 : gaps + 1;
    if (gaps > 0)
      out_.notes.push_back(fmt::format("{}: no more than {} rows differ in their keys",
                                       table.path.name.text(), plan.rows.rows.size()));
  }

  void require_parents(const Table& table) {
    for (const ForeignKey& key : table.foreign_keys) {
      if (plans_.contains(key.target) || !catalog_.table(key.target)) continue;
      if (!may_be_null(table, key))
        throw Error(
            Fault::failed,
            fmt::format("{} and {} need each other's rows first: {} may not be NULL",
                        table.path.name.text(), key.target.name.text(), key.columns.front().text()))
            .hint("Let one of the two keys be NULL, or give these tables rows in a seed file.");
      late_.push_back({&table, &key});
    }
  }

  bool add_row(Plan& plan, std::uint64_t number, Dice& dice) {
    for (int attempt = 0; attempt < most_tries; ++attempt) {
      attempt_ = static_cast<std::uint64_t>(attempt);
      std::optional<std::vector<Value>> row = make_row(plan, number, dice);
      if (!row) return false;
      if (!put_in_order(plan, *row) || !is_allowed(plan, *row) || !claim(plan, *row)) continue;
      plan.rows.rows.push_back(std::move(*row));
      return true;
    }
    return false;
  }

  std::optional<std::vector<Value>> make_row(Plan& plan, std::uint64_t number, Dice& dice) {
    std::vector<Value> row(plan.wishes.size());
    std::vector<bool> settled(row.size());
    for (std::size_t i = 0; i < row.size(); ++i) {
      const Column& column = *plan.wishes[i].column;
      bool is_key = column.primary_key || is_in_key(plan, i);
      if (is_reference(*plan.table, column.name)) continue;
      settled[i] = true;
      bool null = !column.not_null && !is_key && dice.one_in(10);
      if (!null) row[i] = made_up(plan.wishes[i], number, dice);
    }
    stride_ = 1;
    for (const ForeignKey& key : plan.table->foreign_keys)
      if (!refer(plan, key, number, row, settled, dice)) return std::nullopt;
    return row;
  }

  /// Gives the columns of a key the values of a row that it may refer to.
  bool refer(Plan& plan, const ForeignKey& key, std::uint64_t number, std::vector<Value>& row,
             std::vector<bool>& settled, Dice& dice) {
    bool nullable = may_be_null(*plan.table, key);
    auto target = plans_.find(key.target);
    const std::vector<Value>* parent = nullptr;
    bool is_self = key.target == plan.table->path;
    if (target != plans_.end() && (is_self || !target->second.rows.rows.empty()) &&
        !(nullable && dice.one_in(10)))
      parent = choose(plan, target->second, key, row, settled,
                      start_at(plan, key, number, target->second.rows.rows.size(), dice));
    if (!parent && is_self && !nullable) parent = &row;  // the first refers to itself
    if (!parent && !nullable) return false;
    for (std::size_t i = 0; i < key.columns.size(); ++i) {
      std::size_t at = place_of(plan.rows, key.columns[i]);
      if (at == row.size() || settled[at]) continue;
      settled[at] = true;
      if (parent) row[at] = (*parent)[place_of(target->second.rows, key.target_columns[i])];
    }
    return true;
  }

  /// Any row; but where keys tell the table's rows apart, one after the other, and of several
  /// keys every combination.
  std::size_t start_at(const Plan& plan, const ForeignKey& key, std::uint64_t number,
                       std::size_t size, Dice& dice) {
    if (size == 0) return 0;
    if (!is_in_key(plan, place_of(plan.rows, key.columns.front()))) return dice.below(size);
    std::size_t start = (number / stride_ + attempt_) % size;
    stride_ *= size;
    return start;
  }

  /// A row of the target that agrees with what other keys have settled; null for none.
  const std::vector<Value>* choose(const Plan& plan, const Plan& target, const ForeignKey& key,
                                   const std::vector<Value>& row, const std::vector<bool>& settled,
                                   std::size_t start) {
    const auto& candidates = target.rows.rows;
    auto agrees = [&](const std::vector<Value>& candidate) {
      for (std::size_t i = 0; i < key.columns.size(); ++i) {
        std::size_t at = place_of(plan.rows, key.columns[i]);
        std::size_t from = place_of(target.rows, key.target_columns[i]);
        if (from == candidate.size()) return false;
        if (at < row.size() && settled[at] && row[at] != candidate[from]) return false;
        if (!candidate[from]) return false;
        if (at < row.size() && !is_allowed(plan.wishes[at], candidate[from])) return false;
      }
      return true;
    };
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      const std::vector<Value>& candidate = candidates[(start + i) % candidates.size()];
      if (agrees(candidate)) return &candidate;
    }
    return nullptr;
  }

  /// Takes the values of every key, unless one of them is taken.
  bool claim(Plan& plan, const std::vector<Value>& row) {
    std::vector<std::vector<Value>> values;
    for (std::size_t i = 0; i < plan.keys.size(); ++i) {
      std::vector<Value>& tuple = values.emplace_back();
      for (std::size_t at : plan.keys[i].columns) tuple.push_back(row[at]);
      if (is_never_equal(plan.keys[i], tuple)) continue;
      if (plan.taken[i].contains(tuple)) return false;
    }
    for (std::size_t i = 0; i < plan.keys.size(); ++i) plan.taken[i].insert(std::move(values[i]));
    return true;
  }

  /// Where NULL equals nothing, not even another NULL.
  static bool is_never_equal(const Key& key, const std::vector<Value>& tuple) {
    return !key.null_equals_null && std::ranges::find(tuple, Value()) != tuple.end();
  }

  /// The rows are there now: those that could not refer to them do so.
  void close_circle(const Late& late) {
    const Plan& plan = plans_.at(late.table->path);
    const Plan& target = plans_.at(late.key->target);
    std::vector<Name> identity = key_of(*late.table);
    if (identity.empty() || target.rows.rows.empty()) return;
    Dice dice = dice_.of("late " + late.table->path.name.text());
    for (const std::vector<Value>& row : plan.rows.rows) {
      const std::vector<Value>& parent = target.rows.rows[dice.below(target.rows.rows.size())];
      Command command{standard_sql("UPDATE ", late.table->path, " SET ")};
      std::size_t number = 0;
      for (std::size_t i = 0; i < late.key->columns.size(); ++i) {
        command.sql += standard_sql(i == 0 ? "" : ", ", late.key->columns[i], " = $",
                                    std::to_string(++number));
        command.parameters.push_back(parent[place_of(target.rows, late.key->target_columns[i])]);
      }
      for (std::size_t i = 0; i < identity.size(); ++i) {
        command.sql += standard_sql(i == 0 ? " WHERE " : " AND ", identity[i], " = $",
                                    std::to_string(++number));
        command.parameters.push_back(row[place_of(plan.rows, identity[i])]);
      }
      out_.afterwards.push_back(std::move(command));
    }
  }

  const Catalog catalog_;
  const Amounts& amounts_;
  Dice dice_;
  const std::map<Path, std::uint64_t>& first_;
  std::map<Path, Plan> plans_;
  std::vector<Late> late_;
  std::uint64_t attempt_ = 0, stride_ = 1;  // of the row at hand
  Generation out_;
};

}  // namespace

Generation generate(const Catalog& catalog, const Amounts& amounts, std::uint64_t seed,
                    const std::map<Path, std::uint64_t>& first) {
  return Generator(catalog, amounts, seed, first).run();
}

}  // namespace tidemark::seed
