// PostgreSQL cannot take a value out of an enum. Columns become text, the type is
// made anew, and the columns come back. Rows that hold a value that left make the
// way back fail.
#include <algorithm>

#include "dialect/postgres/columns.h"
#include "dialect/postgres/dependents.h"
#include "dialect/postgres/enums.h"
#include "dialect/postgres/types.h"

namespace tidemark::postgres_dialect {

namespace {

Key old_values(const Path& type) { return key::of("old values", type); }
Key gone(const Path& type) { return key::of("gone", type); }
Key new_values(const Path& type) { return key::of("new values", type); }
/// That the column is text meanwhile.
Key as_text(const Path& table, const Name& column) { return key::part("as text", table, column); }

struct Use {
  const Table& table;
  const Column& column;            // as it will be
  const Column* before = nullptr;  // as it is; null in a table that is new
};

bool is_of(const SqlType& type, const Path& path) {
  return !type.schema.empty() && enum_path(type) == path;
}

bool was_of(const Script& script, const SqlType& type, const Path& path) {
  return !type.schema.empty() && script.enum_now(type) == path;
}

// A new table can be made with the old type, and the peer does so, unless a
// default or a row that comes back needs one of the new values.
bool waits_for_new_values(const Script& script, const Column& column, const Enum& before) {
  if (script.input.is_way_back) return true;
  if (!column.default_value) return false;
  return std::ranges::none_of(before.values, [&](const std::string& value) {
    return column.default_value->text.find(value) != std::string::npos;
  });
}

// The columns that have the type before and after, in the order of the new schema.
std::vector<Use> uses_of(const Script& script, const Alter<Enum>& change) {
  std::vector<Use> uses;
  for (const Table& table : script.input.after.tables) {
    const Table* old_table = script.table_before(table.path);
    for (const Column& column : table.columns) {
      if (!is_of(column.type, change.after.path)) continue;
      const Column* before = old_table ? old_table->column(column.name) : nullptr;
      bool there = old_table ? before && was_of(script, before->type, change.after.path)
                             : !waits_for_new_values(script, column, change.before);
      if (there) uses.push_back({table, column, before});
    }
  }
  return uses;
}

// The columns that have the type now and will not: they become text and stay so
// until their own change comes, or they are dropped.
std::vector<Use> leaving(const Script& script, const Path& type) {
  std::vector<Use> uses;
  for (const Table& table : script.input.before.tables) {
    const Table* after = script.table_after(table.path);
    if (!after) continue;
    for (const Column& column : table.columns) {
      const Column* now = after->column(column.name);
      if (was_of(script, column.type, type) && !(now && is_of(now->type, type)))
        uses.push_back({table, column, &column});
    }
  }
  return uses;
}

class Recreation {
 public:
  Recreation(Script& script, const Alter<Enum>& change)
      : script_(script), change_(change), type_(change.after.path) {}

  void write() {
    std::vector<Use> uses = uses_of(script_, change_);
    for (const Use& use : uses) set_aside(use);
    for (const Use& use : uses) turn_into_text(use);
    for (const Use& use : leaving(script_, type_)) {
      set_aside_indexes_without_text(script_, use.table.path, use.column.name);
      let_go(use);
    }
    add(sql("DROP TYPE ", FullPath{type_}, ";")).drops(old_values(type_)).makes(gone(type_));
    add(create_enum_sql(change_.after)).needs(gone(type_)).makes(new_values(type_));
    for (const Use& use : uses) turn_back(use);
  }

 private:
  Added add(std::string text) {
    return script_.add(Step::recreate_enum, Rank::recreate_enums, std::move(text));
  }
  Added alter(const Use& use, const std::string& action) {
    return add(alter_column(use.table.path, use.column.name) + action + ";")
        .needs(key::relation(use.table.path));
  }
  void leave(const Use& use, const std::string& action) {
    alter(use, action).releases(old_values(type_));
  }
  void come_back(const Use& use, const std::string& action) {
    alter(use, action).needs(new_values(type_));
  }

  void set_aside(const Use& use) {
    if (!use.before) return;
    set_aside_views(script_, use.table.path, use.column.name);
    set_aside_policies(script_, use.table.path, use.column.name);
    set_aside_expressions(script_, use.table.path, use.column.name);
    set_aside_indexes_without_text(script_, use.table.path, use.column.name);
    set_aside_foreign_keys(script_, use.table.path, use.column.name);
  }

  void turn_into_text(const Use& use) {
    bool loses_default = use.before && use.before->default_value && !use.column.default_value;
    if (loses_default) leave(use, "DROP DEFAULT");
    become_text(use);
    if (use.column.default_value)
      alter(use, "SET DEFAULT " + use.column.default_value->text + "::text")
          .releases(old_values(type_))
          .needs(as_text(use.table.path, use.column.name));
  }

  void let_go(const Use& use) {
    if (use.column.default_value) leave(use, "DROP DEFAULT");
    become_text(use);
  }

  void become_text(const Use& use) {
    alter(use, "SET DATA TYPE text")
        .releases(old_values(type_))
        .makes(as_text(use.table.path, use.column.name))
        .drops(key::old_type(use.table.path, use.column.name));
  }

  void turn_back(const Use& use) {
    std::string type = full_type_sql(use.column.type);
    if (use.column.default_value)
      come_back(use, "SET DEFAULT " + use.column.default_value->text + "::" + type);
    alter(use, "SET DATA TYPE " + type + sql(" USING ", use.column.name, "::") + type)
        .needs(new_values(type_))
        .makes(key::new_type(use.table.path, use.column.name));
  }

  Script& script_;
  const Alter<Enum>& change_;
  const Path& type_;
};

}  // namespace

void need_type(Added& draft, const SqlType& type) {
  if (type.schema.empty()) return;
  draft.needs(key::type(enum_path(type))).needs(new_values(enum_path(type)));
}

void release_type(Added& draft, const SqlType& type) {
  if (type.schema.empty()) return;
  draft.releases(key::type(enum_path(type)));
}

bool is_remade(const Script& script, const SqlType& before, const SqlType& after) {
  return std::ranges::any_of(script.changes.all<Alter<Enum>>(), [&](const auto& change) {
    return was_of(script, before, change.after.path) && is_of(after, change.after.path);
  });
}

void need_new_values(Added& draft, const Script& script, const Column& column) {
  for (const auto& change : script.changes.all<Alter<Enum>>())
    if (is_of(column.type, change.after.path) &&
        waits_for_new_values(script, column, change.before))
      draft.needs(new_values(change.after.path));
}

void write(Script& script, const Alter<Enum>& change) { Recreation(script, change).write(); }

}  // namespace tidemark::postgres_dialect
