// What hangs on a SQLite table that is rebuilt and would go with the old one, or
// stand in the way: its triggers, triggers and views of others that speak of it,
// and the counter of its AUTOINCREMENT. The migration knows nothing of most of
// them: they were made by hand.
#pragma once

#include <string>
#include <vector>

#include "connect/connection.h"

namespace tidemark {

class KeptObjects {
 public:
  explicit KeptObjects(Connection& database) : database_(database) {}

  /// To be called before the old table is dropped; does nothing unless a new one
  /// waits to take its place. SQLite would refuse to rename that one while a view
  /// or a trigger speaks of a table that is not there, so these are dropped.
  void take(const std::string& table);

  /// To be called after each statement: once the new table has its name, makes
  /// everything again, inside the same transaction.
  void put_back();

  /// At the end: throws DatabaseError that names what does not fit its table any
  /// more. SQLite itself would tell the first program that uses it.
  void check();

 private:
  struct Object {
    std::string type, name, table, sql;
  };

  std::vector<Object> objects();
  void take_counter(const std::string& table);
  void restore_counter();
  void check(const Object& object);
  bool exists(const std::string& name);

  Connection& database_;
  std::string table_;    // being rebuilt
  std::string counter_;  // of its AUTOINCREMENT, empty if none
  std::vector<Object> taken_, made_again_;
};

}  // namespace tidemark
