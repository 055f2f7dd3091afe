// The tables and views of the database, as the sidebar and the diagram show them.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "base/json.h"
#include "source/live/live.h"
#include "studio/relation.h"

namespace tidemark::studio {

struct Tables {
  Engine engine = Engine::postgresql;
  LiveCatalog live;
  std::map<Path, Relation> relations;
  std::map<Path, std::int64_t> estimates;  // rows; absent where nobody knows

  /// Throws Error(Fault::usage) for one that is not there (any more).
  const Relation& find(const Path& path) const;
};

/// Everything but the server's own schemas.
Tables read_tables(Connection& database);

json::object path_json(const Path& path);
/// `target` is the path of the table that `from` refers to by `key`.
json::object key_json(const Path& from, const ForeignKey& key, const Path& target);

/// [{"schema", "name", "kind", "rows"}]
json::array tables_json(const Tables& tables);

/// Columns, keys, who refers to whom, what no schema has a word for, and why it cannot be
/// edited.
json::object table_json(const Tables& tables, const Path& path);

/// All tables with their columns and foreign keys, for the diagram.
json::object diagram_json(const Tables& tables);

/// The statements that make one table or view.
std::string ddl_of(const Tables& tables, const Path& path);

}  // namespace tidemark::studio
