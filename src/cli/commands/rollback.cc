#include "engine/rollback.h"

#include <fmt/format.h>

#include "cli/commands/define.h"
#include "cli/duration.h"
#include "cli/flags.h"
#include "cli/rollback_view.h"

namespace tidemark {
namespace {

struct Flags {
  std::shared_ptr<ProjectRequest> project;
  std::vector<std::string> allow;
  std::string count, to, wait, lock_timeout;
  bool all = false, dry_run = false;
};

RollbackRequest request_of(const Flags& flags) {
  if (static_cast<int>(!flags.count.empty()) + static_cast<int>(!flags.to.empty()) +
          static_cast<int>(flags.all) >
      1)
    throw Error(Fault::usage, "a number, --to and --all exclude each other")
        .hint("Say one of them: how many, down to which, or all.");
  RollbackRequest request{.to = flags.to, .all = flags.all};
  if (flags.count.empty()) return request;
  bool number = flags.count.find_first_not_of("0123456789") == std::string::npos;
  if (!number || flags.count.size() > 9 || std::stoul(flags.count) == 0)
    throw Error(Fault::usage, fmt::format("\"{}\" is no number of migrations", flags.count))
        .hint(fmt::format("`tidemark rollback 2` takes the last two back; `--to {}` all after that "
                          "one.",
                          flags.count));
  request.count = std::stoul(flags.count);
  return request;
}

RollbackOptions options_of(const Flags& flags) {
  RollbackOptions options;
  if (!flags.wait.empty()) options.wait = parse_duration("--wait", flags.wait);
  if (!flags.lock_timeout.empty())
    options.lock_timeout = parse_duration("--lock-timeout", flags.lock_timeout);
  return options;
}

int run_rollback(const Flags& flags, Console& console) {
  RollbackRequest request = request_of(flags);
  RollbackOptions options = options_of(flags);
  Project project(*flags.project);
  project.config();
  show_warnings(project, console);
  return take_back(project, request, {flags.allow, flags.dry_run}, options, console);
}

}  // namespace

Action define_rollback(CommandLine& app, std::string_view old_dialect) {
  auto flags = std::make_shared<Flags>();
  app.description(
      "Takes back the last migration that was applied, the last N, or all after one. The way\n"
      "back is the file {out}/.tidemark/down/TAG.sql, to be reviewed and edited; where there\n"
      "is none, it is derived from the snapshots. Each runs in one transaction, in which the\n"
      "catalog is compared with what it was before the migration: where it differs, nothing\n"
      "is changed. What loses data needs a yes, or --allow.");
  app.add_option("N", flags->count, "how many; default 1");
  app.add_option("--to", flags->to, "the migration that stays the last one").type_name("TAG");
  app.add_flag("--all", flags->all, "all that are applied");
  app.add_flag("--dry-run", flags->dry_run, "show what would run and what it would lose");
  app.add_option("--allow", flags->allow,
                 "agree to one kind of loss: loses_data, irreversible, not_transactional;\n"
                 "repeatable")
      .type_name("HAZARD");
  app.add_option("--wait", flags->wait, "how long to wait for another migrator; default 10m")
      .type_name("TIME");
  app.add_option("--lock-timeout", flags->lock_timeout,
                 "how long one try may wait for a locked table; default 200ms")
      .type_name("TIME");
  flags->project = add_project_flags(app, old_dialect, {.out = true, .database = true});
  app.footer(
      "examples\n"
      "  tidemark rollback --dry-run\n"
      "  tidemark rollback 2 --allow loses_data\n"
      "  tidemark rollback --to 0003_calm_tide\n");
  return [flags](Console& console) { return run_rollback(*flags, console); };
}

}  // namespace tidemark
