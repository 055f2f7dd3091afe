#include "apply/late.h"

#include <fmt/format.h>

#include <algorithm>

#include "apply/created_objects.h"
#include "base/text.h"
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

}  // namespace

void rule_out_undecided(Connection& database, Status& status) {
  for (std::size_t i = 0; i < status.migrations.size(); ++i) {
    MigrationStatus& one = status.migrations[i];
    if (one.undecided) one.undecided = !never_applied(database, status, i);
  }
}

void require_decided(const Status& status, const HistoryTable& history) {
  std::vector<std::string> tags = status.undecided();
  if (tags.empty()) return;
  bool one = tags.size() == 1;
  throw Error(Fault::answer_needed,
              fmt::format("cannot tell whether {} applied to this database: {}\n  {} older than "
                          "what was applied by others and {} no row in {}; nothing was changed",
                          one ? "this migration was" : "these migrations were", join(tags, ", "),
                          one ? "it is" : "they are", one ? "has" : "have", history.name()))
      .hint(undecided_hint(tags));
}

}  // namespace tidemark
