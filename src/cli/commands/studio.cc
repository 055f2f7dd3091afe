#include "studio/studio.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "base/files.h"
#include "base/process.h"
#include "cli/commands/define.h"
#include "cli/flags.h"
#include "engine/database.h"
#include "studio/guard.h"

namespace tidemark {
namespace {

struct Flags {
  std::shared_ptr<ProjectRequest> project;
  std::string host = "localhost";
  unsigned port = 4983;
  bool read_only = false, write = false, no_open = false, verbose = false, exposed = false;
};

void require_loopback(const Flags& flags) {
  if (flags.host == "0.0.0.0" || flags.host == "::")
    throw Error(Fault::usage,
                fmt::format("--host {} is every address and the name of none", flags.host))
        .hint("Give the one that browsers use: requests for other names are refused.");
  if (flags.exposed || studio::is_loopback(flags.host)) return;
  throw Error(Fault::usage,
              fmt::format("--host {} would let other machines in, without encryption", flags.host))
      .hint("Reach it by `ssh -L 4983:localhost:4983`, or say --exposed.");
}

/// A page that leads there, for this user only: arguments of programs can be read by
/// others of this machine.
class Opener {
 public:
  explicit Opener(const std::string& link) {
    std::string pattern = (std::filesystem::temp_directory_path() / "tidemark-XXXXXX").string();
    if (!::mkdtemp(pattern.data())) return;
    folder_ = pattern;
    std::filesystem::path page = folder_ / "studio.html";
    write_file(page, fmt::format("<meta http-equiv=\"refresh\" content=\"0;url={}\">\n", link));
    try {
      run_program({.program = "/usr/bin/xdg-open", .arguments = {page.string()}});
    } catch (const Error&) {  // the link is on the screen
    }
  }
  ~Opener() {
    std::error_code ignored;
    if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
  }
  Opener(const Opener&) = delete;
  Opener& operator=(const Opener&) = delete;

 private:
  std::filesystem::path folder_;
};

bool can_open(const Flags& flags, const Console& console) {
  bool screen = std::getenv("DISPLAY") != nullptr || std::getenv("WAYLAND_DISPLAY") != nullptr;
  return !flags.no_open && console.asks() && screen;
}

void show_start(Console& console, const studio::StudioStart& start,
                const studio::StudioOptions& options) {
  console.event("studio", {{"link", start.link},
                           {"database", start.database.url.shown},
                           {"remote", start.remote},
                           {"read_only", options.read_only}});
  console.say(fmt::format("database  {}  {}", start.database.url.shown,
                          console.dim("(" + start.database.from + ")")));
  if (start.remote) console.say(console.red("          on another machine"));
  console.say(
      fmt::format("access    {}", options.read_only ? "only reading" : "reading and writing"));
  console.say();
  console.say(fmt::format("Tidemark Studio is up: {}", console.bold(start.link)));
  console.say(console.dim("The link works once, in this machine's browser. Ctrl-C ends it."));
  console.flush();
}

/// Where the database is another machine's, writing needs a word.
bool only_reads(const Flags& flags, Console& console) {
  if (flags.read_only || flags.write) return flags.read_only;
  Project project(*flags.project);
  bool remote = is_remote(project.database().url);
  show_warnings(project, console);
  if (remote)
    console.notice("the database is on another machine: only reading; --write allows more");
  return remote;
}

int run_studio(const Flags& flags, Console& console) {
  require_loopback(flags);
  if (flags.port > 65535)
    throw Error(Fault::usage, fmt::format("--port: there is no {}", flags.port));
  studio::StudioOptions options{.project = *flags.project,
                                .host = flags.host,
                                .port = static_cast<std::uint16_t>(flags.port),
                                .read_only = only_reads(flags, console),
                                .version = TIDEMARK_VERSION};
  std::optional<Opener> opener;
  auto ready = [&](const studio::StudioStart& start) {
    show_start(console, start, options);
    if (can_open(flags, console)) opener.emplace(start.link);
  };
  std::function<void(const std::string&)> log;
  if (flags.verbose)
    log = [&](const std::string& line) {
      console.say(console.dim(line));
      console.flush();
    };
  auto warn = [&](const std::string& text) {
    console.notice(text);
    console.flush();
  };
  studio::serve_studio(options, ready, log, warn);
  console.say("Tidemark Studio has ended.");
  return 0;
}

}  // namespace

Action define_studio(CommandLine& app, std::string_view old_dialect) {
  auto flags = std::make_shared<Flags>();
  app.description(
      "Serves a page on this machine that shows and changes the data, runs SQL, and shows the\n"
      "schema and the migrations. Needs no network. The link that is printed opens it once;\n"
      "pages of other sites are refused.");
  app.add_option("--port", flags->port, "default 4983; 0 takes a free one").type_name("PORT");
  app.add_option("--host", flags->host, "the address to listen on; default localhost")
      .type_name("ADDRESS");
  app.add_flag("--exposed", flags->exposed, "let --host be an address that others reach");
  app.add_flag("--read-only", flags->read_only, "refuse everything that changes something");
  app.add_flag("--write", flags->write, "allow changes of a database on another machine");
  app.add_flag("--no-open", flags->no_open, "do not open the browser");
  app.add_flag("--verbose", flags->verbose, "print each request");
  flags->project =
      add_project_flags(app, old_dialect, {.schema = true, .out = true, .database = false});
  add_setting(app, flags->project, "--url", "dbCredentials.url", "URL", "the database");
  app.footer(
      "examples\n"
      "  tidemark studio\n"
      "  tidemark studio --read-only --env-file .env.production\n"
      "  tidemark studio --port 0 --no-open\n");
  return [flags](Console& console) { return run_studio(*flags, console); };
}

}  // namespace tidemark
