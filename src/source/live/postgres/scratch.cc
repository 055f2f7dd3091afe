#include "source/live/postgres/scratch.h"

#include <algorithm>
#include <map>
#include <optional>

#include "dialect/mentions.h"
#include "dialect/sql_writer.h"
#include "source/live/postgres/read_postgres.h"

namespace tidemark::postgres_live {
namespace {

/// Runs a statement that may fail, and goes on as if it had not.
Command attempt(const std::string& statement) {
  return {standard_sql("DO ", string_literal("BEGIN EXECUTE " + string_literal(statement) +
                                             "; EXCEPTION WHEN OTHERS THEN NULL; END"))};
}

/// The temporary schema of this session, and the server's version.
struct Temporary {
  std::string schema;
  int version;
};
Temporary temporary(Connection& database) {
  database.execute("CREATE TEMPORARY TABLE tidemark_probe ()");
  Rows rows = database.query(
      "SELECT nspname, current_setting('server_version_num') FROM pg_catalog.pg_namespace "
      "WHERE oid = pg_my_temp_schema()");
  return {rows.rows.at(0).at(0).value_or(""), std::stoi(rows.rows.at(0).at(1).value_or("0"))};
}

/// One transaction that leaves nothing.
class RolledBack {
 public:
  explicit RolledBack(Connection& database) : database_(database) { database_.execute("BEGIN"); }
  ~RolledBack() {
    try {
      database_.execute("ROLLBACK");
    } catch (const DatabaseError&) {  // the connection is gone, and with it the transaction
    }
  }
  RolledBack(const RolledBack&) = delete;
  RolledBack& operator=(const RolledBack&) = delete;

 private:
  Connection& database_;
};

/// Questions that can be asked together: a temporary table hides the real one of its
/// name, so an expression that may look into other tables is asked about alone.
using Batch = std::vector<const Question*>;

std::vector<Batch> batches_of(const std::vector<Question>& questions) {
  std::map<std::string, Batch> by_schema, alone;
  std::vector<Batch> out;
  for (const Question& one : questions) {
    if (one.what == "policy")
      alone[standard_sql(one.table)].push_back(&one);
    else
      by_schema[one.what == "view" ? "" : one.table.schema.text()].push_back(&one);
  }
  for (auto& [key, batch] : by_schema) out.push_back(std::move(batch));
  for (auto& [key, batch] : alone) out.push_back(std::move(batch));
  return out;
}

Undecided undecided_of(const Question& it) {
  it.adopt();
  return {it.table, it.object, it.what, it.live, it.wanted};
}

Path old_path(const Path& table, const OldNames& old) {
  if (auto found = old.tables.find(table); found != old.tables.end()) return found->second;
  auto schema = old.schemas.find(table.schema);
  return {schema == old.schemas.end() ? table.schema : schema->second, table.name};
}

/// A temporary table with the columns of the real one, under the names that these get.
void copy_table(std::vector<Command>& commands, const Path& table, const OldNames& old) {
  Path real = old_path(table, old);
  commands.push_back(
      attempt(standard_sql("CREATE TEMPORARY TABLE ", table.name, " (LIKE ", FullPath{real}, ")")));
  auto columns = old.columns.find(table);
  if (columns == old.columns.end()) return;
  auto rename = [&](const Name& from, const Name& to) {
    commands.push_back(attempt(
        standard_sql("ALTER TABLE pg_temp.", table.name, " RENAME COLUMN ", from, " TO ", to)));
  };
  auto between = [](const Name& name) { return Name("tidemark " + name.text()); };
  for (const auto& [before, after] : columns->second) rename(before, between(after));
  for (const auto& [before, after] : columns->second) rename(between(after), after);
}

void give(Connection& database, const Batch& batch, const OldNames& old) {
  std::vector<Command> commands;
  std::vector<Path> made;
  for (const Question* one : batch) {
    if (one->what != "view" && std::ranges::find(made, one->table) == made.end()) {
      made.push_back(one->table);
      copy_table(commands, one->table, old);
    }
    commands.push_back(attempt(one->sql));
  }
  database.run(commands);
}

bool speaks_of(const Question& question, const std::set<Name>& names) {
  Mentions mentioned(question.wanted);
  return std::ranges::any_of(names, [&](const Name& name) { return mentioned.of(name); });
}

/// Who may make no temporary tables (on a standby nobody may) is told that nothing of it
/// can be decided.
std::vector<Undecided> give_up(const std::vector<Question>& questions) {
  std::vector<Undecided> undecided;
  for (const Question& one : questions) undecided.push_back(undecided_of(one));
  return undecided;
}

std::vector<Undecided> ask_in(Connection& database, const Temporary& scratch,
                              const std::vector<Question>& questions, const OldNames& old,
                              const std::set<Name>& to_come) {
  std::vector<Undecided> undecided;
  for (const Batch& batch : batches_of(questions)) {
    database.execute("SAVEPOINT tidemark");
    give(database, batch, old);
    Catalog printed = read_schemas(database, {}, {scratch.schema}, scratch.version).catalog;
    database.execute("ROLLBACK TO SAVEPOINT tidemark");
    for (const Question* one : batch) {
      std::string answer = one->answer(printed);
      bool may_speak_of_new_names = one->what == "view" && old.any;
      if (answer.empty() && (may_speak_of_new_names || speaks_of(*one, to_come))) continue;
      if (answer.empty()) undecided.push_back(undecided_of(*one));
      if (answer == one->live) one->adopt();
    }
  }
  return undecided;
}

}  // namespace

std::vector<Undecided> ask(Connection& database, const std::vector<Question>& questions,
                           const OldNames& old, const std::set<Name>& to_come) {
  if (questions.empty()) return {};
  RolledBack transaction(database);
  std::optional<Temporary> scratch;
  try {
    scratch = temporary(database);
  } catch (const DatabaseError& error) {
    if (error.connection_lost) throw;
    return give_up(questions);
  }
  return ask_in(database, *scratch, questions, old, to_come);
}

}  // namespace tidemark::postgres_live
