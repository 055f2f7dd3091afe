#include "apply/table_facts.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "dialect/sql_writer.h"

namespace tidemark {
namespace {

constexpr std::string_view postgres_columns = R"(
SELECT attname, format_type(atttypid, atttypmod), t.typnamespace <> 'pg_catalog'::regnamespace,
       attnotnull, attgenerated <> '',
       pg_get_expr(adbin, CASE WHEN attgenerated = '' THEN 0::oid ELSE adrelid END),
       pg_get_serial_sequence($1, attname), attidentity <> '', attidentity = 'a'
FROM pg_attribute JOIN pg_type t ON t.oid = atttypid
LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped ORDER BY attnum)";

// An array's type is where its elements' is: `mood[]` beside `mood`.
constexpr std::string_view postgres_key = R"(
SELECT attname FROM (
  SELECT indexrelid, indrelid, (indkey::int2[])[0:indnkeyatts - 1] AS keys FROM pg_index
  WHERE indrelid = to_regclass($1) AND indisunique AND indimmediate AND indisvalid
    AND indpred IS NULL AND indexprs IS NULL
    AND NOT EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = indrelid AND attnum = ANY (indkey::int2[])
                    AND NOT attnotnull)
  ORDER BY indisprimary DESC, indnkeyatts, indexrelid LIMIT 1) AS found
JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY (keys)
ORDER BY array_position(keys, attnum))";

constexpr std::string_view postgres_table = R"(
SELECT relrowsecurity AND relforcerowsecurity AND NOT EXISTS (
         SELECT 1 FROM pg_roles WHERE rolname = current_user AND (rolsuper OR rolbypassrls))
FROM pg_class WHERE oid = to_regclass($1) AND relkind IN ('r', 'p'))";

std::optional<TableFacts> read_postgres(Connection& database, const Path& path) {
  Value name = standard_sql(path);
  std::vector<Command> queries = {{std::string(postgres_table), {name}},
                                  {std::string(postgres_columns), {name}},
                                  {std::string(postgres_key), {name}}};
  std::vector<Rows> answers = database.query_all(queries);
  if (answers[0].rows.empty()) return std::nullopt;
  TableFacts facts{.path = path, .rows_are_hidden = answers[0].rows[0][0] == "t"};
  for (const std::vector<Value>& row : answers[1].rows) {
    bool identity = row[7] == "t";
    facts.columns.push_back({.name = Name(*row[0]),
                             .type = *row[1],
                             .own_type = row[2] == "t",
                             .not_null = row[3] == "t",
                             .generated = row[4] == "t",
                             .default_value = identity ? "identity" : row[5].value_or(""),
                             .sequence = row[6].value_or(""),
                             .identity_always = row[8] == "t"});
  }
  for (const std::vector<Value>& row : answers[2].rows) facts.key.emplace_back(*row[0]);
  return facts;
}

bool never_null(const TableFacts& facts, const std::vector<Name>& names) {
  return !names.empty() && std::ranges::all_of(names, [&](const Name& name) {
    const ColumnFacts* column = facts.column(name);
    return column && column->not_null;
  });
}

/// SQLite's own primary keys may be NULL, but for `INTEGER PRIMARY KEY`.
void find_sqlite_key(Connection& database, TableFacts& facts) {
  std::array<Value, 1> table{facts.path.name.text()};
  std::vector<Name> primary;
  for (const std::vector<Value>& row :
       database.query("SELECT name FROM pragma_table_info($1) WHERE pk > 0 ORDER BY pk", table)
           .rows)
    primary.emplace_back(*row[0]);
  bool is_rowid = primary.size() == 1 && lower(facts.column(primary[0])->type) == "integer";
  if (is_rowid || never_null(facts, primary)) {
    facts.key = primary;
    return;
  }
  for (const std::vector<Value>& index :
       database
           .query("SELECT name FROM pragma_index_list($1) WHERE \"unique\" = 1 AND partial = 0 "
                  "ORDER BY seq",
                  table)
           .rows) {
    std::array<Value, 1> name{index[0]};
    std::vector<Name> columns;
    for (const std::vector<Value>& row :
         database.query("SELECT name FROM pragma_index_info($1) ORDER BY seqno", name).rows)
      columns.emplace_back(row[0].value_or(""));
    if (!never_null(facts, columns)) continue;
    facts.key = columns;
    return;
  }
}

std::optional<TableFacts> read_sqlite(Connection& database, const Path& path) {
  std::array<Value, 1> name{path.name.text()};
  Rows rows = database.query(
      "SELECT name, type, \"notnull\", hidden, dflt_value, (SELECT wr FROM pragma_table_list($1) "
      "WHERE schema = 'main') FROM pragma_table_xinfo($1) WHERE EXISTS "
      "(SELECT 1 FROM sqlite_master WHERE type = 'table' AND lower(name) = lower($1)) ORDER BY cid",
      name);
  if (rows.rows.empty()) return std::nullopt;
  TableFacts facts{.path = {.name = path.name}, .without_rowid = rows.rows[0][5] == "1"};
  for (const std::vector<Value>& row : rows.rows)
    facts.columns.push_back({.name = Name(*row[0]),
                             .type = row[1].value_or(""),
                             .not_null = row[2] == "1",
                             .generated = row[3] != "0",
                             .default_value = row[4].value_or("")});
  find_sqlite_key(database, facts);
  return facts;
}

}  // namespace

const ColumnFacts* TableFacts::column(const Name& name) const {
  auto found = std::ranges::find(columns, name, &ColumnFacts::name);
  return found == columns.end() ? nullptr : &*found;
}

bool TableFacts::has(const std::vector<Name>& names) const {
  return std::ranges::all_of(names, [this](const Name& name) { return column(name) != nullptr; });
}

std::optional<TableFacts> read_table(Connection& database, const Path& path) {
  return database.engine() == Engine::postgresql ? read_postgres(database, path)
                                                 : read_sqlite(database, path);
}

}  // namespace tidemark
