// Tables in PostgreSQL snapshots, version 7.
#include <utility>

#include "folder/snapshot_parts.h"

namespace tidemark {
namespace {

Identity read_identity(const Node& node) {
  Fields fields(node);
  Identity identity;
  std::string mode = fields.text("type");
  if (mode != "always" && mode != "byDefault") fields.node().fail("has an unknown \"type\"");
  if (mode == "byDefault") identity.mode = Identity::Mode::by_default;
  identity.sequence.name = Name(fields.text("name"));
  identity.sequence.schema = schema_or_public(fields.text_or("schema"));
  identity.options = read_sequence_options(fields);
  fields.end();
  return identity;
}

void write_identity(JsonWriter& out, const Identity& identity) {
  out.key("identity").begin_object();
  out.key("type").string(identity.mode == Identity::Mode::always ? "always" : "byDefault");
  out.key("name").string(identity.sequence.name.text());
  out.key("schema").string(identity.sequence.schema.text());
  write_sequence_options(out, identity.options);
  out.end_object();
}

Generated read_generated(const Node& node) {
  Fields fields(node);
  Generated generated{.expression = fields.text("as")};
  if (fields.text("type") != "stored") fields.node().fail("has an unknown \"type\"");
  fields.end();
  return generated;
}

IndexColumn read_index_column(const Node& node) {
  Fields fields(node);
  IndexColumn column;
  column.text = fields.text("expression");
  column.is_expression = fields.flag("isExpression");
  column.ascending = fields.flag("asc");
  column.nulls_first = fields.text_or("nulls", "last") == "first";
  column.opclass = fields.text_or("opclass");
  fields.end();
  return column;
}

void write_index_column(JsonWriter& out, const IndexColumn& column) {
  out.begin_object();
  out.key("expression").string(column.text);
  if (column.is_expression) {
    out.key("asc").boolean(column.ascending);
    out.key("isExpression").boolean(true);
  } else {
    out.key("isExpression").boolean(false);
    out.key("asc").boolean(column.ascending);
  }
  out.key("nulls").string(column.nulls_first ? "first" : "last");
  write_if(out, "opclass", column.opclass);
  out.end_object();
}

Index read_index(const Node& node) {
  Fields fields(node);
  Index index;
  index.name = Name(fields.text("name"));
  index.columns = fields.list("columns", read_index_column);
  index.unique = fields.flag("isUnique");
  index.where = fields.text_or("where");
  index.concurrently = fields.flag_or("concurrently", false);
  index.method = fields.text_or("method", "btree");
  if (const json::value* with = fields.find("with"))
    index.with = read_storage_options(Node(*with, fields.node(), "with"));
  fields.end();
  return index;
}

void write_index(JsonWriter& out, const Index& index) {
  out.begin_object();
  out.key("name").string(index.name.text());
  out.key("columns").begin_array();
  for (const IndexColumn& column : index.columns) write_index_column(out, column);
  out.end_array();
  out.key("isUnique").boolean(index.unique);
  write_if(out, "where", index.where);
  out.key("concurrently").boolean(index.concurrently);
  out.key("method").string(index.method);
  out.key("with");
  write_storage_options(out, index.with);
  out.end_object();
}

PrimaryKey read_primary_key(const Node& node) {
  Fields fields(node);
  PrimaryKey key{.name = Name(fields.text("name")), .columns = fields.names("columns")};
  fields.end();
  return key;
}

Unique read_unique(const Node& node) {
  Fields fields(node);
  Unique unique{.name = Name(fields.text("name")),
                .columns = fields.names("columns"),
                .nulls_not_distinct = fields.flag_or("nullsNotDistinct", false)};
  fields.end();
  return unique;
}

void write_constraints(JsonWriter& out, const Table& table) {
  write_named(out, "foreignKeys", table.foreign_keys,
              [&](const ForeignKey& key) { write_foreign_key(out, key, table); });
  write_named(out, "compositePrimaryKeys", table.primary_keys, [&](const PrimaryKey& key) {
    out.begin_object().key("name").string(key.name.text());
    write_names(out, "columns", key.columns);
    out.end_object();
  });
  write_named(out, "uniqueConstraints", table.uniques, [&](const Unique& unique) {
    out.begin_object().key("name").string(unique.name.text());
    out.key("nullsNotDistinct").boolean(unique.nulls_not_distinct);
    write_names(out, "columns", unique.columns);
    out.end_object();
  });
  write_named(out, "policies", table.policies, [&](const Policy& policy) {
    out.begin_object();
    write_policy_members(out, policy);
    out.end_object();
  });
  write_named(out, "checkConstraints", table.checks,
              [&](const Check& check) { write_check(out, check); });
}

}  // namespace

Column read_postgres_column(const Node& node) {
  Fields fields(node);
  Column column;
  column.name = Name(fields.text("name"));
  column.type = {fields.text("type"), Name(fields.text_or("typeSchema"))};
  column.primary_key = fields.flag("primaryKey");
  column.not_null = fields.flag("notNull");
  column.default_value = read_default(fields);
  if (const json::value* generated = fields.find("generated"))
    column.generated = read_generated(Node(*generated, node, "generated"));
  if (const json::value* identity = fields.find("identity"))
    column.identity = read_identity(Node(*identity, node, "identity"));
  // Written by introspection of old; the constraints are in uniqueConstraints.
  for (std::string_view old : {"isUnique", "uniqueName", "nullsNotDistinct"}) fields.ignore(old);
  fields.end();
  return column;
}

void write_postgres_column(JsonWriter& out, const Column& column) {
  out.begin_object();
  out.key("name").string(column.name.text());
  out.key("type").string(column.type.text);
  write_if(out, "typeSchema", column.type.schema.text());
  out.key("primaryKey").boolean(column.primary_key);
  out.key("notNull").boolean(column.not_null);
  if (column.generated) {
    out.key("generated").begin_object();
    out.key("as").string(column.generated->expression);
    out.key("type").string("stored");
    out.end_object();
  }
  if (column.identity) write_identity(out, *column.identity);
  if (column.default_value) {
    out.key("default");
    write_literal(out, *column.default_value);
  }
  out.end_object();
}

Table read_postgres_table(const Node& node) {
  Fields fields(node);
  Table table;
  table.path.name = Name(fields.text("name"));
  table.path.schema = schema_or_public(fields.text("schema"));
  table.columns = fields.map("columns", read_postgres_column);
  table.indexes = fields.map("indexes", read_index);
  table.foreign_keys = fields.map(
      "foreignKeys", [](const Node& key) { return read_foreign_key(key, Name("public")); });
  table.primary_keys = fields.map("compositePrimaryKeys", read_primary_key);
  table.uniques = fields.map_or_empty("uniqueConstraints", read_unique);
  table.policies = fields.map_or_empty("policies", read_policy);
  table.checks = fields.map_or_empty("checkConstraints", read_check);
  table.row_level_security = fields.flag_or("isRLSEnabled", false);
  fields.end();
  return table;
}

void write_postgres_table(JsonWriter& out, const Table& table) {
  const Name& schema = table.path.schema;
  out.begin_object();
  out.key("name").string(table.path.name.text());
  out.key("schema").string(schema == Name("public") ? std::string() : schema.text());
  write_named(out, "columns", table.columns,
              [&](const Column& column) { write_postgres_column(out, column); });
  write_named(out, "indexes", table.indexes, [&](const Index& index) { write_index(out, index); });
  write_constraints(out, table);
  out.key("isRLSEnabled").boolean(table.row_level_security);
  out.end_object();
}

}  // namespace tidemark
