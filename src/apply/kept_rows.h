// Rows and values that migrations destroyed, kept in the database under our own names
// until a rollback puts them back or `purge` removes them. One table for each, and
// one that lists them. Described in docs/formats.md.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "apply/history_table.h"
#include "connect/connection.h"
#include "tidemark/name.h"

namespace tidemark {

struct KeptRows {
  enum class Kind : std::uint8_t {
    table,   // all rows of a table that was dropped
    column,  // key → value of a column that was dropped
    values,  // key → value before and after a new type
    rows,    // rows that a rebuild left out
  };

  std::int64_t id = 0;
  std::string tag;
  Kind kind = Kind::table;
  Path table_before, table_after;  // before the migration, and after it
  Name column_before = {}, column_after = {};
  std::vector<Name> key_before = {}, key_after = {};  // columns `k1`, `k2` … of the kept table
  bool key_as_text = false;
  /// Of a table without a key: the columns that stay, whose values are `bag`, and of rows
  /// that are the same `number` tells which. Such rows have no identity but these.
  bool by_bag = false;
  std::vector<Name> bag_before = {}, bag_after = {};
  std::vector<Name> columns = {};                     // of whole rows
  bool needs_value = false;                           // NOT NULL without a default
  std::map<std::string, std::string> sequences = {};  // by column: "last_value,is_called"
  std::uint64_t rows = 0;
  std::string kept_at = {};

  /// "3 values of users.age", "2 rows of posts".
  std::string text() const;
};

class KeptTable {
 public:
  KeptTable(const HistoryTable& history, Engine engine);

  /// Makes the list where it is missing.
  void create(Connection& database) const;
  /// Lists one, and sets its id.
  void add(Connection& database, KeptRows& kept) const;
  /// After its table was filled: counts it. An empty one is removed again.
  bool count(Connection& database, KeptRows& kept) const;
  void remove(Connection& database, const KeptRows& kept) const;

  /// Of all migrations, oldest first; of one for a tag.
  std::vector<KeptRows> read(Connection& database, const std::string& tag = {}) const;
  /// What was kept longer ago than that.
  std::vector<KeptRows> older_than(Connection& database, std::chrono::seconds age) const;

  /// The table that holds one.
  Path path(const KeptRows& kept) const;

 private:
  std::vector<KeptRows> read_where(Connection& database, const std::string& condition,
                                   std::vector<Value> values) const;

  Engine engine_;
  Path list_;
  std::string history_;
};

}  // namespace tidemark
