#include "seed/files.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/files.h"
#include "base/json.h"
#include "base/text.h"
#include "seed/csv.h"

namespace tidemark::seed {

namespace fs = std::filesystem;

namespace {

std::vector<std::string> names_of_tables(const Catalog& catalog) {
  std::vector<std::string> out;
  for (const Table& table : catalog.tables) out.push_back(table.path.name.text());
  return out;
}

/// `02_users` and `users` mean the table users; `auth.users` one in another schema.
std::string table_in(const std::string& stem) {
  std::size_t start = stem.find_first_not_of("0123456789");
  if (start == std::string::npos) return stem;
  start = start == 0 ? 0 : std::min(stem.find_first_not_of("_-. ", start), stem.size());
  return stem.substr(start);
}

const Table& table_named(const Catalog& catalog, const std::string& name,
                         const std::string& shown) {
  for (const Table& table : catalog.tables)
    if (table.path.name.text() == name ||
        table.path.schema.text() + "." + table.path.name.text() == name)
      return table;
  std::string near = did_you_mean(name, names_of_tables(catalog));
  throw Error(Fault::failed,
              fmt::format("{} is for the table \"{}\", which is not there", shown, name))
      .hint(near.empty() ? "Name the file as its table, with digits before it for the order."
                         : fmt::format("Did you mean {}?", near));
}

void require_column(const Table& table, const std::string& name, SourceRange place) {
  if (table.column(Name(name))) return;
  std::vector<std::string> names;
  for (const Column& column : table.columns) names.push_back(column.name.text());
  std::string near = did_you_mean(name, names);
  throw Error(Fault::failed, fmt::format("{} has no column \"{}\"", table.path.name.text(), name))
      .at(std::move(place))
      .hint(near.empty() ? fmt::format("It has {}.", join(names, ", "))
                         : fmt::format("Did you mean {}?", near));
}

TableRows rows_of_csv(const std::string& text, const std::string& shown, const Table& table) {
  std::vector<CsvRow> lines = parse_csv(text, shown);
  TableRows out{.table = table.path, .columns = {}, .rows = {}, .origin = shown};
  if (lines.empty()) return out;
  for (const Value& name : lines[0].fields) {
    std::string plain(trim(name.value_or("")));
    require_column(table, plain, range_at(shown, text, lines[0].offset));
    out.columns.emplace_back(plain);
  }
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (lines[i].fields.size() != out.columns.size())
      throw Error(Fault::failed,
                  fmt::format("this line has {}, the first one {}",
                              counted(lines[i].fields.size(), "field"), out.columns.size()))
          .at(range_at(shown, text, lines[i].offset));
    out.rows.push_back(std::move(lines[i].fields));
  }
  return out;
}

/// `["a","b"]` for a column that is an array: {"a","b"}.
std::string array_text(const json::array& list) {
  std::string out = "{";
  for (const json::value& one : list) {
    if (out.size() > 1) out += ',';
    if (one.is_null())
      out += "NULL";
    else if (one.is_array())
      out += array_text(one.as_array());
    else
      out += json_string(one.is_string() ? std::string(one.as_string()) : compact_json(one));
  }
  return out + "}";
}

Value value_of(const json::value& value, const Column& column, Engine engine) {
  bool is_array = column.type.text.ends_with(']');
  if (value.is_null()) return {};
  if (value.is_string()) return std::string(value.as_string());
  if (value.is_bool() && engine != Engine::postgresql) return value.as_bool() ? "1" : "0";
  if (value.is_array() && is_array) return array_text(value.as_array());
  return compact_json(value);
}

std::vector<Name> columns_of(const json::object& row, const Table& table,
                             const std::string& shown) {
  std::vector<Name> out;
  for (const auto& [key, value] : row) {
    require_column(table, std::string(key), SourceRange{.file = shown});
    out.emplace_back(std::string(key));
  }
  return out;
}

/// Rows that follow each other with the same columns stand together; a column that a row
/// does not name gets its default.
std::vector<TableRows> rows_of_json(const json::array& list, const std::string& shown,
                                    const Table& table, Engine engine) {
  std::vector<TableRows> out;
  for (const json::value& row : list) {
    const json::object* object = row.if_object();
    if (!object) throw Error(Fault::failed, fmt::format("{}: every row must be an object", shown));
    std::vector<Name> columns = columns_of(*object, table, shown);
    if (out.empty() || out.back().columns != columns)
      out.push_back({.table = table.path, .columns = columns, .rows = {}, .origin = shown});
    std::vector<Value>& values = out.back().rows.emplace_back();
    for (const auto& [key, value] : *object)
      values.push_back(value_of(value, *table.column(Name(std::string(key))), engine));
  }
  return out;
}

}  // namespace

std::vector<fs::path> seed_files(const fs::path& folder) {
  std::vector<fs::path> out;
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, ignored)) {
    std::string ending = entry.path().extension().string();
    if (ending == ".sql" || ending == ".csv" || ending == ".json") out.push_back(entry.path());
  }
  std::ranges::sort(out);
  return out;
}

std::vector<TableRows> read_rows(const fs::path& file, const std::string& shown,
                                 const Catalog& catalog) {
  std::string text = read_file(file);
  std::string name = table_in(file.stem().string());
  if (file.extension() == ".csv")
    return {rows_of_csv(text, shown, table_named(catalog, name, shown))};
  json::value value = parse_json(text, shown);
  if (const json::array* list = value.if_array())
    return rows_of_json(*list, shown, table_named(catalog, name, shown), catalog.engine);
  std::vector<TableRows> out;
  if (!value.is_object()) throw Error(Fault::failed, fmt::format("{} holds no rows", shown));
  for (const auto& [table, rows] : value.as_object()) {
    if (!rows.is_array())
      throw Error(Fault::failed,
                  fmt::format("{}: \"{}\" must be a list of rows", shown, std::string(table)));
    const Table& found = table_named(catalog, std::string(table), shown);
    for (TableRows& part : rows_of_json(rows.as_array(), shown, found, catalog.engine))
      out.push_back(std::move(part));
  }
  return out;
}

}  // namespace tidemark::seed
