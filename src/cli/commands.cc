// The table of commands.
#include <array>

#include "cli/command.h"
#include "cli/commands/define.h"

namespace tidemark {
namespace {

constexpr std::array<CliCommand, 24> all = {{
    {"init", "write a configuration and a starter schema", define_init},
    {"generate", "write the migration that brings the folder up to the schema", define_generate},
    {"migrate", "apply the pending migrations (also: apply)", define_migrate},
    {"rehearse", "run the pending migrations, and back, on a copy of the database",
     define_rehearse},
    {"rollback", "take applied migrations back, proved before it counts", define_rollback},
    {"backup", "write the whole database into a file, verified", define_backup},
    {"restore", "bring the database to what a backup holds", define_restore},
    {"pull", "write schema files from a live database (also: introspect)", define_pull},
    {"drift", "compare the live database with its migrations and the schema", define_drift},
    {"push", "bring the database itself up to the schema, without migrations", define_push},
    {"status", "show what is applied, pending, edited, missing or late", define_status},
    {"repair", "correct what the database counts as applied", define_repair},
    {"plan", "show the statements between any two schemas", define_plan},
    {"check", "check the migrations folder, offline: for CI", define_check},
    {"changelog", "print what each migration did to the schema, as Markdown", define_changelog},
    {"export", "print the whole schema as SQL", define_export},
    {"rebase", "put our migrations on top of those of another branch", define_rebase},
    {"squash", "make one migration of several, and prove that it is the same", define_squash},
    {"seed", "fill the database: by the seed script, files, or made-up rows", define_seed},
    {"run", "run a script of the project on the built-in drivers, without Node", define_run},
    {"drop", "take back a generated migration that is not applied yet", define_drop},
    {"purge", "remove data that was kept for rollbacks, by age", define_purge},
    {"studio", "see and change data, schema and migrations in the browser, locally", define_studio},
    {"up", "bring old snapshots to today's format", define_up},
}};

struct Later {
  std::string_view name, instead;
};

constexpr std::array<Later, 2> later = {{
    {"lint", "`tidemark plan folder schema` shows the findings of what generate would write."},
    {"doctor", "`tidemark status` shows the configuration and the connection."},
}};

}  // namespace

std::span<const CliCommand> commands() { return all; }

const CliCommand* find_command(std::string_view name) {
  if (name == "apply") name = "migrate";
  if (name == "introspect") name = "pull";
  for (const CliCommand& command : all)
    if (command.name == name) return &command;
  return nullptr;
}

std::vector<std::string> command_names() {
  std::vector<std::string> names = {"apply", "introspect", "help"};
  for (const CliCommand& command : all) names.emplace_back(command.name);
  return names;
}

std::string_view not_available(std::string_view name) {
  for (const Later& command : later)
    if (command.name == name) return command.instead;
  return {};
}

}  // namespace tidemark
