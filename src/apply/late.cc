#include "apply/late.h"

#include <fmt/format.h>

#include <algorithm>

#include "apply/created_objects.h"
#include "base/text.h"
#include "dialect/sql_writer.h"
#include "tidemark/error.h"

namespace tidemark {
namespace {

/// Something it creates is absent, and no migration after it took that away again.
/// What cannot be absent for another reason proves that it never ran.
bool never_applied(Connection& database, const Status& status, std::size_t index) {
  Engine engine = database.engine();
  std::vector<CreatedObject> objects = created_objects(status.migrations[index].migration, engine);
  std::span<const MigrationStatus> rest(status.migrations);
  std::erase_if(objects, [&](const CreatedObject& object) {
    return std::ranges::any_of(rest.subspan(index), [&](const MigrationStatus& later) {
      return removes(later.migration, engine, object.name()) ||
             (object.kind == CreatedObject::Kind::column &&
              removes(later.migration, engine, object.path.name));
    });
  });
  return !objects.empty() && std::ranges::none_of(objects, [&](const CreatedObject& object) {
    return exists(database, object);
  });
}

Error undecided(const std::vector<const MigrationFile*>& files, const HistoryTable& history) {
  std::vector<std::string> tags, rows;
  for (const MigrationFile* file : files) {
    tags.push_back(file->tag);
    rows.push_back(fmt::format("({}, {})", string_literal(file->hash), file->when));
  }
  std::string insert = standard_sql("INSERT INTO ", history.path(), " (hash, created_at) VALUES ");
  return Error(Fault::answer_needed,
               fmt::format("cannot tell whether {} applied to this database: {}\n  {} older than "
                           "the newest applied migration and {} no row in {}; nothing was changed",
                           files.size() == 1 ? "this migration was" : "these migrations were",
                           join(tags, ", "), files.size() == 1 ? "it is" : "they are",
                           files.size() == 1 ? "has" : "have", history.name()))
      .hint(fmt::format("if the database has what they create (`tidemark repair` will ask), record "
                        "them:\n    {}{};\n  if not, generate them anew, so that they come last",
                        insert, join(rows, ", ")));
}

}  // namespace

void require_never_applied(Connection& database, const Status& status,
                           const HistoryTable& history) {
  if (status.has_log) return;  // since our first run every row was written by somebody who looked
  std::vector<const MigrationFile*> unknown;
  for (std::size_t i = 0; i < status.migrations.size(); ++i)
    if (status.migrations[i].state == MigrationState::late && !never_applied(database, status, i))
      unknown.push_back(&status.migrations[i].migration);
  if (!unknown.empty()) throw undecided(unknown, history);
}

}  // namespace tidemark
