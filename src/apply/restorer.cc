#include "apply/restorer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "apply/kept_sql.h"
#include "apply/row_copying.h"
#include "apply/token_reader.h"
#include "apply/without_triggers.h"
#include "base/text.h"
#include "catalog/names.h"
#include "dialect/sql_writer.h"
#include "tidemark/error.h"

namespace tidemark {
namespace {

using Kind = KeptRows::Kind;

constexpr int shown_rows = 5;

/// Of a table without a key, while its way back runs.
const Name row_number("__tidemark_row");

/// The key by the names that a table has now; empty when it has neither.
std::vector<Name> key_in(const KeptRows& kept, const TableFacts& facts) {
  if (facts.has(kept.key_before)) return kept.key_before;
  if (facts.has(kept.key_after)) return kept.key_after;
  return {};
}

bool is_table_of(const KeptRows& kept, const Path& table) {
  return table == kept.table_before || table == kept.table_after;
}

/// ALTER TABLE t ADD [COLUMN] c …, alone in its statement.
struct AddedColumn {
  Path table;
  Name column;
};
std::optional<AddedColumn> added_column(const MigrationStatement& statement, Engine engine) {
  std::vector<Token> tokens = tokenize(statement.sql, engine);
  TokenReader reader(tokens, engine);
  if (!reader.take("alter") || !reader.take("table")) return std::nullopt;
  reader.skip({"if", "exists", "only"});
  AddedColumn out{.table = reader.path()};
  if (!reader.take("add")) return std::nullopt;
  for (std::string_view other : {"constraint", "primary", "unique", "check", "foreign", "exclude"})
    if (reader.at(other)) return std::nullopt;
  reader.skip({"column", "if", "not", "exists"});
  out.column = reader.name();
  reader.skip_item();
  if (!reader.done()) return std::nullopt;
  return out;
}

/// The statement without two words outside parentheses, where it has them.
std::string without(const std::string& text, std::string_view first, std::string_view second,
                    Engine engine) {
  std::vector<Token> tokens = tokenize(text, engine);
  int depth = 0;
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    if (tokens[i].is('(')) ++depth;
    if (tokens[i].is(')')) --depth;
    if (depth > 0 || !tokens[i].is(first) || !tokens[i + 1].is(second)) continue;
    return text.substr(0, tokens[i].offset) + text.substr(tokens[i + 1].end());
  }
  return text;
}

Path created_table_of(const MigrationStatement& statement, Engine engine) {
  std::vector<Token> tokens = tokenize(statement.sql, engine);
  TokenReader reader(tokens, engine);
  if (!reader.take("create")) return {};
  reader.take("unlogged");
  if (!reader.take("table")) return {};
  reader.skip({"if", "not", "exists"});
  return reader.path();
}

}  // namespace

void Restorer::open() {
  items_.clear();
  put_back_.clear();
  left_.clear();
  for (KeptRows& kept : list_.read(database_, tag_)) items_.push_back({std::move(kept)});
  std::ranges::reverse(items_);  // what went last comes back first
  numbered_.clear();
  if (postgres()) lock();
  for (Item& item : items_) {
    if (item.kept.by_bag) find_by_bag(item);
    if (item.lost) continue;
    index(item.kept);
    if (item.kept.kind == Kind::column && item.kept.needs_value) require_values(item.kept);
    if (item.kept.kind == Kind::values) forget_changed(item.kept);
  }
}

/// What is found out of the rows has to hold until they have their values.
void Restorer::lock() {
  std::vector<Path> tables;
  for (const Item& item : items_)
    if (item.kept.kind != Kind::table && read_table(database_, item.kept.table_after))
      tables.push_back(item.kept.table_after);
  lock_tables(database_, tables);
}

/// Its rows are looked for by their key, one by one.
void Restorer::index(const KeptRows& kept) {
  if (kept.kind != Kind::column && kept.kind != Kind::values) return;
  std::vector<std::string> columns;
  for (std::size_t i = 1; i <= kept.key_before.size(); ++i)
    columns.push_back("k" + std::to_string(i));
  Path table = list_.path(kept);
  database_.execute(standard_sql("CREATE INDEX IF NOT EXISTS ", Name(table.name.text() + "_key"),
                                 " ON ", table, " (", join(columns, ", "), ")"));
}

