#include "engine/sqlite_contents.h"

#include <fmt/format.h>

#include <algorithm>

#include "dialect/sqlite/vectors.h"

namespace tidemark {
namespace {

/// What comes again by itself when the index is made.
sqlite_sql::VectorShadows shadows_of_vector_indexes(const Rows& objects) {
  sqlite_sql::VectorShadows out;
  for (const auto& row : objects.rows)
    if (row[0] == "index") out.add_index(row[1].value_or(""), row[3].value_or(""));
  return out;
}

bool is_internal(const std::string& name) {
  return name.starts_with("sqlite_") || name.starts_with("_litestream_") ||
         name == "libsql_wasm_func_table" || name == refused_table;
}

/// What was kept beside takes the place of what stands for it.
void put_back_refused(Connection& database, std::vector<StoredObject>& objects) {
  for (const auto& row :
       database.query(fmt::format("SELECT type, name, sql FROM {} ORDER BY rowid", refused_table))
           .rows) {
    StoredObject kept{
        .type = row[0].value_or(""), .name = row[1].value_or(""), .sql = row[2].value_or("")};
    auto stand_in = std::ranges::find_if(objects, [&](const StoredObject& one) {
      return one.type == kept.type && one.name == kept.name;
    });
    if (stand_in == objects.end())
      objects.push_back(std::move(kept));
    else
      stand_in->sql = kept.sql;
  }
}

int rank(const StoredObject& one) {
  if (one.is_virtual) return 0;
  if (one.is_table()) return 1;
  if (one.type == "index") return 2;
  return one.type == "view" ? 3 : 4;
}

}  // namespace

std::vector<StoredObject> stored_objects(Connection& database) {
  Rows objects = database.query(
      "SELECT s.type, s.name, s.tbl_name, s.sql, coalesce(l.type, ''), coalesce(l.wr, 0) FROM "
      "sqlite_schema s LEFT JOIN pragma_table_list l ON l.schema = 'main' AND l.name = s.name "
      "WHERE s.sql IS NOT NULL ORDER BY s.rowid");
  sqlite_sql::VectorShadows made_again = shadows_of_vector_indexes(objects);
  bool has_refused = false;
  std::vector<StoredObject> out;
  for (const auto& row : objects.rows) {
    std::string name = row[1].value_or("");
    has_refused = has_refused || name == refused_table;
    if (is_internal(name) || made_again.holds(row[2].value_or(""))) continue;
    out.push_back({.type = row[0].value_or(""),
                   .name = std::move(name),
                   .sql = row[3].value_or(""),
                   .is_virtual = row[4] == "virtual",
                   .is_shadow = row[4] == "shadow",
                   .without_rowid = row[5] == "1"});
  }
  if (has_refused) put_back_refused(database, out);
  std::ranges::stable_sort(out, {}, rank);
  return out;
}

}  // namespace tidemark
