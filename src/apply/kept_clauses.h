// What the definition of a SQLite table says and no schema has a word for (STRICT,
// COLLATE, WITHOUT ROWID, ON CONFLICT …), an AUTOINCREMENT and constraints that its schema does
// not know of, and the rowids by which a full-text index finds its rows: a migration that
// rebuilds the table, or alters a column in its place, knows nothing of them. They are written
// into its statements as these run; the file and its hash stay.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "apply/events.h"
#include "apply/kept_objects.h"
#include "apply/script.h"
#include "connect/connection.h"
#include "tidemark/catalog.h"

namespace tidemark {

class KeptClauses {
 public:
  KeptClauses(Connection& database, Unwanted unwanted)
      : database_(database), unwanted_(std::move(unwanted)) {}

  /// A statement of a script as it is to be run. What its author wrote by hand about
  /// such clauses, or in another form than the generators', stays as it is.
  std::string as_run(const Script& script, std::size_t index);

  /// At the end: notes what did not come along after all.
  void end();

  std::vector<Remark> take_remarks() { return std::exchange(remarks_, {}); }

 private:
  struct Old {
    std::string tag, table, sql;
    bool counts = false;  // it has an AUTOINCREMENT that is not known to be unwanted
    /// Likewise: its uniques and checks by name, its foreign keys by their words.
    std::vector<std::string> constraints = {};
  };

  std::string successor(const Script& script, const std::string& made, const std::string& sql);
  std::string altering(const Script& script, const std::string& sql);
  std::string copying_rowids(const std::string& sql);
  void note_old(const Script& script, const std::string& table);
  void note_rowids(const Script& script, const std::string& table, const std::string& sql);
  std::vector<std::string> constraints_wanted(const Script& script, const Table& table) const;
  std::vector<std::string> constraints_left_out(const Old& old, const Table& was, const Table& now);
  std::optional<bool> is_counter_unwanted(const Script& script, const Table& table) const;
  std::vector<std::string> read_by_rowid(const std::string& table);
  std::string sql_of(const std::string& table);
  bool is_index(const Name& name);

  Connection& database_;
  Unwanted unwanted_;
  std::vector<Old> old_;
  std::set<std::string> with_rowids_;
  std::vector<Remark> remarks_;
};

}  // namespace tidemark
