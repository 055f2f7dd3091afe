// Only the tables that differ are built, with those that views speak of, because
// SQLite looks at every view when it changes a table.
#include "plan/proof.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <unordered_map>
#include <unordered_set>

#include "base/text.h"
#include "connect/connect.h"
#include "dialect/sqlite/sql_text.h"
#include "plan/planner.h"
#include "plan/sqlite_image.h"

namespace tidemark {
namespace {

using TablesByPath = std::unordered_map<Path, const Table*>;

TablesByPath by_path(const Catalog& catalog) {
  TablesByPath tables;
  for (const Table& table : catalog.tables) tables.emplace(table.path, &table);
  return tables;
}

/// Every name that a view's definition contains, in lower case.
std::unordered_set<std::string> names_in_views(const Catalog& catalog) {
  std::unordered_set<std::string> names;
  for (const View& view : catalog.views) {
    if (!view.definition) continue;
    for (const sqlite_sql::Token& token : sqlite_sql::tokens_of(*view.definition))
      if (token.kind == sqlite_sql::Token::Kind::word ||
          token.kind == sqlite_sql::Token::Kind::quoted)
        names.insert(lower(sqlite_sql::name_in(token)));
  }
  return names;
}

/// The part of `catalog` that a plan between it and `other` is about.
Catalog concerned(const Catalog& catalog, const Catalog& other) {
  std::unordered_set<std::string> viewed = names_in_views(catalog);
  viewed.merge(names_in_views(other));
  TablesByPath others = by_path(other);
  Catalog part{.engine = catalog.engine, .views = catalog.views};
  for (const Table& table : catalog.tables) {
    auto same = others.find(table.path);
    bool differs = same == others.end() || *same->second != table;
    if (differs || viewed.contains(lower(table.path.name.text()))) part.tables.push_back(table);
  }
  return part;
}

/// A database in memory, and what was run in it last.
class Scratch {
 public:
  Scratch() : database_(connect(parse_database_url(":memory:"))) {
    database_->execute("PRAGMA foreign_keys=OFF");  // not every parent is here
  }

  void run(const Plan& plan) {
    for (const Statement& statement : plan.statements) {
      last_ = &statement;
      database_->execute(statement.sql);
    }
  }
  void build(const Catalog& catalog) {
    NoRenames none;
    plan_ = make_plan(diff({.engine = catalog.engine}, catalog, none), catalog);
    run(plan_);
  }
  Connection& database() { return *database_; }
  const Statement& last() const { return *last_; }

 private:
  std::unique_ptr<Connection> database_;
  Plan plan_;
  const Statement* last_ = nullptr;
};

bool is_libsql_only(const Plan& plan) {
  return std::ranges::any_of(plan.statements, [](const Statement& statement) {
    return statement.sql.find(" ALTER COLUMN ") != std::string::npos;
  });
}

/// Does the application bring along what is missing here?
bool is_unknown_here(const DatabaseError& error) {
  for (std::string_view thing : {"no such function", "no such collation", "no such module"})
    if (error.message.find(thing) != std::string::npos) return true;
  return false;
}

Error refused(const DatabaseError& error, const Statement& statement) {
  Error refusal = Error(Fault::failed, "SQLite refuses this: " + error.message)
                      .running(statement.sql)
                      .hint("nothing was written; correct the schema and run it again");
  if (!statement.origin.range) return refusal;
  return std::move(refusal).at(*statement.origin.range);
}

/// Runs `work`; nothing when this SQLite cannot tell.
template <class Work>
Proof try_out(Engine engine, const Scratch* const& running, Work work) {
  try {
    work();
    return Proof::given;
  } catch (const DatabaseError& error) {
    if (is_unknown_here(error) || engine == Engine::turso) return Proof::not_possible;
    throw refused(error, running->last());
  }
}

bool has_index_twice(const Catalog& catalog) {
  std::unordered_set<std::string> names;
  for (const Table& table : catalog.tables)
    for (const Index& index : table.indexes)
      if (!names.insert(lower(index.name.text())).second) return true;
  return false;
}

/// A plan from nothing is what a build would run, so SQLite has to take it and
/// nothing is compared. Each new table costs SQLite a look at all others: many are
/// tried in parts.
Proof prove_build(const Catalog& after) {
  const std::size_t size = has_index_twice(after) ? after.tables.size() : 50;
  Proof proof = Proof::given;
  for (std::size_t from = 0; from < after.tables.size() && proof == Proof::given; from += size) {
    auto first = after.tables.begin() + static_cast<std::ptrdiff_t>(from);
    auto last = first + static_cast<std::ptrdiff_t>(std::min(size, after.tables.size() - from));
    Scratch scratch;
    const Scratch* running = &scratch;
    proof = try_out(after.engine, running, [&] {
      scratch.build({.engine = after.engine, .tables = {first, last}});
      if (from == 0) scratch.build({.engine = after.engine, .views = after.views});
    });
  }
  return proof;
}

}  // namespace

Proof prove(const Catalog& before, const Catalog& after, const Plan& plan) {
  if (after.engine == Engine::postgresql || is_libsql_only(plan)) return Proof::not_possible;
  if (plan.statements.empty()) return Proof::given;
  if (before.tables.empty() && before.views.empty()) return prove_build(after);
  Scratch changed, fresh;
  try {
    changed.build(concerned(before, after));
  } catch (const DatabaseError&) {
    return Proof::not_possible;  // what was wrong with the past is not this plan's doing
  }
  const Scratch* running = &fresh;
  Proof proof = try_out(after.engine, running, [&] {
    fresh.build(concerned(after, before));
    running = &changed;
    changed.run(plan);
  });
  if (proof != Proof::given) return proof;
  std::string difference =
      first_difference(read_sqlite_image(changed.database()), read_sqlite_image(fresh.database()));
  if (difference.empty()) return Proof::given;
  throw Error(Fault::bug, "the plan does not lead to the schema: " + difference)
      .hint("please report this with the two snapshots; `generate --custom` is the way around");
}

}  // namespace tidemark
