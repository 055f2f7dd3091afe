#include "dialect/sqlite/create_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "dialect/sql_writer.h"
#include "dialect/sqlite/words.h"

namespace tidemark::sqlite_sql {
namespace {

/// What ends a column's type, which may be several words or none.
bool ends_type(const Words& words) {
  return words.at_any({"constraint", "primary", "not", "null", "unique", "check", "default",
                       "collate", "references", "generated", "as", "on", ",", ")"});
}

/// Whether a default is a name, which SQLite takes for a string.
bool is_name(const std::string& text) {
  std::vector<Token> tokens = tokens_of(text);
  if (tokens.size() != 1 || tokens[0].kind == Token::Kind::string) return false;
  char first = text.front();
  return tokens[0].kind == Token::Kind::quoted ||
         (tokens[0].kind == Token::Kind::word && (first < '0' || first > '9') &&
          !lower(text).starts_with("current_"));
}

Literal literal(const std::string& text) {
  std::string plain = lower(text);
  if (plain == "true" || plain == "false" || plain == "null") return {plain, false};
  if (is_js_number(text)) return {text, false};
  if (is_name(text)) return {"'" + replace_all(name_in(tokens_of(text)[0]), "'", "''") + "'"};
  return {text};
}

class TableReader {
 public:
  explicit TableReader(std::string_view sql) : words_(sql) {}

  TableText read() {
    words_.take({"create"});
    words_.take({"temp"});
    words_.take({"table"});
    words_.take({"if", "not", "exists"});
    out_.name.first = words_.offset();
    table().path.name = words_.name();
    while (words_.take({"."})) table().path.name = words_.name();
    out_.name.last = words_.end_of_last();
    do item();
    while (words_.at(","));
    words_.take({")"});
    options();
    plain_strings();
    return std::move(out_);
  }

 private:
  Table& table() { return out_.table; }
  Column& column() { return table().columns.back(); }

  /// With the comma, or the parenthesis, before it.
  void item() {
    words_.skip();
    bool of_table = words_.at_any({"constraint", "primary", "unique", "check", "foreign"});
    const std::size_t start = words_.offset();
    if (!of_table) column_definition();
    while (of_table && table_constraint()) {  // SQLite takes them without a comma too
    }
    words_.skip_item();
    if (!of_table) out_.columns.push_back({start, words_.offset()});
  }

  Name constraint_name() {
    Name name;
    while (words_.take({"constraint"})) name = words_.name();
    return name;
  }

  bool table_constraint() {
    const std::size_t start = words_.offset();
    Name name = constraint_name();
    if (words_.take({"primary", "key"})) {
      primary_key(name);
    } else if (words_.take({"unique"})) {
      Unique& unique = table().uniques.emplace_back(Unique{.name = name});
      unique.columns = words_.names(&unique.kept.columns);
      unique.kept.sql = conflict(name);
      tell_columns(name, "unique constraint", unique.kept);
      out_.uniques.push_back({start, words_.end_of_last()});
    } else if (words_.take({"foreign", "key"})) {
      ForeignKey key{.name = name, .columns = words_.names()};
      words_.take({"references"});
      reference(std::move(key));
    } else if (words_.take({"check"})) {
      check(name);
      conflict(name);  // which SQLite takes and leaves unused
    } else {
      return false;
    }
    return true;
  }

  void primary_key(const Name& name) {
    PrimaryKey key{.name = name};
    key.columns = words_.names(&key.kept.columns);
    bool counts = take_autoincrement(key.kept.columns);
    key.kept.sql = conflict(name);
    tell_columns(name, "primary key", key.kept);
    if (key.columns.size() != 1) return table().primary_keys.push_back(std::move(key));
    // A key of one column is that column's own.
    for (Column& one : table().columns) {
      if (lower(one.name.text()) != lower(key.columns[0].text())) continue;
      one.primary_key = true;
      one.autoincrement = counts;
      if (!key.kept.says_more()) continue;
      one.kept.key = key.kept.sql;
      one.kept.columns = key.kept.columns;
    }
  }

