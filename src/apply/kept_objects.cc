#include "apply/kept_objects.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <set>

#include "base/text.h"
#include "dialect/sql_writer.h"
#include "dialect/sqlite/sql_text.h"

namespace tidemark {

void KeptObjects::take(const std::string& table) {
  if (!exists("__new_" + table)) return;
  table_ = table;
  take_counter(table);
  // A view that goes takes the views that read it along, and their triggers.
  std::set<std::string> gone = {lower(table)};
  for (std::size_t before = 0; before != gone.size();) {
    before = gone.size();
    for (const Object& object : objects()) {
      bool own = object.type == "trigger" && gone.contains(lower(object.table));
      bool speaks = std::ranges::any_of(gone, [&](const std::string& name) {
        return sqlite_sql::may_mention(object.sql, Name(name));
      });
      bool known = std::ranges::find(taken_, object.name, &Object::name) != taken_.end();
      if ((!own && !speaks) || known) continue;
      taken_.push_back(object);
      if (object.type == "view") gone.insert(lower(object.name));
    }
  }
  for (const Object& object : taken_) {
    bool view = object.type == "view";
    database_.execute(
        standard_sql(view ? "DROP VIEW IF EXISTS " : "DROP TRIGGER IF EXISTS ", Name(object.name)));
  }
}

void KeptObjects::put_back() {
  if (table_.empty() || exists("__new_" + table_) || !exists(table_)) return;
  for (const char* type : {"view", "trigger"})
    for (const Object& object : taken_)
      if (object.type == type) database_.execute(object.sql);
  std::ranges::move(taken_, std::back_inserter(made_again_));
  taken_.clear();
  restore_counter();
  table_.clear();
}

void KeptObjects::restore_counter() {
  if (counter_.empty()) return;
  std::array<Value, 2> in_use{counter_, table_}, values{table_, counter_};
  database_.query("UPDATE sqlite_sequence SET seq = max(seq, CAST($1 AS INTEGER)) WHERE name = $2",
                  in_use);
  database_.query(
      "INSERT INTO sqlite_sequence(name, seq) SELECT $1, CAST($2 AS INTEGER) WHERE NOT EXISTS "
      "(SELECT 1 FROM sqlite_sequence WHERE name = $1) AND EXISTS (SELECT 1 FROM sqlite_master "
      "WHERE name = $1 AND sql LIKE '%AUTOINCREMENT%')",
      values);
}

void KeptObjects::check() {
  for (const Object& object : made_again_) {
    std::array<Value, 2> unchanged{object.name, object.sql};
    if (database_.query("SELECT 1 FROM sqlite_master WHERE name = $1 AND sql = $2", unchanged)
            .rows.empty())
      continue;
    try {
      check(object);
    } catch (DatabaseError& error) {
      error.message = fmt::format("the {} \"{}\" does not fit the table that was rebuilt: {}",
                                  object.type, object.name, error.message);
      throw;
    }
  }
}

/// Views and triggers, in the order in which they were made.
std::vector<KeptObjects::Object> KeptObjects::objects() {
  std::vector<Object> found;
  Rows rows = database_.query(
      "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE type IN ('view', 'trigger') AND "
      "sql IS NOT NULL ORDER BY rowid");
  found.reserve(rows.rows.size());
  for (const std::vector<Value>& row : rows.rows)
    found.push_back({*row[0], *row[1], *row[2], *row[3]});
  return found;
}

void KeptObjects::take_counter(const std::string& table) {
  counter_.clear();
  if (!exists("sqlite_sequence")) return;
  std::array<Value, 1> name{table};
  Rows rows = database_.query("SELECT seq FROM sqlite_sequence WHERE name = $1", name);
  counter_ = rows.rows.empty() ? "" : rows.rows[0][0].value_or("");
}

/// SQLite looks at names in views and triggers only when it uses them.
void KeptObjects::check(const Object& object) {
  const Name table(object.table);
  if (object.type == "view") {
    database_.query(standard_sql("EXPLAIN SELECT * FROM ", table));
    return;
  }
  std::array<Value, 1> name{object.table};
  if (database_.query("SELECT 1 FROM sqlite_master WHERE name = $1 AND type = 'table'", name)
          .rows.empty())
    return;  // a trigger of a view
  std::string columns;
  for (const std::vector<Value>& row :
       database_.query("SELECT name FROM pragma_table_xinfo($1) WHERE hidden = 0", name).rows) {
    const Name column(*row[0]);
    columns += (columns.empty() ? "" : ", ") + standard_sql(column, " = ", column);
  }
  database_.query(standard_sql("EXPLAIN UPDATE ", table, " SET ", columns));
  database_.query(standard_sql("EXPLAIN INSERT INTO ", table, " DEFAULT VALUES"));
  database_.query(standard_sql("EXPLAIN DELETE FROM ", table));
}

bool KeptObjects::exists(const std::string& name) {
  std::array<Value, 1> value{name};
  return !database_.query("SELECT 1 FROM sqlite_master WHERE lower(name) = lower($1)", value)
              .rows.empty();
}

}  // namespace tidemark
