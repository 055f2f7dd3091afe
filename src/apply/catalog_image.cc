#include "apply/catalog_image.h"

#include "apply/catalog_queries.h"
#include "base/json.h"
#include "base/text.h"
#include "dialect/sql_writer.h"
#include "dialect/sqlite/create_text.h"
#include "dialect/sqlite/definitions.h"
#include "dialect/sqlite/table_sql.h"
#include "plan/sqlite_image.h"

namespace tidemark {
namespace {

/// Whether an object belongs to our own tables or to the history, which has the name
/// `recorded`.
bool is_ours(std::string_view object, std::string_view recorded) {
  std::string_view name = object.substr(object.find(' ') + 1);
  if (name.starts_with("drizzle.__tidemark_")) return true;
  if (!name.starts_with(recorded)) return false;
  name.remove_prefix(recorded.size());
  return name.empty() || name.starts_with('.') || name == "_id_seq" || name == "_pkey";
}

/// Prints every name with its schema, whatever the session looks through.
CatalogImage read_postgres_objects(Connection& database, const Path& history) {
  std::vector<Command> commands = {
      {"SELECT pg_catalog.current_setting('search_path')"},
      {"SELECT pg_catalog.set_config('search_path', 'pg_catalog', true)"}};
  std::string before = database.query_all(commands)[0].rows.at(0).at(0).value_or("");
  commands.clear();
  for (std::string_view query : catalog_queries) commands.push_back({std::string(query)});
  commands.push_back({"SELECT pg_catalog.set_config('search_path', $1, true)", {before}});
  std::vector<Rows> answers = database.query_all(commands);
  answers.pop_back();
  CatalogImage image;
  for (const Rows& rows : answers)
    for (const std::vector<Value>& row : rows.rows) image[*row[0]] = row[1].value_or("");
  std::string recorded = history.schema.text() + "." + history.name.text();
  std::erase_if(image, [&](const auto& object) { return is_ours(object.first, recorded); });
  return image;
}

/// What stands after the parentheses of CREATE TABLE: STRICT, WITHOUT ROWID.
std::string table_options(const std::string& sql) {
  return lower(trim(std::string_view(sql).substr(sql.rfind(')') + 1)));
}

/// A unique constraint is the index that a schema knows it as, unless it says more: what is
/// left of its table.
std::string take_uniques(CatalogImage& image, std::string sql) {
  const sqlite_sql::TableText text = sqlite_sql::read_create_table(sql);
  for (std::size_t i = text.uniques.size(); i-- > 0;) {
    const Unique& unique = text.table.uniques[i];
    if (unique.kept.says_more()) continue;
    Index index{.name = sqlite_sql::name_of(unique, text.table), .unique = true};
    for (const Name& column : unique.columns) index.columns.push_back({.text = column.text()});
    std::string made = sqlite_sql::create_index(text.table.path.name, index);
    made.pop_back();  // the semicolon
    image["index " + index.name.text()] = join(definition_parts(made), " ");
    sql.erase(text.uniques[i].first, text.uniques[i].last - text.uniques[i].first);
  }
  return sql;
}

/// A row of sqlite_master.
void add_object(CatalogImage& image, const std::string& type, const std::string& name,
                std::string sql) {
  std::string object = type + " " + name;
  if (type != "table") {
    image[object] = join(definition_parts(sql), " ");
    return;
  }
  image[object] = table_options(sql);
  sql = take_uniques(image, std::move(sql));
  for (const std::string& part : definition_parts(sql)) image[object + ": " + part] = "";
}

/// Rows of sqlite_master as JSON.
CatalogImage image_of(const json::value& rows) {
  CatalogImage image;
  auto text = [](const json::value& it) { return std::string(it.as_string()); };
  for (const json::value& row : rows.as_array())
    add_object(image, text(row.at(0)), text(row.at(1)), text(row.at(2)));
  return image;
}

/// Of looks at definitions.
std::string definitions_text(const ImageChanges& changes) {
  json::array before, after;
  auto add = [](json::array& rows, const std::string& object, const std::string& sql) {
    const std::size_t space = object.find(' ');
    rows.push_back(json::array{object.substr(0, space), object.substr(space + 1), sql});
  };
  for (const auto& [object, change] : changes) {
    if (change.before) add(before, object, *change.before);
    if (change.after) add(after, object, *change.after);
  }
  return json::serialize(json::object{{"before", before}, {"after", after}});
}

Rows definitions(Connection& database) {
  return sqlite_sql::read_definitions(database, std::string(sqlite_objects) + " ORDER BY rowid");
}

}  // namespace

CatalogImage read_recorded(Connection& database, const Path& history) {
  if (database.engine() == Engine::postgresql) return read_image(database, history);
  CatalogImage image;
  for (const std::vector<Value>& row : definitions(database).rows)
    if (*row[1] != history.name.text()) image[*row[0] + " " + *row[1]] = *row[2];
  return image;
}

CatalogImage read_sqlite_objects(Connection& database) {
  CatalogImage image;
  for (const std::vector<Value>& row : definitions(database).rows)
    add_object(image, *row[0], *row[1], *row[2]);
  return image;
}

CatalogImage read_image(Connection& database, const Path& history) {
  if (database.engine() == Engine::postgresql) return read_postgres_objects(database, history);
  CatalogImage image = read_sqlite_objects(database);
  std::string table = "table " + history.name.text();
  std::erase_if(image, [&](const auto& object) {
    return object.first == table || object.first.starts_with(table + ": ");
  });
  return image;
}

ImageChanges changes_between(const CatalogImage& before, const CatalogImage& after) {
  ImageChanges changes;
  for (const auto& [object, text] : before) {
    auto now = after.find(object);
    if (now == after.end())
      changes[object] = {text, std::nullopt};
    else if (now->second != text)
      changes[object] = {text, now->second};
  }
  for (const auto& [object, text] : after)
    if (!before.contains(object)) changes[object] = {std::nullopt, text};
  return changes;
}

std::string changes_text(Engine engine, const ImageChanges& changes) {
  if (engine != Engine::postgresql) return definitions_text(changes);
  auto value = [](const std::optional<std::string>& text) {
    return text ? json::value(*text) : json::value();
  };
  json::object out;
  for (const auto& [object, change] : changes)
    out[object] = json::array{value(change.before), value(change.after)};
  return json::serialize(out);
}

std::optional<ImageChanges> parse_changes(std::string_view text) {
  boost::system::error_code error;
  json::value parsed = json::parse(text, error);
  const json::object* object = error ? nullptr : parsed.if_object();
  if (!object) return std::nullopt;
  // Elsewhere every key names an object, kind and all.
  if (object->contains("before") && object->contains("after"))
    return changes_between(image_of(object->at("before")), image_of(object->at("after")));
  auto read = [](const json::value& value) -> std::optional<std::string> {
    if (!value.is_string()) return std::nullopt;
    return std::string(value.as_string());
  };
  ImageChanges changes;
  for (const auto& [name, pair] : *object) {
    if (!pair.is_array() || pair.as_array().size() != 2) return std::nullopt;
    changes[name] = {read(pair.as_array()[0]), read(pair.as_array()[1])};
  }
  return changes;
}

}  // namespace tidemark
