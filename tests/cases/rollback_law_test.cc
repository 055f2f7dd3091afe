// Every case on a database with rows: up, down, up, down. Each way back is proved by
// what was recorded on the way there, and what was in the tables is there again.
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

#include "apply/migrate.h"
#include "apply/rollback.h"
#include "apply/table_facts.h"
#include "dialect/sql_writer.h"
#include "plan/planner.h"
#include "tests/cases/case_file.h"
#include "tests/cases/peer_cases.h"
#include "tests/servers/database.h"

namespace tidemark::tests {
namespace {

const SqlWriter sql('"');

bool runs_on_sqlite(const Plan& plan) {
  for (const Statement& statement : plan.statements)
    if (statement.sql.find(" ALTER COLUMN ") != std::string::npos) return false;
  return true;
}

bool is_possible(const Catalog& catalog) {
  for (const Table& table : catalog.tables)
    if (table.columns.empty() && catalog.engine != Engine::postgresql) return false;
  return true;
}

/// How many cases went which way, so that none passes unseen.
struct Tally {
  int with_rows = 0, without_rows = 0, rows = 0, kept = 0;
};

class Trip {
 public:
  Trip(const Catalog& before, const Catalog& after, const DiffResult& difference)
      : engine_(before.engine == Engine::postgresql ? Engine::postgresql : Engine::sqlite),
        before_(before),
        after_(after),
        database_(engine_) {
    NoRenames none;
    Plan plan = make_plan(difference, after);
    files_ = {
        migration(
            "0000_before", 1000,
            migration_sql(make_plan(diff({.engine = before.engine}, before, none), before), true)),
        migration("0001_change", 1001, migration_sql(plan, true))};
    back_ = migration("0001_change", 0,
                      way_back_sql(plan, plan_back(before, after, difference.renames), true));
  }

  void start(bool with_rows) {
    make_surroundings();
    migrate(*connection_, {files_.data(), 1}, {}, [](const Event&) {});
    if (with_rows) fill();
    contents_ = contents();
    image_ = read_image(*connection_, default_history());
  }
  void up() {
    migrate(*connection_, files_, {}, [this](const Event& event) {
      if (const auto* remark = std::get_if<Remark>(&event))
        loses_ |= remark->text.find("not kept") != std::string::npos;
      if (std::holds_alternative<RowsKept>(event)) ++kept_;
    });
  }
  void down() {
    HistoryTable history(engine_, default_history());
    LogTable log(history, engine_, "");
    Status status = read_status(*connection_, files_);
    WayBack way{.tag = "0001_change", .row = status.migrations.at(1).row.value(), .file = back_};
    auto changes = parse_changes(log.read_catalog(*connection_, way.tag));
    if (changes)
      way.check = check_by_changes(way.tag, *changes, default_history(), ChangesFrom::record);
    EXPECT_TRUE(changes) << "nothing was recorded";
    roll_back(*connection_, {&way, 1}, {}, [](const Event&) {});
    EXPECT_EQ(changes_text(Engine::postgresql,
                           changes_between(image_, read_image(*connection_, default_history()))),
              "{}");
    if (!loses_) {
      EXPECT_EQ(contents(), contents_);
    }
  }

  bool loses() const { return loses_; }
  int kept() const { return kept_; }
  int rows() const {
    int count = 0;
    for (const auto& [table, lines] : contents_) count += static_cast<int>(lines.size());
    return count;
  }

 private:
  using Contents = std::map<std::string, std::multiset<std::string>>;

  void make_surroundings() {
    if (engine_ != Engine::postgresql) return;
    std::set<std::string> schemas, defined = {"public"};
    for (const Catalog* catalog : {&before_, &after_}) {
      for (const Schema& it : catalog->schemas) defined.insert(it.name.text());
      auto use = [&](const auto& objects) {
        for (const auto& it : objects) schemas.insert(it.path.schema.text());
      };
      use(catalog->tables), use(catalog->enums), use(catalog->sequences), use(catalog->views);
    }
    for (const std::string& name : schemas)
      if (!defined.contains(name)) database_.run("create schema \"" + name + "\"");
  }

  /// Rows that the tables take; they refer to each other by sharing their numbers.
  void fill() {
    std::size_t tries = before_.tables.size();
    std::set<Path> filled;
    for (std::size_t i = 0; i < tries; ++i)
      for (const Table& table : before_.tables)
        if (!filled.contains(table.path) && insert(*connection_, table)) filled.insert(table.path);
  }

  bool insert(Connection& connection, const Table& table) {
    std::optional<TableFacts> facts = read_table(connection, table.path);
    if (!facts) return false;
    bool any = false;
    for (int row = 1; row <= 4; ++row) {
      std::vector<Name> names;
      std::string values;
      for (const ColumnFacts& column : facts->columns) {
        if (column.generated || column.default_value == "identity") continue;
        bool null = !column.not_null && random_() % 4 == 0;
        values += (names.empty() ? "" : ", ") + (null ? "NULL" : value(column, row));
        names.push_back(column.name);
      }
      std::string into = names.empty() ? sql("INSERT INTO ", table.path, " DEFAULT VALUES")
                                       : sql("INSERT INTO ", table.path, " (",
                                             NameList{names, ", "}, ") VALUES (", values, ")");
      try {
        connection.execute(into);
        any = true;
      } catch (const DatabaseError&) {  // a check, or a type that nobody thought of
      }
    }
    return any;
  }

