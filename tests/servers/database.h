// A database of a test's own on either engine.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "base/crypto.h"
#include "connect/connect.h"
#include "folder/migration_file.h"
#include "tests/servers/postgres.h"

namespace tidemark::tests {

/// Empty at first, gone at the end: in the private server, or in a file.
class TestDatabase {
 public:
  explicit TestDatabase(Engine engine) {
    if (engine == Engine::postgresql)
      postgres_.emplace();
    else
      path_ = std::filesystem::path(::testing::TempDir()) / ("tidemark_" + random_uuid() + ".db");
  }
  ~TestDatabase() { remove_file(); }

  std::unique_ptr<Connection> open() const {
    return postgres_ ? postgres_->open() : connect(parse_database_url(path_.string()));
  }
  /// Of SQLite.
  std::string file() const { return path_.string(); }
  /// Empty again, and free of what others left running: quicker than another one.
  void clear() const {
    remove_file();
    if (!postgres_) return;
    std::unique_ptr<Connection> connection = open();
    connection->execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()");
    connection->execute("DROP SCHEMA IF EXISTS public, drizzle CASCADE");
    connection->execute("CREATE SCHEMA public");
  }
  void run(const std::string& sql) const { open()->execute(sql); }
  /// The first value of the first row.
  std::string value(const std::string& query) const {
    return open()->query(query).rows.at(0).at(0).value_or("NULL");
  }

 private:
  void remove_file() const {
    for (const char* ending : {"", "-journal", "-wal", "-shm"})
      if (!postgres_) std::filesystem::remove(path_.string() + ending);
  }

  std::optional<FreshPostgres> postgres_;
  std::filesystem::path path_;
};

inline MigrationFile migration(std::string tag, std::int64_t when, std::string sql) {
  std::string hash = sha256(sql);
  return {.tag = tag, .when = when, .path = "drizzle/" + tag + ".sql", .sql = sql, .hash = hash};
}

/// For INSTANTIATE_TEST_SUITE_P: "Postgres" or "Sqlite".
inline std::string engine_name(const ::testing::TestParamInfo<Engine>& engine) {
  return engine.param == Engine::postgresql ? "Postgres" : "Sqlite";
}

}  // namespace tidemark::tests
