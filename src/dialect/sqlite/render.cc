// All renames come first, of tables, then of columns; then table after table in
// the order in which the peer's list comes to them. Keys tell where that order
// would fail, and nothing more, so that it stays as it is elsewhere.
#include "dialect/sqlite/render.h"

#include <algorithm>
#include <iterator>

#include "dialect/sqlite/altered_columns.h"
#include "dialect/sqlite/keys.h"
#include "dialect/sqlite/rebuild.h"
#include "dialect/sqlite/sql_text.h"
#include "dialect/sqlite/table_changes.h"
#include "dialect/sqlite/table_sql.h"
#include "dialect/sqlite/views.h"

namespace tidemark::sqlite_sql {
namespace {

/// Renders one move: a visitor of changes that knows the phase it is in.
class Renderer {
 public:
  Renderer(const RenderInput& input, bool libsql) : input_(input), libsql_(libsql) {}

  std::vector<Draft> run() && {
    std::vector<TableWork> work = arrange(input_, libsql_);
    for (Phase phase : {Phase::rename_table, Phase::rename_column})
      for (const TableWork& table : work)
        for (const Move& move : table.moves)
          if (move.phase == phase) add(move);
    for (const TableWork& table : work) {
      if (table.rebuilt) add_rebuild(table);
      for (const Move& move : table.moves)
        if (move.phase != Phase::rename_table && move.phase != Phase::rename_column) add(move);
    }
    if (!looks_at_views()) forget_views();
    guard_indexes(input_, drafts_);
    move_views_aside(input_, drafts_);
    drop_before_renames(drafts_);
    for (std::size_t at = 0; at < drafts_.size(); ++at) drafts_[at].rank = static_cast<int>(at);
    return std::move(drafts_);
  }

  void operator()(const Create<Table>& c) {
    const Name& name = c.object.path.name;
    if (move_.phase == Phase::index_of_new_table) {
      for (const Index& index : c.object.indexes) add_index(name, index);
      return;
    }
    draft(create_table(c.object, name), Step::create_table, "create " + name.text(),
          c.object.origin)
        .makes = {key::table(name), key::shape(name)};
  }

  void operator()(const Drop<Table>& c) {
    const Name& name = c.object.path.name;
    Draft& drop = draft(drop_table(name), Step::drop_table, "drop " + name.text(), {});
    drop.drops = {key::table(name), key::rows_of(name), key::views_of(name)};
    for (const Index& index : c.object.indexes) drop.drops.push_back(key::index(index.name));
    for (const Name& parent : parents_to_outlive(c.object))
      drop.releases.push_back(key::rows_of(parent));
  }

  void operator()(const Rename<Table>& c) {
    Draft& rename = draft(rename_table(c.before.name, c.after.name), Step::rename_table,
                          "rename " + c.before.name.text() + " to " + c.after.name.text(), {});
    rename.makes = {key::shape(c.after.name)};
    if (passes_name(input_.changes, c)) {  // the name stays in use, and rows follow by themselves
      rename.group = renames_that_pass_names;
      return;
    }
    rename.drops = {key::table(c.before.name)};
    rename.makes.push_back(key::table(c.after.name));
  }

  void operator()(const RenamePart<Column>& c) {
    Draft& rename = draft(rename_column(c.table.name, c.before, c.after), Step::rename_column,
                          "rename " + of(c.table, c.before) + " to " + c.after.text(), {});
    rename.makes = {key::shape(c.table.name)};
    rename.drops = {key::passed_on(c.table.name, c.before)};
  }

  void operator()(const Add<Column>& c) {
    const Table& table = *input_.after.table(c.table);
    const ForeignKey* reference = reference_of_new_column(input_, c.table, c.part);
    Draft& add = draft(add_column(table, c.part, reference), Step::add_column,
                       "add " + of(c.table, c.part.name), c.part.origin);
    add.makes = {key::shape(c.table.name), key::column(c.table.name, c.part.name)};
    add.needs = columns_in(table, c.part);
  }

  void operator()(const Remove<Column>& c) {
    Draft& drop = draft(drop_column(c.table.name, c.part.name), Step::drop_column,
                        "drop " + of(c.table, c.part.name), {});
    drop.drops = {key::views_of(c.table.name), key::column(c.table.name, c.part.name)};
    drop.releases = columns_in(*input_.before.table(c.table), c.part);
  }

  void operator()(const Modify<Column>& c) {
    const Name& table = c.table.name;
    std::string why = "change " + of(c.table, c.after.name);
    if (c.before.generated == c.after.generated) {
      draft(alter_column(table, c.after, nullptr), step_of(c), why, c.after.origin);
      return;
    }
    const Key column = key::column(table, c.after.name);
    draft(drop_column(table, c.after.name), Step::drop_generated, why, c.after.origin).drops = {
        key::views_of(table), column};
    draft(add_column(*input_.after.table(c.table), c.after, nullptr), Step::add_generated, why,
          c.after.origin)
        .makes = {key::shape(table), column};
  }

  void operator()(const Add<ForeignKey>& c) {
    const Column& column = *input_.after.table(c.table)->column(c.part.columns[0]);
    draft(alter_column(c.table.name, column, &c.part), Step::add_foreign_key,
          "add a reference to " + of(c.table, column.name), c.part.origin);
  }

