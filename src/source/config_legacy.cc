#include "source/config_legacy.h"

#include <fmt/format.h>

#include <array>
#include <string_view>

#include "base/text.h"
#include "source/settings.h"

namespace tidemark {
namespace {

struct OldDriver {
  std::string_view name, dialect;
  std::string_view driver = {};  // as it is called now, where it still is one
};
constexpr std::array<OldDriver, 7> old_drivers = {{{"pg", "postgresql"},
                                                   {"mysql2", "mysql"},
                                                   {"better-sqlite", "sqlite"},
                                                   {"better-sqlite3", "sqlite"},
                                                   {"libsql", "sqlite"},
                                                   {"d1", "sqlite", "d1-http"},
                                                   {"turso", "turso"}}};

struct OldKey {
  std::string_view before, after;
};
constexpr std::array<OldKey, 9> old_keys = {
    {{"dbCredentials.connectionString", "dbCredentials.url"},
     {"dbCredentials.uri", "dbCredentials.url"},
     {"connectionString", "dbCredentials.url"},
     {"uri", "dbCredentials.url"},
     {"host", "dbCredentials.host"},
     {"port", "dbCredentials.port"},
     {"user", "dbCredentials.user"},
     {"password", "dbCredentials.password"},
     {"database", "dbCredentials.database"}}};

json::object* holder(json::object& tree, std::string_view& key) {
  std::size_t dot = key.find('.');
  if (dot == std::string_view::npos) return &tree;
  json::value* child = tree.if_contains(key.substr(0, dot));
  key.remove_prefix(dot + 1);
  return child ? child->if_object() : nullptr;
}

std::string text_in(const json::object& tree, std::string_view key) {
  json::object& mutable_tree = const_cast<json::object&>(tree);
  json::object* object = holder(mutable_tree, key);
  return object ? text_at(*object, key) : "";
}

}  // namespace

std::vector<std::string> modernise(json::object& tree, std::map<std::string, std::string>& given) {
  std::vector<std::string> notices;
  for (const OldKey& key : old_keys) {
    std::string_view last = key.before;
    json::object* object = holder(tree, last);
    json::value* value = object ? object->if_contains(last) : nullptr;
    if (!value) continue;
    json::value taken = std::move(*value);
    object->erase(last);
    std::string by = given[std::string(key.before)];
    notices.push_back(
        fmt::format("{}: \"{}\" is an old key, read as \"{}\"", by, key.before, key.after));
    if (given.contains(std::string(key.after))) continue;
    given[std::string(key.after)] = by;
    set_key(tree, key.after, std::move(taken));
  }
  std::string driver = text_in(tree, "driver");
  for (const OldDriver& old : old_drivers) {
    if (driver != old.name) continue;
    std::string by = given["driver"];
    tree.erase("driver");
    if (!old.driver.empty()) tree["driver"] = old.driver;
    if (tree.contains("dialect")) continue;
    std::string now = old.driver.empty() ? fmt::format("dialect \"{}\"", old.dialect)
                                         : fmt::format("\"{}\"", old.driver);
    notices.push_back(fmt::format("{}: driver \"{}\" is an old name, read as {}", by, driver, now));
    tree["dialect"] = old.dialect;
    given["dialect"] = by;
  }
  return notices;
}

bool has_libsql_driver(const json::object& tree) {
  std::string driver = text_in(tree, "driver");
  return driver == "turso" || driver == "libsql";
}

std::string inferred_dialect(const json::object& tree) {
  std::string driver = text_in(tree, "driver");
  if (driver == "d1-http" || driver == "expo" || driver == "durable-sqlite") return "sqlite";
  if (driver == "aws-data-api" || driver == "pglite") return "postgresql";
  std::string url = lower(text_in(tree, "dbCredentials.url"));
  if (url.starts_with("postgres://") || url.starts_with("postgresql://")) return "postgresql";
  if (url.starts_with("mysql://") || url.starts_with("mariadb://")) return "mysql";
  if (url.starts_with("libsql://") || !text_in(tree, "dbCredentials.authToken").empty())
    return "turso";
  if (url.starts_with("file:") || url == ":memory:") return "sqlite";
  for (std::string_view ending : {".db", ".sqlite", ".sqlite3", ".db3"})
    if (url.ends_with(ending)) return "sqlite";
  return {};
}

}  // namespace tidemark
