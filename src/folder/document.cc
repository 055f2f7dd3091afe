#include "folder/document.h"

#include <fmt/format.h>

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

DeclaredRelation read_relation(const Node& node, Engine engine) {
  Fields fields(node);
  DeclaredRelation relation;
  bool schemas = engine == Engine::postgresql;
  if (schemas) relation.from.schema = schema_or_public(fields.text_or("schemaFrom"));
  relation.from.name = Name(fields.text("tableFrom"));
  relation.key = read_foreign_key(fields.required("key"), Name(schemas ? "public" : ""));
  return relation;
}

Document read_checked(const json::value& value, Engine engine) {
  const Node node(value);
  Fields fields(node);
  Document document;
  document.errors = fields.list_or_empty("errors", read_mistake);
  if (auto standins = fields.optional_texts("standins")) document.standins = std::move(*standins);
  document.relations = fields.list_or_empty(
      "relations", [&](const Node& one) { return read_relation(one, engine); });
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

DocumentText::DocumentText(std::string text) : text_(std::move(text)) {
  // The members before it hold no key of this name.
  constexpr std::string_view key = R"(,"snapshot":)";
  std::size_t at = std::min(text_.find(key), text_.size());
  snapshot_ = std::min(at + key.size(), text_.size());
  try {
    read_head(parse_json(text_.substr(0, at) + "}", "the evaluated schema"));
  } catch (const Error&) {
    throw;
  } catch (const std::exception& mistake) {
    throw Error(Fault::bug, fmt::format("the evaluated schema is malformed: {}", mistake.what()));
  }
}

void DocumentText::read_head(const json::value& head) {
  has_errors_ = !head.at("errors").as_array().empty();
  standins_ = json::value_to<std::vector<std::string>>(head.at("standins"));
  for (const json::value& table : head.at("tables").as_array()) {
    auto number = [&](std::size_t index) {
      return table.as_array().at(index).to_number<std::size_t>();
    };
    tables_.push_back(
        {std::string(table.as_array().at(0).as_string()), number(1), number(2), number(3)});
  }
}

bool DocumentText::is(std::string_view snapshot) const {
  return !has_errors_ && same_text(std::string_view(text_).substr(snapshot_), snapshot);
}

Document DocumentText::read(Engine engine) const {
  json::monotonic_resource arena(text_.size() * 4 + 1024);
  json::value value = parse_json(text_, "the evaluated schema", &arena);
  try {
    return read_checked(value, engine);
  } catch (const Malformed& mistake) {
    throw Error(Fault::bug, fmt::format("the evaluated schema is malformed: {} {}",
                                        path_text(mistake), mistake.what));
  }
}

}  // namespace tidemark
