#include "apply/without_triggers.h"

#include <array>

#include "dialect/sql_writer.h"

namespace tidemark {
namespace {

std::string enabling(const std::string& mode) {
  if (mode == "R") return "ENABLE REPLICA TRIGGER ";
  return mode == "A" ? "ENABLE ALWAYS TRIGGER " : "ENABLE TRIGGER ";
}

}  // namespace

WithoutTriggers::WithoutTriggers(Connection& database, const Path& table) : database_(database) {
  bool postgres = database.engine() == Engine::postgresql;
  std::array<Value, 1> name{postgres ? standard_sql(table) : table.name.text()};
  Rows rows = database.query(
      postgres ? "SELECT tgname, tgenabled FROM pg_catalog.pg_trigger WHERE tgrelid = "
                 "to_regclass($1) AND NOT tgisinternal AND tgenabled <> 'D'"
               : "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND lower(tbl_name) = "
                 "lower($1)",
      name);
  for (const std::vector<Value>& row : rows.rows) {
    const Name trigger(*row[0]);
    database.execute(postgres ? standard_sql("ALTER TABLE ", table, " DISABLE TRIGGER ", trigger)
                              : standard_sql("DROP TRIGGER ", trigger));
    again_.push_back(postgres ? standard_sql("ALTER TABLE ", table, " ", enabling(*row[1]), trigger)
                              : *row[1]);
  }
}

void WithoutTriggers::end() {
  for (const std::string& statement : again_) database_.execute(statement);
  again_.clear();
}

}  // namespace tidemark
