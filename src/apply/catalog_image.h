// What a database defines, object by object, in text that two looks share when
// nothing has changed between them. A way back is proved by it: what the migration
// did is recorded when it is applied, and has to be undone exactly.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "connect/connection.h"
#include "tidemark/name.h"

namespace tidemark {

/// "column public.users.name" → "text NOT NULL". Of SQLite, each part of a table's
/// definition is an object.
using CatalogImage = std::map<std::string, std::string>;

/// Everything but our own tables and `history`. Roles, which belong to the server,
/// and the order of columns are not part of it.
CatalogImage read_image(Connection& database, const Path& history);

/// What the log keeps two of a migration's change by: of SQLite each object's own SQL, which a way
/// back may need word for word.
CatalogImage read_recorded(Connection& database, const Path& history);

/// What SQLite's image is read from: type, name and SQL of each object that is not ours.
inline constexpr std::string_view sqlite_objects =
    "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND "
    "name NOT LIKE 'libsql\\_tidemark\\_%' ESCAPE '\\' AND sql IS NOT NULL";

/// Of SQLite, from the database itself; `read_image` calls it.
CatalogImage read_sqlite_objects(Connection& database);

/// What happened to one object. Absent: there is no such object.
struct ObjectChange {
  std::optional<std::string> before, after;
  bool operator==(const ObjectChange&) const = default;
};
using ImageChanges = std::map<std::string, ObjectChange>;

ImageChanges changes_between(const CatalogImage& before, const CatalogImage& after);

/// As the log keeps it, of two looks by `read_recorded`: on PostgreSQL
/// {"column public.users.name": [null, "text"]}, on SQLite {"before": [[type, name, sql]],
/// "after": []}, as a libSQL server does by itself.
std::string changes_text(Engine engine, const ImageChanges& changes);
/// Of either, on SQLite of the former too, which older logs have. Empty for a text that is neither.
std::optional<ImageChanges> parse_changes(std::string_view text);

}  // namespace tidemark
