#include "dialect/postgres/serial.h"

#include "dialect/postgres/sequence_options.h"

namespace tidemark::postgres_dialect {

bool is_serial(const SqlType& type) {
  return type.schema.empty() &&
         (type.text == "serial" || type.text == "bigserial" || type.text == "smallserial");
}

SqlType without_serial(const SqlType& type) {
  if (!is_serial(type)) return type;
  if (type.text == "bigserial") return {"bigint"};
  return {type.text == "serial" ? "integer" : "smallint"};
}

std::string continue_sequence_sql(const std::string& sequence, const Path& table,
                                  const Name& column) {
  return sql("SELECT setval(", sequence, ", COALESCE((SELECT max(", column, ") FROM ", table,
             "), 0) + 1, false);");
}

Path serial_sequence(const Path& table, const Name& column) {
  return {table.schema, Name(default_name(table.name, column, "seq"))};
}

namespace {

// A sequence has the name that its table and column had when it was made; on a way back that
// may be the name that they get again.
bool knows_sequence(const Script& script, const Path& table, const Name& column) {
  if (script.renamed_earlier(table)) return false;
  return !script.input.is_way_back ||
         (script.old_path(table) == table && script.old_name(table, column) == column);
}

}  // namespace

std::string on_serial_sequence(const Script& script, const Path& table, const Name& column,
                               const std::string& command, const std::string& rest) {
  if (knows_sequence(script, table, column)) {
    Path named = {table.schema, script.old_path(table).name};
    Path sequence = serial_sequence(named, script.old_name(table, column));
    return sql(command, " IF EXISTS ", FullPath{sequence}, rest, ";");
  }
  std::string own = "pg_get_serial_sequence(" + string_literal(sql(FullPath{table})) + ", " +
                    string_literal(column.text()) + ")";
  return "DO " +
         dollar_quoted(" BEGIN EXECUTE (SELECT " + string_literal(command + " ") + " || " + own +
                       " || " + string_literal(rest) + "); END ") +
         ";";
}

}  // namespace tidemark::postgres_dialect