void Restorer::require_values(const KeptRows& kept) {
  std::optional<TableFacts> facts = read_table(database_, kept.table_after);
  if (!facts || !facts->has(kept.key_after)) return;
  std::string without =
      standard_sql(" FROM ", kept.table_after, " AS t WHERE NOT EXISTS (SELECT 1 FROM ",
                   list_.path(kept), " AS k WHERE ", same_key(kept, "t", kept.key_after), ")");
  std::string count = database_.query("SELECT count(*)" + without).rows.at(0).at(0).value_or("0");
  if (count == "0") return;
  Rows rows = database_.query(standard_sql("SELECT ", NameList{kept.key_after, ", "}, without,
                                           " LIMIT ", std::to_string(shown_rows)));
  std::vector<std::string> which;
  for (const std::vector<Value>& row : rows.rows) {
    std::vector<std::string> values;
    for (const Value& value : row) values.push_back(value.value_or("NULL"));
    which.push_back(join(values, ", "));
  }
  std::string more = std::stoull(count) > rows.rows.size() ? ", …" : "";
  throw Error(Fault::failed,
              fmt::format("{} of {} arrived since {} dropped {}, which must not be NULL and has no "
                          "default: {} = {}{}; nothing was changed",
                          counted(std::stoull(count), "row"), plain_name(kept.table_after), tag_,
                          plain_name(kept.table_before, kept.column_before),
                          standard_sql(NameList{kept.key_after, ", "}), join(which, "; "), more))
      .hint("give the column a default in the way back, or delete these rows, then run it again");
}

/// The rows of a table without a key are those that were kept only where none of them was
/// written since: then they get numbers for a key, which go with the way back.
void Restorer::find_by_bag(Item& item) {
  KeptRows& kept = item.kept;
  std::optional<TableFacts> facts = read_table(database_, kept.table_after);
  item.lost = true;
  if (!facts || !facts->has(kept.bag_after)) return;
  number_rows(kept.table_after);
  Path rows = list_.path(kept);
  std::string bag = bag_of(kept.bag_after, database_.engine());
  std::string live = standard_sql("(SELECT ", row_number, " AS row, ", bag, " AS bag, ",
                                  number_in_bag(bag, standard_sql(row_number)), " AS number FROM ",
                                  kept.table_after, ") AS t");
  if (!read_table(database_, rows)->column("k1"))
    database_.execute(standard_sql("ALTER TABLE ", rows, " ADD COLUMN k1 bigint"));
  database_.execute(standard_sql("UPDATE ", rows, " AS k SET k1 = t.row FROM ", live,
                                 " WHERE t.bag = k.bag AND t.number = k.number"));
  Rows unlike = database_.query(standard_sql(
      "SELECT (SELECT count(*) FROM ", rows, " WHERE k1 IS NULL) + abs((SELECT count(*) FROM ",
      rows, ") - (SELECT count(*) FROM ", kept.table_after, "))"));
  item.lost = unlike.rows.at(0).at(0) != "0";
  if (!item.lost) kept.key_before = kept.key_after = {row_number};
  if (item.lost && kept.needs_value)
    throw Error(Fault::failed,
                fmt::format("{} has no key and was written to since {} dropped {}, which must not "
                            "be NULL and has no default; nothing was changed",
                            plain_name(kept.table_after), tag_,
                            plain_name(kept.table_before, kept.column_before)))
        .hint("give the column a default in the way back, then run it again");
}

/// With the schema in which the server finds it now.
Path Restorer::full(Path table) {
  if (!postgres() || table.name.empty() || !table.schema.empty()) return table;
  std::array<Value, 1> name{standard_sql(table.name)};
  Rows rows = database_.query(
      "SELECT nspname FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace n ON n.oid = "
      "relnamespace WHERE pg_class.oid = pg_catalog.to_regclass($1)",
      name);
  if (!rows.rows.empty()) table.schema = Name(rows.rows[0][0].value_or(""));
  return table;
}

void Restorer::number_rows(const Path& table) {
  if (std::ranges::find(numbered_, table) != numbered_.end()) return;
  WithoutTriggers quiet(database_, table);
  database_.execute(standard_sql("ALTER TABLE ", table, " ADD COLUMN ", row_number,
                                 postgres() ? " bigint" : " INTEGER"));
  std::string place = place_of_row(*read_table(database_, table), database_.engine());
  database_.execute(
      postgres() ? standard_sql("UPDATE ", table, " AS t SET ", row_number,
                                " = l.n FROM (SELECT tableoid, ctid, row_number() OVER (ORDER BY ",
                                place, ") AS n FROM ", table,
                                ") AS l WHERE t.tableoid = l.tableoid AND t.ctid = l.ctid")
                 : standard_sql("UPDATE ", table, " SET ", row_number, " = ", place));
  quiet.end();
  numbered_.push_back(table);
}

void Restorer::forget_numbers() {
  std::vector<Path> tables = numbered_;
  for (const Item& item : items_)
    if (item.kept.by_bag) tables.push_back(item.kept.table_before);
  for (const Path& table : tables) {
    std::optional<TableFacts> facts = read_table(database_, table);
    if (facts && facts->column(row_number))
      database_.execute(standard_sql("ALTER TABLE ", table, " DROP COLUMN ", row_number));
  }
}

