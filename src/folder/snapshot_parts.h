// What the snapshots of both engines are made of. Internal to the folder.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "folder/json_fields.h"
#include "folder/snapshot.h"
#include "tidemark/catalog.h"

namespace tidemark {

// The objects of one engine's snapshot: everything but ids, version and dialect.
Catalog read_postgres_objects(Fields& top);
void write_postgres_objects(JsonWriter& out, const Catalog& catalog);
Catalog read_sqlite_objects(Fields& top, Engine engine);
void write_sqlite_objects(JsonWriter& out, const Catalog& catalog, const SnapshotMeta& meta);

// PostgreSQL's tables, and the columns that tables and views share.
Table read_postgres_table(const Node& node);
void write_postgres_table(JsonWriter& out, const Table& table);
Column read_postgres_column(const Node& node);
void write_postgres_column(JsonWriter& out, const Column& column);
Policy read_policy(const Node& node);
void write_policy_members(JsonWriter& out, const Policy& policy);
SequenceOptions read_sequence_options(Fields& fields);
void write_sequence_options(JsonWriter& out, const SequenceOptions& options);
std::vector<StorageOption> read_storage_options(const Node& node);
void write_storage_options(JsonWriter& out, const std::vector<StorageOption>& options);

// Parts that look the same on both engines.
std::optional<Literal> read_default(Fields& fields);
Literal read_literal(const json::value& value);
void write_literal(JsonWriter& out, const Literal& literal);
ForeignKey read_foreign_key(const Node& node, const Name& default_schema);
void write_foreign_key(JsonWriter& out, const ForeignKey& key, const Table& table);
Check read_check(const Node& node);
void write_check(JsonWriter& out, const Check& check);
void write_names(JsonWriter& out, std::string_view key, const std::vector<Name>& names);
void write_if(JsonWriter& out, std::string_view key, const std::string& text);
void write_if(JsonWriter& out, std::string_view key, const std::optional<std::string>& text);

/// Snapshots leave the schema `public` out in places.
inline Name schema_or_public(std::string text) {
  return text.empty() ? Name("public") : Name(std::move(text));
}
inline std::string schema_key(const Path& path) {
  return path.schema.text() + "." + path.name.text();
}

/// The number that JavaScript takes a key for; such keys come first in an object.
std::optional<std::uint32_t> array_index(std::string_view key);

/// Writes `"name": { … }` with one member for each item, in the order in which a
/// JavaScript object that was filled with them lists its members.
template <class Items, class KeyOf, class Write>
void write_map(JsonWriter& out, std::string_view name, const Items& items, KeyOf key_of,
               Write write) {
  struct Member {
    std::string key;
    std::optional<std::uint32_t> index;
    const typename Items::value_type* item;
  };
  std::vector<Member> members;
  members.reserve(items.size());
  for (const auto& item : items) {
    std::string key = key_of(item);
    auto index = array_index(key);
    members.push_back({std::move(key), index, &item});
  }
  std::ranges::stable_sort(members, [](const Member& a, const Member& b) {
    return a.index && b.index ? *a.index < *b.index : a.index && !b.index;
  });
  out.key(name).begin_object();
  for (const Member& member : members) {
    out.key(member.key);
    write(*member.item);
  }
  out.end_object();
}

/// The same for items that are known by their name.
template <class Items, class Write>
void write_named(JsonWriter& out, std::string_view name, const Items& items, Write write) {
  write_map(
      out, name, items, [](const auto& item) { return item.name.text(); }, write);
}

}  // namespace tidemark
