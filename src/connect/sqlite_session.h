// SQLite as JavaScript's drivers offer it: typed values, prepared statements that are
// kept, names of columns. A Connection knows text alone.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "connect/connection.h"

struct sqlite3;
struct sqlite3_stmt;

namespace tidemark {

struct Blob {
  std::string bytes;
  bool operator==(const Blob&) const = default;
};

/// A value in one of SQLite's five storage classes.
using SqliteValue = std::variant<std::monostate, std::int64_t, double, std::string, Blob>;

struct SqliteColumn {
  std::string name;
  std::string type;    // as declared; empty for an expression
  std::string table;   // empty for an expression
  std::string column;  // of the table; empty for an expression
};

struct SqliteSessionOptions {
  bool read_only = false;
  bool must_exist = false;
  bool foreign_keys = true;
  int timeout_ms = 5000;
};

class SqliteSession {
 public:
  class Statement {
   public:
    explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}
    ~Statement();
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    bool gives_rows() const;
    bool only_reads() const;
    std::vector<SqliteColumn> columns() const;
    /// The name of each parameter with its first sign, "" for `?`.
    std::vector<std::string> parameters() const;

   private:
    friend class SqliteSession;
    sqlite3_stmt* statement_;
  };

  struct Change {
    std::int64_t rows, last_rowid;
  };

  SqliteSession(const std::string& path, const SqliteSessionOptions& options);
  ~SqliteSession();
  SqliteSession(const SqliteSession&) = delete;
  SqliteSession& operator=(const SqliteSession&) = delete;

  /// Exactly one statement. Throws DatabaseError also for none and for several.
  std::unique_ptr<Statement> prepare(const std::string& sql);
  /// All rows, or the first alone.
  std::vector<std::vector<SqliteValue>> query(Statement& statement,
                                              const std::vector<SqliteValue>& parameters,
                                              bool first_only = false);
  Change run(Statement& statement, const std::vector<SqliteValue>& parameters);
  /// Any number of statements.
  void execute(const std::string& sql);
  bool in_transaction() const;

 private:
  void bind(sqlite3_stmt* statement, const std::vector<SqliteValue>& parameters);
  [[noreturn]] void raise(int code) const;

  sqlite3* database_ = nullptr;
};

}  // namespace tidemark
