// What hangs on a PostgreSQL view and no schema says: its owner, rights to it, comments,
// defaults, triggers, rules, and the indexes of a materialized one. All of it goes when the
// view is dropped to be made again, because a column that it reads gets another type.
#pragma once

#include <string>
#include <vector>

#include "apply/events.h"
#include "apply/script.h"
#include "connect/connection.h"

namespace tidemark {

class KeptViews {
 public:
  /// Looks at the views that a part of a script makes and that are there now. To be called inside
  /// the transaction, before the part's statements. Sends nothing where the script drops no view.
  KeptViews(Connection& database, const Script& script, const Part& part);

  /// After them: gives the views back what they do not have any more and the script says nothing
  /// of. What fails is told and left out. Throws DatabaseError for what may pass.
  std::vector<Remark> put_back();

 private:
  /// One thing, by the statement that makes it.
  struct Hanging {
    std::string what;  // "grant", "comment", "index" …
    std::string name;  // two of one name are one; empty: by the statement alone
    std::string make, undo;
  };
  struct View {
    std::string path;  // as SQL
    std::vector<Hanging> hanging;
    bool rights_said = false;  // the script grants or revokes
  };

  std::vector<Hanging> read(const std::string& path);
  void put_back(const View& view, std::vector<Remark>& remarks);
  void attempt(const std::string& sql, const std::string& what, const View& view,
               std::vector<Remark>& remarks);

  Connection& database_;
  const std::string& tag_;
  std::vector<View> views_;
};

}  // namespace tidemark
