// The document that evaluating schema files gives: a snapshot without ids, where
// each object was written, and the mistakes found on the way.
#include <fmt/format.h>

#include "folder/snapshot.h"
#include "folder/snapshot_parts.h"

namespace tidemark {
namespace {

SourceRange read_mistake_range(Fields& fields) {
  auto number = [&](std::string_view key, std::uint32_t otherwise) {
    const json::value* value = fields.find(key);
    return value && value->is_number() ? value->to_number<std::uint32_t>() : otherwise;
  };
  return {.file = fields.text_or("file"),
          .line = number("line", 0),
          .column = number("column", 0),
          .length = number("length", 1)};
}

Error read_mistake(const Node& node) {
  Fields fields(node);
  Error error(Fault::failed, fields.text("message"));
  SourceRange range = read_mistake_range(fields);
  if (!range.file.empty()) error = std::move(error).at(std::move(range));
  if (auto hint = fields.optional_text("hint")) error = std::move(error).hint(*hint);
  return error;
}

/// The `origins` member: [file, line, column] by kind, table and name.
class Origins {
 public:
  explicit Origins(const json::value& value) : origins_(value.if_object()) {
    const json::value* files = member("files");
    if (!files || !files->is_array()) return;
    for (const json::value& file : files->get_array()) files_.emplace_back(file.as_string());
  }

  /// Tables that are referred to and not exported, by path.
  std::map<Path, SourceRange> unexported(Engine engine) const {
    std::map<Path, SourceRange> places;
    const json::value* list = member("unexported");
    if (!list || !list->is_object()) return places;
    for (const json::key_value_pair& entry : list->get_object()) {
      std::string_view key = entry.key();
      std::size_t dot = key.find('.');
      Path path{Name(engine == Engine::postgresql ? key.substr(0, dot) : ""),
                Name(key.substr(dot + 1))};
      if (Origin origin = place(list, key); origin.range) places.emplace(path, *origin.range);
    }
    return places;
  }

  Origin of(std::string_view kind, std::string_view key) const { return place(member(kind), key); }
  Origin of(std::string_view kind, std::string_view table, std::string_view name) const {
    return place(inside(member(kind), table), name);
  }

 private:
  const json::value* member(std::string_view kind) const {
    return origins_ ? origins_->if_contains(kind) : nullptr;
  }
  static const json::value* inside(const json::value* value, std::string_view key) {
    const json::object* object = value ? value->if_object() : nullptr;
    return object ? object->if_contains(key) : nullptr;
  }
  Origin place(const json::value* list, std::string_view key) const {
    const json::value* value = inside(list, key);
    const json::array* place = value ? value->if_array() : nullptr;
    if (!place || place->size() < 3) return {};
    auto number = [&](std::size_t at) { return (*place)[at].to_number<std::uint32_t>(); };
    if (number(0) >= files_.size()) return {};
    return {SourceRange{.file = files_[number(0)], .line = number(1), .column = number(2)}};
  }

  const json::object* origins_;
  std::vector<std::string> files_;
};

void place_table(Table& table, const std::string& key, const Origins& origins) {
  table.origin = origins.of("tables", key);
  auto place = [&](auto& parts, std::string_view kind) {
    for (auto& part : parts) part.origin = origins.of(kind, key, part.name.text());
  };
  place(table.columns, "columns");
  place(table.indexes, "indexes");
  place(table.foreign_keys, "foreignKeys");
  place(table.primary_keys, "compositePrimaryKeys");
  place(table.uniques, "uniqueConstraints");
  place(table.checks, "checkConstraints");
  place(table.policies, "policies");
}

void place_objects(Catalog& catalog, const Origins& origins) {
  bool schemas = catalog.engine == Engine::postgresql;
  auto key = [&](const Path& path) { return schemas ? schema_key(path) : path.name.text(); };
  auto by_path = [&](auto& objects, std::string_view kind) {
    for (auto& object : objects) object.origin = origins.of(kind, key(object.path));
  };
  auto by_name = [&](auto& objects, std::string_view kind) {
    for (auto& object : objects) object.origin = origins.of(kind, object.name.text());
  };
  for (Table& table : catalog.tables) place_table(table, key(table.path), origins);
  by_path(catalog.enums, "enums");
  by_path(catalog.sequences, "sequences");
  by_path(catalog.views, "views");
  by_name(catalog.schemas, "schemas");
  by_name(catalog.roles, "roles");
  by_name(catalog.policies, "policies");
}

Document read_checked(const json::value& value, Engine engine) {
  const Node node(value);
  Fields fields(node);
  Document document;
  document.errors = fields.list_or_empty("errors", read_mistake);
  if (auto standins = fields.optional_texts("standins")) document.standins = std::move(*standins);
  const json::value* origins = fields.find("origins");
  const json::value* snapshot = fields.find("snapshot");
  document.catalog.engine = engine;
  if (!document.errors.empty()) return document;
  if (!snapshot) node.fail("has no \"snapshot\"");
  document.catalog = read_snapshot(*snapshot, engine, "the schema");
  if (!origins) return document;
  place_objects(document.catalog, Origins(*origins));
  document.unexported = Origins(*origins).unexported(engine);
  return document;
}

}  // namespace

Document read_document(std::string_view text, Engine engine) {
  json::monotonic_resource arena(text.size() * 4 + 1024);
  json::value value = parse_json(text, "the evaluated schema", &arena);
  try {
    return read_checked(value, engine);
  } catch (const Malformed& mistake) {
    throw Error(Fault::bug, fmt::format("the evaluated schema is malformed: {} {}",
                                        path_text(mistake), mistake.what));
  }
}

}  // namespace tidemark
