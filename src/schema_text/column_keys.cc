#include "schema_text/column_keys.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "schema_text/identifiers.h"

namespace tidemark::schema_text {
namespace {

// What a table has of its own under these keys.
constexpr std::array<std::string_view, 5> taken_members = {"__proto__", "_", "enableRLS",
                                                           "$inferSelect", "$inferInsert"};

// JavaScript puts keys that are whole numbers first, and the order of columns counts.
bool is_number(std::string_view key) {
  return std::ranges::all_of(key, [](char c) { return c >= '0' && c <= '9'; });
}

std::string wanted_key(const Name& name, SchemaTextOptions::Casing casing) {
  std::string key = cased(name.text(), casing);
  if (key.empty() || is_number(key)) return "_" + key;
  return std::ranges::find(taken_members, key) == taken_members.end() ? key : key + "Column";
}

}  // namespace

ColumnKeys column_keys(const std::vector<Column>& columns, SchemaTextOptions::Casing casing) {
  ColumnKeys keys;
  std::set<std::string> taken;
  for (const Column& column : columns) {
    const std::string wanted = wanted_key(column.name, casing);
    std::string key = wanted;
    for (int number = 2; !taken.insert(key).second; number++)
      key = fmt::format("{}{}", wanted, number);
    keys.emplace(column.name, key);
  }
  return keys;
}

}  // namespace tidemark::schema_text