  /// `PRIMARY KEY (id AUTOINCREMENT)`
  static bool take_autoincrement(std::vector<std::string>& after) {
    constexpr std::string_view word = "autoincrement";
    if (after.size() != 1 || !lower(after[0]).ends_with(word)) return false;
    std::string_view text = after[0];
    after[0] = std::string(trim(text.substr(0, text.size() - word.size())));
    return true;
  }

  void tell_columns(const Name& key, const char* what, const KeptSql& kept) {
    for (const std::string& one : kept.columns)
      if (!one.empty()) unsaid(key, what, one);
  }

  void column_definition() {
    table().columns.push_back({.name = words_.name()});
    std::size_t start = words_.place();
    while (!words_.done() && !ends_type(words_)) {
      if (words_.at("("))
        words_.parentheses();
      else
        words_.skip();
    }
    column().type.text = words_.text_since(start);
    while (clause()) {
    }
  }

  bool clause() {
    const std::size_t start = words_.place(), offset = words_.offset();
    const Name name = constraint_name();
    const std::string what = lower(words_.next());
    if (!column_constraint(name, offset)) return false;
    out_.clauses.push_back({column().name, what, words_.text_since(start)});
    return true;
  }

  bool column_constraint(const Name& name, std::size_t start) {
    const Name& own = column().name;
    if (words_.take({"primary", "key"})) {
      own_primary_key();
    } else if (words_.take({"not", "null"})) {
      column().not_null = true;
      column().kept.not_null = conflict(own);
    } else if (words_.take({"null"})) {
      conflict(own);
    } else if (words_.take({"unique"})) {
      column().kept.constrains = true;
      table().uniques.push_back(
          {.name = name, .columns = {own}, .kept = {.sql = conflict(own), .columns = {""}}});
      out_.uniques.push_back({start, words_.end_of_last()});
    } else if (words_.take({"check"})) {
      column().kept.constrains = true;
      check(name);
    } else if (words_.take({"default"})) {
      column().default_value = literal(words_.value());
    } else if (words_.take({"collate"})) {
      std::string collation = words_.value();
      column().kept.sql = "COLLATE " + collation;
      unsaid(column().name, "collation", collation);
    } else if (words_.take({"references"})) {
      reference({.name = name, .columns = {column().name}});
    } else if (words_.take({"generated", "always", "as"}) || words_.take({"as"})) {
      generated();
    } else if (std::string when = deferral(); !when.empty()) {
      if (!table().foreign_keys.empty()) checked_when(table().foreign_keys.back(), when);
    } else {
      return false;
    }
    return true;
  }

  void own_primary_key() {
    column().primary_key = true;
    std::string order = words_.take({"desc"}) ? "DESC" : "";
    if (!order.empty()) unsaid(column().name, "primary key", order);
    words_.take({"asc"});
    std::string clause = conflict(column().name);
    column().kept.key = order + (order.empty() || clause.empty() ? "" : " ") + clause;
    column().autoincrement = words_.take({"autoincrement"});
  }

  void check(const Name& name) {
    std::string expression = words_.parentheses();
    if (expression.size() >= 2) expression = expression.substr(1, expression.size() - 2);
    // Without a comment at its end, which would go on behind it.
    Words words(expression);
    while (!words.done()) words.skip();
    table().checks.push_back({name, words.text_since(0)});
  }

  void generated() {
    column().generated =
        Generated{.expression = words_.parentheses(), .storage = Generated::Storage::virtual_};
    if (words_.take({"stored"})) column().generated->storage = Generated::Storage::stored;
    words_.take({"virtual"});
  }

  void reference(ForeignKey key) {
    key.target.name = words_.name();
    key.target_columns = words_.names();
    for (;;) {
      if (words_.take({"on", "delete"}))
        key.on_delete = action();
      else if (words_.take({"on", "update"}))
        key.on_update = action();
      else if (words_.take({"on", "insert"}))
        action();  // SQLite takes it and leaves it unused
      else if (words_.take({"match"}))
        key.kept.sql = "MATCH " + words_.value();
      else
        break;
    }
    if (!key.kept.sql.empty()) unsaid(key.columns.at(0), "match", key.kept.sql);
    if (std::string when = deferral(); !when.empty()) checked_when(key, when);
    table().foreign_keys.push_back(std::move(key));
  }

