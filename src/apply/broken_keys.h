// Rows of SQLite that refer to nothing. Told apart by their values, so that a row
// which finds its parent does not make up for another that lost it; and one that was
// there before is known again in a table that was built anew.
#pragma once

#include <compare>
#include <map>
#include <string>
#include <vector>

#include "apply/statement_effect.h"
#include "connect/connection.h"

namespace tidemark {

class BrokenKeys {
 public:
  static BrokenKeys read(Connection& database);

  /// What was read before keeps up with the names that a migration gives.
  void follow(const Renamed& it);

  /// Says which rows are here and were not before; empty for none.
  std::string more_than(const BrokenKeys& before) const;

 private:
  /// In lower case.
  struct Key {
    std::string table, parent;
    std::vector<std::string> columns;
    auto operator<=>(const Key&) const = default;
  };
  struct Broken {
    std::string shown;                        // "posts" (to "users")
    std::map<std::string, long long> values;  // how many rows have them
    long long rows() const;
    long long more_than(const Broken& before) const;
  };

  void add(const std::string& table, const std::string& parent,
           const std::vector<std::string>& columns, std::map<std::string, long long> values);

  std::map<Key, Broken> keys_;
};

}  // namespace tidemark