  void operator()(const Add<Index>& c) { add_index(c.table.name, c.part); }
  void operator()(const Remove<Index>& c) { remove_index(c.part); }
  void operator()(const Modify<Index>& c) {
    if (move_.phase == Phase::drop_changed_index)
      remove_index(c.before);
    else
      add_index(c.table.name, c.after);
  }

  void operator()(const Create<View>& c) { add_view(c.object); }
  void operator()(const Drop<View>& c) { remove_view(c.object, c.object.path.name); }
  void operator()(const Rename<View>& c) {
    auto at = [&](const Catalog& catalog) {
      return *std::ranges::find(catalog.views, c.after, &View::path);
    };
    if (move_.phase == Phase::drop_renamed_view)
      remove_view(at(input_.before), c.before.name);
    else
      add_view(at(input_.after));
  }
  void operator()(const Alter<View>& c) {
    if (move_.phase == Phase::drop_changed_view)
      remove_view(c.before, c.before.path.name);
    else
      add_view(c.after);
  }

  template <class Other>
  void operator()(const Other&) {}  // part of a rebuild, or not of SQLite

 private:
  /// Dropped tables that must be there until this one is gone. Rows stop their
  /// parents from being dropped unless they go with them; and they can only go with
  /// one parent while all others are there.
  std::vector<Name> parents_to_outlive(const Table& child) const {
    std::vector<Name> parents, stopped;
    for (const ForeignKey& key : child.foreign_keys) {
      const Name& parent = key.target.name;
      if (parent == child.path.name || input_.after.table(key.target)) continue;
      if (std::ranges::find(parents, parent) == parents.end()) parents.push_back(parent);
      if (key.on_delete == "no action" || key.on_delete == "restrict") stopped.push_back(parent);
    }
    return parents.size() > 1 ? parents : stopped;
  }

  /// Whether something here makes SQLite look at every view. DROP TABLE does not.
  bool looks_at_views() const {
    return std::ranges::any_of(drafts_, [&](const Draft& draft) {
      return alters_column(input_, draft) || draft.step == Step::rename_table ||
             draft.step == Step::rename_column || draft.step == Step::rebuild_table ||
             draft.step == Step::drop_column || draft.step == Step::drop_generated;
    });
  }
  void forget_views() {
    for (Draft& draft : drafts_)
      std::erase_if(draft.drops, [](const Key& key) { return key.starts_with("views of "); });
  }

  /// What a generated column is made of.
  static std::vector<Key> columns_in(const Table& table, const Column& generated) {
    std::vector<Key> keys;
    if (!generated.generated) return keys;
    for (const Column& other : table.columns)
      if (other.name != generated.name && may_mention(generated.generated->expression, other.name))
        keys.push_back(key::column(table.path.name, other.name));
    return keys;
  }

  static std::string of(const Path& table, const Name& part) {
    return table.name.text() + "." + part.text();
  }

  static Step step_of(const Modify<Column>& c) {
    if (c.before.type != c.after.type) return Step::set_type;
    if (c.before.not_null != c.after.not_null)
      return c.after.not_null ? Step::set_not_null : Step::drop_not_null;
    return c.after.default_value ? Step::set_default : Step::drop_default;
  }

  void add(const Move& move) {
    move_ = move;
    std::visit(*this, input_.changes[move.change]);
  }

  Draft& draft(std::string text, Step step, std::string why, const Origin& origin) {
    return drafts_.emplace_back(
        Draft{.statement = {.sql = std::move(text), .why = std::move(why), .origin = origin},
              .step = step,
              .change = move_.change});
  }

  void add_index(const Name& table, const Index& index) {
    draft(create_index(table, index), Step::create_index, "index " + table.text(), index.origin)
        .makes = {key::index(index.name)};
  }
  void remove_index(const Index& index) {
    draft(drop_index(index.name), Step::drop_index, "drop " + index.name.text(), {}).drops = {
        key::index(index.name)};
  }
  void add_view(const View& view) {
    drafts_.push_back(create_view_draft(view, input_.after));
    drafts_.back().change = move_.change;
  }
  void remove_view(const View& view, const Name& name) {
    drafts_.push_back(drop_view_draft(view, name, input_));
    drafts_.back().change = move_.change;
  }

  void add_rebuild(const TableWork& work) {
    const Path path{Name(), work.table};
    const Table& after = *input_.after.table(path);
    std::vector<Draft> drafts = rebuild(*input_.before.table(path), after);
    ++groups_;
    for (Draft& draft : drafts) {
      draft.group = groups_;
      draft.change = work.cause;
      draft.others = work.others;
      draft.statement.why = "rebuild " + work.table.text() + " to " + work.why;
      draft.statement.origin = after.origin;
    }
    std::ranges::move(drafts, std::back_inserter(drafts_));
  }

  const RenderInput& input_;
  const bool libsql_;
  std::vector<Draft> drafts_;
  Move move_ = {};
  static constexpr std::size_t renames_that_pass_names = 1;
  std::size_t groups_ = renames_that_pass_names;
};

}  // namespace

std::vector<Draft> render(const RenderInput& input, bool libsql) {
  return Renderer(input, libsql).run();
}

}  // namespace tidemark::sqlite_sql