/// A value that somebody has changed since is not what the migration made of it.
void Restorer::forget_changed(const KeptRows& kept) {
  std::optional<TableFacts> facts = read_table(database_, kept.table_after);
  if (!facts || !facts->has(kept.key_after) || !facts->column(kept.column_after)) return;
  std::string same = postgres() ? " IS NOT DISTINCT FROM " : " IS ";
  database_.execute(
      standard_sql("DELETE FROM ", list_.path(kept), " AS k WHERE NOT EXISTS (SELECT 1 FROM ",
                   kept.table_after, " AS t WHERE ", same_key(kept, "t", kept.key_after),
                   " AND CAST(t.", kept.column_after, " AS text)", same, "CAST(k.made AS text))"));
}

Restorer::Item* Restorer::column_item(const Path& table, const Name& column) {
  for (Item& item : items_)
    if (!item.done && !item.lost && item.kept.kind == Kind::column &&
        item.kept.column_before == column && is_table_of(item.kept, table))
      return &item;
  return nullptr;
}

void Restorer::run(const MigrationStatement& statement) {
  if (items_.empty()) return database_.execute(statement.sql);
  if (add_column(statement) || fill_successor(statement)) return;
  database_.execute(statement.sql);
  created_table(statement);
}

bool Restorer::add_column(const MigrationStatement& statement) {
  std::optional<AddedColumn> added = added_column(statement, database_.engine());
  if (added) added->table = full(added->table);
  Item* item = added ? column_item(added->table, added->column) : nullptr;
  if (!item) return false;
  Engine engine = database_.engine();
  std::string keyless = without(statement.sql, "primary", "key", engine);
  std::string nullable = without(keyless, "not", "null", engine);
  if (nullable != statement.sql && !postgres()) {
    add_to_filled_table(statement, *item, added->table);
    return true;
  }
  database_.execute(nullable);
  std::optional<TableFacts> facts = read_table(database_, added->table);
  if (facts) put(*item, *facts);
  std::string alter = standard_sql("ALTER TABLE ", added->table, " ");
  if (nullable != keyless)
    database_.execute(alter + standard_sql("ALTER COLUMN ", added->column, " SET NOT NULL"));
  if (keyless != statement.sql)
    database_.execute(alter + standard_sql("ADD PRIMARY KEY (", added->column, ")"));
  return true;
}

/// SQLite adds a column that must not be NULL to an empty table only, so its rows step
/// aside meanwhile.
void Restorer::add_to_filled_table(const MigrationStatement& statement, Item& item,
                                   const Path& table) {
  std::optional<TableFacts> before = read_table(database_, table);
  if (!before || key_in(item.kept, *before).empty()) return database_.execute(statement.sql);
  const Path aside{.name = "libsql_tidemark_aside"};
  std::vector<Name> names;
  for (const ColumnFacts& column : before->columns)
    if (!column.generated) names.push_back(column.name);
  WithoutTriggers quiet(database_, table);
  database_.execute(
      standard_sql("CREATE TABLE ", aside, " AS SELECT ", NameList{names, ", "}, " FROM ", table));
  database_.execute(standard_sql("DELETE FROM ", table));
  database_.execute(statement.sql);
  std::optional<TableFacts> after = read_table(database_, table);
  const ColumnFacts* column = after ? after->column(item.kept.column_before) : nullptr;
  std::string otherwise = column && !column->default_value.empty() ? column->default_value : "NULL";
  std::string match = same_key(item.kept, "t", key_in(item.kept, *before));
  database_.execute(standard_sql("INSERT INTO ", table, " (", NameList{names, ", "}, ", ",
                                 item.kept.column_before, ") SELECT ", NameList{names, ", "},
                                 ", CASE WHEN k.k1 IS NULL THEN ", otherwise,
                                 " ELSE k.\"old\" END FROM ", aside, " AS t LEFT JOIN ",
                                 list_.path(item.kept), " AS k ON ", match));
  database_.execute(standard_sql("DROP TABLE ", aside));
  quiet.end();
  item.done = true;
  put_back_.push_back(item.kept);
}

/// The values come along when SQLite's rebuild copies the rows.
bool Restorer::fill_successor(const MigrationStatement& statement) {
  if (postgres()) return false;
  std::optional<RowCopying> found = row_copying(statement.sql, database_.engine());
  std::optional<TableFacts> from, to;
  if (found) from = read_table(database_, found->from), to = read_table(database_, found->to);
  if (!from || !to) return false;
  std::string columns, values;
  for (const ColumnFacts& column : to->columns) {
    if (from->column(column.name)) continue;
    Item* item = column_item(found->from, column.name);
    std::vector<Name> key = item ? key_in(item->kept, *from) : std::vector<Name>{};
    if (key.empty()) continue;
    std::string kept = standard_sql(" FROM ", list_.path(item->kept), " AS k WHERE ",
                                    same_key(item->kept, standard_sql(found->from), key));
    columns += standard_sql(", ", column.name);
    values += standard_sql(", CASE WHEN EXISTS (SELECT 1", kept, ") THEN (SELECT k.\"old\"", kept,
                           ") ELSE ", column.default_value.empty() ? "NULL" : column.default_value,
                           " END ");
    item->done = true;
    put_back_.push_back(item->kept);
  }
  if (columns.empty()) return false;
  std::string text = statement.sql;
  text.insert(found->values_end, values);
  text.insert(found->columns_end, columns);
  database_.execute(text);
  return true;
}

