#include "seed/files.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/files.h"
#include "base/json.h"
#include "base/text.h"
#include "seed/csv.h"
#include "seed/field_value.h"
#include "seed/json_text.h"

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

/// Reads the rows of one file.
class RowReader {
 public:
  RowReader(std::string_view text, const std::string& shown, const Catalog& catalog)
      : text_(text), shown_(shown), catalog_(catalog) {}

  std::vector<TableRows> csv(const Table& table) {
    std::vector<CsvRow> lines = parse_csv(text_, shown_);
    if (lines.empty()) return {};
    TableRows& part = begin(table);
    for (const Value& name : lines[0].fields)
      add_column(part, table, std::string(trim(name.value_or(""))), lines[0].offset);
    for (std::size_t i = 1; i < lines.size(); ++i) {
      require_length(lines[i], part);
      add_row(part, lines[i].offset);
      for (std::size_t at = 0; at < part.columns.size(); ++at) {
        const Column& column = *table.column(part.columns[at]);
        add_value(part, column,
                  value_of_text(std::move(lines[i].fields[at]), column, catalog_.engine));
      }
    }
    return std::move(out_);
  }

  /// Rows that follow each other with the same columns stand together; a column that a row
  /// does not name gets its default.
  void json(std::string_view list, const Table& table) {
    for (std::string_view row : items_of(list)) {
      if (!row.starts_with('{'))
        throw Error(Fault::failed, "every row must be an object").at(place_of(row));
      TableRows& part = part_for(table, row);
      add_row(part, offset_of(row));
      for (const JsonMember& member : members_of(row)) {
        const Column& column = *table.column(Name(string_of(member.key)));
        add_value(part, column, value_of_json(member.value, column, catalog_.engine));
      }
    }
  }

  std::vector<TableRows> json(const std::string& name_of_file) {
    std::string_view document = trimmed(text_);
    if (document.starts_with('[')) {
      json(document, table_named(catalog_, name_of_file, shown_));
      return std::move(out_);
    }
    if (!document.starts_with('{')) throw Error(Fault::failed, shown_ + " holds no rows");
    for (const JsonMember& member : members_of(document)) {
      std::string name = string_of(member.key);
      if (!member.value.starts_with('['))
        throw Error(Fault::failed, fmt::format("\"{}\" must be a list of rows", name))
            .at(place_of(member.value));
      json(member.value, table_named(catalog_, name, shown_));
    }
    return std::move(out_);
  }

 private:
  std::size_t offset_of(std::string_view part) const {
    return static_cast<std::size_t>(part.data() - text_.data());
  }
  SourceRange place_of(std::string_view part) const {
    return range_at(shown_, text_, offset_of(part));
  }

  TableRows& begin(const Table& table) {
    return out_.emplace_back(
        TableRows{.table = table.path, .columns = {}, .rows = {}, .origin = shown_});
  }

  /// The last part, unless the row has other columns than it.
  TableRows& part_for(const Table& table, std::string_view row) {
    TableRows head{.table = table.path, .columns = {}, .rows = {}};
    for (const JsonMember& member : members_of(row))
      add_column(head, table, string_of(member.key), offset_of(member.key));
    if (head.columns.empty())
      throw Error(Fault::failed, "this row names no column").at(place_of(row));
    bool same =
        !out_.empty() && out_.back().table == head.table && out_.back().columns == head.columns;
    if (same) return out_.back();
    begin(table).columns = std::move(head.columns);
    return out_.back();
  }

  void require_column(const Table& table, const std::string& name, std::size_t offset) const {
    if (table.column(Name(name))) return;
    std::vector<std::string> names;
    for (const Column& column : table.columns) names.push_back(column.name.text());
    std::string near = did_you_mean(name, names);
    throw Error(Fault::failed, fmt::format("{} has no column \"{}\"", table.path.name.text(), name))
        .at(range_at(shown_, text_, offset))
        .hint(near.empty() ? fmt::format("It has {}.", join(names, ", "))
                           : fmt::format("Did you mean {}?", near));
  }

  void add_column(TableRows& part, const Table& table, const std::string& name,
                  std::size_t offset) const {
    require_column(table, name, offset);
    if (std::ranges::find(part.columns, Name(name)) != part.columns.end())
      throw Error(Fault::failed, fmt::format("the column \"{}\" is named twice", name))
          .at(range_at(shown_, text_, offset));
    part.columns.emplace_back(name);
  }

  void require_length(const CsvRow& line, const TableRows& part) const {
    if (line.fields.size() == part.columns.size()) return;
    throw Error(Fault::failed,
                fmt::format("this line has {}, the first one {}",
                            counted(line.fields.size(), "field"), part.columns.size()))
        .at(range_at(shown_, text_, line.offset));
  }

  static void add_row(TableRows& part, std::size_t offset) {
    part.rows.emplace_back().reserve(part.columns.size());
    part.offsets.push_back(offset);
  }

  void add_value(TableRows& part, const Column& column, Value value) const {
    if (is_misplaced(value, column, catalog_.engine))
      throw Error(Fault::failed,
                  fmt::format("{}.{} is {}: \"{}\" is no number", part.table.name.text(),
                              column.name.text(), lower(column.type.text), *value))
          .at(range_at(shown_, text_, part.offsets.back()))
          .hint(
              "SQLite would keep the text as it is. Moments are numbers too: seconds since 1970.");
    part.rows.back().push_back(std::move(value));
  }

  std::string_view text_;
  const std::string& shown_;
  const Catalog& catalog_;
  std::vector<TableRows> out_;
};

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
  RowReader reader(text, shown, catalog);
  if (file.extension() == ".csv") return reader.csv(table_named(catalog, name, shown));
  if (text.starts_with("\xEF\xBB\xBF")) std::fill_n(text.begin(), 3, ' ');
  static_cast<void>(parse_json(text, shown));
  return reader.json(name);
}

}  // namespace tidemark::seed
