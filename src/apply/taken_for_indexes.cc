#include "apply/taken_for_indexes.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "apply/made_object.h"
#include "apply/table_words.h"
#include "base/text.h"
#include "dialect/sql_writer.h"
#include "dialect/sqlite/create_text.h"
#include "dialect/sqlite/sql_text.h"

namespace tidemark {
namespace {

using sqlite_sql::read_create_table;
using sqlite_sql::TableText;

/// The indexes that a script drops and did not make itself, with the statement that does it.
std::map<std::string, std::size_t> dropped_indexes(const Script& script) {
  std::map<std::string, std::size_t> dropped;
  std::set<MadeObject> made;
  for (std::size_t i = 0; i < script.statements.size(); ++i) {
    const std::string& sql = script.statements[i].sql;
    made.insert(made_by(sql));
    const bool only_if_there = sqlite_sql::may_mention(sql, Name("exists"));
    if (MadeObject it = dropped_by(sql); it.kind == "index" && !only_if_there && !made.contains(it))
      dropped.emplace(it.name, i);
  }
  return dropped;
}

/// A live table with constraints that a script takes for indexes.
struct Taken {
  std::string sql;
  TableText text;
  std::vector<std::size_t> uniques = {};  // their places in the table
};

class Rewriter {
 public:
  Rewriter(Connection& database, const Script& script)
      : database_(database), script_(script), dropped_(dropped_indexes(script)) {}

  std::optional<FittedScript> run() {
    if (!dropped_.empty()) forget_indexes();
    if (dropped_.empty()) return std::nullopt;
    for (const Taken& table : taken_tables()) replace(table);
    if (first_.empty() && left_out_.empty()) return std::nullopt;
    for (std::size_t i = 0; i < script_.statements.size(); ++i)
      if (!left_out_.contains(i)) first_.push_back(script_.statements[i]);
    return FittedScript{script_of(*script_.file, std::move(first_), database_.engine()),
                        std::move(remarks_)};
  }

 private:
  void forget_indexes() {
    for (const std::vector<Value>& row :
         database_.query("SELECT lower(name) FROM sqlite_master WHERE type = 'index'").rows)
      dropped_.erase(row[0].value_or(""));
  }

  std::vector<Taken> taken_tables() {
    std::vector<Taken> found;
    for (const std::vector<Value>& row :
         database_
             .query("SELECT sql FROM sqlite_master WHERE type = 'table' AND sql LIKE '%unique%' "
                    "ORDER BY rowid")
             .rows) {
      Taken table{.sql = row[0].value_or(""), .text = read_create_table(row[0].value_or(""))};
      const std::vector<Unique>& uniques = table.text.table.uniques;
      for (std::size_t i = 0; i < uniques.size(); ++i)
        if (dropped_.contains(index_name(table, i))) table.uniques.push_back(i);
      if (!table.uniques.empty()) found.push_back(std::move(table));
    }
    return found;
  }

  static std::string index_name(const Taken& table, std::size_t unique) {
    return lower(sqlite_sql::name_of(table.text.table.uniques[unique], table.text.table).text());
  }

  void replace(const Taken& table) {
    if (stays(table)) return;
    const Table& old = table.text.table;
    for (std::string& sql : rebuilding(table))
      first_.push_back({.offset = script_.statements[statement(table, 0)].offset,
                        .sql = std::move(sql),
                        .handling = Handling::plain});
    std::vector<std::string> names;
    for (std::size_t i : table.uniques)
      names.push_back(sqlite_sql::name_of(old.uniques[i], old).text());
    remarks_.push_back(
        {script_.file->tag,
         fmt::format("{} is built anew first: {} {} inside its CREATE TABLE, where no DROP INDEX "
                     "reaches",
                     old.path.name.text(), join(names, ", "), names.size() == 1 ? "is" : "are"),
         ""});
  }

  std::size_t statement(const Taken& table, std::size_t i) const {
    return dropped_.at(index_name(table, table.uniques[i]));
  }

  /// Leaves out what drops and makes again, where that is all that happens to the table.
  bool stays(const Taken& table) {
    std::set<std::size_t> own;
    for (std::size_t i = 0; i < table.uniques.size(); ++i) {
      std::size_t again = made_again(table, table.uniques[i], statement(table, i));
      if (again == script_.statements.size()) return false;
      own.insert({statement(table, i), again});
    }
    for (std::size_t i = 0; i < script_.statements.size(); ++i)
      if (!own.contains(i) &&
          sqlite_sql::may_mention(script_.statements[i].sql, table.text.table.path.name) &&
          made_by(script_.statements[i].sql).kind != "index")
        return false;
    left_out_.insert(own.begin(), own.end());
    return true;
  }

  std::size_t made_again(const Taken& table, std::size_t unique, std::size_t after) const {
    const Table& old = table.text.table;
    const std::vector<Name>& wanted = old.uniques[unique].columns;
    if (old.uniques[unique].kept.says_more()) return script_.statements.size();
    for (std::size_t i = after + 1; i < script_.statements.size(); ++i) {
      const std::string& sql = script_.statements[i].sql;
      if (made_by(sql) != MadeObject{"index", index_name(table, unique)}) continue;
      const Index index = sqlite_sql::read_create_index(sql, old);
      bool same = std::ranges::equal(
          index.columns, wanted, [](const IndexColumn& column, const Name& name) {
            return !column.is_expression && lower(column.text) == lower(name.text());
          });
      if (index.unique && index.where.empty() && same) return i;
    }
    return script_.statements.size();
  }

  /// With the indexes that it has. The schema before knows them, so that the script would be
  /// taken to want them gone.
  std::vector<std::string> rebuilding(const Taken& taken) {
    const Table& table = taken.text.table;
    const Name fresh("__new_" + table.path.name.text());
    std::vector<std::string> columns;
    for (const Column& column : table.columns)
      if (!column.generated) columns.push_back(backtick_sql(column.name));
    const std::string list = join(columns, ", ");
    std::vector<std::string> out = {
        without_uniques(taken.sql, taken.text, taken.uniques, fresh),
        backtick_sql("INSERT INTO ", fresh, "(", list, ") SELECT ", list, " FROM ",
                     table.path.name),
        backtick_sql("DROP TABLE ", table.path.name),
        backtick_sql("ALTER TABLE ", fresh, " RENAME TO ", table.path.name)};
    for (std::size_t i : taken.uniques) {
      std::vector<std::string> keys;
      for (const Name& column : table.uniques[i].columns) keys.push_back(backtick_sql(column));
      out.push_back(backtick_sql("CREATE UNIQUE INDEX ",
                                 sqlite_sql::name_of(table.uniques[i], table), " ON ",
                                 table.path.name, " (", join(keys, ","), ")"));
    }
    std::array<Value, 1> name{table.path.name.text()};
    for (const std::vector<Value>& row :
         database_
             .query("SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND "
                    "tbl_name = $1 ORDER BY rowid",
                    name)
             .rows)
      out.push_back(row[0].value_or(""));
    return out;
  }

  Connection& database_;
  const Script& script_;
  std::map<std::string, std::size_t> dropped_;
  std::vector<MigrationStatement> first_;  // of the script as it is to be run
  std::set<std::size_t> left_out_;
  std::vector<Remark> remarks_;
};

}  // namespace

std::optional<FittedScript> with_constraints_as_indexes(Connection& database,
                                                        const Script& script) {
  if (database.engine() == Engine::postgresql) return std::nullopt;
  return Rewriter(database, script).run();
}

}  // namespace tidemark
