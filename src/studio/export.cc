#include "studio/export.h"

#include <fmt/format.h>

#include <array>

#include "base/json.h"
#include "base/text.h"
#include "studio/cells.h"
#include "studio/grid.h"
#include "studio/json_values.h"
#include "studio/parameters.h"
#include "tidemark/error.h"

namespace tidemark::studio {
namespace {

struct FormatNames {
  Format format;
  std::string_view name, type;
};
constexpr std::array<FormatNames, 4> formats = {{
    {Format::csv, "csv", "text/csv; charset=utf-8"},
    {Format::json, "json", "application/json"},
    {Format::ndjson, "ndjson", "application/x-ndjson"},
    {Format::sql, "sql", "application/sql"},
}};

const FormatNames& names_of(Format format) { return formats[static_cast<std::size_t>(format)]; }

}  // namespace

Format parse_format(std::string_view name) {
  for (const FormatNames& one : formats)
    if (one.name == name) return one.format;
  throw Error(Fault::usage, fmt::format("\"{}\" is no format of an export", name));
}

std::string_view media_type(Format format) { return names_of(format).type; }
std::string_view file_ending(Format format) { return names_of(format).name; }

Exporter::Exporter(const Relation& relation, Engine engine, ExportOptions options)
    : relation_(relation), engine_(engine), options_(options) {}

std::string Exporter::begin() const {
  if (options_.format == Format::json) return "[";
  if (options_.format != Format::csv) return {};
  std::vector<std::string> names;
  for (const GridColumn& column : relation_.columns)
    names.push_back(csv_field(column.name.text(), CellKind::text));
  return join(names, ",") + "\r\n";
}

std::string Exporter::row(const ResultRow& row) {
  std::string separator = first_ ? "\n" : ",\n";
  first_ = false;
  switch (options_.format) {
    case Format::json:
      return separator + json_row(row);
    case Format::ndjson:
      return json_row(row) + "\n";
    case Format::sql:
      return sql_row(row);
    case Format::csv:
      break;
  }
  std::string line;
  for (std::size_t i = 0; i < row.values.size(); ++i)
    line += (i ? "," : "") + csv_field(row.values[i], row.kinds[i]);
  return line + "\r\n";
}

std::string Exporter::end() const { return options_.format == Format::json ? "\n]\n" : ""; }

/// NULL is nothing at all, an empty text is quoted.
std::string Exporter::csv_field(const Value& value, CellKind kind) const {
  if (!value) return {};
  std::string text = kind == CellKind::blob ? "\\x" + hex_of(*value) : *value;
  bool formula = !text.empty() && std::string_view("=+-@\t\r").find(text[0]) != std::string::npos;
  if (options_.for_spreadsheets && formula && !is_json_number(text)) text.insert(0, "'");
  bool quote = text.empty() || text.find_first_of(",\"\r\n") != std::string::npos ||
               text.front() == ' ' || text.back() == ' ';
  return quote ? fmt::format("\"{}\"", replace_all(text, "\"", "\"\"")) : text;
}

std::string Exporter::json_row(const ResultRow& row) const {
  std::string out = "{";
  for (std::size_t i = 0; i < row.values.size(); ++i)
    out += fmt::format("{}{}:{}", i ? "," : "", json_string(relation_.columns[i].name.text()),
                       json_of(row.values[i], row.kinds[i], relation_.columns[i].type, engine_));
  return out + "}";
}

std::string Exporter::literal(Parameters& literals, std::size_t column,
                              const ResultRow& row) const {
  const Value& value = row.values[column];
  bool number = value && type_class(relation_.columns[column].type, engine_) == TypeClass::number;
  if (number && engine_ == Engine::postgresql && is_json_number(*value)) return *value;
  json::value it = encoded(value, row.kinds[column], engine_);
  return literals.encoded(it.is_null() ? Encoded() : Encoded(std::string(it.as_string())));
}

std::string Exporter::sql_row(const ResultRow& row) const {
  Parameters literals(engine_, Parameters::As::literals);
  std::vector<std::string> names, values;
  bool overriding = false;
  for (std::size_t i = 0; i < row.values.size(); ++i) {
    const GridColumn& column = relation_.columns[i];
    if (column.generated && !column.identity) continue;
    overriding |= column.identity;
    names.push_back(quoted(column.name));
    values.push_back(literal(literals, i, row));
  }
  return fmt::format("INSERT INTO {} ({}){} VALUES ({});\n", quoted(relation_.path),
                     join(names, ", "), overriding ? " OVERRIDING SYSTEM VALUE" : "",
                     join(values, ", "));
}

}  // namespace tidemark::studio
