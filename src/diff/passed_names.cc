#include "diff/passed_names.h"

#include <algorithm>
#include <string_view>

#include "dialect/mentions.h"
#include "diff/rename_objects.h"

namespace tidemark {

namespace {

class PassedNames {
 public:
  explicit PassedNames(const Renames& passed) : passed_(passed), names_(new_names(passed)) {}

  void follow(Name& name) const {
    if (auto found = names_.find(Path{{}, name}); found != names_.end()) name = found->second.name;
  }
  void follow(std::vector<Name>& names) const {
    for (Name& name : names) follow(name);
  }
  void follow(Path& path) const {
    if (auto found = names_.find(path); found != names_.end()) path = found->second;
  }
  void require_silent(const std::string& sql, std::string_view where) const {
    Mentions used(sql);
    for (const RenameDecision& it : passed_)
      if (used.of(it.before.name))
        throw Error(Fault::usage, "the name " + it.before.name.text() +
                                      " cannot be passed on while " + std::string(where) +
                                      " speaks of it")
            .hint("rename in two migrations, through a name that nothing else has");
  }

 private:
  const Renames& passed_;
  NewNames names_;
};

std::string expressions(const Index& index) {
  std::string out = index.where;
  for (const IndexColumn& column : index.columns)
    if (column.is_expression) out += " " + column.text;
  return out;
}
std::string expressions(const Check& check) { return check.expression; }
std::string expressions(const Policy& policy) {
  return policy.using_expression.value_or("") + policy.with_check.value_or("");
}
std::string expressions(const Column& column) {
  return column.generated ? column.generated->expression : "";
}

/// SQL that reads the same afterwards would mean something else. Other SQL is written anew,
/// and so are views, and on PostgreSQL all.
template <class Part>
void require_silent(const PassedNames& names, const std::vector<Part>& before,
                    const std::vector<Part>& after, const std::string& kind) {
  for (const Part& part : before) {
    const std::string sql = expressions(part);
    if (std::ranges::any_of(after, [&](const Part& now) { return sql == expressions(now); }))
      names.require_silent(sql, "the " + kind + " " + part.name.text());
  }
}

void require_silent(const PassedNames& names, const Table& before, const Table& after) {
  require_silent(names, before.checks, after.checks, "check");
  require_silent(names, before.columns, after.columns, "column");
  require_silent(names, before.policies, after.policies, "policy");
  require_silent(names, before.indexes, after.indexes, "index");
}

void pass_on(Index& index, const PassedNames& names) {
  for (IndexColumn& column : index.columns) {
    if (column.is_expression) continue;
    Name name(column.text);
    names.follow(name);
    column.text = name.text();
  }
}

}  // namespace

void pass_on_columns(Comparison& c, Table& table, const Table& after, const Renames& passed) {
  if (passed.empty()) return;
  PassedNames names(passed);
  if (c.after.engine != Engine::postgresql) require_silent(names, table, after);
  for (Index& it : table.indexes) pass_on(it, names);
  for (Unique& it : table.uniques) names.follow(it.columns);
  for (PrimaryKey& it : table.primary_keys) names.follow(it.columns);
  for (ForeignKey& it : table.foreign_keys) names.follow(it.columns);
  for (Table& other : c.before.tables)
    for (ForeignKey& it : other.foreign_keys)
      if (it.target == table.path) names.follow(it.target_columns);
}

void pass_on_tables(Comparison& c, const Renames& passed) {
  if (passed.empty()) return;
  PassedNames names(passed);
  for (Table& table : c.before.tables)
    for (ForeignKey& it : table.foreign_keys) names.follow(it.target);
}

}  // namespace tidemark
