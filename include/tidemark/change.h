// What differs between two catalogs. The set of kinds is closed: a visitor that
// misses one does not compile, so a new kind stops the build wherever a decision
// about it is due.
#pragma once

#include <variant>
#include <vector>

#include "tidemark/catalog.h"

namespace tidemark {

// Objects that stand by themselves. Whole values travel with each change, so that
// whoever reads it needs no catalog at hand.
template <class Object>
struct Create {
  Object object;
};
template <class Object>
struct Drop {
  Object object;
};
template <class Object>
struct Alter {
  Object before, after;
};

/// A new name in the same schema. `before` is the path at the time the
/// statement runs: after a Move of the same object it is the new schema.
template <class Object>
struct Rename {
  Path before, after;
};
/// A new schema, the name unchanged.
template <class Object>
struct Move {
  Path before, after;
};

// Parts of a table. `table` is the table's path after renames and moves.
template <class Part>
struct Add {
  Path table;
  Part part;
};
template <class Part>
struct Remove {
  Path table;
  Part part;
};
template <class Part>
struct Modify {
  Path table;
  Part before, after;
};
template <class Part>
struct RenamePart {
  Path table;
  Name before, after;
};

/// Values inserted into an enum; each goes before another, or at the end.
struct AddEnumValue {
  Path path;
  std::string value;
  std::string before = {};  // empty: at the end
};

/// Row-level security switched on or off.
struct SetRowLevelSecurity {
  Path table;
  bool enabled;
};

using Change = std::variant<
    Create<Schema>, Drop<Schema>, Rename<Schema>, Create<Enum>, Drop<Enum>, Rename<Enum>,
    Move<Enum>, AddEnumValue,
    Alter<Enum>,  // values removed or reordered: the type is re-created
    Create<Sequence>, Drop<Sequence>, Rename<Sequence>, Move<Sequence>, Alter<Sequence>,
    Create<Role>, Drop<Role>, Rename<Role>, Alter<Role>, Create<Table>, Drop<Table>, Rename<Table>,
    Move<Table>, SetRowLevelSecurity, Add<Column>, Remove<Column>, Modify<Column>,
    RenamePart<Column>, Add<Index>, Remove<Index>, Modify<Index>, Add<ForeignKey>,
    Remove<ForeignKey>, Modify<ForeignKey>, Add<PrimaryKey>, Remove<PrimaryKey>, Modify<PrimaryKey>,
    Add<Unique>, Remove<Unique>, Modify<Unique>, Add<Check>, Remove<Check>, Modify<Check>,
    Add<Policy>, Remove<Policy>, Modify<Policy>, RenamePart<Policy>, Create<Policy>, Drop<Policy>,
    Alter<Policy>, Rename<Policy>, Create<View>, Drop<View>, Rename<View>, Move<View>, Alter<View>>;

using Changes = std::vector<Change>;

template <class... Cases>
struct match : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
match(Cases...) -> match<Cases...>;  // for clang before 17

}  // namespace tidemark
