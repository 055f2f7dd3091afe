// The drafts of one migration while they are written. Each file of this folder
// adds those of one kind of object.
#pragma once

#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "dialect/changes_by_kind.h"
#include "dialect/dialect.h"
#include "dialect/keys.h"
#include "dialect/postgres/rank.h"
#include "dialect/sql_writer.h"

namespace tidemark::postgres_dialect {

inline const SqlWriter sql{'"', "public"};

/// A draft that was just added, to be told what it waits for. Reads aloud:
///   script.add(…).needs(key::column(table, name)).makes(…)
class Added {
 public:
  explicit Added(Draft& draft) : draft_(draft) {}
  Added& makes(Key key) {
    draft_.makes.push_back(name_of(key));
    return put(draft_.makes, std::move(key));
  }
  Added& needs(Key key) { return put(draft_.needs, std::move(key)); }
  Added& releases(Key key) { return put(draft_.releases, std::move(key)); }
  Added& drops(Key key) {
    draft_.drops.push_back(name_of(key));
    return put(draft_.drops, std::move(key));
  }
  /// The same for a name that is only passed through, on the way to another.
  Added& reaches(Key key) { return put(draft_.makes, std::move(key)); }
  /// Leaves a name free for others, while the object lives on.
  Added& vacates(const Key& key) { return put(draft_.drops, name_of(key)); }
  /// One of several that stay together in the order in which they were added.
  Added& in_group(std::size_t group) {
    draft_.group = group;
    return *this;
  }
  /// Runs outside a transaction.
  Added& alone() {
    draft_.statement.in_transaction = false;
    return *this;
  }

 private:
  static Key name_of(const Key& key) { return "name of " + key; }
  Added& put(std::vector<Key>& list, Key key) {
    list.push_back(std::move(key));
    return *this;
  }
  Draft& draft_;
};

class Script {
 public:
  explicit Script(const RenderInput& input);

  /// `order` sorts the drafts of one rank; equal ones stay as they were added.
  Added add(Step step, Rank rank, std::string text, int order = 0);
  /// A statement about a table that is there.
  Added add_on(const Path& table, Step step, Rank rank, std::string text, int order = 0) {
    return add(step, rank, std::move(text), order).needs(key::relation(table));
  }

  const Table* table_before(const Path& path) const { return find(before_, path); }
  const Table* table_after(const Path& path) const { return find(after_, path); }
  /// Whether a column's type is an enum of the catalog, as such or in an array.
  const Enum* enum_before(const SqlType& type) const;
  const Enum* enum_after(const SqlType& type) const;
  /// What the table was called before this migration, in the schema where it is now.
  Path old_path(const Path& table) const;
  /// What a column was called before this migration.
  Name old_name(const Path& table, const Name& column) const;
  /// The enum that a type of the older catalog is of, by the name it will have. Renames follow
  /// into columns, but not into arrays (see rename_enums).
  Path enum_now(const SqlType& type) const;
  /// What the older catalog may call otherwise where it speaks of the table.
  Path new_path(const Path& table) const;
  /// Likewise of a column.
  Name new_name(const Path& table, const Name& column) const;
  /// Whether an expression of the older catalog may speak of a column, by its old name too.
  bool mentioned(const std::string& expression, const Path& table, const Name& column) const;
  /// Calls `use` for each column of a table that an expression may speak of. The table may be
  /// null.
  template <class Use>
  void for_each_mentioned(const std::string& expression, const Table* table, Use use) const {
    if (!table || expression.empty()) return;
    for (const Column& column : table->columns)
      if (mentioned(expression, table->path, column.name)) use(column.name);
  }
  /// Whether the server may have named parts of the table after another name of it.
  bool renamed_earlier(const Path& table) const;
  /// Where a table stands among the old ones.
  int position(const Path& table) const;

  const RenderInput& input;
  const ChangesByKind changes;
  /// Whether some table is declared to have row security and was not, or was: where it has
  /// policies no statement may come of it.
  bool declares_row_security_anew = false;
  std::size_t change = 0;  // the change that is being written
  std::set<Path> recreated_views = {};
  std::set<std::pair<Path, Name>> recreated_policies = {};  // the table, the policy

  /// Takes away some steps that were written for some changes.
  template <class IsUnwanted>
  void leave_out(IsUnwanted is_unwanted) {
    std::erase_if(drafts_,
                  [&](const Draft& it) { return is_unwanted(input.changes[it.change], it.step); });
  }
  std::vector<Draft> take() { return std::move(drafts_); }

 private:
  using Tables = std::unordered_map<Path, const Table*>;
  static const Table* find(const Tables& tables, const Path& path);

