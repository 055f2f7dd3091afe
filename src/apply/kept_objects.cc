#include "apply/kept_objects.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <span>

#include "base/text.h"
#include "dialect/sql_writer.h"
#include "dialect/sqlite/create_text.h"
#include "dialect/sqlite/sql_text.h"

namespace tidemark {
void KeptObjects::before(const Script& script, std::size_t index) {
  MadeObject dropped = dropped_by(script.statements[index].sql);
  if (dropped.kind == "view") take_view(script, index, dropped.name);
  if (dropped.kind == "table") take_table(script, index, dropped.name);
}

void KeptObjects::after(const Script& script, std::size_t index) {
  MadeObject made = made_by(script.statements[index].sql);
  if (made.kind == "view") {
    views_away_.erase(made.name);
    std::vector<Waiting> back;
    std::ranges::copy_if(views_, std::back_inserter(back),
                         [&](const Waiting& it) { return it.table == made.name; });
    std::erase_if(views_, [&](const Waiting& it) { return it.table == made.name; });
    put_back(back);
  }
  bool all = std::ranges::all_of(renamed_, [&](const Waiting& it) { return exists(it.table); });
  if (all) put_back(renamed_);
}

void KeptObjects::end() {
  put_back(made_anew_);
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

void KeptObjects::take_table(const Script& script, std::size_t index, const std::string& table) {
  auto is_in = [&](const std::vector<std::string>& tables) {
    return std::ranges::find(tables, table) != tables.end();
  };
  if (!is_in(script.rebuilt) || !exists(table)) return;
  const bool anew = is_in(script.made_anew);
  const std::set<MadeObject> later = made_outright(std::span(script.statements).subspan(index + 1));
  Waiting waiting{.tag = script.file->tag, .table = table};
  waiting.counter = counter_of(table);
  waiting.columns = columns_of(table);
  take_indexes(script, waiting, later);
  if (!anew) {
    take_speaking(waiting, later);
  } else {
    for (Object& object : objects("'trigger'"))
      if (lower(object.table) == table && !later.contains({object.type, lower(object.name)}))
        waiting.objects.push_back(std::move(object));
  }
  (anew ? made_anew_ : renamed_).push_back(std::move(waiting));
}

/// A view that goes takes the views that read it along, and their triggers.
void KeptObjects::take_speaking(Waiting& waiting, const std::set<MadeObject>& later) {
  std::set<std::string> gone = views_away_;
  gone.insert(waiting.table);
  std::vector<Object> taken;
  for (std::size_t before = 0; before != gone.size();) {
    before = gone.size();
    for (const Object& object : objects("'view', 'trigger'")) {
      bool own = object.type == "trigger" && gone.contains(lower(object.table));
      bool speaks = std::ranges::any_of(gone, [&](const std::string& name) {
        return sqlite_sql::may_mention(object.sql, Name(name));
      });
      bool known = std::ranges::find(taken, object.name, &Object::name) != taken.end();
      if ((!own && !speaks) || known) continue;
      taken.push_back(object);
      if (object.type == "view") gone.insert(lower(object.name));
    }
  }
  for (Object& object : taken) {
    bool view = object.type == "view";
    database_.execute(
        standard_sql(view ? "DROP VIEW IF EXISTS " : "DROP TRIGGER IF EXISTS ", Name(object.name)));
    if (view || !later.contains({object.type, lower(object.name)}))
      waiting.objects.push_back(std::move(object));
  }
}

void KeptObjects::take_indexes(const Script& script, Waiting& waiting,
                               const std::set<MadeObject>& later) {
  if (!unwanted_) return;
  for (Object& index : objects("'index'")) {
    const std::string name = lower(index.name);
    if (lower(index.table) != waiting.table || later.contains({"index", name})) continue;
    std::optional<bool> goes = unwanted_(script, {.table = waiting.table, .name = name});
    if (goes == true) continue;
    if (!goes)
      remarks_.push_back(
          {waiting.tag, fmt::format("it rebuilds {} and does not name its index {}, which is "
                                    "kept: no snapshot says whether that is to go",
                                    waiting.table, index.name)});
    waiting.objects.push_back(std::move(index));
  }
}

void KeptObjects::take_view(const Script& script, std::size_t index, const std::string& view) {
  const auto rest = std::span(script.statements).subspan(index + 1);
  const bool again = std::ranges::any_of(rest, [&](const MigrationStatement& statement) {
    return made_by(statement.sql) == MadeObject{"view", view};
  });
  if (!again) return;
  const std::set<MadeObject> later = made_outright(rest);
  views_away_.insert(view);
  Waiting waiting{.tag = script.file->tag, .table = view};
  for (Object& object : objects("'trigger'"))
    if (lower(object.table) == view && !later.contains({object.type, lower(object.name)}))
      waiting.objects.push_back(std::move(object));
  if (!waiting.objects.empty()) views_.push_back(std::move(waiting));
}

void KeptObjects::put_back(std::vector<Waiting>& waiting) {
  for (const char* type : {"index", "view", "trigger"})
    for (const Waiting& one : waiting)
      for (const Object& object : one.objects) {
        if (object.type != type) continue;
        if (object.type == "index")
          put_back_index(one, object);
        else
          database_.execute(object.sql);
      }
  for (Waiting& one : waiting) {
    restore_counter(one);
    std::ranges::move(one.objects, std::back_inserter(made_again_));
  }
  waiting.clear();
}

void KeptObjects::put_back_index(const Waiting& waiting, const Object& index) {
  Table was;
  for (const std::string& column : waiting.columns) was.columns.push_back({.name = Name(column)});
  Table names = was;  // of the statement: the index's own too
  names.columns.push_back({.name = Name(index.name)});
  const std::string sql = sqlite_sql::with_plain_strings(index.sql, names);
  const Index read = sqlite_sql::read_create_index(sql, was);
  std::vector<std::string> now = columns_of(waiting.table);
  for (const std::string& column : waiting.columns) {
    if (std::ranges::find(now, column) != now.end()) continue;
    if (!sqlite_sql::may_mention(read, Name(column))) continue;
    remarks_.push_back({waiting.tag, fmt::format("the index {} went with the column {} of {}",
                                                 index.name, column, waiting.table)});
    return;
  }
  try {
    database_.execute(sql);
  } catch (DatabaseError& error) {
    error.message = fmt::format("the index \"{}\" does not fit the table that was rebuilt: {}",
                                index.name, error.message);
    throw;
  }
}

void KeptObjects::restore_counter(const Waiting& waiting) {
  if (waiting.counter.empty()) return;
  const Rows found = database_.query(
      "SELECT name FROM sqlite_master WHERE lower(name) = $1 AND "
      "type = 'table'",
      std::array<Value, 1>{waiting.table});
  if (found.rows.empty()) return;
  const Value& table = found.rows[0][0];
  std::array<Value, 2> in_use{waiting.counter, table}, values{table, waiting.counter};
  database_.query("UPDATE sqlite_sequence SET seq = max(seq, CAST($1 AS INTEGER)) WHERE name = $2",
                  in_use);
  database_.query(
      "INSERT INTO sqlite_sequence(name, seq) SELECT $1, CAST($2 AS INTEGER) WHERE NOT EXISTS "
      "(SELECT 1 FROM sqlite_sequence WHERE name = $1) AND EXISTS (SELECT 1 FROM sqlite_master "
      "WHERE name = $1 AND sql LIKE '%AUTOINCREMENT%')",
      values);
}

/// In the order in which they were made, without what SQLite makes by itself.
std::vector<KeptObjects::Object> KeptObjects::objects(const char* types) {
  std::vector<Object> found;
  Rows rows = database_.query(fmt::format(
      "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE type IN ({}) AND sql IS NOT NULL "
      "ORDER BY rowid",
      types));
  found.reserve(rows.rows.size());
  for (const std::vector<Value>& row : rows.rows)
    found.push_back({*row[0], *row[1], *row[2], *row[3]});
  return found;
}

/// In lower case.
std::vector<std::string> KeptObjects::columns_of(const std::string& table) {
  std::vector<std::string> columns;
  std::array<Value, 1> name{table};
  for (const std::vector<Value>& row :
       database_.query("SELECT lower(name) FROM pragma_table_xinfo($1)", name).rows)
    columns.push_back(*row[0]);
  return columns;
}

std::string KeptObjects::counter_of(const std::string& table) {
  if (!exists("sqlite_sequence")) return {};
  std::array<Value, 1> name{table};
  Rows rows = database_.query("SELECT seq FROM sqlite_sequence WHERE lower(name) = $1", name);
  return rows.rows.empty() ? "" : rows.rows[0][0].value_or("");
}

/// SQLite looks at names in views and triggers only when it uses them.
void KeptObjects::check(const Object& object) {
  const Name table(object.table);
  if (object.type == "view") {
    database_.query(standard_sql("EXPLAIN SELECT * FROM ", table));
    return;
  }
  if (object.type == "index") return;
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
