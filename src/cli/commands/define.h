// One function per command: adds its flags to `app`, and gives what runs when they
// are parsed.
#pragma once

#include <string_view>

#include "cli/command.h"

namespace tidemark {

Action define_changelog(CommandLine& app, std::string_view old_dialect);
Action define_backup(CommandLine& app, std::string_view old_dialect);
Action define_check(CommandLine& app, std::string_view old_dialect);
Action define_drift(CommandLine& app, std::string_view old_dialect);
Action define_drop(CommandLine& app, std::string_view old_dialect);
Action define_export(CommandLine& app, std::string_view old_dialect);
Action define_generate(CommandLine& app, std::string_view old_dialect);
Action define_init(CommandLine& app, std::string_view old_dialect);
Action define_migrate(CommandLine& app, std::string_view old_dialect);
Action define_plan(CommandLine& app, std::string_view old_dialect);
Action define_pull(CommandLine& app, std::string_view old_dialect);
Action define_purge(CommandLine& app, std::string_view old_dialect);
Action define_push(CommandLine& app, std::string_view old_dialect);
Action define_rebase(CommandLine& app, std::string_view old_dialect);
Action define_rehearse(CommandLine& app, std::string_view old_dialect);
Action define_restore(CommandLine& app, std::string_view old_dialect);
Action define_repair(CommandLine& app, std::string_view old_dialect);
Action define_rollback(CommandLine& app, std::string_view old_dialect);
Action define_run(CommandLine& app, std::string_view old_dialect);
Action define_seed(CommandLine& app, std::string_view old_dialect);
Action define_squash(CommandLine& app, std::string_view old_dialect);
Action define_status(CommandLine& app, std::string_view old_dialect);
Action define_studio(CommandLine& app, std::string_view old_dialect);
Action define_up(CommandLine& app, std::string_view old_dialect);

}  // namespace tidemark
