#include "engine/drop.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/commands/define.h"
#include "cli/flags.h"
#include "cli/terminal.h"

namespace tidemark {
namespace {

struct Flags {
  std::shared_ptr<ProjectRequest> project;
  std::string tag;
};

/// The newest comes first: it is the one that is nearly always meant.
std::string choose(std::vector<std::string> tags, Console& console) {
  if (!console.asks())
    throw Error(Fault::answer_needed, "which migration is to be dropped?")
        .hint(fmt::format("Name it: `tidemark drop {}`.", tags.back()));
  std::ranges::reverse(tags);
  console.flush();
  return tags[ask({"Which migration is to be dropped?", tags})];
}

int run_drop(const Flags& flags, Console& console) {
  Project project(*flags.project);
  std::vector<std::string> tags = droppable(project);
  show_warnings(project, console);
  if (tags.empty() && flags.tag.empty()) {
    console.event("nothing_to_drop");
    console.say("There are no migrations to drop.");
    return 0;
  }
  std::string tag = flags.tag.empty() ? choose(tags, console) : flags.tag;
  drop_from_folder(project, tag);
  console.event("dropped", {{"tag", tag}});
  console.say(fmt::format("[{}] {} migration successfully dropped", console.green("✓"), tag));
  return 0;
}

}  // namespace

Action define_drop(CommandLine& app, std::string_view old_dialect) {
  auto flags = std::make_shared<Flags>();
  app.description(
      "Removes a migration from the folder: its SQL, its snapshot, its way back and its line in\n"
      "the journal. Databases are not touched: where it is applied already, `status` will name\n"
      "a row without a file.");
  app.add_option("TAG", flags->tag, "the migration; asked for when left out").type_name("");
  flags->project = add_project_flags(app, old_dialect, {.out = true});
  app.footer("examples\n  tidemark drop 0004_add_orders\n");
  return [flags](Console& console) { return run_drop(*flags, console); };
}

}  // namespace tidemark
