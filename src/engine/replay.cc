#include "engine/replay.h"

#include <algorithm>
#include <set>

#include "apply/altered_columns.h"
#include "apply/catalog_image.h"
#include "apply/script.h"
#include "apply/status.h"
#include "connect/connect.h"
#include "tidemark/error.h"

namespace tidemark {
namespace {

bool run_on(Connection& scratch, const MigrationFile& file, Engine engine) {
  try {
    for (const MigrationStatement& statement : make_script(file, engine).statements)
      if (!is_ours(statement.handling))
        scratch.execute(with_column_altered(scratch, statement.sql));
    return true;
  } catch (const DatabaseError&) {  // it needs the rows, or what only a libSQL server knows
  } catch (const Error&) {          // it has a statement that does not run in a migration
  }
  return false;
}

/// "table users" of "table users: name text".
std::string owner_of(const std::string& object) { return object.substr(0, object.find(": ")); }

/// Whether an object that was changed is another in one of the databases.
bool is_elsewhere_different(const CatalogImage& here, const CatalogImage& there,
                            const ImageChanges& changes) {
  std::set<std::string> different;
  for (const auto& [object, change] : changes_between(here, there))
    different.insert(owner_of(object));
  return std::ranges::any_of(
      changes, [&](const auto& one) { return different.contains(owner_of(one.first)); });
}

}  // namespace

std::string replayed_record(Target& target, const std::string& tag) {
  Connection& live = *target.connection;
  if (live.engine() == Engine::postgresql) return {};
  std::unique_ptr<Connection> scratch = connect(parse_database_url(":memory:"));
  scratch->execute("PRAGMA foreign_keys = OFF");
  CatalogImage before, after;
  for (const MigrationStatus& one :
       read_status(live, target.migrations, target.history).migrations) {
    if (!one.row) continue;
    const bool wanted = one.migration.tag == tag;
    if (wanted) before = read_recorded(*scratch, target.history);
    if (!run_on(*scratch, one.migration, live.engine())) return {};
    if (wanted) after = read_recorded(*scratch, target.history);
  }
  std::string record = changes_text(Engine::sqlite, changes_between(before, after));
  const std::optional<ImageChanges> changes = parse_changes(record);
  const bool fits = changes && !is_elsewhere_different(read_image(*scratch, target.history),
                                                       read_image(live, target.history), *changes);
  return fits ? record : std::string();
}

}  // namespace tidemark
