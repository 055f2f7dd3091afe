#include "folder/snapshot_parts.h"

#include <charconv>

namespace tidemark {

std::optional<Literal> read_default(Fields& fields) {
  const json::value* value = fields.find_or_null("default");
  if (!value) return std::nullopt;
  return read_literal(*value);
}

Literal read_literal(const json::value& value) {
  if (value.is_string()) return {std::string(value.get_string()), true};
  return {compact_json(value), false};
}

void write_literal(JsonWriter& out, const Literal& literal) {
  literal.quoted ? out.string(literal.text) : out.token(literal.text);
}

ForeignKey read_foreign_key(const Node& node, const Name& default_schema) {
  Fields fields(node);
  ForeignKey key;
  key.name = Name(fields.text("name"));
  fields.ignore("tableFrom");
  key.target.name = Name(fields.text("tableTo"));
  key.target.schema = default_schema;
  if (!default_schema.empty())
    key.target.schema = schema_or_public(fields.text_or("schemaTo", default_schema.text()));
  key.columns = fields.names("columnsFrom");
  key.target_columns = fields.names("columnsTo");
  key.on_delete = fields.text_or("onDelete", "no action");
  key.on_update = fields.text_or("onUpdate", "no action");
  fields.end();
  return key;
}

void write_foreign_key(JsonWriter& out, const ForeignKey& key, const Table& table) {
  out.begin_object();
  out.key("name").string(key.name.text());
  out.key("tableFrom").string(table.path.name.text());
  out.key("tableTo").string(key.target.name.text());
  if (!key.target.schema.empty() && key.target.schema != Name("public"))
    out.key("schemaTo").string(key.target.schema.text());
  write_names(out, "columnsFrom", key.columns);
  write_names(out, "columnsTo", key.target_columns);
  out.key("onDelete").string(key.on_delete);
  out.key("onUpdate").string(key.on_update);
  out.end_object();
}

Check read_check(const Node& node) {
  Fields fields(node);
  Check check{.name = Name(fields.text("name")), .expression = fields.text("value")};
  fields.end();
  return check;
}

void write_check(JsonWriter& out, const Check& check) {
  out.begin_object();
  out.key("name").string(check.name.text());
  out.key("value").string(check.expression);
  out.end_object();
}

void write_names(JsonWriter& out, std::string_view key, const std::vector<Name>& names) {
  out.key(key).begin_array();
  for (const Name& name : names) out.string(name.text());
  out.end_array();
}

void write_if(JsonWriter& out, std::string_view key, const std::string& text) {
  if (!text.empty()) out.key(key).string(text);
}

void write_if(JsonWriter& out, std::string_view key, const std::optional<std::string>& text) {
  if (text) out.key(key).string(*text);
}

std::optional<std::uint32_t> array_index(std::string_view key) {
  if (key.empty() || key.size() > 10 || (key.front() == '0' && key.size() > 1)) return {};
  std::uint32_t index = 0;
  auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), index);
  bool whole = error == std::errc{} && end == key.data() + key.size();
  return whole && index != UINT32_MAX ? std::optional(index) : std::nullopt;
}

}  // namespace tidemark
