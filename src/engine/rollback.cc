#include "engine/rollback.h"

#include <fmt/format.h>

#include <algorithm>

#include "apply/status.h"
#include "base/interruption.h"
#include "base/text.h"
#include "engine/half_way_back.h"
#include "source/live/scope.h"

namespace tidemark {
namespace {

/// A row of the history, with its migration where the folder has it.
struct Applied {
  HistoryRow row;
  const MigrationStatus* migration = nullptr;
};

/// As they were applied, newest first, whatever the order of the folder.
std::vector<Applied> newest_first(const Status& status) {
  std::vector<Applied> out;
  for (const MigrationStatus& one : status.migrations)
    if (one.row) out.push_back({*one.row, &one});
  for (const HistoryRow& row : status.missing) out.push_back({row, nullptr});
  std::ranges::sort(out, std::greater{}, [](const Applied& one) { return one.row.id; });
  return out;
}

[[noreturn]] void refuse_tag(const std::string& tag, const Status& status) {
  std::vector<std::string> tags;
  for (const MigrationStatus& one : status.migrations) {
    if (one.migration.tag == tag)
      throw Error(Fault::usage,
                  fmt::format("{} is not applied, so nothing was applied after it", tag))
          .hint("`tidemark status` shows what is");
    tags.push_back(one.migration.tag);
  }
  std::string near = did_you_mean(tag, tags);
  throw Error(Fault::usage, fmt::format("there is no migration {}", tag))
      .hint(near.empty() ? "`tidemark status` lists them" : fmt::format("did you mean {}?", near));
}

std::size_t how_many(const std::vector<Applied>& applied, const Status& status,
                     const RollbackRequest& request) {
  if (request.all) return applied.size();
  if (request.to.empty()) return std::min(request.count, applied.size());
  auto stays = std::ranges::find_if(applied, [&](const Applied& one) {
    return one.migration && one.migration->migration.tag == request.to;
  });
  if (stays == applied.end()) refuse_tag(request.to, status);
  return static_cast<std::size_t>(stays - applied.begin());
}

void require_whole(const Status& status) {
  for (const MigrationStatus& one : status.migrations)
    if (one.state == MigrationState::half_applied)
      throw Error(Fault::failed, fmt::format("{} stopped half-way, and is to be finished before "
                                             "anything is taken back",
                                             one.migration.tag))
          .hint(fmt::format("run `tidemark migrate`: it resumes; or `tidemark repair --undo {}`",
                            one.migration.tag));
}

const MigrationStatus& half_applied(const Status& status, const std::string& tag) {
  for (const MigrationStatus& one : status.migrations) {
    if (one.migration.tag != tag) continue;
    if (one.state == MigrationState::half_applied) return one;
    throw Error(Fault::usage, fmt::format("{} is {}", tag, state_name(one.state)))
        .hint("only a migration that stopped half-way can be undone so; see `tidemark rollback`");
  }
  refuse_tag(tag, status);
}

void require_known(const Applied& one) {
  if (!one.migration)
    throw Error(Fault::failed,
                fmt::format("a migration that is applied is not in the folder (hash {}…), "
                            "so its way back is not known",
                            one.row.hash.substr(0, 12)))
        .hint("restore its files from version control: it may be on another branch");
  if (one.migration->state == MigrationState::edited)
    throw Error(Fault::failed, fmt::format("{} was changed after it was applied: its way back may "
                                           "not be that of what was applied",
                                           one.migration->migration.tag))
        .hint("restore the file from version control");
}

/// Newest first.
std::vector<Applied> chosen(const Status& status, const RollbackRequest& request) {
  if (!request.half.empty()) return {{{}, &half_applied(status, request.half)}};
  std::vector<Applied> applied = newest_first(status);
  applied.resize(how_many(applied, status, request));
  if (!applied.empty()) require_whole(status);
  return applied;
}

/// What came after the one that cannot be taken back still can.
Error with_the_rest(Error error, std::size_t newer) {
  if (newer == 0 || error.fault() != Fault::failed) return error;
  std::string others =
      fmt::format("`tidemark rollback {}` takes back only what came after it", newer);
  std::string hint = error.hint().empty() ? others : error.hint() + "; " + others;
  return std::move(error).hint(std::move(hint));
}

}  // namespace

Rollback::Rollback(Project& project, const RollbackRequest& request) {
  catch_interruption();
  on_database([&] { look(project, request); });
}

void Rollback::look(Project& project, const RollbackRequest& request) {
  target_ = open_target(project, Purpose::correct);
  plan_.database = target_.source;
  Status status = read_status(*target_.connection, target_.migrations, target_.history);
  Folder folder = open_folder(project.out(), project.config().engine);
  LiveScope scope = live_scope(project.config());
  auto way_back = [&](const Applied& one) {
    if (!request.half.empty()) return find_half_way_back(folder, target_, scope, *one.migration);
    require_known(one);
    return find_way_back(folder, target_, scope, *one.migration);
  };
  for (const Applied& one : chosen(status, request)) {
    try {
      plan_.ways.push_back(way_back(one));
    } catch (const Error& error) {
      throw with_the_rest(error, plan_.ways.size());
    }
  }
}

void Rollback::apply(RollbackOptions options, const EventSink& events) {
  options.history = target_.history;
  std::vector<WayBack> ways;
  for (const FoundWayBack& found : plan_.ways) ways.push_back(found.way);
  on_database([&] { roll_back(*target_.connection, ways, options, events); });
}

}  // namespace tidemark
