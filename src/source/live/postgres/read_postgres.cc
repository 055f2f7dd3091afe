#include "source/live/postgres/read_postgres.h"

#include <fmt/format.h>

#include "source/live/postgres/reading.h"
#include "source/table_filter.h"
#include "tidemark/error.h"

namespace tidemark {
namespace {

using namespace postgres_live;

constexpr int oldest = 120000;

/// An array's text: {"a","b\"c"}.
std::string array_text(const std::vector<std::string>& texts) {
  std::string out = "{";
  for (const std::string& text : texts) {
    out += out.size() > 1 ? ",\"" : "\"";
    for (char c : text) {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
    out += '"';
  }
  return out + "}";
}

constexpr std::string_view schemas_query =
    "SELECT nspname FROM pg_catalog.pg_namespace "
    "WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' ORDER BY nspname";

void require_version(int version) {
  if (version >= oldest) return;
  throw Error(Fault::failed,
              fmt::format("the server is PostgreSQL {}, which cannot be read", version / 10000))
      .hint("PostgreSQL 12 and later can.");
}

}  // namespace

LiveCatalog read_postgres(Connection& database, const LiveScope& scope) {
  const std::vector<Command> first = {{"SHOW server_version_num"}, {std::string(schemas_query)}};
  std::vector<Rows> answers = database.query_all(first);
  int version = std::stoi(answers[0].rows.at(0).at(0).value_or("0"));
  require_version(version);
  std::vector<std::string> schemas;
  for (const std::vector<Value>& row : answers[1].rows)
    if (passes_filter(*row[0], scope.schemas)) schemas.push_back(*row[0]);
  return read_schemas(database, scope, schemas, version);
}

LiveCatalog read_schemas(Connection& database, const LiveScope& scope,
                         const std::vector<std::string>& schemas, int version) {
  // In the order in which one needs what another has read.
  std::vector<Reader> readers = {relations(),
                                 columns(),
                                 sequences(),
                                 constraints(),
                                 unique_nulls(version),
                                 indexes(),
                                 enums(),
                                 policies(),
                                 postgres_live::schemas(),
                                 triggers(),
                                 roles()};
  std::erase_if(readers, [](const Reader& reader) { return reader.sql.empty(); });
  std::vector<Command> queries;
  for (const Reader& reader : readers)
    queries.push_back({std::string(reader.sql), {array_text(schemas)}});

  Reading reading{.scope = scope};
  std::vector<Rows> answers = database.query_all(queries);
  for (std::size_t i = 0; i < readers.size(); ++i)
    for (const std::vector<Value>& row : answers[i].rows) readers[i].read(reading, Fields(row));
  for (Table& table : reading.live.catalog.tables) {
    table.row_security_off = !table.row_level_security && !table.policies.empty();
    if (table.row_security_off)
      reading.live.beyond.push_back(
          {table.path, {}, "row security", "off, so that its policies do nothing"});
  }
  return std::move(reading.live);
}

std::vector<Policy> read_policies_beside(Connection& database, const std::vector<Policy>& wanted) {
  std::vector<std::string> schemas;
  for (const Policy& policy : wanted) schemas.push_back(policy.on.schema.text());
  std::vector<Policy> out;
  const std::vector<Value> parameters{array_text(schemas)};
  for (const std::vector<Value>& row : database.query(std::string(policies().sql), parameters).rows)
    out.push_back(policy_with_table(Fields(row)));
  return out;
}

}  // namespace tidemark
