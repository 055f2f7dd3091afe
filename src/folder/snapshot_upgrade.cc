// Older snapshots in the form of today. Each step changes the JSON of one version
// into that of the next; reading and writing it again gives order and layout.
//
// Drizzle Kit can upgrade PostgreSQL from version 5 and SQLite from version 5.
#include <fmt/format.h>

#include "base/json.h"
#include "base/text.h"
#include "folder/json_place.h"
#include "folder/snapshot.h"
#include "folder/snapshot_parts.h"

namespace tidemark {
namespace {

json::object& object_at(json::object& object, std::string_view key) {
  json::value& member = object[key];
  if (!member.is_object()) member.emplace_object();
  return member.get_object();
}

/// Version 5 knew schemas by the table's member only, and one schema for enums.
void postgres_5_to_6(json::object& top) {
  json::object tables, enums;
  for (json::key_value_pair& member : object_at(top, "tables")) {
    json::object* table = member.value().if_object();
    if (!table) continue;
    std::string schema = text_at(*table, "schema");
    std::string name = text_at(*table, "name");
    (*table)["schema"] = schema;
    tables[(schema.empty() ? "public" : schema) + "." + name] = member.value();
  }
  for (json::key_value_pair& member : object_at(top, "enums")) {
    json::object* old = member.value().if_object();
    if (!old) continue;
    json::array values;
    const json::value* listed = old->if_contains("values");
    if (listed && listed->is_object())
      for (const json::key_value_pair& value : listed->get_object())
        values.push_back(value.value());
    else if (listed && listed->is_array())
      values = listed->get_array();
    std::string name = text_at(*old, "name");
    enums["public." + name] = {{"name", name}, {"schema", "public"}, {"values", values}};
  }
  top["tables"] = std::move(tables);
  top["enums"] = std::move(enums);
}

/// Version 6 had the names of columns in indexes, and neither policies, checks,
/// sequences, roles nor views.
void postgres_6_to_7(json::object& top) {
  for (json::key_value_pair& member : object_at(top, "tables")) {
    json::object* table = member.value().if_object();
    if (!table) continue;
    for (json::key_value_pair& entry : object_at(*table, "indexes")) {
      json::object* index = entry.value().if_object();
      json::value* columns = index ? index->if_contains("columns") : nullptr;
      if (!columns || !columns->is_array()) continue;
      for (json::value& column : columns->get_array())
        if (column.is_string())
          column = {
              {"expression", column}, {"isExpression", false}, {"asc", true}, {"nulls", "last"}};
      object_at(*index, "with").clear();
    }
    object_at(*table, "policies");
    object_at(*table, "checkConstraints");
    if (!table->contains("isRLSEnabled")) (*table)["isRLSEnabled"] = false;
  }
  for (std::string_view added : {"sequences", "policies", "views", "roles"}) object_at(top, added);
}

/// Version 5 kept JSON defaults as JSON.
void sqlite_5_to_6(json::object& top) {
  for (json::key_value_pair& table : object_at(top, "tables")) {
    if (!table.value().is_object()) continue;
    for (json::key_value_pair& column : object_at(table.value().get_object(), "columns")) {
      json::object* members = column.value().if_object();
      json::value* value = members ? members->if_contains("default") : nullptr;
      if (value && (value->is_object() || value->is_array()))
        *value = "'" + compact_json(*value) + "'";
    }
  }
  object_at(top, "views");
}

bool upgrade_object(json::object& top, Engine engine, const std::string& version) {
  if (engine == Engine::postgresql) {
    if (version != "5" && version != "6") return false;
    if (version == "5") postgres_5_to_6(top);
    postgres_6_to_7(top);
  } else {
    if (version != "5") return false;
    sqlite_5_to_6(top);
  }
  top["version"] = snapshot_version(engine);
  top["dialect"] = engine == Engine::postgresql ? "postgresql" : "sqlite";
  return true;
}

}  // namespace

std::optional<std::string> upgrade_snapshot(std::string_view text, Engine engine,
                                            const std::string& file) {
  json::value value = parse_json(text, file);
  std::string version = value.is_object() ? text_at(value.get_object(), "version") : std::string();
  if (value.is_object() && upgrade_object(value.get_object(), engine, version)) {
    Snapshot snapshot = parse_snapshot(compact_json(value), engine, file);
    return write_snapshot(snapshot.catalog, snapshot.ids, snapshot.meta);
  }
  bool too_old = version == "1" || version == "2" || version == "3" || version == "4";
  if (too_old)
    throw Error(Fault::failed, fmt::format("{} is a snapshot of version {}, too old to be upgraded",
                                           file, version))
        .at(range_at(file, text, place_of(text, std::vector<std::string>{"version"})))
        .hint("upgrade the folder to version 5 first, with a drizzle-kit of that time");
  parse_snapshot(text, engine, file);  // says what is wrong, if anything
  return std::nullopt;
}

}  // namespace tidemark
