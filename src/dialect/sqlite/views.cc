#include "dialect/sqlite/views.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "dialect/sql_writer.h"
#include "dialect/sqlite/keys.h"
#include "dialect/sqlite/sql_text.h"

namespace tidemark::sqlite_sql {
namespace {

const SqlWriter sql('`');

bool uses(const View& view, const Name& name) {
  return view.definition && mentions(*view.definition, name);
}

/// Whether a view speaks of a table by its old name.
bool used_before(const View& view, const Name& table, const Changes& changes) {
  return std::ranges::any_of(changes, [&](const Change& it) {
    const auto* rename = std::get_if<Rename<Table>>(&it);
    return rename && rename->after.name == table && uses(view, rename->before.name);
  });
}

/// The tables that a view reads, also through other views.
std::set<Name> tables_read(const View& view, const Catalog& catalog, const Changes& changes) {
  std::set<Name> tables;
  std::vector<const View*> views = {&view};
  for (std::size_t at = 0; at < views.size(); ++at) {
    for (const Table& table : catalog.tables)
      if (uses(*views[at], table.path.name) || used_before(*views[at], table.path.name, changes))
        tables.insert(table.path.name);
    for (const View& other : catalog.views)
      if (uses(*views[at], other.path.name) && std::ranges::find(views, &other) == views.end())
        views.push_back(&other);
  }
  return tables;
}

/// The tables that are built anew.
std::vector<Name> rebuilt_tables(const std::vector<Draft>& drafts) {
  std::set<Name> names;
  for (const Draft& draft : drafts)
    if (draft.step == Step::rebuild_table)
      for (const Key& made : draft.makes)
        if (made.starts_with("shape ")) names.emplace(made.substr(6));
  return {names.begin(), names.end()};
}

bool is_created(const View& view, const std::vector<Draft>& drafts) {
  return std::ranges::any_of(drafts, [&](const Draft& draft) {
    return std::ranges::find(draft.makes, key::view(view.path.name)) != draft.makes.end();
  });
}

/// Views of both sides that use one of `tables`, or a view that does.
std::vector<View> views_using(const RenderInput& input, std::vector<Name> names,
                              const std::vector<Draft>& drafts) {
  std::vector<View> found;
  // Once more than there are views reaches the end of every chain of them.
  for (std::size_t round = 0; round <= input.after.views.size(); ++round) {
    std::size_t before = found.size();
    for (const View& view : input.after.views) {
      bool known = std::ranges::find(found, view.path, &View::path) != found.end();
      bool touched = std::ranges::any_of(names, [&](const Name& name) { return uses(view, name); });
      if (known || view.existing || !touched || is_created(view, drafts)) continue;
      found.push_back(view);
      names.push_back(view.path.name);
    }
    if (found.size() == before) break;
  }
  return found;
}

}  // namespace

Draft create_view_draft(const View& view, const Catalog& catalog) {
  const Name& name = view.path.name;
  Draft draft{
      .statement = {.sql = sql("CREATE VIEW ", name, " AS ", view.definition.value_or(""), ";"),
                    .why = "create the view " + name.text(),
                    .origin = view.origin},
      .step = Step::create_view};
  draft.makes = {key::view(name)};
  for (const Name& table : tables_read(view, catalog, {})) draft.needs.push_back(key::shape(table));
  for (const View& other : catalog.views)
    if (other.path != view.path && uses(view, other.path.name))
      draft.needs.push_back(key::view(other.path.name));
  return draft;
}

Draft drop_view_draft(const View& view, const Name& name, const RenderInput& input) {
  Draft draft{
      .statement = {.sql = sql("DROP VIEW ", name, ";"), .why = "drop the view " + name.text()},
      .step = Step::drop_view};
  draft.drops = {key::view(name)};
  for (const Name& table : tables_read(view, input.before, input.changes))
    draft.releases.push_back(key::views_of(table));
  return draft;
}

void move_views_aside(const RenderInput& input, std::vector<Draft>& drafts) {
  std::vector<Name> rebuilt = rebuilt_tables(drafts);
  if (rebuilt.empty()) return;
  std::vector<Draft> drops, creates;
  for (const View& view : views_using(input, rebuilt, drafts)) {
    drops.push_back(drop_view_draft(view, view.path.name, input));
    creates.push_back(create_view_draft(view, input.after));
    for (Draft* draft : {&drops.back(), &creates.back()})
      draft->statement.why = "keep the view " + view.path.name.text() + " across the rebuild";
  }
  auto first = std::ranges::find(drafts, Step::rebuild_table, &Draft::step) - drafts.begin();
  while (first > 0 && drafts[first - 1].group == drafts[first].group) --first;
  drafts.insert(drafts.begin() + first, std::make_move_iterator(drops.begin()),
                std::make_move_iterator(drops.end()));
  std::ranges::move(creates, std::back_inserter(drafts));
}

}  // namespace tidemark::sqlite_sql
