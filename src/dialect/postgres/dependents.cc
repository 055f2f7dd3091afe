#include "dialect/postgres/dependents.h"

#include <algorithm>
#include <functional>

#include "catalog/columns.h"
#include "dialect/mentions.h"
#include "dialect/postgres/checks.h"
#include "dialect/postgres/foreign_keys.h"
#include "dialect/postgres/generated_columns.h"
#include "dialect/postgres/indexes.h"
#include "dialect/postgres/policies.h"
#include "dialect/postgres/types.h"
#include "dialect/postgres/uniques.h"
#include "dialect/postgres/views.h"

namespace tidemark::postgres_dialect {

namespace {

/// Calls `use` for each part of a table that is the same before and after.
template <class Part, class Use>
void for_each_kept(const Script& script, const Path& table, std::vector<Part> Table::*list,
                   Use use) {
  const Table* before = script.table_before(table);
  const Table* after = script.table_after(table);
  if (!before || !after) return;
  for (const Part& part : before->*list)
    if (std::ranges::find(after->*list, part) != (after->*list).end()) use(part);
}

bool has(const std::vector<Name>& columns, const Name& column) {
  return std::ranges::count(columns, column) > 0;
}

bool predicate_mentions(const Index& index, const Name& column) {
  return mentions(index.where, column) ||
         std::ranges::any_of(index.columns, [&](const IndexColumn& it) {
           return it.is_expression && mentions(it.text, column);
         });
}

bool covers(const Index& index, const Name& column) {
  return predicate_mentions(index, column) ||
         std::ranges::any_of(index.columns, [&](const IndexColumn& it) {
           return !it.is_expression && Name(it.text) == column;
         });
}

bool reads_column(const View& view, const Path& table, const Name& column) {
  ViewText text(view);
  return text.reads(table.name) && text.reads_column(column);
}

/// The view as it will be, unless its own change makes it anew or drops it.
const View* kept(const View& view, const Catalog& after) {
  auto now = std::ranges::find(after.views, view.path, &View::path);
  return now == after.views.end() || view.existing || must_be_recreated(view, *now) ? nullptr
                                                                                    : &*now;
}

// The views of which `reads` is true, and those that read such views.
template <class Reads>
std::vector<const View*> readers(const Script& script, Reads reads) {
  std::vector<const View*> found;
  for (bool grew = true; grew;) {
    grew = false;
    for (const View& view : script.input.before.views) {
      if (std::ranges::count(found, &view) || !view.definition) continue;
      bool reads_found = std::ranges::any_of(found, [&](const View* other) {
        return other->path != view.path && mentions(*view.definition, other->path.name);
      });
      if (!reads_found && !reads(view)) continue;
      found.push_back(&view);
      grew = true;
    }
  }
  return found;
}

void set_aside(Script& script, const std::vector<const View*>& views) {
  for (const View* view : views)
    if (const View* now = kept(*view, script.input.after)) recreate_view(script, *view, *now);
}

}  // namespace

void set_aside_views(Script& script, const Path& table, const Name& column) {
  set_aside(script,
            readers(script, [&](const View& view) { return reads_column(view, table, column); }));
}

void set_aside_views_of(Script& script, const View& view) {
  set_aside(script, readers(script, [&](const View& other) {
              return other.path != view.path && mentions(*other.definition, view.path.name);
            }));
}

namespace {

/// Calls `use` for each policy, as it is and as it will be, that stays where it is.
template <class Use>
void for_each_policy(const Script& script, Use use) {
  auto visit = [&](const Path& table, const Policy& policy, const std::vector<Policy>& after) {
    auto now = std::ranges::find(after, policy.name, &Policy::name);
    if (now == after.end() || now->on != policy.on) return;
    const bool linked = &after == &script.input.after.policies;
    use(PolicyOn{table, policy, linked}, PolicyOn{table, *now, linked});
  };
  for (const Table& table : script.input.before.tables)
    if (const Table* after = script.table_after(table.path))
      for (const Policy& policy : table.policies) visit(table.path, policy, after->policies);
  for (const Policy& policy : script.input.before.policies)
    visit(policy.on, policy, script.input.after.policies);
}

bool has_relation(const Catalog& catalog, const Path& path) {
  return std::ranges::count(catalog.views, path, &View::path) > 0 || catalog.table(path);
}

}  // namespace

void set_aside_policies(Script& script, const Path& table, const Name& column) {
  for_each_policy(script, [&](const PolicyOn& before, const PolicyOn& after) {
    if (PolicyText(script, before).reads_column(table, column))
      recreate_policy(script, before, after);
  });
}

void set_aside_policies_of(Script& script, const Path& relation) {
  if (!has_relation(script.input.after, relation)) return;
  for_each_policy(script, [&](const PolicyOn& before, const PolicyOn& after) {
    if (PolicyText(script, before).reads(relation) && PolicyText(script, after).reads(relation))
      recreate_policy(script, before, after);
  });
}

void set_aside_generated(Script& script, const Path& table, const Name& column) {
  for_each_kept(script, table, &Table::columns, [&](const Column& it) {
    if (it.generated && mentions(it.generated->expression, column))
      recreate_generated(script, table, it, it);
  });
}

namespace {
void recreate_index(Script& script, const Path& table, const Index& index) {
  drop_index(script, table, index, Rank::drop_checks);
  create_index(script, table, index, Rank::altered_indexes);
}
}  // namespace

void set_aside_expressions(Script& script, const Path& table, const Name& column) {
  for_each_kept(script, table, &Table::checks, [&](const Check& check) {
    if (!mentions(check.expression, column)) return;
    drop_check(script, table, check, Rank::drop_checks);
    add_check(script, table, check, Rank::add_checks);
  });
  for_each_kept(script, table, &Table::indexes, [&](const Index& index) {
    if (predicate_mentions(index, column)) recreate_index(script, table, index);
  });
}

namespace {

void set_aside_readers_of(Script& script, const Path& passed) {
  if (!has_relation(script.input.after, passed)) return;
  set_aside_policies_of(script, passed);
  set_aside(script,
            readers(script, [&](const View& it) { return ViewText(it).reads(passed.name); }));
}

void set_aside_readers_of(Script& script, const Path& table, const Name& passed) {
  set_aside_views(script, table, passed);
  set_aside_policies(script, table, passed);
  set_aside_generated(script, table, passed);
  set_aside_expressions(script, table, passed);
}

}  // namespace

void set_aside_readers_of_passed_name(Script& script, const Change& change) {
  std::visit(match{
                 [&](const Move<Table>& it) { set_aside_readers_of(script, it.before); },
                 [&](const Rename<Table>& it) { set_aside_readers_of(script, it.before); },
                 [&](const Move<View>& it) { set_aside_readers_of(script, it.before); },
                 [&](const Rename<View>& it) { set_aside_readers_of(script, it.before); },
                 [&](const RenamePart<Column>& it) {
                   const Table* table = script.table_after(it.table);
                   if (table && table->column(it.before))
                     set_aside_readers_of(script, it.table, it.before);
                 },
                 [](const auto&) {},
             },
             change);
}

void set_aside_indexes_without_text(Script& script, const Path& table, const Name& column) {
  for_each_kept(script, table, &Table::indexes, [&](const Index& index) {
    for (const IndexColumn& it : index.columns)
      if (!it.is_expression && Name(it.text) == column && !takes_text(index, it))
        return recreate_index(script, table, index);
  });
}

namespace {

/// Those that both catalogs have and of which `stands_in_the_way` is true.
template <class StandsInTheWay>
void set_aside_kept_keys(Script& script, StandsInTheWay stands_in_the_way) {
  for (const Table& owner : script.input.before.tables)
    for_each_kept(script, owner.path, &Table::foreign_keys, [&](const ForeignKey& it) {
      if (!stands_in_the_way(owner, it)) return;
      drop_foreign_key(script, owner.path, it, Rank::drop_foreign_keys);
      add_foreign_key(script, owner.path, it, Rank::foreign_keys_of_old_tables);
    });
}

struct ColumnOf {
  const Path& table;
  const Name& name;
};

const Modify<Column>* change_of(const Script& script, const ColumnOf& column) {
  for (const auto& change : script.changes.all<Modify<Column>>())
    if (change.table == column.table && change.after.name == column.name) return &change;
  return nullptr;
}

/// Columns change one after the other, in the order of their tables and then of the changes:
/// whether a foreign key between two cannot hold while only the first has its new type.
bool is_parted(const Script& script, const ColumnOf& from, const ColumnOf& to) {
  const Modify<Column>*source = change_of(script, from), *target = change_of(script, to);
  if (!source || !target) return false;
  const bool source_first =
      from.table == to.table ? std::less<>()(source, target)  // both are in the list of all changes
                             : script.position(from.table) < script.position(to.table);
  return source_first ? !can_refer(source->after.type, target->before.type)
                      : !can_refer(source->before.type, target->after.type);
}

bool keeps_primary_key(const Script& script, const Path& table, std::span<const Name> columns) {
  const Table *before = script.table_before(table), *after = script.table_after(table);
  const Key wanted = key::unique_over(table, columns);
  return before->primary_keys == after->primary_keys &&
         key::unique_over(table, key_columns(*before)) == wanted &&
         key::unique_over(table, key_columns(*after)) == wanted;
}

}  // namespace

void set_aside_foreign_keys(Script& script, const Path& table, const Name& column) {
  set_aside_kept_keys(script, [&](const Table& owner, const ForeignKey& it) {
    bool from = owner.path == table && has(it.columns, column);
    return from || (it.target == table && has(it.target_columns, column));
  });
}

void set_aside_parted_keys(Script& script, const Path& table, const Name& column) {
  set_aside_kept_keys(script, [&](const Table& owner, const ForeignKey& it) {
    for (std::size_t i = 0; i < it.columns.size(); ++i) {
      const bool at_an_end = (owner.path == table && it.columns[i] == column) ||
                             (it.target == table && it.target_columns[i] == column);
      if (at_an_end &&
          is_parted(script, {owner.path, it.columns[i]}, {it.target, it.target_columns[i]}))
        return true;
    }
    return false;
  });
}

void set_aside_references(Script& script, const Path& table, std::span<const Name> columns) {
  if (!script.table_after(table) || keeps_primary_key(script, table, columns)) return;
  const Key gone = key::unique_over(table, columns);
  set_aside_kept_keys(script, [&](const Table&, const ForeignKey& it) {
    return it.target == table && key::unique_over(table, it.target_columns) == gone;
  });
}

void restore_parts(Script& script, const Path& table, const Name& column) {
  for_each_kept(script, table, &Table::indexes, [&](const Index& index) {
    if (covers(index, column)) create_index(script, table, index, Rank::altered_indexes);
  });
  for_each_kept(script, table, &Table::uniques, [&](const Unique& unique) {
    if (has(unique.columns, column)) add_unique(script, table, unique);
  });
  for_each_kept(script, table, &Table::checks, [&](const Check& check) {
    if (mentions(check.expression, column)) add_check(script, table, check, Rank::add_checks);
  });
  for_each_kept(script, table, &Table::foreign_keys, [&](const ForeignKey& it) {
    if (has(it.columns, column))
      add_foreign_key(script, table, it, Rank::foreign_keys_of_old_tables);
  });
}

}  // namespace tidemark::postgres_dialect
