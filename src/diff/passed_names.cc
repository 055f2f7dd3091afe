#include "diff/passed_names.h"

#include <string_view>

#include "base/text.h"
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
  void require_silent(std::string_view sql, std::string_view where) const {
    std::string text = lower(sql);
    for (const RenameDecision& it : passed_)
      if (text.find(lower(it.before.name.text())) != std::string::npos)
        throw Error(Fault::usage, "the name " + it.before.name.text() +
                                      " cannot be passed on while " + std::string(where) +
                                      " speaks of it")
            .hint("rename in two migrations, through a name that nothing else has");
  }

 private:
  const Renames& passed_;
  NewNames names_;
};

void pass_on(Index& index, const PassedNames& names) {
  names.require_silent(index.where, "the index " + index.name.text());
  for (IndexColumn& column : index.columns) {
    if (column.is_expression) {
      names.require_silent(column.text, "the index " + index.name.text());
      continue;
    }
    Name name(column.text);
    names.follow(name);
    column.text = name.text();
  }
}

void require_silent_expressions(const Table& table, const PassedNames& names) {
  for (const Check& it : table.checks)
    names.require_silent(it.expression, "the check " + it.name.text());
  for (const Column& it : table.columns)
    if (it.generated)
      names.require_silent(it.generated->expression, "the column " + it.name.text());
  for (const Policy& it : table.policies)
    names.require_silent(it.using_expression.value_or("") + it.with_check.value_or(""),
                         "the policy " + it.name.text());
}

void require_silent_views(const Catalog& catalog, const PassedNames& names) {
  for (const View& it : catalog.views)
    names.require_silent(it.definition.value_or(""), "the view " + it.path.name.text());
}

}  // namespace

void pass_on_columns(Catalog& catalog, Table& table, const Renames& passed) {
  if (passed.empty()) return;
  PassedNames names(passed);
  require_silent_expressions(table, names);
  require_silent_views(catalog, names);
  for (Index& it : table.indexes) pass_on(it, names);
  for (Unique& it : table.uniques) names.follow(it.columns);
  for (PrimaryKey& it : table.primary_keys) names.follow(it.columns);
  for (ForeignKey& it : table.foreign_keys) names.follow(it.columns);
  for (Table& other : catalog.tables)
    for (ForeignKey& it : other.foreign_keys)
      if (it.target == table.path) names.follow(it.target_columns);
}

void pass_on_tables(Catalog& catalog, const Renames& passed) {
  if (passed.empty()) return;
  PassedNames names(passed);
  require_silent_views(catalog, names);
  for (Table& table : catalog.tables)
    for (ForeignKey& it : table.foreign_keys) names.follow(it.target);
}

}  // namespace tidemark
