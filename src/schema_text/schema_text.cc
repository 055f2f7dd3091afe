#include "schema_text/schema_text.h"

#include <fmt/format.h>

#include "base/text.h"
#include "schema_text/notes.h"
#include "schema_text/objects.h"
#include "schema_text/scope.h"

namespace tidemark {
namespace schema_text {
namespace {

std::string joined(const std::vector<std::string>& statements) { return join(statements, "\n\n"); }

std::string import_lines(const Scope& scope, std::string_view module, std::string_view indent) {
  return fmt::format(
      "import {{ {} }} from \"drizzle-orm/{}\"\n{}import {{ sql }} from "
      "\"drizzle-orm\"\n\n",
      join(scope.imports, ", "), module, indent);
}

std::string postgres_file(const Scope& scope) {
  std::vector<std::string> tables = postgres_tables(scope);
  for (std::string& policy : policies_apart(scope)) tables.push_back(std::move(policy));
  return import_lines(scope, "pg-core", "") + schemas(scope) + roles(scope) + enums(scope) + "\n" +
         sequences(scope) + custom_types(scope) + "\n" + joined(tables) + "\n" +
         joined(postgres_views(scope));
}

std::string sqlite_file(const Scope& scope) {
  std::string types = custom_types(scope);
  if (!types.empty()) types += "\n";
  return import_lines(scope, "sqlite-core", "  ") + types + joined(sqlite_tables(scope)) + "\n\n" +
         joined(sqlite_views(scope));
}

}  // namespace
}  // namespace schema_text

std::string schema_ts(const Catalog& catalog, const SchemaTextOptions& options) {
  schema_text::Scope scope = schema_text::make_scope(catalog, options);
  std::string out = catalog.engine == Engine::postgresql ? schema_text::postgres_file(scope)
                                                         : schema_text::sqlite_file(scope);
  std::string notes = schema_text::loose_notes(options, catalog);
  return notes.empty() ? out : out + "\n" + notes;
}

}  // namespace tidemark
