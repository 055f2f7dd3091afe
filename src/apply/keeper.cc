#include "apply/keeper.h"

#include <fmt/format.h>

#include <algorithm>

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

}  // namespace

void Keeper::before(const Script& script, std::size_t statement) {
  for (const Loss& loss : losses_.before(script.file->tag, statement))
    if (holds_rows(loss)) keep(loss);
}

/// Whether there is something to keep, now that nobody else writes any more. On SQLite the
/// transaction has seen to that.
bool Keeper::holds_rows(const Loss& loss) {
  if (postgres()) lock_tables(database_, {loss.table});
  if (!loss.was_empty) return true;
  if (!has_more_rows(database_, loss.table, 0)) return false;
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
  return postgres() && keeps_ && may_drop_unnamed(statement.sql);
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
      Loss loss = losses_.gone(tag, *facts, column, columns);
      if (!holds_rows(loss)) continue;
      if (auto [why, hint] = losses_.why_not(loss, *facts); !why.empty())
        remarks_.push_back({tag, fmt::format("the {} that it destroyed are not kept: {}",
                                             what_is_lost(loss.kept), why)});
      else
        keep(loss);
    }
  }
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
    const bool other_form = column && column->type.ends_with("]") != it.was_array;
    if (!other_form)
      database_.execute(standard_sql("DELETE FROM ", rows,
                                     " WHERE CAST(\"old\" AS text) IS NOT DISTINCT FROM made"));
    if (std::ranges::find(it.key, it.column) != it.key.end()) forget_other_keys(it, other_form);
    if (list_.count(database_, it.kept)) kept_.push_back(std::move(it.kept));
  }
}

/// A row whose key is another value now is not found again; nor one whose key reads the same and
/// is of another form, which the way back changes.
void Keeper::forget_other_keys(const Changing& it, bool other_form) {
  const std::string others =
      standard_sql(list_.path(it.kept), other_form ? "" : " WHERE made IS NULL");
  const std::uint64_t gone = count_of(database_, others);
  if (gone == 0) return;
  database_.execute("DELETE FROM " + others);
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
