// A catalog is read in as many queries, whatever it holds.
#include <gtest/gtest.h>

#include <filesystem>

#include "source/live/live.h"
#include "tests/servers/postgres.h"

namespace tidemark {
namespace {

/// Counts what is sent.
class CountedConnection final : public Connection {
 public:
  explicit CountedConnection(Connection& inner) : inner_(inner) {}

  Engine engine() const override { return inner_.engine(); }
  Rows query(std::string_view sql, std::span<const Value> parameters) override {
    count(1);
    return inner_.query(sql, parameters);
  }
  std::vector<Rows> query_all(std::span<const Command> queries) override {
    count(queries.size());
    return inner_.query_all(queries);
  }
  void run(std::span<const Command> commands, const Progress& done) override {
    count(commands.size());
    inner_.run(commands, done);
  }

  std::size_t round_trips = 0, statements = 0;

 private:
  void count(std::size_t sent) {
    ++round_trips;
    statements += sent;
  }
  Connection& inner_;
};

/// Tables with all that a table can have, each of which refers to the one before.
void make_tables(Connection& database, int from, int to) {
  std::vector<Command> commands{{"BEGIN"}};
  for (int i = from; i < to; ++i) {
    std::string name = "t" + std::to_string(i), before = "t" + std::to_string(std::max(i - 1, 0));
    commands.push_back({"CREATE TABLE " + name +
                        " (id integer PRIMARY KEY, a text DEFAULT 'x' CHECK (a <> ''), b integer "
                        "UNIQUE REFERENCES " +
                        before + ")"});
    commands.push_back({"CREATE INDEX " + name + "_a ON " + name + " (lower(a)) WHERE b > 0"});
    commands.push_back({"CREATE VIEW " + name + "_view AS SELECT id, a FROM " + name});
  }
  commands.push_back({"COMMIT"});
  database.run(commands);
}

struct Sent {
  std::size_t round_trips, statements;
  bool operator==(const Sent&) const = default;
};

Sent sent_to_read(Connection& database, std::size_t tables) {
  CountedConnection counted(database);
  EXPECT_EQ(read_live(counted, {}).catalog.tables.size(), tables);
  return {counted.round_trips, counted.statements};
}

TEST(RoundTrips, OfPostgresAreAFewWhateverTheNumberOfTables) {
  tests::FreshPostgres server;
  auto database = server.open();
  make_tables(*database, 0, 2);
  Sent few = sent_to_read(*database, 2);
  EXPECT_LE(few.round_trips, 3U);
  EXPECT_LE(few.statements, 25U);
  make_tables(*database, 2, 120);
  EXPECT_EQ(sent_to_read(*database, 120), few);
}

TEST(RoundTrips, OfSqliteAreAFewWhateverTheNumberOfTables) {
  std::string file = testing::TempDir() + "round_trips_" + std::to_string(::getpid()) + ".db";
  {
    auto database = connect(parse_database_url("file:" + file));
    make_tables(*database, 0, 2);
    Sent few = sent_to_read(*database, 2);
    EXPECT_LE(few.statements, 6U);
    make_tables(*database, 2, 120);
    EXPECT_EQ(sent_to_read(*database, 120), few);
  }
  std::filesystem::remove(file);
}

}  // namespace
}  // namespace tidemark
