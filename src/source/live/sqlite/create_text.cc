#include "source/live/sqlite/create_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "source/live/sqlite/words.h"

namespace tidemark::sqlite_live {
namespace {

/// What ends a column's type, which may be several words or none.
bool ends_type(const Words& words) {
  return words.at_any({"constraint", "primary", "not", "null", "unique", "check", "default",
                       "collate", "references", "generated", "as", "on", ",", ")"});
}

Literal literal(const std::string& text) {
  std::string plain = lower(text);
  if (plain == "true" || plain == "false" || plain == "null") return {plain, false};
  if (is_js_number(text)) return {text, false};
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
    table().path.name = words_.name();
    while (words_.take({"."})) table().path.name = words_.name();
    words_.take({"("});
    do item();
    while (words_.take({","}));
    words_.take({")"});
    options();
    return std::move(out_);
  }

 private:
  Table& table() { return out_.table; }
  Column& column() { return table().columns.back(); }

  void item() {
    Name constraint;
    if (words_.take({"constraint"})) constraint = words_.name();
    if (at_table_constraint() || !constraint.empty())
      table_constraints(std::move(constraint));
    else
      column_definition();
    words_.skip_item();
  }

  bool at_table_constraint() { return words_.at_any({"primary", "unique", "check", "foreign"}); }

  /// SQLite takes them without commas between them.
  void table_constraints(Name name) {
    for (;;) {
      table_constraint(name);
      name = words_.take({"constraint"}) ? words_.name() : Name();
      if (name.empty() && !at_table_constraint()) return;
    }
  }

  void table_constraint(const Name& name) {
    if (words_.take({"primary", "key"})) {
      primary_key(name, words_.names());
    } else if (words_.take({"unique"})) {
      table().uniques.push_back({name, words_.names()});
    } else if (words_.take({"foreign", "key"})) {
      ForeignKey key{.name = name, .columns = words_.names()};
      words_.take({"references"});
      reference(std::move(key));
    } else if (words_.take({"check"})) {
      check(name);
    }
    conflict(name);
  }

  /// A key of one column is that column's own.
  void primary_key(const Name& name, std::vector<Name> columns) {
    if (columns.size() != 1) {
      table().primary_keys.push_back({name, std::move(columns)});
      return;
    }
    for (Column& one : table().columns)
      if (lower(one.name.text()) == lower(columns[0].text())) one.primary_key = true;
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
    while (column_constraint()) {
    }
  }

  bool column_constraint() {
    Name name;
    if (words_.take({"constraint"})) name = words_.name();
    if (words_.take({"primary", "key"})) {
      own_primary_key();
    } else if (words_.take({"not", "null"})) {
      column().not_null = true;
    } else if (words_.take({"null"})) {
    } else if (words_.take({"unique"})) {
      table().uniques.push_back({name, {column().name}});
    } else if (words_.take({"check"})) {
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
    } else {
      return false;
    }
    conflict(column().name);
    return true;
  }

  void own_primary_key() {
    column().primary_key = true;
    if (words_.take({"desc"})) unsaid(column().name, "primary key", "DESC");
    words_.take({"asc"});
    conflict(column().name);
    column().autoincrement = words_.take({"autoincrement"});
  }

  void check(const Name& name) {
    std::string expression = words_.parentheses();
    if (expression.size() >= 2) expression = expression.substr(1, expression.size() - 2);
    table().checks.push_back({name, std::string(trim(expression))});
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
      else if (words_.take({"match"}))
        words_.skip();
      else
        break;
    }
    std::size_t start = words_.place();
    words_.take({"not", "deferrable"}) || words_.take({"deferrable"});
    words_.take({"initially", "deferred"}) || words_.take({"initially", "immediate"});
    key.kept.sql = words_.text_since(start);
    if (!key.kept.sql.empty()) unsaid(key.columns.at(0), "deferrable", key.kept.sql);
    table().foreign_keys.push_back(std::move(key));
  }

  std::string action() {
    for (std::initializer_list<std::string_view> one :
         {std::initializer_list<std::string_view>{"set", "null"},
          {"set", "default"},
          {"no", "action"}})
      if (words_.take(one)) return fmt::format("{} {}", *one.begin(), *(one.end() - 1));
    return lower(words_.name().text());
  }

  void conflict(const Name& object) {
    if (!words_.take({"on", "conflict"})) return;
    unsaid(object, "conflict clause", "ON CONFLICT " + words_.value());
  }

  void options() {
    table().kept.sql = words_.rest();
    if (!table().kept.sql.empty()) unsaid({}, "table option", table().kept.sql);
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
  return {.text = text, .is_expression = true};
}

}  // namespace

TableText read_create_table(std::string_view sql) { return TableReader(sql).read(); }

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
  if (words.take({"where"})) index.where = words.rest();
  return index;
}

std::string read_create_view(std::string_view sql) {
  Words words(sql);
  while (!words.done() && !words.at("as")) words.skip();
  words.skip();
  return words.rest();
}

}  // namespace tidemark::sqlite_live
