#include "engine/step_as_said.h"

#include <algorithm>
#include <set>

#include "apply/sql_lexer.h"
#include "base/text.h"
#include "catalog/object_lists.h"
#include "diff/diff.h"

namespace tidemark {
namespace {

template <class Object>
const Name& name_of_object(const Object& it) {
  if constexpr (requires { it.path; })
    return it.path.name;
  else
    return it.name;
}

/// The names of a migration, those inside of strings too: DO blocks are strings.
class Words {
 public:
  Words(const std::string& sql, Engine engine) {
    for (const Token& token : tokenize(sql, engine)) {
      if (token.kind == Token::Kind::string) strings_ += lower(token.text) + " ";
      if (token.kind == Token::Kind::word || token.kind == Token::Kind::name)
        names_.insert(lower(name_of(token, engine)));
    }
  }
  bool name(const Name& name) const {
    std::string text = lower(name.text());
    return names_.contains(text) || strings_.find(text) != std::string::npos;
  }

 private:
  std::set<std::string> names_;
  std::string strings_;
};

template <class Object>
void forget_unsaid(std::vector<Object>& after, const std::vector<Object>& before,
                   const Words& words) {
  std::erase_if(after, [&](const Object& it) {
    return !words.name(name_of_object(it)) && !holds_same(before, it);
  });
}

template <class Object>
void keep_said(std::vector<Object>& after, const std::vector<Object>& before, const Words& words) {
  forget_unsaid(after, before, words);
  std::vector<Object> unsaid;
  std::ranges::copy_if(before, std::back_inserter(unsaid), [&](const Object& it) {
    return !words.name(name_of_object(it)) && !holds_same(after, it);
  });
  std::ranges::move(unsaid, std::back_inserter(after));
}

/// Columns come, go and change together with the name of their table and their own, or with
/// that of their type. A table that is rebuilt on SQLite does not say which went.
void keep_said_columns(Table& after, const Table& before, const Words& words, Engine engine) {
  bool named = words.name(after.path.name);
  forget_unsaid(after.columns, before.columns, words);
  for (Column& column : after.columns) {
    const Column* old = before.column(column.name);
    if (!old || words.name(Name(column.type.text)) || (named && words.name(column.name))) continue;
    bool primary_key = column.primary_key;
    column = *old;
    column.primary_key = primary_key;
  }
  if (named && engine != Engine::postgresql) return;
  for (const Column& column : before.columns)
    if (!after.column(column.name) && !(named && words.name(column.name)))
      after.columns.push_back(column);
}

/// A constraint whose columns stay goes by its own name alone.
template <class Constraint>
void keep_constraints(std::vector<Constraint>& after, const std::vector<Constraint>& before,
                      const Table& table, const Words& words) {
  forget_unsaid(after, before, words);
  std::vector<Constraint> unsaid;
  for (const Constraint& it : before) {
    bool stays =
        std::ranges::all_of(it.columns, [&](const Name& name) { return table.column(name); });
    if (stays && !words.name(it.name) && !holds_same(after, it)) unsaid.push_back(it);
  }
  std::ranges::move(unsaid, std::back_inserter(after));
}

/// SQLite's constraints have no names in its SQL.
void keep_said(Table& after, const Table& before, const Catalog& all, const Words& words,
               Engine engine) {
  keep_said_columns(after, before, words, engine);
  forget_unsaid(after.indexes, before.indexes, words);
  forget_unsaid(after.policies, before.policies, words);
  if (engine != Engine::postgresql) return;
  keep_constraints(after.foreign_keys, before.foreign_keys, after, words);
  std::erase_if(after.foreign_keys, [&](const ForeignKey& it) {
    return !holds_same(all.tables, {.path = it.target}) && words.name(it.target.name);
  });
  keep_constraints(after.uniques, before.uniques, after, words);
  forget_unsaid(after.checks, before.checks, words);
  std::size_t keys = after.primary_keys.size();
  forget_unsaid(after.primary_keys, before.primary_keys, words);
  if (after.primary_keys.size() < keys) after.primary_keys = before.primary_keys;
}

}  // namespace

MigrationStep as_said(MigrationStep step, const MigrationFile& file, Engine engine) {
  Words words(file.sql, engine);
  KnownRenames renames(step.renames);
  Catalog before = diff(step.before, step.after, renames).renamed;
  Catalog& after = step.after;
  for_each_list(after, before, [&](auto& made, const auto& was) { keep_said(made, was, words); });
  for (Table& table : after.tables)
    if (const Table* old = before.table(table.path)) keep_said(table, *old, after, words, engine);
  return step;
}

}  // namespace tidemark
