#include "schema_text/notes.h"

#include <algorithm>

#include "schema_text/typescript.h"

namespace tidemark::schema_text {
namespace {

template <class Items>
bool has(const Items& items, const Name& name) {
  return std::ranges::any_of(items, [&](const auto& item) { return item.name == name; });
}

bool is_written(const Table& table, const Name& object) {
  return has(table.columns, object) || has(table.indexes, object) ||
         has(table.foreign_keys, object) || has(table.primary_keys, object) ||
         has(table.uniques, object) || has(table.policies, object) || has(table.checks, object);
}

// Those at the top say what they are about, if it is not the table.
std::string titled(const SchemaNote& note) {
  return comment(note.object.empty() ? note.text : note.object.text() + ": " + note.text);
}

bool is_in_file(const Catalog& catalog, const Path& path) {
  return catalog.table(path) ||
         std::ranges::find(catalog.views, path, &View::path) != catalog.views.end();
}

}  // namespace

std::string table_notes(const SchemaTextOptions& options, const Table& table) {
  std::string out;
  for (const SchemaNote& note : options.notes)
    if (note.table == table.path && (note.object.empty() || !is_written(table, note.object)))
      out += titled(note);
  return out;
}

std::string view_notes(const SchemaTextOptions& options, const View& view) {
  return table_notes(options, {.path = view.path, .columns = view.columns});
}

std::string object_notes(const SchemaTextOptions& options, const Path& table, const Name& object) {
  std::string out;
  for (const SchemaNote& note : options.notes)
    if (note.table == table && !object.empty() && note.object == object)
      out += comment(note.text, "\t");
  return out;
}

std::string extra_notes(const SchemaTextOptions& options, const Table& table, const Name& object) {
  return table.column(object) ? std::string() : object_notes(options, table.path, object);
}

std::string loose_notes(const SchemaTextOptions& options, const Catalog& catalog) {
  std::string out;
  for (const SchemaNote& note : options.notes)
    if (!is_in_file(catalog, note.table)) out += titled(note);
  return out;
}

}  // namespace tidemark::schema_text
