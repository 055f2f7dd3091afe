#include <fmt/format.h>

#include "base/text.h"
#include "schema_text/columns.h"
#include "schema_text/notes.h"
#include "schema_text/objects.h"
#include "schema_text/typescript.h"

namespace tidemark::schema_text {
namespace {

std::string definition(const View& view) {
  if (view.existing || !view.definition) return ".existing();";
  return fmt::format(".as({});", sql_template(*view.definition));
}

std::string with(const std::vector<StorageOption>& options) {
  std::vector<std::string> parts;
  for (const auto& [key, value] : options)
    parts.push_back(fmt::format("{}:{}", double_quoted(key),
                                value.quoted ? double_quoted(value.text) : value.text));
  return fmt::format(".with({{{}}})", join(parts, ","));
}

std::string options_of(const View& view) {
  std::string out;
  if (!view.access_method.empty())
    out += fmt::format(".using({})", double_quoted(view.access_method));
  if (!view.tablespace.empty())
    out += fmt::format(".tablespace({})", double_quoted(view.tablespace));
  if (view.with) out += with(*view.with);
  if (view.with_no_data.value_or(false)) out += ".withNoData()";
  return out;
}

std::string view_start(const Scope& scope, const View& view, const std::string& function) {
  return fmt::format("{}export const {} = {}({}, {{", view_notes(scope.options, view),
                     scope.names.views.at(view.path), function,
                     double_quoted(view.path.name.text()));
}

}  // namespace

std::vector<std::string> postgres_views(const Scope& scope) {
  std::vector<std::string> out;
  for (const View& view : scope.catalog.views) {
    std::string function = view.materialized
                               ? maker(scope, view.path, "pgMaterializedView", "materializedView")
                               : maker(scope, view.path, "pgView", "view");
    out.push_back(view_start(scope, view, function) + postgres_columns(scope, view) + "})" +
                  options_of(view) + definition(view));
  }
  return out;
}

std::vector<std::string> sqlite_views(const Scope& scope) {
  std::vector<std::string> out;
  for (const View& view : scope.catalog.views)
    out.push_back(view_start(scope, view, "sqliteView") + "\n" + sqlite_columns(scope, view) +
                  "})" + definition(view));
  return out;
}

}  // namespace tidemark::schema_text
