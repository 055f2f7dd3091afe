#pragma once

#include <string>
#include <vector>

#include "connect/connection.h"
#include "tidemark/name.h"

namespace tidemark {

/// While it lives, a table's triggers do not fire: rows that come back were there
/// before. On SQLite they are dropped and made again. `end` puts them back; a
/// transaction that fails does so by itself.
class WithoutTriggers {
 public:
  WithoutTriggers(Connection& database, const Path& table);
  void end();

 private:
  Connection& database_;
  std::vector<std::string> again_;  // the statements that put them back
};

}  // namespace tidemark
