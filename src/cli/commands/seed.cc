#include "engine/seed.h"

#include <fmt/format.h>

#include "base/files.h"
#include "base/text.h"
#include "cli/commands/define.h"
#include "cli/duration.h"
#include "cli/flags.h"
#include "cli/terminal.h"
#include "engine/database.h"
#include "engine/run_script.h"

namespace tidemark {

namespace fs = std::filesystem;

namespace {

struct Flags {
  std::shared_ptr<ProjectRequest> project;
  std::string file, profile, time_limit;
  bool transaction = false, dry_run = false, reset = false, generate = false, upsert = false;
  bool yes = false;
  std::vector<std::string> rows;
  std::uint64_t number = 1;
};

/// What the file says, and over it `--rows 50`, `--rows users=1000`.
seed::Profile profile_of(const Flags& flags, const Project& project) {
  seed::Profile profile;
  if (!flags.profile.empty())
    profile = seed::parse_profile(read_file(project.cwd() / flags.profile), flags.profile);
  for (const std::string& one : flags.rows) {
    std::size_t equals = one.rfind('=');
    std::string digits = equals == std::string::npos ? one : one.substr(equals + 1);
    bool fits = !digits.empty() && digits.size() < 10 &&
                digits.find_first_not_of("0123456789") == std::string::npos;
    if (!fits)
      throw Error(Fault::usage, fmt::format("--rows {} is no number of rows", one))
          .hint("Say `--rows 50` for every table, or `--rows users=1000` for one.");
    std::size_t count = std::stoul(digits);
    if (equals == std::string::npos)
      profile.rows = count;
    else
      profile.of[one.substr(0, equals)] = count;
  }
  return profile;
}

bool is_rows_or_sql(const fs::path& file) {
  return file.extension() == ".sql" || file.extension() == ".csv" || file.extension() == ".json";
}

/// What there is to run: a script, or files of rows.
struct Found {
  fs::path script;
  std::vector<fs::path> files;
};

Found find(const Flags& flags, Project& project) {
  const fs::path& cwd = project.cwd();
  std::string named = flags.file;
  if (named.empty() && project.is_configured()) named = project.config().seed;
  if (!named.empty()) {
    fs::path given = (cwd / named).lexically_normal();
    if (fs::is_directory(given)) return {{}, seed_files_in(given)};
    if (!fs::exists(given) && is_rows_or_sql(given))
      throw Error(Fault::usage, fmt::format("there is no file {}", named));
    if (is_rows_or_sql(given)) return {{}, {given}};
    return {given, {}};
  }
  if (fs::path script = find_seed_script(project); !script.empty()) return {script, {}};
  return {{}, seed_files_in(cwd / "seeds")};
}

/// Emptying tables, and filling them with what is made up, is for no database by accident.
void require_consent(const Flags& flags, Project& project, Console& console) {
  if (flags.yes || flags.dry_run || (!flags.reset && !flags.generate)) return;
  DatabaseSource database = project.database();
  bool remote = is_remote(database.url);
  if (!flags.reset && !remote) return;
  std::string what = flags.reset ? "all rows of " : "made-up rows would go into ";
  std::string text = fmt::format("{}{}{} {}", what, database.url.shown,
                                 remote ? ", which is not on this machine," : "",
                                 flags.reset ? "would be deleted" : "");
  text = std::string(trim(text));
  if (!console.asks()) throw Error(Fault::answer_needed, text).hint("Agree with `--yes`.");
  console.warn(text);
  console.flush();
  std::vector<std::string> answers = {"No, abort", "Yes, go on"};
  if (ask({"Go on?", answers}) != 1) throw Error(Fault::failed, "aborted: nothing was changed");
}

void show(const SeedReport& report, bool dry_run, Console& console) {
  if (!report.emptied.empty()) {
    console.event("emptied", {{"tables", report.emptied.size()}});
    console.say(fmt::format("{} {}", dry_run ? "would empty" : "emptied",
                            counted(report.emptied.size(), "table")));
  }
  for (const SeedPart& part : report.parts) {
    std::string count = counted(part.count, part.is_sql ? "statement" : "row");
    console.event("seeded", {{"what", part.what}, {"count", part.count}});
    console.say(fmt::format("  {}  {}", part.what, console.dim(count)));
  }
  for (const std::string& note : report.notes) console.warn(note);
  console.event("seed_finished", {{"dry_run", dry_run}});
  if (dry_run)
    console.say("Nothing was changed.");
  else
    console.say(fmt::format("[{}] {} seeded", console.green("✓"), report.database.url.shown));
}

int run_seed_script(const Flags& flags, Project& project, const fs::path& script,
                    Console& console) {
  ScriptRequest request{.file = script, .transaction = flags.transaction, .dry_run = flags.dry_run};
  if (flags.reset && (flags.transaction || flags.dry_run)) {
    auto [beginning, tables] = reset_beginning(project);
    request.beginning = std::move(beginning);
    console.say(fmt::format("{} empty {} first", flags.dry_run ? "would" : "will",
                            counted(tables, "table")));
  } else if (flags.reset) {
    SeedReport report = reset_tables(project, {.reset = true});
    console.say(fmt::format("emptied {}", counted(report.emptied.size(), "table")));
  }
  if (!flags.time_limit.empty())
    request.time_limit = parse_duration("--time-limit", flags.time_limit);
  console.notice(fmt::format("running {}", project.shown(script)));
  console.flush();
  return run_script(project, request);
}

/// What only says how rows are made up is no wish for rows of files.
void require_generate(const Flags& flags) {
  if (flags.generate || (flags.rows.empty() && flags.profile.empty())) return;
  throw Error(Fault::usage, fmt::format("{} is about rows that are made up",
                                        flags.rows.empty() ? "--profile" : "--rows"))
      .hint("Add --generate, or leave it out.");
}

int run_seed(const Flags& flags, Console& console) {
  require_generate(flags);
  Project project(*flags.project);
  require_consent(flags, project, console);
  SeedOptions options{.reset = flags.reset, .upsert = flags.upsert, .dry_run = flags.dry_run};
  options.progress = [&](const std::string& table, std::size_t rows) {
    console.progress(rows == 0 ? table + " …"
                               : fmt::format("{} … {}", table, counted(rows, "row")));
  };
  if (flags.generate) {
    show(seed_made_up(project, profile_of(flags, project), flags.number, options), flags.dry_run,
         console);
    return 0;
  }
  Found found = find(flags, project);
  if (!found.script.empty()) return run_seed_script(flags, project, found.script, console);
  if (found.files.empty() && !flags.reset)
    throw Error(Fault::usage, "there is nothing to seed with")
        .hint(
            "Name a script with --file, write seeds/users.csv (or .json, .sql), or make rows up "
            "with --generate.");
  show(seed_from_files(project, found.files, options), flags.dry_run, console);
  return 0;
}

}  // namespace

Action define_seed(CommandLine& app, std::string_view old_dialect) {
  auto flags = std::make_shared<Flags>();
  app.description(
      "Fills the configured database. The project's own seed script is run as `tidemark run` runs\n"
      "it: the one behind `db:seed` in package.json, or src/db/seed.ts and its like. Where there\n"
      "is none, the files of seeds/ are read in order of their names: SQL, and rows in CSV or\n"
      "JSON for the table that the file is named after. --generate makes rows up that fit types,\n"
      "keys and simple checks. Files and made-up rows go in in one transaction.");
  app.add_option("--file", flags->file, "the script, file or folder to use").type_name("PATH");
  app.add_flag("--generate", flags->generate, "make rows up");
  app.add_option("--rows", flags->rows, "how many of each table, default 100; TABLE=N for one")
      .type_name("N")
      .one_at_a_time();
  app.add_option("--profile", flags->profile,
                 "a JSON file that says how many rows, and how values are spread")
      .type_name("FILE");
  app.add_option("--seed", flags->number, "another number makes up other rows").type_name("N");
  app.add_flag("--upsert", flags->upsert, "update rows whose key is there already");
  app.add_flag("--reset", flags->reset, "empty every table first; asks");
  app.add_flag("--transaction", flags->transaction,
               "all that the script does is one transaction, taken back if it fails");
  app.add_flag("--dry-run", flags->dry_run, "show what would be done, and change nothing");
  app.add_flag("--yes", flags->yes, "ask nothing, for databases on other machines too");
  app.add_option("--time-limit", flags->time_limit,
                 "how long the script may compute without a pause; default 60s")
      .type_name("TIME");
  flags->project = add_project_flags(app, old_dialect, {.database = true, .filters = true});
  app.footer(
      "examples\n"
      "  tidemark seed --env-file .env.test\n"
      "  tidemark seed --reset --yes\n"
      "  tidemark seed --generate --rows 50 --rows users=1000 --seed 7\n"
      "  tidemark seed --generate --profile profile.json\n");
  return [flags](Console& console) { return run_seed(*flags, console); };
}

}  // namespace tidemark
