// Flags that many commands share: how the project is found and configured.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/command_line.h"
#include "cli/console.h"
#include "engine/engine.h"

namespace tidemark {

/// Which of the shared flags a command takes, beside --config and --env-file.
struct ProjectFlagSet {
  bool schema = false;    // --schema --casing
  bool out = false;       // --out
  bool database = false;  // --url --host …
  bool filters = false;   // --tablesFilter --schemaFilters --extensionsFilters
};

/// Adds the flags to `app`; what was given is in the request once they are parsed.
std::shared_ptr<ProjectRequest> add_project_flags(CommandLine& app, std::string_view old_dialect,
                                                  ProjectFlagSet set);

/// What was noticed since the last time, above all unknown keys of the configuration.
void show_warnings(Project& project, Console& console);

void add_json_flag(CommandLine& app);

/// The hazard of a flag's value. Throws Error(Fault::usage) that lists them.
Hazard parse_hazard(const std::string& flag, const std::string& name);

/// One more flag that stands for a configuration key.
void add_setting(CommandLine& app, const std::shared_ptr<ProjectRequest>& request,
                 const std::string& flag, const std::string& key, const std::string& value_name,
                 const std::string& explanation);

/// --rename and --rename-none, and who answers in the end.
struct RenameFlags {
  std::vector<std::string> answers;
  bool none = false;
};
std::shared_ptr<RenameFlags> add_rename_flags(CommandLine& app);

/// The answers of the flags, then the terminal, then nobody.
class Renaming {
 public:
  Renaming(const RenameFlags& flags, Console& console);
  RenameResolver& resolver() { return *resolver_; }

 private:
  std::unique_ptr<RenameResolver> otherwise_, resolver_;
};

}  // namespace tidemark
