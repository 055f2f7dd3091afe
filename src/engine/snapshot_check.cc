#include "engine/snapshot_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "connect/connect.h"
#include "diff/diff.h"
#include "plan/planner.h"
#include "source/live/scope.h"
#include "source/live/settle.h"

namespace tidemark {
namespace {

/// A connection inside a transaction, for who wants to have one of their own: it is a
/// savepoint then.
class Nested final : public Connection {
 public:
  explicit Nested(Connection& outer) : outer_(outer) {}

  Engine engine() const override { return outer_.engine(); }
  Rows query(std::string_view sql, std::span<const Value> parameters) override {
    return outer_.query(sql, parameters);
  }
  std::vector<Rows> query_all(std::span<const Command> queries) override {
    return outer_.query_all(queries);
  }
  void run(std::span<const Command> commands, const Progress& done) override {
    std::vector<Command> nested(commands.begin(), commands.end());
    for (Command& command : nested) {
      if (command.sql == "BEGIN") command.sql = "SAVEPOINT tidemark_check";
      if (command.sql == "ROLLBACK") command.sql = "ROLLBACK TO SAVEPOINT tidemark_check";
    }
    outer_.run(nested, done);
  }

 private:
  Connection& outer_;
};

/// On PostgreSQL: what lies between the database and a schema, before and after.
class CheckBySnapshots final : public CatalogCheck {
 public:
  CheckBySnapshots(std::string tag, const Catalog& before, const Catalog& after,
                   const Renames& renames, LiveScope scope)
      : tag_(std::move(tag)),
        schema_before_(in_scope(before, scope)),
        schema_after_(in_scope(after, scope)),
        back_(inverted(renames)),
        scope_(std::move(scope)) {}

  void before(Connection& database) override {
    drift_ = distance(database, schema_after_, /*by_names_before=*/true);
  }

  std::vector<std::string> after(Connection& database) override {
    std::set<std::string> left = distance(database, schema_before_, /*by_names_before=*/false);
    std::erase_if(left, [&](const std::string& sql) { return drift_.contains(sql); });
    if (left.empty()) return {};
    std::string list;
    for (const std::string& sql : left) list += "\n  - " + replace_all(sql, "\n", " ");
    throw Error(Fault::failed,
                fmt::format("the way back of {} does not lead to the schema before it; it was "
                            "rolled back, nothing was changed. What is still to do:{}",
                            tag_, list));
  }

 private:
  std::set<std::string> distance(Connection& database, Catalog wanted, bool by_names_before) {
    Nested nested(database);
    Settled settled = settle(read_live(nested, scope_).catalog, wanted, scope_, nested);
    settled.live.engine = wanted.engine;
    if (by_names_before) {
      settled.live = named_as_before(settled.live);
      wanted = named_as_before(wanted);
    }
    NoRenames none;
    std::set<std::string> statements;
    for (Statement& it : make_plan(diff(settled.live, wanted, none), wanted).statements)
      statements.insert(std::move(it.sql));
    return statements;
  }

  /// What is different before and after is told by the same names.
  Catalog named_as_before(const Catalog& catalog) const {
    KnownRenames renames(back_);
    return diff(catalog, schema_before_, renames).renamed;
  }

  std::string tag_;
  Catalog schema_before_, schema_after_;
  Renames back_;
  LiveScope scope_;
  std::set<std::string> drift_;
};

/// What a SQLite database of this schema holds.
CatalogImage image_of(const Catalog& catalog) {
  std::unique_ptr<Connection> scratch = connect(parse_database_url(":memory:"));
  scratch->execute("PRAGMA foreign_keys=OFF");
  NoRenames none;
  Plan plan = make_plan(diff({.engine = catalog.engine}, catalog, none), catalog);
  for (const Statement& statement : plan.statements) scratch->execute(statement.sql);
  return read_sqlite_objects(*scratch);
}

}  // namespace

std::unique_ptr<CatalogCheck> check_by_snapshots(const std::string& tag, const Catalog& before,
                                                 const Catalog& after, const Renames& renames,
                                                 const LiveScope& scope, const Target& target) {
  if (target.connection->engine() == Engine::postgresql)
    return std::make_unique<CheckBySnapshots>(tag, before, after, renames, scope);
  return check_by_changes(tag, changes_between(image_of(before), image_of(after)), target.history,
                          ChangesFrom::schemas);
}

}  // namespace tidemark
