#include "engine/earlier_renames.h"

#include <algorithm>

#include "base/files.h"
#include "base/text.h"
#include "catalog/columns.h"

namespace tidemark {
namespace {

/// A key that was declared on its column, and the sequence of a serial, have the names that
/// the server gave them.
bool changes_unnamed_object(const Change& change) {
  const auto* column = std::get_if<Modify<Column>>(&change);
  return column && (column->before.primary_key != column->after.primary_key ||
                    (column->before.type != column->after.type && is_serial(column->before)));
}

/// Names bare or quoted, keywords in either case.
std::string plain(std::string_view sql) { return lower(replace_all(std::string(sql), "\"", "")); }

std::string all_migrations(const Folder& folder) {
  std::string text;
  for (const JournalEntry& entry : folder.journal.entries())
    if (std::error_code none; std::filesystem::exists(folder.sql_path(entry.tag), none))
      text += plain(read_file(folder.sql_path(entry.tag))) + "\n";
  return text;
}

}  // namespace

std::vector<Path> renamed_earlier(const Folder& folder, const Catalog& before,
                                  const DiffResult& diff) {
  if (folder.engine != Engine::postgresql ||
      std::ranges::none_of(diff.changes, changes_unnamed_object))
    return {};
  std::string text = all_migrations(folder);
  std::vector<Path> found;
  for (const Table& table : before.tables) {
    std::string name = plain(table.path.name.text());
    if (text.find(name + " rename to ") != std::string::npos ||
        text.find(" rename to " + name) != std::string::npos ||
        text.find(name + " rename column ") != std::string::npos)
      found.push_back(table.path);
  }
  return found;
}

}  // namespace tidemark
