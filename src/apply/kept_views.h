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

/// Reads it just before a statement that drops the view, and gives it back at the end of the
/// script, where the script has made the view again and said nothing of it: what it says has the
/// last word, and no right is given that was not there.
class KeptViews {
 public:
  explicit KeptViews(Connection& database) : database_(database) {}

  /// Whether the script has to be run one statement at a time, with `before` and `after` around
  /// each and `put_back` after the last, inside of the transaction; `reset` before the first, which
  /// may be another try. They throw DatabaseError for what may pass.
  static bool concern(const Script& script, Engine engine) {
    return engine == Engine::postgresql && script.remakes_views;
  }
  void reset();
  void before(const Script& script, std::size_t index);
  void after(const Script& script, std::size_t index);
  void put_back();

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
    bool ours = false;  // the owner is who is connected
  };
  using Views = std::map<std::string, View>;  // by path

  void start(const Script& script);
  bool may_drop(const MigrationStatement& statement) const;
  Views read(std::string_view condition, const std::vector<std::string>& values);
  Views read_named(const std::string& name);
  void put_back(const View& was, const View& made, const View& now);
  bool put_back_owner(const View& was, const View& now);
  void put_back_rights(const View& was, const View& now);
  std::set<Right> rights_now(const View& view);
  std::vector<std::string> grants(const View& was, const std::set<Right>& rights, bool together);
  void put_back_parts(const View& was, const View& now);
  /// All of it in one go, or what works of the others.
  void attempt(const std::string& what, const View& view, const std::vector<std::string>& together,
               const std::vector<std::string>& singly);
  bool succeeds(const std::vector<std::string>& statements, std::string& why);
  void tell(const View& view, const std::string& what, const std::string& why,
            const std::string& hint);

  Connection& database_;
  std::string tag_;
  std::set<std::string> names_;               // of views that the script makes
  std::map<std::string, std::string> there_;  // such views by their paths: oids
  Views seen_;                                // before the statement that is running
  Views waiting_;                             // gone
  bool rights_said_ = false;                  // by the script, since something is gone
  Views made_;                                // again, as they were then
  std::vector<Remark> remarks_;
};

}  // namespace tidemark