  std::string value(const ColumnFacts& column, int row) {
    std::string n = std::to_string(row), type = column.type;
    auto is = [&](const char* part) { return type.find(part) != std::string::npos; };
    if (column.own_type) return enum_value(type, row);
    if (is("[]")) return "'{}'";
    if (is("bool")) return row % 2 ? "true" : "false";
    if (is("interval")) return "'" + n + " days'";
    if (is("timestamp") || is("date")) return "'2024-02-0" + n + " 10:00:00.12" + n + "'";
    if (is("time")) return "'10:0" + n + ":00'";
    if (is("uuid")) return "'00000000-0000-0000-0000-00000000000" + n + "'";
    if (is("json")) return R"('{"a": )" + n + "}'";
    if (is("numeric") || is("real") || is("double") || is("REAL")) return n + ".125";
    if (is("int") || is("serial")) return n;
    if (is("bytea") || is("blob") || is("BLOB"))
      return engine_ == Engine::postgresql ? "'\\x0" + n + "'" : "x'0" + n + "'";
    if (is("(1)")) return "'" + n + "'";
    return "'" + n + (row == 3 ? "ß''" : "") + "'";
  }
  std::string enum_value(const std::string& type, int row) {
    for (const Enum& it : before_.enums)
      if (type.find(it.path.name.text()) != std::string::npos && !it.values.empty()) {
        std::string one =
            string_literal(it.values[static_cast<std::size_t>(row) % it.values.size()]);
        return type.ends_with("[]") ? "ARRAY[" + one + "]::" + type : one;
      }
    return "NULL";
  }

  /// Of every table of `before`, its rows by column name.
  Contents contents() {
    Contents out;
    for (const Table& table : before_.tables) {
      std::vector<Name> names;
      for (const Column& column : table.columns) names.push_back(column.name);
      std::ranges::sort(names, {}, [](const Name& name) { return name.text(); });
      std::multiset<std::string>& lines = out[sql(table.path)];
      if (names.empty()) continue;
      for (const auto& row :
           connection_->query(sql("SELECT ", NameList{names, ", "}, " FROM ", table.path)).rows) {
        std::string line;
        for (const Value& it : row) line += it ? "[" + *it + "]" : "NULL";
        lines.insert(line);
      }
    }
    return out;
  }

  Engine engine_;
  const Catalog& before_;
  const Catalog& after_;
  TestDatabase database_;
  std::unique_ptr<Connection> connection_ = database_.open();
  std::vector<MigrationFile> files_;
  MigrationFile back_;
  Contents contents_;
  CatalogImage image_;
  std::mt19937 random_{42};
  bool loses_ = false;
  int kept_ = 0;
};

/// False when the rows stand against the migration, or against its way back without
/// what was not kept.
bool goes(const Catalog& before, const Catalog& after, const DiffResult& difference, bool with_rows,
          Tally& tally) {
  Trip trip(before, after, difference);
  trip.start(with_rows);
  try {
    trip.up();
  } catch (const Error& error) {
    if (with_rows) return false;
    ADD_FAILURE() << error.message();
    return true;
  }
  try {
    trip.down();
    trip.up();
    trip.down();
  } catch (const Error& error) {
    if (with_rows && trip.loses()) return false;
    ADD_FAILURE() << error.message() << "\n" << error.sql();
  }
  (with_rows ? tally.with_rows : tally.without_rows) += 1;
  tally.rows += trip.rows();
  tally.kept += trip.kept();
  return true;
}

template <class Case>
void expect_round_trip(const Case& it, Tally& tally) {
  SCOPED_TRACE(it.name);
  DiffResult difference = it.changes();
  bool sqlite = it.before.engine != Engine::postgresql;
  if (sqlite && (!runs_on_sqlite(make_plan(difference, it.after)) ||
                 !runs_on_sqlite(plan_back(it.before, it.after, difference.renames))))
    return;
  // Roles belong to the server, which other tests use too.
  if (!it.before.roles.empty() || !it.after.roles.empty()) return;
  if (difference.changes.empty() || !is_possible(it.before) || !is_possible(it.after)) return;
  if (!goes(it.before, it.after, difference, true, tally))
    goes(it.before, it.after, difference, false, tally);
}

void report(const Tally& tally) {
  ::testing::Test::RecordProperty("with_rows", tally.with_rows);
  ::testing::Test::RecordProperty("without_rows", tally.without_rows);
  std::printf("%d cases with %d rows and %d times something kept, %d without rows\n",
              tally.with_rows, tally.rows, tally.kept, tally.without_rows);
}

TEST(RollbackLaw, SqliteComesBackToWhereItWas) {
  Tally tally;
  for (const CaseFile& it : case_files("sqlite", Engine::sqlite)) expect_round_trip(it, tally);
  for (const PeerCase& it : peer_cases("sqlite")) expect_round_trip(it, tally);
  report(tally);
  EXPECT_GT(tally.kept, 10);
}

TEST(RollbackLaw, PostgresComesBackToWhereItWas) {
  Tally tally;
  for (const CaseFile& it : case_files("postgres", Engine::postgresql))
    if (it.unprovable.empty()) expect_round_trip(it, tally);
  report(tally);
  EXPECT_GT(tally.kept, 10);
}

TEST(RollbackLaw, PeersPostgresComesBackToWhereItWas) {
  Tally tally;
  json::value unprovable = read_peer_file("unprovable.json");
  for (const PeerCase& it : peer_cases("postgresql"))
    if (!unprovable.as_object().contains(it.name)) expect_round_trip(it, tally);
  report(tally);
  EXPECT_GT(tally.kept, 3);
}

}  // namespace
}  // namespace tidemark::tests
