// The objects of SQLite and libSQL snapshots, version 6.
#include <unordered_map>
#include <unordered_set>

#include "folder/snapshot_parts.h"

namespace tidemark {
namespace {

Column read_column(const Node& node) {
  Fields fields(node);
  Column column;
  column.name = Name(fields.text("name"));
  column.type.text = fields.text("type");
  column.primary_key = fields.flag("primaryKey");
  column.not_null = fields.flag("notNull");
  column.autoincrement = fields.flag_or("autoincrement", false);
  column.default_value = read_default(fields);
  if (const json::value* value = fields.find("generated")) {
    const Node inner(*value, node, "generated");
    Fields generated(inner);
    column.generated = Generated{.expression = generated.text("as")};
    std::string storage = generated.text("type");
    if (storage != "stored" && storage != "virtual") inner.fail("has an unknown \"type\"");
    if (storage == "virtual") column.generated->storage = Generated::Storage::virtual_;
    generated.end();
  }
  fields.end();
  return column;
}

void write_column(JsonWriter& out, const Column& column) {
  out.begin_object();
  out.key("name").string(column.name.text());
  out.key("type").string(column.type.text);
  out.key("primaryKey").boolean(column.primary_key);
  out.key("notNull").boolean(column.not_null);
  out.key("autoincrement").boolean(column.autoincrement);
  if (column.default_value) {
    out.key("default");
    write_literal(out, *column.default_value);
  }
  if (column.generated) {
    bool stored = column.generated->storage == Generated::Storage::stored;
    out.key("generated").begin_object();
    out.key("as").string(column.generated->expression);
    out.key("type").string(stored ? "stored" : "virtual");
    out.end_object();
  }
  out.end_object();
}

/// Which texts in the column lists of which indexes are expressions.
using Expressions = std::unordered_map<std::string, std::unordered_set<std::string>>;

Expressions read_internal(Fields& top) {
  Expressions expressions;
  const json::value* value = top.find("internal");
  if (!value) return expressions;
  const Node internal(*value, top.node(), "internal");
  Fields fields(internal);
  fields.ignore("tables");
  fields.map_or_empty("indexes", [&](const Node& index) {
    Fields members(index);
    members.map("columns", [&](const Node& column) {
      if (column.value().is_null()) return 0;
      Fields flags(column);
      if (flags.flag_or("isExpression", false))
        expressions[std::string(index.key())].emplace(column.key());
      return 0;
    });
    return 0;
  });
  return expressions;
}

void write_internal(JsonWriter& out, const Catalog& catalog) {
  std::vector<const Index*> with_expressions;
  for (const Table& table : catalog.tables)
    for (const Index& index : table.indexes)
      if (std::ranges::any_of(index.columns, &IndexColumn::is_expression))
        with_expressions.push_back(&index);
  out.key("internal").begin_object();
  write_map(
      out, "indexes", with_expressions, [](const Index* index) { return index->name.text(); },
      [&](const Index* index) {
        std::vector<std::string> texts;  // each once, as members of an object
        for (const IndexColumn& column : index->columns)
          if (column.is_expression && std::ranges::find(texts, column.text) == texts.end())
            texts.push_back(column.text);
        out.begin_object();
        write_map(
            out, "columns", texts, [](const std::string& text) { return text; },
            [&](const std::string&) {
              out.begin_object().key("isExpression").boolean(true).end_object();
            });
        out.end_object();
      });
  out.end_object();
}

Index read_index(const Node& node, const Expressions& expressions) {
  Fields fields(node);
  Index index;
  index.name = Name(fields.text("name"));
  auto known = expressions.find(index.name.text());
  index.columns = fields.list("columns", [&](const Node& column) {
    IndexColumn read{.text = column.text()};
    read.is_expression = known != expressions.end() && known->second.contains(read.text);
    return read;
  });
  index.unique = fields.flag("isUnique");
  index.where = fields.text_or("where");
  fields.end();
  return index;
}

void write_index(JsonWriter& out, const Index& index) {
  out.begin_object();
  out.key("name").string(index.name.text());
  out.key("columns").begin_array();
  for (const IndexColumn& column : index.columns) out.string(column.text);
  out.end_array();
  out.key("isUnique").boolean(index.unique);
  write_if(out, "where", index.where);
  out.end_object();
}

PrimaryKey read_primary_key(const Node& node) {
  Fields fields(node);
  PrimaryKey key{.name = Name(fields.text_or("name", node.key())),
                 .columns = fields.names("columns")};
  fields.end();
  return key;
}

/// Unique constraints are stored as unique indexes; some old snapshots have both.
Unique read_unique(const Node& node) {
  Fields fields(node);
  Unique unique{.name = Name(fields.text("name")), .columns = fields.names("columns")};
  fields.end();
  return unique;
}

Table read_table(const Node& node, const Expressions& expressions) {
  Fields fields(node);
  Table table;
  table.path.name = Name(fields.text("name"));
  table.columns = fields.map("columns", read_column);
  table.indexes =
      fields.map("indexes", [&](const Node& index) { return read_index(index, expressions); });
  table.foreign_keys =
      fields.map("foreignKeys", [](const Node& key) { return read_foreign_key(key, Name()); });
  table.primary_keys = fields.map("compositePrimaryKeys", read_primary_key);
  table.uniques = fields.map_or_empty("uniqueConstraints", read_unique);
  table.checks = fields.map_or_empty("checkConstraints", read_check);
  fields.end();
  return table;
}

void write_table(JsonWriter& out, const Table& table) {
  out.begin_object();
  out.key("name").string(table.path.name.text());
  write_named(out, "columns", table.columns,
              [&](const Column& column) { write_column(out, column); });
  write_named(out, "indexes", table.indexes, [&](const Index& index) { write_index(out, index); });
  write_named(out, "foreignKeys", table.foreign_keys,
              [&](const ForeignKey& key) { write_foreign_key(out, key, table); });
  write_named(out, "compositePrimaryKeys", table.primary_keys, [&](const PrimaryKey& key) {
    out.begin_object();
    write_names(out, "columns", key.columns);
    out.key("name").string(key.name.text()).end_object();
  });
  write_named(out, "uniqueConstraints", table.uniques, [&](const Unique& unique) {
    out.begin_object().key("name").string(unique.name.text());
    write_names(out, "columns", unique.columns);
    out.end_object();
  });
  write_named(out, "checkConstraints", table.checks,
              [&](const Check& check) { write_check(out, check); });
  out.end_object();
}

View read_view(const Node& node) {
  Fields fields(node);
  View view;
  view.path.name = Name(fields.text("name"));
  view.columns = fields.map("columns", read_column);
  view.definition = fields.optional_text("definition");
  view.existing = fields.flag("isExisting");
  fields.end();
  return view;
}

void write_view(JsonWriter& out, const View& view) {
  out.begin_object();
  write_named(out, "columns", view.columns,
              [&](const Column& column) { write_column(out, column); });
  out.key("name").string(view.path.name.text());
  out.key("isExisting").boolean(view.existing);
  write_if(out, "definition", view.definition);
  out.end_object();
}

void write_pairs(JsonWriter& out, std::string_view name, const SnapshotMeta::Pairs& pairs) {
  write_map(
      out, name, pairs, [](const auto& pair) { return pair.first; },
      [&](const auto& pair) { out.string(pair.second); });
}

auto key_of_path = [](const auto& object) { return object.path.name.text(); };

}  // namespace

Catalog read_sqlite_objects(Fields& top, Engine engine) {
  Catalog catalog{.engine = engine};
  Expressions expressions = read_internal(top);
  catalog.tables =
      top.map("tables", [&](const Node& table) { return read_table(table, expressions); });
  catalog.views = top.map_or_empty("views", read_view);
  top.ignore("enums");
  return catalog;
}

void write_sqlite_objects(JsonWriter& out, const Catalog& catalog, const SnapshotMeta& meta) {
  write_map(out, "tables", catalog.tables, key_of_path,
            [&](const Table& table) { write_table(out, table); });
  write_map(out, "views", catalog.views, key_of_path,
            [&](const View& view) { write_view(out, view); });
  out.key("enums").begin_object().end_object();
  out.key("_meta").begin_object();
  write_pairs(out, "schemas", meta.schemas);
  write_pairs(out, "tables", meta.tables);
  write_pairs(out, "columns", meta.columns);
  out.end_object();
  write_internal(out, catalog);
}

}  // namespace tidemark
