#include "apply/keeper.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "apply/kept_sql.h"
#include "base/text.h"
#include "catalog/names.h"
#include "dialect/sql_writer.h"

namespace tidemark {
namespace {

using Kind = KeptRows::Kind;

/// A value as it is kept. A type of the user's own may go, so its text is.
std::string kept_value(const ColumnFacts& column) {
  return column.own_type ? standard_sql("CAST(", column.name, " AS text)")
                         : standard_sql(column.name);
}

std::string key_columns(const TableFacts& facts, const std::vector<Name>& key, bool as_text) {
  std::string out;
  for (std::size_t i = 0; i < key.size(); ++i)
    out += standard_sql(as_text ? standard_sql("CAST(", facts.column(key[i])->name, " AS text)")
                                : standard_sql(key[i]),
                        " AS k", std::to_string(i + 1), ", ");
  return out;
}

std::string bag_columns(const std::vector<Name>& columns, const TableFacts& facts, Engine engine) {
  std::string bag = bag_of(columns, engine);
  return standard_sql(bag, " AS bag, ", number_in_bag(bag, place_of_row(facts, engine)),
                      " AS number, ");
}

std::uint64_t count_of(Connection& database, const std::string& rows) {
  return std::stoull(database.query("SELECT count(*) FROM " + rows).rows.at(0).at(0).value_or("0"));
}

std::uint64_t rows_up_to(Connection& database, const Path& table, std::uint64_t limit) {
  return count_of(database, standard_sql("(SELECT 1 FROM ", table, " LIMIT ", std::to_string(limit),
                                         ") AS few"));
}

/// Columns that a script drops of a table, or changes (`also`), by the name it has at the
/// start.
std::vector<Name> columns_lost(const NameTrail& trail, const Path& first,
                               Destroyed::Kind also = Destroyed::Kind::column) {
  std::vector<Name> out;
  for (std::size_t i = 0; i < trail.end(); ++i)
    for (const Destroyed& it : trail.effects()[i].destroyed) {
      bool lost = it.kind == Destroyed::Kind::column || it.kind == also;
      if (lost && !it.column.empty() && trail.first(it.table, i) == first)
        out.push_back(trail.first(it.table, it.column, i));
    }
  return out;
}

bool is_in(const std::vector<Name>& names, const Name& name) {
  return std::ranges::find(names, name) != names.end();
}

/// What tells rows apart that have no key: the columns that a script leaves as they are.
std::vector<Name> bag_for(const NameTrail& trail, const TableFacts& facts) {
  std::vector<Name> lost = columns_lost(trail, facts.path, Destroyed::Kind::values), out;
  for (const ColumnFacts& column : facts.columns)
    if (!column.generated && !is_in(lost, column.name)) out.push_back(column.name);
  return out;
}

/// The tables of SQLite, in small letters, whose dropped rows reach those of this one: by its
/// foreign keys, and by those of the tables that these name.
std::vector<std::string> reached_from(Connection& database, const Path& table) {
  std::vector<std::string> found = {lower(table.name.text())};
  for (std::size_t i = 0; i < found.size(); ++i) {
    std::array<Value, 1> name{found[i]};
    for (const std::vector<Value>& row :
         database
             .query("SELECT lower(\"table\") FROM pragma_foreign_key_list($1) WHERE on_delete IN "
                    "('CASCADE', 'SET NULL', 'SET DEFAULT')",
                    name)
             .rows)
      if (std::ranges::find(found, *row[0]) == found.end()) found.push_back(*row[0]);
  }
  found.erase(found.begin());
  return found;
}

/// The statement, at the latest `at`, from which on a table's rows are no longer what they
/// were. SQLite deletes the rows of a table that it drops, as a DELETE would.
std::size_t first_reaching(Connection& database, const NameTrail& trail, const Path& table,
                           std::size_t at) {
  if (database.engine() == Engine::postgresql) return at;
  const std::vector<std::string> parents = reached_from(database, table);
  if (parents.empty()) return at;
  auto drops_parent = [&](std::size_t i) {
    return std::ranges::any_of(trail.effects()[i].destroyed, [&](const Destroyed& it) {
      return it.kind == Destroyed::Kind::table && trail.successor(it.table, i).name.empty() &&
             std::ranges::find(parents, lower(trail.first(it.table, i).name.text())) !=
                 parents.end();
    });
  };
  for (std::size_t i = 0; i < at; ++i)
    if (drops_parent(i)) return i;
  return at;
}

std::string what_is_lost(const KeptRows& kept) {
  return kept.column_before.empty()
             ? "rows of " + plain_name(kept.table_before)
             : "values of " + plain_name(kept.table_before, kept.column_before);
}

/// A foreign key of SQLite that changes rows when those go that it names.
struct Reference {
  Path table;
  Name column;
  std::string on_delete;
};

std::vector<Reference> references_to(Connection& database, const Path& table) {
  std::vector<Reference> found;
  if (database.query("PRAGMA foreign_keys").rows.at(0).at(0) != "1") return found;
  std::array<Value, 1> name{table.name.text()};
  Rows rows = database.query(
      "SELECT m.name, k.\"from\", k.on_delete FROM sqlite_master AS m, "
      "pragma_foreign_key_list(m.name) AS k WHERE m.type = 'table' AND lower(k.\"table\") = "
      "lower($1) AND lower(m.name) <> lower($1) AND k.on_delete IN ('CASCADE', 'SET NULL', 'SET "
      "DEFAULT') ORDER BY m.rowid, k.id, k.seq",
      name);
  for (const std::vector<Value>& row : rows.rows)
    found.push_back({{.name = Name(*row[0])}, Name(row[1].value_or("")), row[2].value_or("")});
  return found;
}

bool drops(const NameTrail& trail, const Path& table) {
  for (std::size_t i = 0; i < trail.end(); ++i)
    for (const Destroyed& it : trail.effects()[i].destroyed)
      if (it.kind == Destroyed::Kind::table && trail.first(it.table, i) == table) return true;
  return false;
}

}  // namespace

std::vector<Remark> Keeper::plan(const Script& script) {
  std::vector<Remark> remarks;
  losses_[script.file->tag].clear();
  Schemas schemas(database_);
  NameTrail trail(script, database_.engine(), schemas);
  for (std::size_t i = 0; i < trail.end(); ++i) plan_statement(script, trail, i, remarks);
  return remarks;
}

/// Why what a statement destroys cannot be kept, and what to do; empty where it can.
std::pair<std::string, std::string> Keeper::why_not(const Loss& loss,
                                                    const TableFacts& facts) const {
  if (facts.rows_are_hidden)
    return {"row-level security hides rows from this user", "migrate as a user with BYPASSRLS"};
  if (!loss.was_empty &&
      rows_up_to(database_, facts.path, limit_ == UINT64_MAX ? 1 : limit_ + 1) > limit_)
    return {fmt::format("there are more than {} rows", limit_),
            "`--keep` keeps them all the same; `--keep-rows N` says from how many on not"};
  bool needs_key = loss.kind == Kind::values || loss.kind == Kind::rows;
  if (needs_key && loss.kept.key_before.empty() && !loss.was_empty)
    return {"the table has no key to find its rows by", ""};
  return {};
}

void Keeper::plan_statement(const Script& script, const NameTrail& trail, std::size_t at,
                            std::vector<Remark>& remarks) {
  if (limit_ == 0) return;  // nobody wants it
  for (const Destroyed& it : trail.effects()[at].destroyed) {
    if (it.kind == Destroyed::Kind::rows) continue;
    const Path first = trail.first(it.table, at);
    std::optional<TableFacts> facts = read_table(database_, first);
    if (!facts) continue;  // the migration itself made it, or it is none
    Name column = trail.first(it.table, it.column, at);
    if (!it.column.empty() && (!facts->column(column) || facts->column(column)->generated))
      continue;
    plan_loss(loss_of(script, trail, at, it, *facts), *facts, remarks);
    bool goes = it.kind == Destroyed::Kind::table && trail.successor(it.table, at).name.empty();
    if (goes && !postgres() && !script.rebuilds_tables)
      plan_children(script, trail, at, first, remarks);
  }
}

void Keeper::plan_loss(Loss loss, const TableFacts& facts, std::vector<Remark>& remarks) {
  const std::string tag = loss.kept.tag;
  if (auto [why, hint] = why_not(loss, facts); !why.empty())
    remarks.push_back({tag,
                       fmt::format("the {} that it destroys are not kept, so that `tidemark "
                                   "rollback` cannot put them back: {}",
                                   what_is_lost(loss.kept), why),
                       std::move(hint)});
  else
    losses_[tag][loss.when].push_back(std::move(loss));
}

/// SQLite deletes the rows of a table that it drops, and what foreign keys say happens to the
/// rows that refer to them.
void Keeper::plan_children(const Script& script, const NameTrail& trail, std::size_t at,
                           const Path& parent, std::vector<Remark>& remarks) {
  for (const Reference& it : references_to(database_, parent)) {
    std::optional<TableFacts> facts = read_table(database_, it.table);
    if (!facts || is_planned(script.file->tag, it.table) || drops(trail, it.table)) continue;
    const bool deletes = it.on_delete == "CASCADE";
    Loss loss{.kind = deletes ? Kind::rows : Kind::values,
              .when = at,
              .table = trail.at(it.table, at),
              .kept = {.tag = script.file->tag,
                       .table_before = it.table,
                       .table_after = trail.at(it.table, trail.end()),
                       .key_before = facts->key},
              .was_empty = rows_up_to(database_, it.table, 1) == 0};
    if (!deletes) {
      loss.column = trail.at(it.table, it.column, at);
      loss.kept.column_before = it.column;
      loss.kept.column_after = trail.at(it.table, it.column, trail.end());
    }
    for (const Name& name : facts->key) {
      loss.key.push_back(trail.at(it.table, name, at));
      loss.kept.key_after.push_back(trail.at(it.table, name, trail.end()));
    }
    plan_loss(std::move(loss), *facts, remarks);
    if (deletes) plan_children(script, trail, at, it.table, remarks);
  }
}

bool Keeper::is_planned(const std::string& tag, const Path& table) const {
  auto found = losses_.find(tag);
  return found != losses_.end() && std::ranges::any_of(found->second, [&](const auto& statement) {
           return std::ranges::any_of(statement.second, [&](const Loss& loss) {
             return loss.kind == Kind::rows && loss.kept.table_before == table;
           });
         });
}

Keeper::Loss Keeper::loss_of(const Script& script, const NameTrail& trail, std::size_t at,
                             const Destroyed& it, const TableFacts& facts) {
  const Path first = facts.path;
  const Path successor =
      it.kind == Destroyed::Kind::table && !postgres() ? trail.successor(it.table, at) : Path{};
  const bool rebuild = !successor.name.empty();
  const std::size_t when = rebuild ? at : first_reaching(database_, trail, first, at);
  const std::vector<Name> dropped = columns_lost(trail, first);
  Loss loss{.kind = it.kind == Destroyed::Kind::table    ? Kind::table
                    : it.kind == Destroyed::Kind::column ? Kind::column
                                                         : Kind::values,
            .when = when,
            .table = trail.at(first, when),
            .successor = successor,
            .kept = {.tag = script.file->tag,
                     .table_before = first,
                     .table_after = trail.at(first, trail.end()),
                     .column_before = trail.first(it.table, it.column, at)},
            .was_empty = rows_up_to(database_, first, 1) == 0};
  loss.column = trail.at(first, loss.kept.column_before, when);
  loss.kept.column_after = trail.at(first, loss.kept.column_before, trail.end());
  bool keyed =
      std::ranges::none_of(facts.key, [&](const Name& name) { return is_in(dropped, name); });
  if (keyed) loss.kept.key_before = facts.key;
  loss.kept.by_bag = loss.kept.key_before.empty() && (rebuild || loss.kind == Kind::column);
  if (loss.kept.by_bag && !rebuild) loss.kept.bag_before = bag_for(trail, facts);
  for (const Name& name : loss.kept.bag_before) {
    loss.bag.push_back(trail.at(first, name, when));
    loss.kept.bag_after.push_back(trail.at(first, name, trail.end()));
  }
  for (const Name& name : loss.kept.key_before) {
    loss.key.push_back(trail.at(first, name, when));
    loss.kept.key_after.push_back(trail.at(first, name, trail.end()));
    loss.kept.key_as_text |= facts.column(name)->own_type;
  }
  return loss;
}

bool Keeper::is_due(const Script& script, std::size_t statement) const {
  auto losses = losses_.find(script.file->tag);
  return losses != losses_.end() && losses->second.contains(statement);
}

void Keeper::before(const Script& script, std::size_t statement) {
  for (const Loss& loss : losses_[script.file->tag][statement])
    if (holds_rows(loss)) keep(loss);
}

/// Whether there is something to keep, now that nobody else writes any more. On SQLite the
/// transaction has seen to that.
bool Keeper::holds_rows(const Loss& loss) {
  if (postgres()) lock_tables(database_, {loss.table});
  if (!loss.was_empty) return true;
  if (rows_up_to(database_, loss.table, 1) == 0) return false;
  if ((loss.kind != Kind::values && loss.kind != Kind::rows) || !loss.key.empty()) return true;
  remarks_.push_back({loss.kept.tag, fmt::format("the {} that it destroys are not kept: the table "
                                                 "has no key to find its rows by",
                                                 what_is_lost(loss.kept))});
  return false;
}

void Keeper::keep(const Loss& loss) {
  list_.create(database_);
  if (!loss.successor.name.empty())
    keep_rebuilt(loss);
  else if (loss.kind == Kind::table || loss.kind == Kind::rows)
    keep_table(loss);
  else
    keep_column(loss, loss.kind);
}

bool Keeper::has_to_see(const MigrationStatement& statement) const {
  return postgres() && limit_ > 0 && may_drop_unnamed(statement.sql);
}

ColumnsByNumber Keeper::columns() {
  ColumnsByNumber out;
  for (const std::vector<Value>& row :
       database_
           .query("SELECT c.oid, attnum, nspname, relname, attname FROM pg_catalog.pg_class c JOIN "
                  "pg_catalog.pg_namespace n ON n.oid = relnamespace JOIN pg_catalog.pg_attribute "
                  "ON attrelid = c.oid WHERE relkind IN ('r', 'p') AND NOT relispartition AND "
                  "nspname !~ '^pg_|^information_schema$' AND attnum > 0 AND NOT attisdropped AND "
                  "attgenerated = ''")
           .rows)
    out[{*row[0], std::stoi(*row[1])}] = {Path{Name(*row[2]), Name(*row[3])}, Name(*row[4])};
  return out;
}

void Keeper::keep_gone(const std::string& tag, const ColumnsByNumber& before,
                       const ColumnsByNumber& after) {
  std::map<Path, std::vector<Name>> gone, stays;
  for (const auto& [number, names] : before)
    (after.contains(number) ? stays : gone)[names.first].push_back(names.second);
  for (const auto& [table, columns] : gone) {
    std::optional<TableFacts> facts = read_table(database_, table);
    if (!facts) continue;
    std::vector<Name> lost = stays.contains(table) ? columns : std::vector<Name>{Name()};
    for (const Name& column : lost) {
      Loss loss = gone_loss(tag, *facts, column, columns);
      if (!holds_rows(loss)) continue;
      if (auto [why, hint] = why_not(loss, *facts); !why.empty())
        remarks_.push_back({tag, fmt::format("the {} that it destroyed are not kept: {}",
                                             what_is_lost(loss.kept), why)});
      else
        keep(loss);
    }
  }
}

/// A column, or the whole table for none, that goes with other `dropped` ones.
Keeper::Loss Keeper::gone_loss(const std::string& tag, const TableFacts& facts, const Name& column,
                               const std::vector<Name>& dropped) const {
  Loss loss{.kind = column.empty() ? Kind::table : Kind::column,
            .table = facts.path,
            .kept = {.tag = tag,
                     .table_before = facts.path,
                     .table_after = facts.path,
                     .column_before = column,
                     .column_after = column},
            .was_empty = rows_up_to(database_, facts.path, 1) == 0,
            .column = column};
  bool keyed =
      std::ranges::none_of(facts.key, [&](const Name& name) { return is_in(dropped, name); });
  if (keyed) loss.key = loss.kept.key_before = loss.kept.key_after = facts.key;
  loss.kept.by_bag = loss.key.empty() && !column.empty();
  for (const ColumnFacts& other : facts.columns) {
    if (loss.kept.by_bag && !other.generated && !is_in(dropped, other.name))
      loss.bag.push_back(other.name);
    loss.kept.key_as_text |= other.own_type && is_in(loss.key, other.name);
  }
  loss.kept.bag_before = loss.kept.bag_after = loss.bag;
  return loss;
}

void Keeper::copy(KeptRows kept, const std::string& select) {
  list_.add(database_, kept);
  database_.execute(standard_sql("CREATE TABLE ", list_.path(kept), " AS ", select));
  if (list_.count(database_, kept)) kept_.push_back(std::move(kept));
}

std::map<std::string, std::string> Keeper::sequences(const TableFacts& facts) {
  std::map<std::string, std::string> out;
  for (const ColumnFacts& column : facts.columns) {
    if (column.sequence.empty()) continue;
    Rows rows = database_.query("SELECT last_value || ',' || is_called FROM " + column.sequence);
    out[column.name.text()] = rows.rows.at(0).at(0).value_or("");
  }
  return out;
}

void Keeper::keep_table(const Loss& loss) {
  std::optional<TableFacts> facts = read_table(database_, loss.table);
  if (!facts) return;
  KeptRows kept = loss.kept;
  kept.kind = loss.kind;
  kept.sequences = sequences(*facts);
  std::vector<std::string> values;
  for (const ColumnFacts& column : facts->columns) {
    if (column.generated) continue;
    kept.columns.push_back(column.name);
    values.push_back(standard_sql(kept_value(column), " AS ", column.name));
  }
  const std::string select = standard_sql("SELECT ", join(values, ", "), " FROM ", loss.table);
  if (loss.kind == Kind::table) return copy(std::move(kept), select);
  list_.add(database_, kept);
  database_.execute(standard_sql("CREATE TABLE ", list_.path(kept), " AS ", select));
  leaving_.push_back({.kept = std::move(kept), .table = loss.table, .key = loss.key});
}

void Keeper::keep_column(const Loss& loss, Kind kind) {
  std::optional<TableFacts> facts = read_table(database_, loss.table);
  const ColumnFacts* column = facts ? facts->column(loss.column) : nullptr;
  if (!column || !facts->has(loss.key) || !facts->has(loss.bag)) return;
  KeptRows kept = loss.kept;
  kept.kind = kind;
  kept.needs_value = column->not_null && column->default_value.empty();
  for (auto& [name, state] : sequences(*facts))
    if (Name(name) == loss.column) kept.sequences[kept.column_before.text()] = state;
  std::string key = kept.by_bag ? bag_columns(loss.bag, *facts, database_.engine())
                                : key_columns(*facts, loss.key, kept.key_as_text);
  std::string select = standard_sql("SELECT ", key, kept_value(*column), " AS \"old\"",
                                    kind == Kind::values ? ", CAST(NULL AS text) AS made" : "",
                                    " FROM ", loss.table);
  list_.add(database_, kept);
  database_.execute(standard_sql("CREATE TABLE ", list_.path(kept), " AS ", select));
  if (kind == Kind::values)
    changing_.push_back(
        {std::move(kept), loss.table, loss.key, loss.column, column->type.ends_with("]")});
  else if (list_.count(database_, kept))
    kept_.push_back(std::move(kept));
}

/// Rows that are still there need not be kept; nor values that read the same, unless an array
/// and a scalar do: `{}` is an array and a document.
void Keeper::after() {
  for (Changing& it : std::exchange(leaving_, {})) {
    std::vector<std::string> equal;
    for (std::size_t i = 0; i < it.key.size(); ++i)
      equal.push_back(standard_sql("t.", it.key[i], " = k.", it.kept.key_before[i]));
    database_.execute(standard_sql("DELETE FROM ", list_.path(it.kept),
                                   " AS k WHERE EXISTS (SELECT 1 FROM ", it.table, " AS t WHERE ",
                                   join(equal, " AND "), ")"));
    if (list_.count(database_, it.kept)) kept_.push_back(std::move(it.kept));
  }
  for (Changing& it : std::exchange(changing_, {})) {
    Path rows = list_.path(it.kept);
    database_.execute(standard_sql("UPDATE ", rows, " AS k SET made = CAST(t.", it.column,
                                   " AS text) FROM ", it.table, " AS t WHERE ",
                                   same_key(it.kept, "t", it.key)));
    std::optional<TableFacts> facts = read_table(database_, it.table);
    const ColumnFacts* column = facts ? facts->column(it.column) : nullptr;
    if (!column || column->type.ends_with("]") == it.was_array)
      database_.execute(standard_sql("DELETE FROM ", rows,
                                     " WHERE CAST(\"old\" AS text) IS NOT DISTINCT FROM made"));
    if (is_in(it.key, it.column)) forget_other_keys(it);
    if (list_.count(database_, it.kept)) kept_.push_back(std::move(it.kept));
  }
}

/// A row whose key is another value now is not found again.
void Keeper::forget_other_keys(const Changing& it) {
  const Path rows = list_.path(it.kept);
  const std::uint64_t gone = count_of(database_, standard_sql(rows, " WHERE made IS NULL"));
  if (gone == 0) return;
  database_.execute(standard_sql("DELETE FROM ", rows, " WHERE made IS NULL"));
  remarks_.push_back(
      {it.kept.tag, fmt::format("{} of {} became other values, which are not kept: the column is "
                                "part of the key that rows are found by",
                                counted(gone, "value"), plain_name(it.table, it.column))});
}

void Keeper::keep_rebuilt(const Loss& loss) {
  std::optional<TableFacts> old = read_table(database_, loss.table);
  std::optional<TableFacts> made = read_table(database_, loss.successor);
  if (!old || !made) return;
  if (loss.kept.by_bag || !made->has(loss.key)) return keep_rebuilt_bag(loss, *old, *made);
  for (const ColumnFacts& column : old->columns) {
    if (column.generated) continue;
    const ColumnFacts* now = made->column(column.name);
    if (!now) {
      Loss lost = loss;
      lost.column = lost.kept.column_before = lost.kept.column_after = column.name;
      keep_column(lost, Kind::column);
    } else if (now->type != column.type && !now->generated) {
      keep_changed(loss, *old, column.name);
    }
  }
  keep_left_out(loss, *old);
}

/// Without a key, or where the rebuild leaves it out, only what stays the same tells the rows
/// apart.
void Keeper::keep_rebuilt_bag(const Loss& loss, const TableFacts& old, const TableFacts& made) {
  Loss lost = loss;
  lost.kept.by_bag = true;
  lost.key.clear();
  lost.kept.key_before.clear();
  lost.kept.key_after.clear();
  std::vector<std::string> unkept;
  for (const ColumnFacts& column : old.columns) {
    const ColumnFacts* now = made.column(column.name);
    if (column.generated || !now || now->generated) continue;
    if (now->type == column.type)
      lost.bag.push_back(column.name);
    else
      unkept.push_back(plain_name(old.path, column.name));
  }
  lost.kept.bag_before = lost.kept.bag_after = lost.bag;
  if (count_of(database_, standard_sql(loss.successor)) <
      count_of(database_, standard_sql(loss.table)))
    unkept.push_back("rows that it leaves out");
  if (!unkept.empty())
    remarks_.push_back(
        {loss.kept.tag, fmt::format("its rebuild of {} may change {}: that is not kept, because "
                                    "the table has no key to find its rows by",
                                    plain_name(loss.table), join(unkept, ", "))});
  for (const ColumnFacts& column : old.columns) {
    if (column.generated || made.column(column.name)) continue;
    lost.column = lost.kept.column_before = lost.kept.column_after = column.name;
    keep_column(lost, Kind::column);
  }
}

/// The old table and its successor stand side by side, so what differs is seen.
void Keeper::keep_changed(const Loss& loss, const TableFacts& old, const Name& column) {
  KeptRows kept = loss.kept;
  kept.kind = Kind::values;
  kept.column_before = kept.column_after = column;
  std::string key = key_columns(old, loss.key, false);
  for (std::size_t i = 0; i < loss.key.size(); ++i)
    key = replace_all(key, standard_sql(loss.key[i], " AS k"),
                      standard_sql("o.", loss.key[i], " AS k"));
  std::vector<std::string> equal;
  for (const Name& name : loss.key) equal.push_back(standard_sql("o.", name, " IS n.", name));
  copy(std::move(kept),
       standard_sql("SELECT ", key, "o.", column, " AS \"old\", n.", column, " AS made FROM ",
                    loss.table, " AS o JOIN ", loss.successor, " AS n ON ", join(equal, " AND "),
                    " WHERE CAST(o.", column, " AS text) IS NOT CAST(n.", column, " AS text)"));
}

void Keeper::keep_left_out(const Loss& loss, const TableFacts& old) {
  KeptRows kept = loss.kept;
  kept.kind = Kind::rows;
  std::vector<std::string> values, equal;
  for (const ColumnFacts& column : old.columns) {
    if (column.generated) continue;
    kept.columns.push_back(column.name);
    values.push_back(standard_sql("o.", column.name, " AS ", column.name));
  }
  for (const Name& name : loss.key) equal.push_back(standard_sql("o.", name, " IS n.", name));
  copy(std::move(kept), standard_sql("SELECT ", join(values, ", "), " FROM ", loss.table,
                                     " AS o WHERE NOT EXISTS (SELECT 1 FROM ", loss.successor,
                                     " AS n WHERE ", join(equal, " AND "), ")"));
}

}  // namespace tidemark
