#include "dialect/postgres/views.h"

#include <algorithm>
#include <cctype>
#include <type_traits>

#include "base/text.h"
#include "dialect/mentions.h"
#include "dialect/postgres/dependents.h"

namespace tidemark::postgres_dialect {

namespace {

using Options = std::vector<StorageOption>;

std::string snake_case(std::string_view camel) {
  std::string out;
  for (unsigned char c : camel) {
    if (std::isupper(c)) out += '_';
    out += static_cast<char>(std::tolower(c));
  }
  return out;
}

std::string assignments(const Options& options) {
  std::vector<std::string> parts;
  for (const StorageOption& it : options)
    parts.push_back(snake_case(it.key) + " = " + it.value.text);
  return join(parts, ", ");
}

std::string keys(const Options& options) {
  std::vector<std::string> parts;
  for (const StorageOption& it : options) parts.push_back(snake_case(it.key));
  return join(parts, ", ");
}

std::string_view kind(const View& view) { return view.materialized ? "MATERIALIZED VIEW" : "VIEW"; }

std::string create_sql(const View& view) {
  std::string out = sql("CREATE ", kind(view), " ", FullPath{view.path});
  if (!view.access_method.empty()) out += sql(" USING ", Name(view.access_method));
  if (view.with) out += " WITH (" + assignments(*view.with) + ")";
  if (!view.tablespace.empty()) out += " TABLESPACE " + view.tablespace;
  out += " AS (" + view.definition.value_or("") + ")";
  if (view.with_no_data.value_or(false)) out += " WITH NO DATA";
  return out + ";";
}

// The tables and views that a view is made of.
template <class Use>
void for_each_source(const View& view, const Catalog& catalog, Use use) {
  Mentions used(view.definition.value_or(""));
  for (const View& other : catalog.views)
    if (other.path != view.path && used.of(other.path.name)) use(key::relation(other.path));
  for (const Table& table : catalog.tables)
    if (used.of(table.path.name)) use(key::relation(table.path));
}

// The columns that a view may read, of the tables that it is made of.
template <class Use>
void for_each_source_column(const View& view, const Catalog& catalog, Use use) {
  ViewText text(view);
  for (const Table& table : catalog.tables) {
    if (!text.reads(table.path.name)) continue;
    for (const Column& column : table.columns)
      if (text.reads_column(column.name)) use(table.path, column.name);
  }
}

class ViewChange {
 public:
  ViewChange(Script& script, const View& before, const View& after)
      : script_(script), before_(before), after_(after) {}

  void write() {
    if (must_be_recreated(before_, after_)) {
      recreate_view(script_, before_, after_);
      set_aside_views_of(script_, before_);
      return;
    }
    if (script_.recreated_views.contains(after_.path)) return;
    options();
    if (before_.tablespace != after_.tablespace)
      alter("SET TABLESPACE " + (after_.tablespace.empty() ? "pg_default" : after_.tablespace));
    if (before_.access_method != after_.access_method)
      alter(sql("SET ACCESS METHOD ",
                after_.access_method.empty() ? Name("heap") : Name(after_.access_method)));
    data();
  }

 private:
  void alter(const std::string& action) {
    script_.add_on(after_.path, Step::alter_view, Rank::alter_views,
                   sql("ALTER ", kind(after_), " ", FullPath{after_.path}, " ", action, ";"));
  }

  void set(const Options& options) {
    if (!options.empty()) alter("SET (" + assignments(options) + ")");
  }
  void reset(const Options& options) {
    if (!options.empty()) alter("RESET (" + keys(options) + ")");
  }

  void options() {
    Options old = before_.with.value_or(Options{}), now = after_.with.value_or(Options{});
    auto pick = [](const Options& from, const Options& other, auto wanted) {
      Options picked;
      for (const StorageOption& it : from) {
        auto same = std::ranges::find(other, it.key, &StorageOption::key);
        if (wanted(it, same == other.end() ? nullptr : &*same)) picked.push_back(it);
      }
      return picked;
    };
    auto absent = [](const StorageOption&, const StorageOption* same) { return !same; };
    auto changed = [](const StorageOption& it, const StorageOption* same) {
      return same && same->value != it.value;
    };
    set(pick(now, old, absent));
    reset(pick(old, now, absent));
    set(pick(now, old, changed));
  }

  void data() {
    bool was_empty = before_.with_no_data.value_or(false);
    bool is_empty = after_.with_no_data.value_or(false);
    if (!after_.materialized || was_empty == is_empty) return;
    script_.add_on(after_.path, Step::alter_view, Rank::alter_views,
                   sql("REFRESH MATERIALIZED VIEW ", FullPath{after_.path},
                       is_empty ? " WITH NO DATA;" : ";"));
  }

