#include "schema_text/scope.h"

#include "schema_text/imports.h"

namespace tidemark::schema_text {

Scope make_scope(const Catalog& catalog, const SchemaTextOptions& options) {
  Outside outside = outside_of(catalog);
  Cycles cycles(catalog);
  std::vector<std::string> imports = imports_of(catalog, outside, cycles);
  std::set<std::string> imported(imports.begin(), imports.end());
  imported.insert({"sql", "relations"});
  Names names = choose_names(catalog, outside, options, std::move(imported));
  return {catalog,           options,          std::move(outside),
          std::move(cycles), std::move(names), std::move(imports)};
}

}  // namespace tidemark::schema_text
