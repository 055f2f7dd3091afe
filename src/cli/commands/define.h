// One function per command: adds its flags to `app`, and gives what runs when they
// are parsed.
#pragma once

#include <string_view>

#include "cli/command.h"

namespace tidemark {

Action define_changelog(CLI::App& app, std::string_view old_dialect);
Action define_backup(CLI::App& app, std::string_view old_dialect);
Action define_check(CLI::App& app, std::string_view old_dialect);
Action define_drift(CLI::App& app, std::string_view old_dialect);
Action define_drop(CLI::App& app, std::string_view old_dialect);
Action define_export(CLI::App& app, std::string_view old_dialect);
Action define_generate(CLI::App& app, std::string_view old_dialect);
Action define_init(CLI::App& app, std::string_view old_dialect);
Action define_migrate(CLI::App& app, std::string_view old_dialect);
Action define_plan(CLI::App& app, std::string_view old_dialect);
Action define_pull(CLI::App& app, std::string_view old_dialect);
Action define_purge(CLI::App& app, std::string_view old_dialect);
Action define_push(CLI::App& app, std::string_view old_dialect);
Action define_rebase(CLI::App& app, std::string_view old_dialect);
Action define_rehearse(CLI::App& app, std::string_view old_dialect);
Action define_restore(CLI::App& app, std::string_view old_dialect);
Action define_repair(CLI::App& app, std::string_view old_dialect);
Action define_rollback(CLI::App& app, std::string_view old_dialect);
Action define_run(CLI::App& app, std::string_view old_dialect);
Action define_seed(CLI::App& app, std::string_view old_dialect);
Action define_squash(CLI::App& app, std::string_view old_dialect);
Action define_status(CLI::App& app, std::string_view old_dialect);
Action define_studio(CLI::App& app, std::string_view old_dialect);
Action define_up(CLI::App& app, std::string_view old_dialect);

}  // namespace tidemark