  std::vector<Draft> drafts_;
  Tables before_, after_;
};

using KeyOf = Key (*)(const Path&);

/// A name that an object gets on the way to another, and leaves again: not the name itself,
/// which something else may take then.
inline Key passed(const Key& name) { return "passed " + name; }
/// The name that an object has after all its renames.
inline Key settled(const Key& name) { return "settled " + name; }

// Moves come before all renames, which come in the order in which they can run.

/// Whether a rename goes on from a name that a move or another rename gave the object.
template <class Object>
bool goes_on(const Script& script, const Rename<Object>& change) {
  for (const auto& move : script.changes.all<Move<Object>>())
    if (move.after == change.before) return true;
  for (const auto& earlier : script.changes.all<Rename<Object>>()) {
    if (&earlier == &change) return false;
    if (earlier.after == change.before) return true;
  }
  return false;
}

/// Whether a later rename goes on from this name.
template <class Object>
bool goes_on_from(const Script& script, const Path& name,
                  const Rename<Object>* given_by = nullptr) {
  bool later = !given_by;
  for (const auto& rename : script.changes.all<Rename<Object>>()) {
    if (later && rename.before == name) return true;
    later |= &rename == given_by;
  }
  return false;
}

/// What a draft means that gives an object another name.
template <class Object>
void renames(Added draft, const Script& script, const Rename<Object>& change, KeyOf key) {
  draft.vacates(key(change.before)).makes(key(change.after));
  if (goes_on(script, change)) draft.needs(passed(key(change.before)));
  const bool stays = !goes_on_from(script, change.after, &change);
  draft.reaches(stays ? settled(key(change.after)) : passed(key(change.after)));
}

/// What a draft means that puts an object into another schema. The name it has then
/// lasts, or a rename takes it away at once.
template <class Object>
void moves(Added draft, const Script& script, const Move<Object>& change, KeyOf key) {
  draft.vacates(key(change.before));
  draft.needs(key::schema(change.after.schema)).releases(key::schema(change.before.schema));
  if (goes_on_from<Object>(script, change.after))
    draft.reaches(passed(key(change.after))).reaches(key(change.after));
  else
    draft.reaches(settled(key(change.after))).makes(key(change.after));
}

// schemas.cc
void write(Script& script, const Create<Schema>& change);
void write(Script& script, const Drop<Schema>& change);
void write(Script& script, const Rename<Schema>& change);
// enums.cc, enum_recreation.cc
void write(Script& script, const Create<Enum>& change);
void write(Script& script, const Drop<Enum>& change);
void write(Script& script, const Rename<Enum>& change);
void write(Script& script, const Move<Enum>& change);
void write(Script& script, const AddEnumValue& change);
void write(Script& script, const Alter<Enum>& change);
// sequences.cc
void write(Script& script, const Create<Sequence>& change);
void write(Script& script, const Drop<Sequence>& change);
void write(Script& script, const Rename<Sequence>& change);
void write(Script& script, const Move<Sequence>& change);
void write(Script& script, const Alter<Sequence>& change);
// roles.cc
void write(Script& script, const Create<Role>& change);
void write(Script& script, const Drop<Role>& change);
void write(Script& script, const Rename<Role>& change);
void write(Script& script, const Alter<Role>& change);
// tables.cc
void write(Script& script, const Create<Table>& change);
void write(Script& script, const Drop<Table>& change);
void write(Script& script, const Rename<Table>& change);
void write(Script& script, const Move<Table>& change);
void write(Script& script, const SetRowLevelSecurity& change);
// columns.cc, column_changes.cc
void write(Script& script, const Add<Column>& change);
void write(Script& script, const Remove<Column>& change);
void write(Script& script, const RenamePart<Column>& change);
void write(Script& script, const Modify<Column>& change);
// indexes.cc
void write(Script& script, const Add<Index>& change);
void write(Script& script, const Remove<Index>& change);
void write(Script& script, const Modify<Index>& change);
// foreign_keys.cc
void write(Script& script, const Add<ForeignKey>& change);
void write(Script& script, const Remove<ForeignKey>& change);
void write(Script& script, const Modify<ForeignKey>& change);
// primary_keys.cc
void write(Script& script, const Add<PrimaryKey>& change);
void write(Script& script, const Remove<PrimaryKey>& change);
void write(Script& script, const Modify<PrimaryKey>& change);
// uniques.cc
void write(Script& script, const Add<Unique>& change);
void write(Script& script, const Remove<Unique>& change);
void write(Script& script, const Modify<Unique>& change);
// checks.cc
void write(Script& script, const Add<Check>& change);
void write(Script& script, const Remove<Check>& change);
void write(Script& script, const Modify<Check>& change);
// policies.cc
void write(Script& script, const Add<Policy>& change);
void write(Script& script, const Remove<Policy>& change);
void write(Script& script, const Modify<Policy>& change);
void write(Script& script, const RenamePart<Policy>& change);
void write(Script& script, const Create<Policy>& change);
void write(Script& script, const Drop<Policy>& change);
void write(Script& script, const Alter<Policy>& change);
void write(Script& script, const Rename<Policy>& change);
// views.cc
void write(Script& script, const Create<View>& change);
void write(Script& script, const Drop<View>& change);
void write(Script& script, const Rename<View>& change);
void write(Script& script, const Move<View>& change);
void write(Script& script, const Alter<View>& change);

}  // namespace tidemark::postgres_dialect
