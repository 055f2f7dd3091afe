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

/// Questions that can be asked together. A temporary table hides the real one of its name,
/// which matters to a policy that looks into other tables: in `public` what hides is printed
/// like what is hidden, elsewhere such a policy is asked about alone.
using Batch = std::vector<const Question*>;

std::map<std::string, std::set<Name>> tables_by_schema(const std::vector<Question>& questions) {
  std::map<std::string, std::set<Name>> out;
  for (const Question& one : questions) out[one.table.schema.text()].insert(one.table.name);
  return out;
}

bool may_look_into_hidden(const Question& policy, const std::set<Name>& tables) {
  if (policy.table.schema == Name("public")) return false;
  Mentions mentioned(policy.wanted);
  return std::ranges::any_of(
      tables, [&](const Name& table) { return table != policy.table.name && mentioned.of(table); });
}

std::vector<Batch> batches_of(const std::vector<Question>& questions) {
  std::map<std::string, Batch> by_schema, alone;
  std::vector<Batch> out;
  const auto tables = tables_by_schema(questions);
  for (const Question& one : questions) {
    const std::string& schema = one.table.schema.text();
    if (one.what == "policy" && may_look_into_hidden(one, tables.at(schema)))
      alone[standard_sql(one.table)].push_back(&one);
    else
      by_schema[one.what == "view" ? "" : schema].push_back(&one);
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
  std::set<Path> made;
  // All before any question: what a policy speaks of must not be hidden later.
  for (const Question* one : batch)
    if (one->what != "view" && made.insert(one->table).second)
      copy_table(commands, one->table, old);
  for (const Question* one : batch) commands.push_back(attempt(one->sql));
  database.run(commands);
}

bool speaks_of(const Question& question, const ToCome& to_come) {
  Mentions mentioned(question.wanted);
  auto is_mentioned = [&](const Name& name) { return mentioned.of(name); };
  auto is_retyped = [&](const auto& table) {
    const auto& [path, columns] = table;
    if (path != question.table && !mentioned.of(path.name)) return false;
    return (path == question.table && columns.contains(question.object)) ||
           std::ranges::any_of(columns, is_mentioned);
  };
  auto is_written = [&](const std::string& value) {
    return question.wanted.find(string_literal(value)) != std::string::npos;
  };
  return std::ranges::any_of(to_come.names, is_mentioned) ||
         std::ranges::any_of(to_come.values, is_written) ||
         std::ranges::any_of(to_come.retyped, is_retyped);
}

/// Who may make no temporary tables (on a standby nobody may) is told that nothing of it
/// can be decided.
std::vector<Undecided> give_up(const std::vector<Question>& questions) {
  std::vector<Undecided> undecided;
  for (const Question& one : questions) undecided.push_back(undecided_of(one));
  return undecided;
}

/// What the server made of each question, in their order; empty where it refused.
std::vector<std::string> answers_to(Connection& database, const Temporary& scratch,
                                    const Batch& batch, const OldNames& old) {
  database.execute("SAVEPOINT tidemark");
  give(database, batch, old);
  Catalog printed = read_schemas(database, {}, {scratch.schema}, scratch.version).catalog;
  database.execute("ROLLBACK TO SAVEPOINT tidemark");
  std::vector<std::string> answers;
  for (const Question* one : batch) answers.push_back(one->answer(printed));
  return answers;
}

std::vector<Undecided> ask_in(Connection& database, const Temporary& scratch,
                              const std::vector<Question>& questions, const OldNames& old,
                              const ToCome& to_come) {
  std::vector<Undecided> undecided;
  for (const Batch& batch : batches_of(questions)) {
    std::vector<std::string> answers = answers_to(database, scratch, batch, old);
    for (std::size_t i = 0; i < batch.size(); ++i) {
      const Question& one = *batch[i];
      // The copies of other tables may have been in its way: their rows are of other types.
      if (answers[i].empty() && one.what == "policy" && batch.size() > 1)
        answers[i] = answers_to(database, scratch, {&one}, old).front();
      bool may_speak_of_new_names = one.what == "view" && old.any;
      if (answers[i].empty() && (may_speak_of_new_names || speaks_of(one, to_come))) continue;
      if (answers[i].empty()) undecided.push_back(undecided_of(one));
      if (answers[i] == one.live) one.adopt();
    }
  }
  return undecided;
}

}  // namespace

std::vector<Undecided> ask(Connection& database, const std::vector<Question>& questions,
                           const OldNames& old, const ToCome& to_come) {
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
