#include "engine/sqlite_transfer.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/interruption.h"
#include "base/text.h"
#include "dialect/sql_writer.h"
#include "engine/sqlite_contents.h"
#include "engine/table_rows.h"
#include "tidemark/error.h"

namespace tidemark {
namespace {

constexpr std::size_t statement_bytes = 200'000;
constexpr std::size_t request_bytes = 1'000'000;

/// A table without the option that SQLite does not know; the same text where there is none.
std::string without_random_rowid(const std::string& create) {
  std::size_t end = create.rfind(')');
  if (end == std::string::npos) return create;
  std::vector<std::string> options;
  for (const std::string& option : split(create.substr(end + 1), ","))
    if (std::string word(trim(option)); !word.empty() && !lower(word).starts_with("random"))
      options.push_back(word);
  return create.substr(0, end + 1) + (options.empty() ? "" : " " + join(options, ", "));
}

class Transfer {
 public:
  Transfer(Connection& from, Connection& to, const CopySink& progress)
      : from_(from), to_(to), progress_(progress), objects_(stored_objects(from)) {}

  void run() {
    for (const StoredObject& one : objects_)
      if (one.is_table() && !one.is_shadow) make(one);
    for (const StoredObject& one : objects_)
      if (one.is_table() && !one.is_virtual) copy_rows(one);
    copy_counters();
    for (const StoredObject& one : objects_)
      if (!one.is_table()) make(one);
    keep_refused();
  }

 private:
  bool to_file() const { return to_.engine() == Engine::sqlite; }

  void make(const StoredObject& one) {
    try {
      return to_.execute(one.sql);
    } catch (const DatabaseError& error) {
      if (error.connection_lost || !to_file()) throw;
      std::string known = one.is_table() ? without_random_rowid(one.sql) : "";
      if (one.is_table() && known == one.sql)
        throw Error(Fault::failed,
                    fmt::format("SQLite cannot hold the table {}: {}", one.name, error.message))
            .hint("use `turso db shell NAME .dump`, or a branch of the database");
      refused_.push_back(one);
      if (!known.empty()) to_.execute(known);
    }
  }

  void copy_rows(const StoredObject& table) {
    TableRows rows(from_, table);
    if (table.is_shadow) to_.execute(standard_sql("DELETE FROM ", Name(table.name)));
    std::size_t copied = 0;
    for (;;) {
      if (interrupted()) throw Error(Fault::interrupted, "interrupted: nothing was changed");
      progress_({table.name, copied, 0});
      std::vector<std::string> page = rows.next();
      if (page.empty()) break;
      copied += page.size();
      insert(rows.target(), page);
    }
    require_rows(table.name, copied);
  }

  void insert(const std::string& target, const std::vector<std::string>& rows) {
    std::vector<Command> commands;
    std::size_t bytes = 0;
    for (const std::string& row : rows) {
      if (bytes + row.size() > request_bytes && !commands.empty()) {
        to_.run(std::exchange(commands, {}));
        bytes = 0;
      }
      bytes += row.size();
      bool fits = !commands.empty() && commands.back().sql.size() + row.size() < statement_bytes;
      if (fits)
        commands.back().sql += ", " + row;
      else
        commands.push_back({fmt::format("INSERT INTO {} VALUES {}", target, row)});
    }
    to_.run(commands);
  }

  void require_rows(const std::string& table, std::size_t copied) {
    Value there = to_.query(standard_sql("SELECT count(*) FROM ", Name(table))).rows.at(0)[0];
    if (there == std::to_string(copied)) return;
    throw Error(Fault::failed, fmt::format("{} rows of {} were read, {} are there; nothing was "
                                           "changed",
                                           copied, table, there.value_or("0")));
  }

  /// Of AUTOINCREMENT: numbers that were given must not come again.
  void copy_counters() {
    constexpr const char* there = "SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_sequence'";
    if (from_.query(there).rows.empty() || to_.query(there).rows.empty()) return;
    to_.execute("DELETE FROM sqlite_sequence");
    Rows counters = from_.query("SELECT quote(name), quote(seq) FROM sqlite_sequence");
    for (const auto& row : counters.rows)
      to_.execute(fmt::format("INSERT INTO sqlite_sequence (name, seq) VALUES ({}, {})",
                              row[0].value_or("NULL"), row[1].value_or("NULL")));
  }

  void keep_refused() {
    if (refused_.empty()) return;
    to_.execute(fmt::format("CREATE TABLE {} (type text, name text, sql text)", refused_table));
    for (const StoredObject& one : refused_)
      to_.run({{{fmt::format("INSERT INTO {} VALUES ($1, $2, $3)", refused_table),
                 {one.type, one.name, one.sql}}}});
  }

  Connection& from_;
  Connection& to_;
  const CopySink& progress_;
  std::vector<StoredObject> objects_;
  std::vector<StoredObject> refused_;
};

/// An application's own number; Turso's cloud lets it only be read.
void copy_version(Connection& from, Connection& to) {
  std::string version =
      from.query("SELECT user_version FROM pragma_user_version").rows.at(0)[0].value_or("0");
  if (version == "0") return;
  try {
    to.execute("PRAGMA user_version = " + version);
  } catch (const DatabaseError& error) {
    if (error.connection_lost || to.engine() == Engine::sqlite) throw;
  }
}

/// Foreign keys are off. What belongs to another object goes with it: shadow tables, what
/// an index keeps.
void drop_everything(Connection& database) {
  std::vector<StoredObject> objects = stored_objects(database);
  std::vector<Command> drops;
  for (auto one = objects.rbegin(); one != objects.rend(); ++one)
    if (!one->is_shadow)
      drops.push_back({standard_sql("DROP " + one->type + " ", Name(one->name))});
  database.run(drops);
}

void roll_back(Connection& database) {
  Uninterrupted tidying;
  try {
    database.execute("ROLLBACK");
  } catch (const DatabaseError&) {  // it is rolled back already, or gone
  }
}

}  // namespace

void transfer(Connection& from, Connection& to, const CopySink& progress) {
  to.execute("PRAGMA foreign_keys = OFF");
  from.execute("BEGIN");
  try {
    to.execute("BEGIN IMMEDIATE");
    drop_everything(to);
    copy_version(from, to);
    Transfer(from, to, progress).run();
    to.execute("COMMIT");
  } catch (...) {
    roll_back(to);
    roll_back(from);
    throw;
  }
  roll_back(from);
}

}  // namespace tidemark
