#include "source/live/postgres/same_tree.h"

#include <pg_query.h>

#include <algorithm>
#include <optional>

#include "base/json.h"

namespace tidemark::postgres_live {
namespace {

/// Whether the text of the tree tells it in full. libpg_query 15 writes a whole number that is
/// negative as it writes 0: without digits.
bool is_told(const json::value& tree, const std::string& statement) {
  if (const auto* list = tree.if_array())
    return std::ranges::all_of(*list, [&](const auto& item) { return is_told(item, statement); });
  const auto* node = tree.if_object();
  if (!node) return true;
  return std::ranges::all_of(*node, [&](const auto& member) {
    const auto* inner = member.value().if_object();
    if (member.key() == "Integer" && inner && inner->empty()) return false;
    const auto* number = inner ? inner->if_contains("ival") : nullptr;
    if (member.key() == "A_Const" && number && number->as_object().empty()) {
      const auto* place = inner->if_contains("location");
      auto at = place ? static_cast<std::size_t>(place->as_int64()) : statement.size();
      return at < statement.size() && statement[at] == '0';
    }
    return is_told(member.value(), statement);
  });
}

std::optional<json::value> tree_of(const std::string& statement) {
  PgQueryParseResult result = pg_query_parse(statement.c_str());
  std::optional<json::value> tree;
  if (!result.error) {
    json::parse_options options;
    options.max_depth = 1000;
    boost::system::error_code failed;
    json::value parsed = json::parse(result.parse_tree, failed, {}, options);
    if (!failed && is_told(parsed, statement)) tree = std::move(parsed);
  }
  pg_query_free_parse_result(result);
  return tree;
}

bool is_place(std::string_view key) { return key.ends_with("location") || key == "stmt_len"; }

bool is_name(const json::value& field, const Name& name) {
  const auto* text = field.is_object() ? field.as_object().if_contains("String") : nullptr;
  return text && text_at(text->as_object(), "sval") == name.text();
}

/// `table.column` and `schema.table.column` become `column`.
void forget_table(json::array& fields, const Path& table) {
  auto column = fields.begin();
  if (fields.size() == 2 && is_name(fields[0], table.name)) column += 1;
  if (fields.size() == 3 && is_name(fields[0], table.schema) && is_name(fields[1], table.name))
    column += 2;
  fields.erase(fields.begin(), column);
}

/// Without places; and where there is a table, without its name before its columns.
void make_plain(json::value& tree, const Path* table) {
  if (auto* list = tree.if_array())
    for (json::value& item : *list) make_plain(item, table);
  auto* node = tree.if_object();
  if (!node) return;
  json::object plain(node->storage());
  for (auto& [key, value] : *node) {
    if (is_place(key)) continue;
    make_plain(value, table);
    if (table && key == "ColumnRef") forget_table(value.at("fields").as_array(), *table);
    plain.emplace(key, std::move(value));
  }
  *node = std::move(plain);
}

/// In a subquery the name of the table tells its columns from those of others.
bool has_subquery(const json::value& tree) {
  if (const auto* list = tree.if_array()) return std::ranges::any_of(*list, has_subquery);
  const auto* node = tree.if_object();
  return node && std::ranges::any_of(*node, [](const auto& member) {
           return member.key() == "SubLink" || has_subquery(member.value());
         });
}

}  // namespace

bool same_statement(const std::string& one, const std::string& other, const Path* table) {
  if (one == other) return true;
  std::optional<json::value> left = tree_of(one), right = tree_of(other);
  if (!left || !right) return false;
  if (table && (has_subquery(*left) || has_subquery(*right))) table = nullptr;
  make_plain(*left, table);
  make_plain(*right, table);
  return *left == *right;
}

bool same_expression(const std::string& one, const std::string& other, const Path& table) {
  return same_statement("SELECT (" + one + ")", "SELECT (" + other + ")", &table);
}

}  // namespace tidemark::postgres_live