void Restorer::created_table(const MigrationStatement& statement) {
  Path table = full(created_table_of(statement, database_.engine()));
  if (table.name.empty()) return;
  for (Item& item : items_) {
    if (item.done || item.kept.kind != Kind::table || !is_table_of(item.kept, table)) continue;
    if (std::optional<TableFacts> facts = read_table(database_, table)) put(item, *facts);
  }
}

void Restorer::put(Item& item, const TableFacts& facts) {
  WithoutTriggers quiet(database_, facts.path);
  if (item.kept.kind == Kind::table || item.kept.kind == Kind::rows)
    put_rows(item, facts);
  else
    put_values(item, facts);
  quiet.end();
  if (item.done) put_back_.push_back(item.kept);
}

void Restorer::put_rows(Item& item, const TableFacts& facts) {
  std::vector<Name> names;
  std::vector<std::string> values;
  for (const Name& name : item.kept.columns) {
    const ColumnFacts* column = facts.column(name);
    if (!column || column->generated) continue;
    names.push_back(name);
    values.push_back(postgres() ? standard_sql("CAST(k.", name, " AS ", column->type, ")")
                                : standard_sql("k.", name));
  }
  if (names.empty()) return;
  std::string missing;
  if (item.kept.kind == Kind::rows) {
    if (item.kept.key_before.empty() || !facts.has(item.kept.key_before)) return;
    std::vector<std::string> equal;
    for (const Name& name : item.kept.key_before)
      equal.push_back(standard_sql("t.", name, " = k.", name));
    missing = standard_sql(" WHERE NOT EXISTS (SELECT 1 FROM ", facts.path, " AS t WHERE ",
                           join(equal, " AND "), ")");
  }
  database_.execute(standard_sql("INSERT INTO ", facts.path, " (", NameList{names, ", "}, ")",
                                 postgres() ? " OVERRIDING SYSTEM VALUE" : "", " SELECT ",
                                 join(values, ", "), " FROM ", list_.path(item.kept), " AS k",
                                 missing));
  set_sequences(item.kept, facts);
  item.done = true;
}

void Restorer::put_values(Item& item, const TableFacts& facts) {
  const ColumnFacts* column = facts.column(item.kept.column_before);
  std::vector<Name> key = key_in(item.kept, facts);
  if (!column || column->generated || key.empty()) return;
  std::string value =
      postgres() ? standard_sql("CAST(k.\"old\" AS ", column->type, ")") : "k.\"old\"";
  std::string generate =
      standard_sql("ALTER TABLE ", facts.path, " ALTER ", column->name, " SET GENERATED ");
  if (column->identity_always) database_.execute(generate + "BY DEFAULT");
  database_.execute(standard_sql("UPDATE ", facts.path, " AS t SET ", column->name, " = ", value,
                                 " FROM ", list_.path(item.kept), " AS k WHERE ",
                                 same_key(item.kept, "t", key)));
  if (column->identity_always) database_.execute(generate + "ALWAYS");
  set_sequences(item.kept, facts);
  item.done = true;
}

void Restorer::set_sequences(const KeptRows& kept, const TableFacts& facts) {
  for (const auto& [name, state] : kept.sequences) {
    const ColumnFacts* column = facts.column(Name(name));
    std::size_t comma = state.find(',');
    if (!column || column->sequence.empty() || comma == std::string::npos) continue;
    std::array<Value, 3> values{column->sequence, state.substr(0, comma), state.substr(comma + 1)};
    database_.query("SELECT setval($1::regclass, $2::bigint, $3::boolean)", values);
  }
}

std::optional<TableFacts> Restorer::table_of(const KeptRows& kept) {
  std::optional<TableFacts> facts = read_table(database_, kept.table_before);
  return facts ? facts : read_table(database_, kept.table_after);
}

void Restorer::close() {
  for (Item& item : items_) {
    std::optional<TableFacts> facts;
    bool fits = !item.done && !item.lost && item.kept.kind != Kind::table;
    if (fits) facts = table_of(item.kept);
    if (facts) put(item, *facts);
    if (item.done)
      list_.remove(database_, item.kept);
    else
      left_.push_back(item.kept);
  }
  forget_numbers();
}

}  // namespace tidemark