  std::string deferral() {
    std::size_t start = words_.place();
    if (!words_.take({"not", "deferrable"}) && !words_.take({"deferrable"})) return {};
    words_.take({"initially", "deferred"}) || words_.take({"initially", "immediate"});
    return words_.text_since(start);
  }

  void checked_when(ForeignKey& key, const std::string& when) {
    key.kept.sql += (key.kept.sql.empty() ? "" : " ") + when;
    unsaid(key.columns.at(0), "deferrable", when);
  }

  std::string action() {
    for (std::initializer_list<std::string_view> one :
         {std::initializer_list<std::string_view>{"set", "null"},
          {"set", "default"},
          {"no", "action"}})
      if (words_.take(one)) return fmt::format("{} {}", *one.begin(), *(one.end() - 1));
    return lower(words_.name().text());
  }

  std::string conflict(const Name& object) {
    if (!words_.take({"on", "conflict"})) return {};
    std::string clause = "ON CONFLICT " + words_.value();
    unsaid(object, "conflict clause", clause);
    return clause;
  }

  void options() {
    table().kept.sql = words_.rest();
    if (!table().kept.sql.empty()) unsaid({}, "table option", table().kept.sql);
  }

  void plain_strings() {
    for (Check& check : table().checks)
      check.expression = with_plain_strings(check.expression, table());
    for (Column& one : table().columns)
      if (one.generated)
        one.generated->expression = with_plain_strings(one.generated->expression, table());
  }

  void unsaid(const Name& object, std::string what, std::string text) {
    out_.unsaid.push_back({object, std::move(what), std::move(text)});
  }

  Words words_;
  TableText out_;
};

IndexColumn index_column(Words& words, const Table& table) {
  std::size_t start = words.place();
  words.skip_item();
  std::string text = words.text_since(start);
  Words parts(text);
  Name name = parts.name();
  for (const Column& column : table.columns)
    if (parts.done() && lower(column.name.text()) == lower(name.text()))
      return {.text = column.name.text()};
  return {.text = with_plain_strings(text, table), .is_expression = true};
}

}  // namespace

TableText read_create_table(std::string_view sql) { return TableReader(sql).read(); }

Name name_of(const Unique& unique, const Table& table) {
  if (!unique.name.empty()) return unique.name;
  std::string name = table.path.name.text();
  for (const Name& column : unique.columns) name += "_" + column.text();
  return Name(name + "_unique");
}

Name name_of(const Check& check, const Table& table) {
  if (!check.name.empty()) return check.name;
  auto number = std::ranges::find(table.checks, check) - table.checks.begin() + 1;
  return Name(fmt::format("{}_check_{}", table.path.name.text(), number));
}

Index read_create_index(std::string_view sql, const Table& table) {
  Words words(sql);
  Index index;
  words.take({"create"});
  index.unique = words.take({"unique"});
  words.take({"index"});
  words.take({"if", "not", "exists"});
  index.name = words.name();
  while (words.take({"."})) index.name = words.name();
  words.take({"on"});
  words.name();
  words.take({"("});
  do index.columns.push_back(index_column(words, table));
  while (words.take({","}));
  words.take({")"});
  if (words.take({"where"})) index.where = with_plain_strings(words.rest(), table);
  return index;
}

std::string read_create_view(std::string_view sql) {
  Words words(sql);
  words.take({"create"});
  words.take({"temp"}) || words.take({"temporary"});
  words.take({"view"});
  words.take({"if", "not", "exists"});
  Name name = words.name();
  while (words.take({"."})) name = words.name();
  std::vector<Name> columns = words.names();
  words.take({"as"});
  if (columns.empty()) return words.rest();
  return standard_sql("WITH ", name, "(", NameList{columns, ", "}, ") AS (") + words.rest() +
         standard_sql(") SELECT * FROM ", name);
}

}  // namespace tidemark::sqlite_sql
