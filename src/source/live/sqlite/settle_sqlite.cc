#include "source/live/sqlite/settle_sqlite.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "base/text.h"
#include "dialect/sqlite/create_text.h"
#include "dialect/sqlite/sql_text.h"
#include "dialect/sqlite/vectors.h"
#include "source/live/sqlite/read_sqlite.h"

namespace tidemark::sqlite_live {
namespace {

using sqlite_sql::Token;

bool same_name(const Name& a, const Name& b) {
  return a == b || lower(a.text()) == lower(b.text());
}

bool same_names(const std::vector<Name>& a, const std::vector<Name>& b) {
  return std::ranges::equal(a, b, same_name);
}

/// Each word as it counts; a table before a column's name does not.
std::vector<std::string> meaning(std::string_view sql, const Name& table) {
  std::string unqualified = sqlite_sql::without_qualifier(sql, table);
  std::vector<std::string> words;
  for (const Token& token : sqlite_sql::tokens_of(unqualified)) {
    if (token.kind == Token::Kind::space) continue;
    bool name = token.kind == Token::Kind::word || token.kind == Token::Kind::quoted;
    words.push_back(name ? lower(sqlite_sql::name_in(token)) : std::string(token.text));
  }
  return words;
}

bool is_in_parentheses(const std::vector<std::string>& words) {
  if (words.size() < 2 || words.front() != "(") return false;
  int depth = 0;
  for (std::size_t at = 0; at < words.size(); ++at) {
    depth += words[at] == "(" ? 1 : words[at] == ")" ? -1 : 0;
    if (depth == 0) return at + 1 == words.size();
  }
  return false;
}

std::vector<std::string> bare_meaning(std::string_view sql, const Name& table) {
  std::vector<std::string> words = meaning(sql, table);
  while (is_in_parentheses(words)) words = {words.begin() + 1, words.end() - 1};
  return words;
}

template <class Object, class Same>
const Object* find_like(const std::vector<Object>& objects, Same same) {
  auto found = std::ranges::find_if(objects, same);
  return found == objects.end() ? nullptr : &*found;
}

/// As the peer's pull does.
void name_checks(Table& table) {
  for (Check& check : table.checks) check.name = sqlite_sql::name_of(check, table);
}

/// A table of the live catalog takes over the words of the wanted one.
class TableSettler {
 public:
  TableSettler(Table& live, const Table& wanted) : live_(live), wanted_(wanted) {}

  void settle() {
    live_.path = wanted_.path;
    for (Column& column : live_.columns) settle(column);
    for (ForeignKey& key : live_.foreign_keys) settle(key);
    for (PrimaryKey& key : live_.primary_keys) settle(key);
    for (Check& check : live_.checks) settle(check);
    uniques_that_are_indexes();
    for (Index& index : live_.indexes) settle(index);
    name_checks(live_);
  }

 private:
  const Name& name() const { return wanted_.path.name; }

  bool same(std::string_view a, std::string_view b) const { return same_expression(a, b, name()); }

  void settle(Column& column) {
    const Column* wanted = find_like(
        wanted_.columns, [&](const Column& it) { return same_name(it.name, column.name); });
    if (!wanted) return settle_type(column, plain_type(column.type.text));  // it may be renamed
    column.name = wanted->name;
    settle_type(column, wanted->type.text);
    if (column.default_value && wanted->default_value &&
        same(column.default_value->text, wanted->default_value->text))
      column.default_value = wanted->default_value;
    // A column whose default is NULL and one without a default are the same.
    if (is_null(column.default_value) && is_null(wanted->default_value))
      column.default_value = wanted->default_value;
    if (column.generated && wanted->generated &&
        same(column.generated->expression, wanted->generated->expression))
      column.generated->expression = wanted->generated->expression;
    // Drizzle has no word for a key that takes NULL.
    if (column.primary_key && wanted->primary_key) column.not_null = wanted->not_null;
  }

  static bool is_null(const std::optional<Literal>& value) {
    return !value || lower(value->text) == "null";
  }

  /// SQLite stores by affinity and knows no lengths; only that of a vector counts.
  static std::string affinity(const std::string& type) {
    if (sqlite_sql::is_vector_type(type)) return lower(type);
    std::string plain = plain_type(type);
    return plain.substr(0, plain.find('('));
  }

  static void settle_type(Column& column, const std::string& wanted) {
    std::string& type = column.type.text;
    if (type == wanted || affinity(type) != affinity(wanted)) return;
    column.kept.type = std::exchange(type, wanted);
  }

  /// Names of foreign keys are kept in snapshots only.
  void settle(ForeignKey& key) {
    const ForeignKey* wanted = find_like(wanted_.foreign_keys, [&](const ForeignKey& it) {
      return same_names(it.columns, key.columns) && same_name(it.target.name, key.target.name) &&
             same_names(it.target_columns, key.target_columns);
    });
    if (!wanted) return;
    key.name = wanted->name;
    key.columns = wanted->columns;
    key.target = wanted->target;
    key.target_columns = wanted->target_columns;
  }

