// What hangs on a SQLite table that is rebuilt and would go with the old one, or
// stand in the way: its triggers, triggers and views of others that speak of it,
// indexes, and the counter of its AUTOINCREMENT; and what hangs on a view that is
// dropped and made again. The migration knows nothing of most of them: they were made
// by hand.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "apply/events.h"
#include "apply/made_object.h"
#include "apply/script.h"
#include "connect/connection.h"

namespace tidemark {

/// What a rebuilt table has and the script does not name: an index or a constraint, a foreign
/// key of these columns, or (without either) its AUTOINCREMENT. Of a column that is altered, a
/// clause of its definition. In lower case.
struct UnnamedObject {
  std::string table, name = {};
  std::vector<std::string> columns = {};
  std::string clause = {};  // "collate", "check" or "references"
};

/// Whether the script's author wants it gone, because he knew of it; nothing where that
/// cannot be told. An empty function: always, as the script was made from the database.
using Unwanted = std::function<std::optional<bool>(const Script&, const UnnamedObject&)>;

class KeptObjects {
 public:
  KeptObjects(Connection& database, Unwanted unwanted)
      : database_(database), unwanted_(std::move(unwanted)) {}

  /// To be called around each statement of a script. SQLite would refuse to rename the
  /// new table while a view or a trigger speaks of one that is not there, so these are
  /// dropped with the old table, and made again once the new one has its name.
  void before(const Script& script, std::size_t index);
  void after(const Script& script, std::size_t index);

  /// At the end: makes again what would have disturbed the filling of a table. Throws
  /// DatabaseError that names what does not fit its table any more. SQLite itself would
  /// tell the first program that uses it.
  void end();

  std::vector<Remark> take_remarks() { return std::exchange(remarks_, {}); }

 private:
  struct Object {
    std::string type, name, table, sql;
  };
  struct Waiting {
    std::string tag, table;
    std::string counter = {};  // of its AUTOINCREMENT, empty if none
    std::vector<Object> objects = {};
    std::vector<std::string> columns = {};
  };

  void take_table(const Script& script, std::size_t index, const std::string& table);
  void take_speaking(Waiting& waiting, const std::set<MadeObject>& later);
  void take_indexes(const Script& script, Waiting& waiting, const std::set<MadeObject>& later);
  void take_view(const Script& script, std::size_t index, const std::string& view);
  void put_back(std::vector<Waiting>& waiting);
  void put_back_index(const Waiting& waiting, const Object& index);
  std::vector<Object> objects(const char* types);
  std::vector<std::string> columns_of(const std::string& table);
  std::string counter_of(const std::string& table);
  void restore_counter(const Waiting& waiting);
  void check(const Object& object);
  bool exists(const std::string& name);

  Connection& database_;
  Unwanted unwanted_;
  std::vector<Waiting> renamed_;      // tables until another one has their name
  std::vector<Waiting> made_anew_;    // tables until the end
  std::vector<Waiting> views_;        // dropped, until they are made again
  std::set<std::string> views_away_;  // in lower case
  std::vector<Object> made_again_;
  std::vector<Remark> remarks_;
};

}  // namespace tidemark
