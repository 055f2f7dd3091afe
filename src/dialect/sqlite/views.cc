#include "dialect/sqlite/views.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>

#include "base/text.h"
#include "dialect/sql_writer.h"
#include "dialect/sqlite/keys.h"
#include "dialect/sqlite/sql_text.h"

namespace tidemark::sqlite_sql {
namespace {

bool uses(const View& view, const Name& name) {
  return view.definition && may_mention(*view.definition, name);
}

/// What something was called before all renames, which may go in circles.
template <class Object>
Path first_name(Path path, const Changes& changes) {
  for (auto it = changes.rbegin(); it != changes.rend(); ++it)
    if (const auto* rename = std::get_if<Rename<Object>>(&*it); rename && rename->after == path)
      path = rename->before;
  return path;
}

/// Whether a view speaks of a table or a view, maybe by its old name.
template <class Object>
bool uses_now_or_before(const View& view, const Object& object, const Changes& changes) {
  return uses(view, object.path.name) || uses(view, first_name<Object>(object.path, changes).name);
}

/// A view and those that it reads, also through others.
std::vector<const View*> with_views_read(const View& view, const Catalog& catalog,
                                         const Changes& changes) {
  std::vector<const View*> views = {&view};
  for (std::size_t at = 0; at < views.size(); ++at)
    for (const View& other : catalog.views)
      if (uses_now_or_before(*views[at], other, changes) &&
          std::ranges::find(views, &other) == views.end())
        views.push_back(&other);
  return views;
}

/// The tables that a view reads, also through other views.
std::set<Name> tables_read(const View& view, const Catalog& catalog, const Changes& changes) {
  std::set<Name> tables;
  for (const View* one : with_views_read(view, catalog, changes))
    for (const Table& table : catalog.tables)
      if (uses_now_or_before(*one, table, changes)) tables.insert(table.path.name);
  return tables;
}

bool is_nested(const View& view, const Catalog& catalog, const Changes& changes) {
  std::vector<Token> tokens = tokens_of(*view.definition);
  auto selects = std::ranges::count_if(tokens, [](const Token& token) {
    return token.kind == Token::Kind::word && lower(token.text) == "select";
  });
  return selects > 1 || std::ranges::any_of(catalog.views, [&](const View& other) {
           return other.path != view.path && uses_now_or_before(view, other, changes);
         });
}

/// The renamed columns of `tables` that the view may pass on by their old name.
std::vector<Key> columns_passed_on(const View& view, const std::set<Name>& tables,
                                   const RenderInput& input) {
  std::vector<Key> keys;
  for (const Change& change : input.changes) {
    const auto* rename = std::get_if<RenamePart<Column>>(&change);
    if (rename && tables.contains(rename->table.name) && uses(view, rename->before) &&
        is_nested(view, input.before, input.changes))
      keys.push_back(key::passed_on(rename->table.name, rename->before));
  }
  return keys;
}

/// What is away for a while: a table, or one column of it.
struct Away {
  Name table;
  std::optional<Name> column = {};