  void settle(PrimaryKey& key) {
    const PrimaryKey* wanted = find_like(wanted_.primary_keys, [&](const PrimaryKey& it) {
      return same_names(it.columns, key.columns);
    });
    if (!wanted) return;
    KeptSql kept = std::move(key.kept);
    key = *wanted;
    key.kept = std::move(kept);
  }

  void settle(Check& check) {
    const Check* wanted = find_like(wanted_.checks, [&](const Check& it) {
      return check.name.empty() ? same(it.expression, check.expression)
                                : same_name(it.name, check.name);
    });
    if (!wanted) return;
    check.name = wanted->name;
    if (same(check.expression, wanted->expression)) check.expression = wanted->expression;
  }

  void settle(Index& index) {
    const Index* wanted =
        find_like(wanted_.indexes, [&](const Index& it) { return same_name(it.name, index.name); });
    if (!wanted) return;
    index.name = wanted->name;
    if (same(index.where, wanted->where)) index.where = wanted->where;
    bool alike = std::ranges::equal(
        index.columns, wanted->columns,
        [&](const IndexColumn& a, const IndexColumn& b) { return same(a.text, b.text); });
    if (alike) index.columns = wanted->columns;
  }

  static std::vector<Name> columns_of(const Index& index) {
    std::vector<Name> names;
    for (const IndexColumn& column : index.columns) names.emplace_back(column.text);
    return names;
  }

  /// Schemas know unique constraints as indexes. One that is wanted and not there as an
  /// index may be there as a constraint.
  void uniques_that_are_indexes() {
    for (const Index& wanted : wanted_.indexes) {
      bool there = std::ranges::any_of(
          live_.indexes, [&](const Index& it) { return same_name(it.name, wanted.name); });
      if (there || !wanted.unique || !wanted.where.empty()) continue;
      auto same = [&](const Unique& it) { return same_names(it.columns, columns_of(wanted)); };
      auto found = std::ranges::find_if(live_.uniques, same);
      if (found == live_.uniques.end()) continue;
      live_.indexes.push_back(wanted);
      live_.indexes.back().kept = std::move(found->kept);
      std::erase_if(live_.uniques, same);
    }
  }

  Table& live_;
  const Table& wanted_;
};

void settle(View& live, const View& wanted) {
  live.path = wanted.path;
  if (live.definition && wanted.definition &&
      meaning(*live.definition, {}) == meaning(*wanted.definition, {}))
    live = wanted;
}

std::string joined(const std::vector<Name>& names) {
  std::vector<std::string> texts;
  for (const Name& name : names) texts.push_back(name.text());
  return join(texts, "_");
}

void plain_columns(Table& table) {
  for (Column& column : table.columns) {
    bool is_rowid = column.primary_key && lower(column.type.text) == "integer";
    column.type.text = plain_type(column.type.text);
    if (is_rowid) column.not_null = true;  // it never is NULL, whatever is written
    if (!column.default_value || !column.default_value->quoted) continue;
    // As the peer's pull: what is no constant stands in parentheses.
    std::string& text = column.default_value->text;
    bool constant =
        text.starts_with('\'') || text.starts_with('(') || lower(text).starts_with("x'");
    if (!constant) text = "(" + text + ")";
  }
}

void plain_names(Table& table) {
  const std::string& own = table.path.name.text();
  for (Unique& unique : table.uniques) {
    unique.name = sqlite_sql::name_of(unique, table);
    Index index{.name = unique.name, .columns = {}, .unique = true};
    for (const Name& column : unique.columns) index.columns.push_back({.text = column.text()});
    const bool said_twice = std::ranges::find(table.indexes, index) != table.indexes.end();
    if (!said_twice) table.indexes.push_back(std::move(index));
  }
  table.uniques.clear();
  name_checks(table);
  for (PrimaryKey& key : table.primary_keys)
    if (key.name.empty()) key.name = Name(fmt::format("{}_{}_pk", own, joined(key.columns)));
  for (ForeignKey& key : table.foreign_keys)
    if (key.name.empty())
      key.name = Name(fmt::format("{}_{}_{}_{}_fk", own, joined(key.columns),
                                  key.target.name.text(), joined(key.target_columns)));
}

}  // namespace

bool same_expression(std::string_view a, std::string_view b, const Name& table) {
  return a == b || bare_meaning(a, table) == bare_meaning(b, table);
}

Settled settle_sqlite(Catalog live, const Catalog& wanted) {
  std::unordered_map<std::string, const Table*> tables;
  for (const Table& table : wanted.tables) tables.emplace(lower(table.path.name.text()), &table);
  for (Table& table : live.tables)
    if (auto same = tables.find(lower(table.path.name.text())); same != tables.end())
      TableSettler(table, *same->second).settle();
  for (View& view : live.views) {
    const View* same = find_like(
        wanted.views, [&](const View& it) { return same_name(it.path.name, view.path.name); });
    if (same) settle(view, *same);
  }
  live.engine = wanted.engine;
  return {std::move(live)};
}

Catalog in_plain_words(Catalog live) {
  for (Table& table : live.tables) {
    plain_columns(table);
    plain_names(table);
  }
  return live;
}

}  // namespace tidemark::sqlite_live