  Script& script_;
  const View& before_;
  const View& after_;
};

// Where a view is in the end that has this path in between.
Path last_path(const Script& script, const Path& path) {
  for (const auto& rename : script.changes.all<Rename<View>>())
    if (rename.before == path) return rename.after;
  return path;
}

std::string_view kind_at(const Script& script, const Path& path) {
  const auto& views = script.input.after.views;
  auto found = std::ranges::find(views, path, &View::path);
  return kind(found == views.end() ? View{} : *found);
}

}  // namespace

Path old_path_of_view(const Script& script, Path path) {
  auto step_back = [&]<class Step>(std::type_identity<Step>) {
    for (const auto& step : script.changes.all<Step>())
      if (step.after == path) {
        path = step.before;
        return;
      }
  };
  step_back(std::type_identity<Rename<View>>{});
  step_back(std::type_identity<Move<View>>{});
  return path;
}

ViewText::ViewText(const View& view)
    : used_(view.definition.value_or("")),
      everything_(view.definition && view.definition->find('*') != std::string::npos) {}

bool must_be_recreated(const View& before, const View& after) {
  return before.existing != after.existing || before.definition != after.definition ||
         before.materialized != after.materialized;
}

void create_view(Script& script, const View& view, Rank rank) {
  Added draft = script.add(Step::create_view, rank, create_sql(view));
  draft.needs(key::schema(view.path.schema)).makes(key::relation(view.path));
  for_each_source(view, script.input.after, [&](Key source) { draft.needs(std::move(source)); });
  for_each_source_column(view, script.input.after, [&](const Path& table, const Name& column) {
    draft.needs(key::column(table, column)).needs(key::new_type(table, column));
  });
}

void drop_view(Script& script, const View& view, Rank rank) {
  Added draft =
      script.add(Step::drop_view, rank, sql("DROP ", kind(view), " ", FullPath{view.path}, ";"));
  draft.drops(key::relation(view.path)).releases(key::schema(view.path.schema));
  for_each_source(view, script.input.before,
                  [&](Key source) { draft.releases(std::move(source)); });
  for_each_source_column(view, script.input.before, [&](const Path& table, const Name& column) {
    draft.releases(key::column(table, column)).releases(key::old_type(table, column));
  });
  // Others that are dropped under their old names, by which this one knows them.
  Mentions used(view.definition.value_or(""));
  for (const View& other : script.input.before.views) {
    Path old = old_path_of_view(script, other.path);
    if (old == other.path || other.path == view.path || !used.of(old.name)) continue;
    draft.releases(key::relation(old)).releases(key::relation(other.path));
  }
}

void recreate_view(Script& script, const View& before, const View& after) {
  set_aside_policies_of(script, before.path);
  View old = before;
  old.path = old_path_of_view(script, after.path);
  drop_view(script, old, Rank::drop_altered_views);
  create_view(script, after, Rank::create_altered_views);
  script.recreated_views.insert(after.path);
}

void forget_names_of_recreated_views(Script& script) {
  script.leave_out([&](const Change& change, Step step) {
    const auto* rename = std::get_if<Rename<View>>(&change);
    const auto* move = std::get_if<Move<View>>(&change);
    return (step == Step::rename_view && rename &&
            script.recreated_views.contains(rename->after)) ||
           (step == Step::move_view && move &&
            script.recreated_views.contains(last_path(script, move->after)));
  });
}

void write(Script& script, const Create<View>& change) {
  create_view(script, change.object, Rank::create_views);
}

void write(Script& script, const Drop<View>& change) {
  set_aside_policies_of(script, change.object.path);
  drop_view(script, change.object, Rank::drop_views);
}

void write(Script& script, const Rename<View>& change) {
  bool moved_before = old_path_of_view(script, change.after) != change.before;
  renames(script.add(Step::rename_view, moved_before ? Rank::move_views : Rank::rename_views,
                     sql("ALTER ", kind_at(script, change.after), " ", FullPath{change.before},
                         " RENAME TO ", change.after.name, ";"),
                     1),
          script, change, key::relation);
}

void write(Script& script, const Move<View>& change) {
  Path last = last_path(script, change.after);
  moves(script.add(Step::move_view, Rank::move_views,
                   sql("ALTER ", kind_at(script, last), " ", FullPath{change.before},
                       " SET SCHEMA ", change.after.schema, ";")),
        script, change, key::relation);
}

void write(Script& script, const Alter<View>& change) {
  ViewChange(script, change.before, change.after).write();
}

}  // namespace tidemark::postgres_dialect