  bool is_used_by(const View& view) const {
    return uses(view, table) && (!column || uses(view, *column));
  }
};

std::optional<Name> name_in(const std::vector<Key>& keys, std::string_view kind) {
  for (const Key& key : keys)
    if (key.starts_with(kind)) return Name(key.substr(kind.size()));
  return std::nullopt;
}

/// Whether a view is dropped early, because something here cannot be done while it is there.
bool goes_first(const Draft& draft, const std::vector<Draft>& drafts) {
  auto is_dropped = [&](const Key& key) {
    return std::ranges::any_of(drafts, [&](const Draft& other) {
      return std::ranges::find(other.drops, key) != other.drops.end();
    });
  };
  return draft.step == Step::drop_view && std::ranges::any_of(draft.releases, is_dropped);
}

/// A rename whose old name something else has afterwards. The database takes views along
/// with it, and they mean the one that has the name then.
std::optional<Away> name_passed_on(const Change& change, const Catalog& after) {
  if (const auto* table = std::get_if<Rename<Table>>(&change))
    if (after.table(table->before)) return Away{table->before.name};
  if (const auto* column = std::get_if<RenamePart<Column>>(&change))
    if (const Table* table = after.table(column->table); table && table->column(column->before))
      return Away{column->table.name, column->before};
  return std::nullopt;
}

/// A table that is built anew, a generated column that is dropped and added again, a name
/// that is passed on, or a view that changes.
std::optional<Away> away_in(const Draft& draft, const RenderInput& input,
                            const std::vector<Draft>& drafts) {
  std::optional<Name> name;
  if (draft.step == Step::drop_generated) {
    const auto& change = std::get<Modify<Column>>(input.changes[draft.change]);
    return Away{change.table.name, change.after.name};
  }
  if (draft.step == Step::rename_table || draft.step == Step::rename_column)
    return name_passed_on(input.changes[draft.change], input.after);
  if (draft.step == Step::rebuild_table) name = name_in(draft.makes, "shape ");
  if (goes_first(draft, drafts)) name = name_in(draft.drops, "view ");
  return name ? std::optional(Away{*name}) : std::nullopt;
}

bool is_created(const View& view, const std::vector<Draft>& drafts) {
  return std::ranges::any_of(drafts, [&](const Draft& draft) {
    return std::ranges::find(draft.makes, key::view(view.path.name)) != draft.makes.end();
  });
}

/// Whether a view reads a renamed column by its old name from a view that is made anew, and that
/// calls it so: until then the database would call it by its new name there.
bool reads_by_old_name(const View& view, const RenderInput& input,
                       const std::vector<Draft>& drafts) {
  auto stands_on = [&](const View& other) {
    return other.path != view.path && uses(view, other.path.name) && is_created(other, drafts);
  };
  return std::ranges::any_of(input.after.views, stands_on) &&
         !columns_passed_on(view, tables_read(view, input.before, input.changes), input).empty();
}

/// Views of both sides that use what is away, or a view that does.
std::vector<View> views_using(const RenderInput& input, std::vector<Away> away,
                              const std::vector<Draft>& drafts) {
  std::vector<View> found;
  // Once more than there are views reaches the end of every chain of them.
  for (std::size_t round = 0; round <= input.after.views.size(); ++round) {
    std::size_t before = found.size();
    for (const View& view : input.after.views) {
      bool known = std::ranges::find(found, view.path, &View::path) != found.end();
      if (known || view.existing || is_created(view, drafts)) continue;
      bool touched = std::ranges::any_of(away, [&](const Away& it) { return it.is_used_by(view); });
      if (!touched && !reads_by_old_name(view, input, drafts)) continue;
      found.push_back(view);
      away.push_back({view.path.name});
    }
    if (found.size() == before) break;
  }
  return found;
}

/// A view that is dropped for good and reads one that is away goes before it: the database
/// looks at every view when it alters a table.
void drop_before(const std::vector<View>& moved, const RenderInput& input,
                 std::vector<Draft>& drafts) {
  for (Draft& draft : drafts) {
    std::optional<Name> name = name_in(draft.drops, "view ");
    auto dropped = std::ranges::find_if(
        input.before.views, [&](const View& view) { return name && view.path.name == *name; });
    if (dropped == input.before.views.end()) continue;
    for (const View* read : with_views_read(*dropped, input.before, input.changes))
      if (read != &*dropped && std::ranges::find(moved, read->path, &View::path) != moved.end())
        draft.releases.push_back(key::view(read->path.name));
  }
}

}  // namespace

Draft create_view_draft(const View& view, const Catalog& catalog) {
  const Name& name = view.path.name;
  Draft draft{.statement = {.sql = backtick_sql("CREATE VIEW ", name, " AS ",
                                                view.definition.value_or(""), ";"),
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
  Draft draft{.statement = {.sql = backtick_sql("DROP VIEW ", name, ";"),
                            .why = "drop the view " + name.text()},
              .step = Step::drop_view};
  draft.drops = {key::view(name)};
  std::set<Name> tables = tables_read(view, input.before, input.changes);
  draft.releases = columns_passed_on(view, tables, input);
  for (const Name& table : tables) draft.releases.push_back(key::views_of(table));
  return draft;
}

void move_views_aside(const RenderInput& input, std::vector<Draft>& drafts) {
  std::vector<Away> away;
  std::size_t first = drafts.size();
  for (std::size_t at = 0; at < drafts.size(); ++at) {
    std::optional<Away> it = away_in(drafts[at], input, drafts);
    if (!it) continue;
    away.push_back(*it);
    first = std::min(first, at);
  }
  auto rename = std::ranges::find(drafts, Step::rename_column, &Draft::step);
  if (away.empty() && rename == drafts.end()) return;
  const std::vector<View> moved = views_using(input, away, drafts);
  if (moved.empty()) return;
  drop_before(moved, input, drafts);
  auto by_old_name = [&](const View& view) { return reads_by_old_name(view, input, drafts); };
  if (std::ranges::any_of(moved, by_old_name))
    first = std::min(first, static_cast<std::size_t>(rename - drafts.begin()));
  std::vector<Draft> drops, creates;
  for (const View& view : moved) {
    drops.push_back(drop_view_draft(view, view.path.name, input));
    creates.push_back(create_view_draft(view, input.after));
    for (Draft* draft : {&drops.back(), &creates.back()})
      draft->statement.why =
          "keep the view " + view.path.name.text() + " while what it reads is replaced";
  }
  const std::size_t group = drafts[first].group;
  while (group != 0 && first > 0 && drafts[first - 1].group == group) --first;
  drafts.insert(drafts.begin() + static_cast<long>(first), std::make_move_iterator(drops.begin()),
                std::make_move_iterator(drops.end()));
  std::ranges::move(creates, std::back_inserter(drafts));
}

void drop_before_renames(std::vector<Draft>& drafts) {
  auto rename = std::ranges::find(drafts, Step::rename_column, &Draft::step);
  std::stable_partition(rename, drafts.end(), [](const Draft& draft) {
    return draft.step == Step::drop_view && name_in(draft.releases, "passed on ");
  });
}

}  // namespace tidemark::sqlite_sql
