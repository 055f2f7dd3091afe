// What hangs on a PostgreSQL view and no schema says: its owner, rights to it, comments,
// defaults, triggers, rules, and the indexes of a materialized one. All of it goes when the
// view is dropped to be made again, because a column that it reads gets another type.
#pragma once

#include <compare>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "apply/events.h"
#include "apply/script.h"
#include "connect/connection.h"

namespace tidemark {

/// Reads it just before a statement that drops the view, and gives it back just after the one
/// that makes it again: what the script itself says before or after has the last word. Rights
/// are never wider than they were.
class KeptViews {
 public:
  explicit KeptViews(Connection& database) : database_(database) {}

  /// Whether the script has to be run one statement at a time, with these around each, inside of
  /// the transaction. They throw DatabaseError for what may pass.
  static bool concern(const Script& script, Engine engine) {
    return engine == Engine::postgresql && script.remakes_views;
  }
  void before(const Script& script, std::size_t index);
  void after(const Script& script, std::size_t index);

  /// What could not be given back.
  std::vector<Remark> take_remarks();

 private:
  /// To the view, or to a column of it.
  struct Right {
    std::string column, grantee, grantor, privilege;  // as SQL; the column may be empty
    bool grantable = false;

    auto operator<=>(const Right&) const = default;
  };
  /// A part of it that has a name of its own.
  struct Hanging {
    std::string what, name;  // "index", "m_n"
    std::string make;
  };
  struct View {
    std::string oid, path, word;  // "VIEW" or "MATERIALIZED VIEW"
    std::string owner, options;
    std::set<Right> rights;
    std::vector<Hanging> hanging;
  };

  /// Those of the names that are views, by their paths.
  std::map<std::string, View> read(const std::vector<std::string>& names);
  void put_back(const View& view, View now, const Script& script, std::size_t index);
  void put_back_owner(const View& view, View& now);
  void put_back_rights(const View& view, const View& now);
  void put_back_parts(const View& view, const View& now, const Script& script, std::size_t index);
  std::vector<std::string> grants(const View& view, const std::set<Right>& rights);
  /// All of it in one go, or one by one what works.
  void attempt(const std::string& what, const View& view,
               const std::vector<std::string>& statements);
  bool succeeds(const std::vector<std::string>& statements, std::string& why);

  Connection& database_;
  std::map<std::string, View> seen_;     // before the statement that is running
  std::map<std::string, View> waiting_;  // gone, until they are made again
  std::string tag_;
  std::vector<Remark> remarks_;
};

}  // namespace tidemark
