#include "engine/backup.h"

#include <fmt/format.h>

#include <chrono>
#include <ctime>

#include "base/interruption.h"
#include "base/new_file.h"
#include "connect/connect.h"
#include "connect/sqlite_copy.h"
#include "engine/database.h"
#include "engine/libsql_backup.h"
#include "engine/postgres_backup.h"
#include "engine/turso_branch.h"

namespace tidemark {
namespace {

namespace fs = std::filesystem;

std::string utc_now() {
  std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  return fmt::format("{:04}{:02}{:02}T{:02}{:02}{:02}Z", parts.tm_year + 1900, parts.tm_mon + 1,
                     parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec);
}

bool is_sqlite(const DatabaseUrl& url) { return url.driver == DatabaseUrl::Driver::sqlite3; }
bool is_libsql(const DatabaseUrl& url) { return url.driver == DatabaseUrl::Driver::libsql_http; }

std::string name_of(const DatabaseUrl& url) {
  if (is_sqlite(url)) return fs::path(url.path).stem().string();
  return is_libsql(url) ? libsql_name(url) : database_name(url);
}

/// A name that no file has yet: two backups may be made in one second.
fs::path default_place(Project& project, const DatabaseUrl& url) {
  std::string database = name_of(url);
  for (char& c : database)
    if (c == '/' || c == '\0') c = '_';
  fs::path stem = backup_folder(project) / fmt::format("{}-{}", database, utc_now());
  const char* suffix = url.engine() == Engine::postgresql ? ".dump" : ".db";
  fs::path place = stem.string() + suffix;
  for (int n = 2; fs::exists(place); ++n) place = fmt::format("{}-{}{}", stem.string(), n, suffix);
  return place;
}

void require_lasting(const DatabaseUrl& url) {
  if (is_sqlite(url) && url.path == ":memory:")
    throw Error(Fault::usage, "a database in memory cannot be backed up or restored");
}

CopyProgress pages(const CopySink& progress) {
  return [&progress](std::uint64_t done, std::uint64_t of) { progress({"pages", done, of}); };
}

std::string back_up_sqlite(const DatabaseUrl& url, const fs::path& file, const CopySink& progress) {
  SqliteSource source(url.path, SqliteSource::Use::in_use);
  source.copy_to(file, pages(progress));
  SqliteSource(file, SqliteSource::Use::at_rest).verify();
  return source.writers_go_on() ? "WAL mode: writers went on meanwhile"
                                : "rollback journal: writers waited meanwhile";
}

std::string write_backup(Project& project, const DatabaseUrl& url, const fs::path& file,
                         const CopySink& progress, const WarningSink& warn) {
  if (is_sqlite(url)) return back_up_sqlite(url, file, progress);
  if (is_libsql(url))
    return back_up_libsql(url, turso_account(project.environment()), file, progress, warn);
  return back_up_postgres(url, file, progress);
}

bool sqlite_is_empty(const DatabaseUrl& url) {
  std::error_code error;
  if (!fs::exists(url.path, error) || fs::file_size(url.path, error) == 0) return true;
  return on_database(
      [&] { return connect(url)->query("SELECT 1 FROM sqlite_schema LIMIT 1").rows.empty(); });
}

[[noreturn]] void refuse_full(const DatabaseUrl& url) {
  throw Error(Fault::answer_needed, fmt::format("{} is not empty; nothing was changed", url.shown))
      .hint("`--force` replaces everything in it. Make a backup of it first: `tidemark backup`.");
}

void restore_sqlite(const DatabaseUrl& url, const RestoreRequest& request,
                    const CopySink& progress) {
  require_writable(url);
  SqliteSource source(request.file, SqliteSource::Use::at_rest);
  source.verify();
  std::error_code error;
  if (fs::exists(url.path, error)) {
    if (fs::equivalent(url.path, request.file, error))
      throw Error(Fault::usage, "the backup and the database are the same file");
    if (!request.force && !sqlite_is_empty(url)) refuse_full(url);
    return source.replace(url.path, pages(progress));
  }
  for (const char* left : {"-wal", "-journal"})
    if (fs::exists(url.path + left, error))
      throw Error(Fault::failed, fmt::format("{}{} is there without its database, and would be "
                                             "taken for a part of what is restored",
                                             url.path, left))
          .hint("move it away, then run it again; nothing was changed");
  NewFile file(url.path);
  source.copy_to(file.temporary(), pages(progress));
  file.keep();
}

}  // namespace

fs::path backup_folder(Project& project) { return project.out() / ".tidemark" / "backups"; }

BackupDone back_up(Project& project, const std::optional<fs::path>& file, const CopySink& progress,
                   const WarningSink& warn) {
  catch_interruption();
  DatabaseSource source = project.database();
  require_same_engine(project.config(), source);
  require_lasting(source.url);
  fs::path place = file ? project.cwd() / *file : default_place(project, source.url);
  if (std::error_code error; fs::exists(place, error))
    throw Error(Fault::usage, fmt::format("{} is there already", project.shown(place)))
        .hint("Name another file, or leave it out: then the name has the time in it.");
  if (is_sqlite(source.url)) SqliteSource(source.url.path, SqliteSource::Use::in_use);
  NewFile written(place);  // after that, so that nothing is left of what cannot work
  BackupDone done{.file = place, .database = source.url.shown};
  done.note = write_backup(project, source.url, written.temporary(), progress, warn);
  written.keep();
  done.bytes = fs::file_size(place);
  return done;
}

void restore(Project& project, const RestoreRequest& request, const CopySink& progress) {
  catch_interruption();
  DatabaseSource source = project.database();
  require_same_engine(project.config(), source);
  require_lasting(source.url);
  RestoreRequest absolute = request;
  absolute.file = project.cwd() / request.file;
  if (is_sqlite(source.url)) return restore_sqlite(source.url, absolute, progress);
  if (is_libsql(source.url)) {
    SqliteSource(absolute.file, SqliteSource::Use::at_rest).verify();
    if (!request.force && !libsql_is_empty(source.url)) refuse_full(source.url);
    return restore_libsql(source.url, absolute.file, progress);
  }
  if (!request.force && !on_database([&] { return postgres_is_empty(source.url); }))
    refuse_full(source.url);
  restore_postgres(source.url, absolute, progress);
}

}  // namespace tidemark
