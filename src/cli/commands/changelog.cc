#include "engine/changelog.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "base/text.h"
#include "cli/commands/define.h"
#include "cli/flags.h"

namespace tidemark {
namespace {

struct Flags {
  std::shared_ptr<ProjectRequest> project;
  std::string since;
};

/// As code, so that nothing in a name is taken for Markdown.
std::string code(const std::string& text) {
  std::string line = replace_all(text, "\n", " ");
  if (line.find('`') == std::string::npos) return "`" + line + "`";
  return "`` " + line + " ``";
}

/// A sentence with names in it.
std::string escaped(const std::string& text) {
  std::string out;
  for (char c : text) {
    if (std::string_view("\\`*[]<>").find(c) != std::string_view::npos) out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out;
}

void show_text(Console& console, const ChangelogEntry& entry) {
  std::time_t day = entry.when / 1000;
  console.raw(fmt::format("## {} ({:%Y-%m-%d}){}\n\n", entry.tag, fmt::gmtime(day),
                          entry.is_breaking() ? " — breaking" : ""));
  for (const ChangelogLine& line : entry.lines) {
    console.raw(
        fmt::format("- {}{}\n", line.breaks.empty() ? "" : "**Breaking:** ", code(line.text)));
    for (const std::string& what : line.breaks) console.raw(fmt::format("  - {}\n", escaped(what)));
  }
  for (const std::string& sql : entry.own_sql)
    console.raw(fmt::format("- SQL written by hand: {}\n", code(sql)));
  if (!entry.has_snapshots)
    console.raw("- The folder has no snapshots of this migration, so its changes are not known.\n");
  else if (entry.lines.empty() && entry.own_sql.empty())
    console.raw("- No change of the schema.\n");
  console.raw("\n");
}

void show_event(Console& console, const ChangelogEntry& entry) {
  json::array changes;
  for (const ChangelogLine& line : entry.lines) {
    json::array breaks(line.breaks.begin(), line.breaks.end());
    changes.push_back(json::object{{"change", line.text}, {"breaks", std::move(breaks)}});
  }
  console.event("migration",
                {{"tag", entry.tag},
                 {"when", entry.when},
                 {"breaking", entry.is_breaking()},
                 {"has_snapshots", entry.has_snapshots},
                 {"changes", std::move(changes)},
                 {"own_sql", json::array(entry.own_sql.begin(), entry.own_sql.end())}});
}

int run_changelog(const Flags& flags, Console& console) {
  Project project(*flags.project);
  std::vector<ChangelogEntry> entries = changelog_of(project, flags.since);
  show_warnings(project, console);
  if (!console.json()) console.raw("# Schema changes\n\n");
  for (const ChangelogEntry& entry : entries)
    console.json() ? show_event(console, entry) : show_text(console, entry);
  return 0;
}

}  // namespace

Action define_changelog(CommandLine& app, std::string_view old_dialect) {
  auto flags = std::make_shared<Flags>();
  app.description(
      "Prints what each migration did to the schema as Markdown, newest first, from the\n"
      "snapshots. What breaks running programs or deletes data is marked as breaking. SQL\n"
      "that no snapshot knows of is named by its first line.");
  app.add_option("--since", flags->since, "only the migrations after this one").type_name("TAG");
  flags->project = add_project_flags(app, old_dialect, {.out = true});
  app.footer(
      "examples\n"
      "  tidemark changelog > SCHEMA_CHANGES.md\n"
      "  tidemark changelog --since 0011_release_2\n");
  return [flags](Console& console) { return run_changelog(*flags, console); };
}

}  // namespace tidemark
