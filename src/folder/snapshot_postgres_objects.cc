// What PostgreSQL snapshots hold besides tables, version 7.
#include "folder/snapshot_parts.h"

namespace tidemark {
namespace {

Enum read_enum(const Node& node) {
  Fields fields(node);
  Enum type;
  type.path.name = Name(fields.text("name"));
  type.path.schema = schema_or_public(fields.text("schema"));
  type.values = fields.texts("values");
  fields.end();
  return type;
}

Sequence read_sequence(const Node& node) {
  Fields fields(node);
  Sequence sequence;
  sequence.path.name = Name(fields.text("name"));
  sequence.path.schema = schema_or_public(fields.text("schema"));
  sequence.options = read_sequence_options(fields);
  fields.end();
  return sequence;
}

Role read_role(const Node& node) {
  Fields fields(node);
  Role role;
  role.name = Name(fields.text("name"));
  role.create_db = fields.flag_or("createDb", false);
  role.create_role = fields.flag_or("createRole", false);
  role.inherit = fields.flag_or("inherit", true);
  fields.end();
  return role;
}

View read_view(const Node& node) {
  Fields fields(node);
  View view;
  view.path.name = Name(fields.text("name"));
  view.path.schema = schema_or_public(fields.text("schema"));
  view.columns = fields.map("columns", read_postgres_column);
  view.definition = fields.optional_text("definition");
  view.existing = fields.flag("isExisting");
  view.materialized = fields.flag("materialized");
  if (const json::value* with = fields.find("with"))
    view.with = read_storage_options(Node(*with, node, "with"));
  view.with_no_data = fields.optional_flag("withNoData");
  view.access_method = fields.text_or("using");
  view.tablespace = fields.text_or("tablespace");
  fields.end();
  return view;
}

void write_view(JsonWriter& out, const View& view) {
  out.begin_object();
  write_named(out, "columns", view.columns,
              [&](const Column& column) { write_postgres_column(out, column); });
  write_if(out, "definition", view.definition);
  out.key("name").string(view.path.name.text());
  out.key("schema").string(view.path.schema.text());
  out.key("isExisting").boolean(view.existing);
  if (view.with) {
    out.key("with");
    write_storage_options(out, *view.with);
  }
  if (view.with_no_data) out.key("withNoData").boolean(*view.with_no_data);
  out.key("materialized").boolean(view.materialized);
  write_if(out, "tablespace", view.tablespace);
  write_if(out, "using", view.access_method);
  out.end_object();
}

/// `"schema"."table"`, with quotes inside names doubled or not: nobody doubles
/// them in practice, so the middle `"."` decides.
Path parse_quoted_path(const std::string& text) {
  std::size_t middle = text.find("\".\"");
  if (middle == std::string::npos || text.size() < 2) return {Name("public"), Name(text)};
  return {Name(text.substr(1, middle - 1)),
          Name(text.substr(middle + 3, text.size() - middle - 4))};
}

void write_policy(JsonWriter& out, const Policy& policy) {
  out.begin_object();
  write_policy_members(out, policy);
  if (!policy.on.name.empty()) {
    const auto& [schema, table] = policy.on;
    out.key("schema").string(schema.text());
    out.key("on").string("\"" + schema.text() + "\".\"" + table.text() + "\"");
  }
  out.end_object();
}

void write_roles_and_policies(JsonWriter& out, const Catalog& catalog) {
  write_named(out, "roles", catalog.roles, [&](const Role& role) {
    out.begin_object().key("name").string(role.name.text());
    out.key("createDb").boolean(role.create_db);
    out.key("createRole").boolean(role.create_role);
    out.key("inherit").boolean(role.inherit);
    out.end_object();
  });
  write_named(out, "policies", catalog.policies,
              [&](const Policy& policy) { write_policy(out, policy); });
}

auto key_of_path = [](const auto& object) { return schema_key(object.path); };

void write_types_and_sequences(JsonWriter& out, const Catalog& catalog) {
  write_map(out, "enums", catalog.enums, key_of_path, [&](const Enum& type) {
    out.begin_object().key("name").string(type.path.name.text());
    out.key("schema").string(type.path.schema.text());
    out.key("values").begin_array();
    for (const std::string& value : type.values) out.string(value);
    out.end_array().end_object();
  });
  write_named(out, "schemas", catalog.schemas,
              [&](const Schema& schema) { out.string(schema.name.text()); });
  write_map(out, "sequences", catalog.sequences, key_of_path, [&](const Sequence& sequence) {
    out.begin_object().key("name").string(sequence.path.name.text());
    out.key("schema").string(sequence.path.schema.text());
    write_sequence_options(out, sequence.options);
    out.end_object();
  });
}

}  // namespace

Policy read_policy(const Node& node) {
  Fields fields(node);
  Policy policy;
  policy.name = Name(fields.text("name"));
  policy.as = fields.text_or("as", "PERMISSIVE");
  policy.command = fields.text_or("for", "ALL");
  if (auto roles = fields.optional_texts("to")) policy.roles = std::move(*roles);
  policy.using_expression = fields.optional_text("using");
  policy.with_check = fields.optional_text("withCheck");
  fields.ignore("schema");
  if (auto on = fields.optional_text("on")) policy.on = parse_quoted_path(*on);
  fields.end();
  return policy;
}

void write_policy_members(JsonWriter& out, const Policy& policy) {
  out.key("name").string(policy.name.text());
  out.key("as").string(policy.as);
  out.key("for").string(policy.command);
  out.key("to").begin_array();
  for (const std::string& role : policy.roles) out.string(role);
  out.end_array();
  write_if(out, "using", policy.using_expression);
  write_if(out, "withCheck", policy.with_check);
}

SequenceOptions read_sequence_options(Fields& fields) {
  SequenceOptions options;
  options.increment = fields.text_or("increment");
  options.start_with = fields.text_or("startWith");
  options.min_value = fields.text_or("minValue");
  options.max_value = fields.text_or("maxValue");
  options.cache = fields.text_or("cache");
  options.cycle = fields.optional_flag("cycle");
  return options;
}

void write_sequence_options(JsonWriter& out, const SequenceOptions& options) {
  write_if(out, "increment", options.increment);
  write_if(out, "startWith", options.start_with);
  write_if(out, "minValue", options.min_value);
  write_if(out, "maxValue", options.max_value);
  write_if(out, "cache", options.cache);
  if (options.cycle) out.key("cycle").boolean(*options.cycle);
}

std::vector<StorageOption> read_storage_options(const Node& node) {
  std::vector<StorageOption> options;
  for (const json::key_value_pair& member : node.object())
    options.push_back({std::string(member.key()), read_literal(member.value())});
  return options;
}

void write_storage_options(JsonWriter& out, const std::vector<StorageOption>& options) {
  out.begin_object();
  for (const StorageOption& option : options) {
    out.key(option.key);
    write_literal(out, option.value);
  }
  out.end_object();
}

Catalog read_postgres_objects(Fields& top) {
  Catalog catalog{.engine = Engine::postgresql};
  catalog.tables = top.map("tables", read_postgres_table);
  catalog.enums = top.map("enums", read_enum);
  catalog.schemas = top.map("schemas", [](const Node& node) { return Schema{Name(node.text())}; });
  catalog.sequences = top.map_or_empty("sequences", read_sequence);
  catalog.roles = top.map_or_empty("roles", read_role);
  catalog.policies = top.map_or_empty("policies", read_policy);
  catalog.views = top.map_or_empty("views", read_view);
  top.ignore("internal");
  return catalog;
}

void write_postgres_objects(JsonWriter& out, const Catalog& catalog) {
  write_map(out, "tables", catalog.tables, key_of_path,
            [&](const Table& table) { write_postgres_table(out, table); });
  write_types_and_sequences(out, catalog);
  write_roles_and_policies(out, catalog);
  write_map(out, "views", catalog.views, key_of_path,
            [&](const View& view) { write_view(out, view); });
}

}  // namespace tidemark
