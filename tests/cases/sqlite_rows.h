// Plans for SQLite tried on a real database with rows.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "connect/connect.h"
#include "dialect/sql_writer.h"
#include "plan/planner.h"
#include "plan/sqlite_image.h"

namespace tidemark::tests {

/// A database made from a catalog, with three rows in each table: 101, 102 and
/// 103 in every column, so that they refer to each other.
class SqliteRows {
 public:
  explicit SqliteRows(const Catalog& catalog) : database_(connect(parse_database_url(":memory:"))) {
    NoRenames none;
    run(make_plan(diff({.engine = catalog.engine}, catalog, none), catalog));
    database_->execute("PRAGMA foreign_keys=OFF");
    for (const Table& table : catalog.tables)
      for (int row = 101; row <= 103; ++row) insert(table, row);
    database_->execute("PRAGMA foreign_keys=ON");
  }

  void run(const Plan& plan) {
    for (const Statement& statement : plan.statements) database_->execute(statement.sql);
  }

  std::string value(const std::string& sql) {
    Rows rows = database_->query(sql);
    return rows.rows.empty() || !rows.rows[0][0] ? "" : *rows.rows[0][0];
  }

  /// The values of a column in the order of its rows, "101,102,103" as they were made.
  std::string values(const Path& table, const Name& column) {
    return value(quoted_("SELECT group_concat(CAST(", column, " AS TEXT)) FROM ", table));
  }

  SqliteImage image() { return read_sqlite_image(*database_); }
  bool is_sound() {
    return value("PRAGMA integrity_check") == "ok" && value("PRAGMA foreign_key_check").empty();
  }

 private:
  void insert(const Table& table, int row) {
    std::string names, values;
    for (const Column& column : table.columns) {
      if (column.generated) continue;
      names += (names.empty() ? "" : ",") + quoted_(column.name);
      values += (values.empty() ? "" : ",") + std::to_string(row);
    }
    std::string into = names.empty() ? " DEFAULT VALUES" : "(" + names + ") VALUES(" + values + ")";
    database_->execute(quoted_("INSERT INTO ", table.path, into));
  }

  std::unique_ptr<Connection> database_;
  const SqlWriter quoted_{'"'};
};

/// Runs the plan on rows: what comes out is like a fresh database, and every value
/// of a column that both sides have is still there.
inline SqliteRows expect_rows_kept(const Catalog& before, const Catalog& after,
                                   const DiffResult& difference) {
  SqliteRows database(before);
  database.run(make_plan(difference, after));
  EXPECT_TRUE(database.is_sound());
  SqliteRows fresh(after);
  EXPECT_EQ(first_difference(database.image(), fresh.image()), "");
  for (const Table& table : after.tables) {
    const Table* old = difference.renamed.table(table.path);
    EXPECT_EQ(database.value(SqlWriter('"')("SELECT count(*) FROM ", table.path)), old ? "3" : "0");
    for (const Column& column : table.columns) {
      const Column* same = old ? old->column(column.name) : nullptr;
      if (same && !same->generated && !column.generated) {
        EXPECT_EQ(database.values(table.path, column.name), "101,102,103") << column.name.text();
      }
    }
  }
  return database;
}

}  // namespace tidemark::tests
