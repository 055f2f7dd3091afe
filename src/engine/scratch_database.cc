#include "engine/scratch_database.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>

#include "base/interruption.h"
#include "connect/connect.h"
#include "connect/sqlite_copy.h"
#include "engine/database.h"
#include "engine/postgres_backup.h"

namespace tidemark {
namespace {

namespace fs = std::filesystem;

DatabaseUrl with_database(DatabaseUrl url, const std::string& name) {
  auto known = std::ranges::find(url.settings, "dbname", [](const auto& one) { return one.first; });
  if (known != url.settings.end())
    known->second = name;
  else
    url.settings.emplace_back("dbname", name);
  url.shown = name;
  return url;
}

/// The database itself writes its names.
std::string formatted(Connection& database, const std::string& expression) {
  return database.query("SELECT " + expression).rows[0][0].value_or("");
}

/// With whoever is still in it, as WITH (FORCE) does since PostgreSQL 13.
void drop_database(Connection& database, const std::string& name) {
  database.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" +
                   name + "' AND pid <> pg_backend_pid()");
  database.execute("DROP DATABASE IF EXISTS " + name);
}

void create_empty(Connection& database, const std::string& name) {
  try {
    database.execute("CREATE DATABASE " + name + " TEMPLATE template0");
  } catch (const DatabaseError& error) {
    if (error.code != "42501") throw;
    throw Error(Fault::failed, "this user may not create a database for the copy")
        .hint(
            "Name an empty database, which is filled, or a copy that is there: `tidemark rehearse "
            "--on URL`. Or `ALTER ROLE … CREATEDB`.");
  }
}

}  // namespace

std::string fill_by_dump(const DatabaseUrl& of, const DatabaseUrl& into,
                         const std::optional<SampleSize>& sample, const CopySink& progress) {
  bool superuser = formatted(*connect(into), "pg_catalog.current_setting('is_superuser')") == "on";
  NewFile dump(fs::temp_directory_path() / fmt::format("tidemark-rehearsal-{}.dump", ::getpid()));
  back_up_postgres(of, dump.temporary(), progress,
                   sample ? DumpedPart::schema : DumpedPart::everything);
  RestoreRequest request{.file = dump.temporary(), .no_owner = !superuser};
  if (!sample) {
    restore_postgres(into, request, progress);
    return "pg_dump and pg_restore";
  }
  request.section = "pre-data";
  restore_postgres(into, request, progress);
  copy_sample(*connect(of), *connect(into), *sample, progress);
  request.section = "post-data";  // keys and triggers find the rows there
  restore_postgres(into, request, progress);
  refresh_views(*connect(into));
  return fmt::format("its schema and a sample, {} rows of each table and what they refer to",
                     sample->rows);
}

ScratchDatabase::ScratchDatabase(const DatabaseUrl& of, const TursoAccount& account,
                                 const std::optional<SampleSize>& sample, const CopySink& progress,
                                 WarningSink warn)
    : of_(of), url_(of), warn_(std::move(warn)) {
  try {
    if (of.driver == DatabaseUrl::Driver::sqlite3)
      copy_sqlite(progress);
    else if (of.driver == DatabaseUrl::Driver::libsql_http)
      branch_turso(account);
    else
      on_database([&] { copy_postgres(sample, progress); });
  } catch (...) {
    drop();
    throw;
  }
}

ScratchDatabase::~ScratchDatabase() { drop(); }

void ScratchDatabase::copy_sqlite(const CopySink& progress) {
  file_ = std::make_unique<NewFile>(fs::temp_directory_path() / "tidemark-rehearsal.db");
  how_ = "an empty file: the database does not exist yet";
  if (fs::exists(of_.path)) {
    how_ = "a copy by SQLite's backup API";
    SqliteSource(of_.path, SqliteSource::Use::in_use)
        .copy_to(file_->temporary(), [&](std::uint64_t done, std::uint64_t all) {
          if (progress) progress({"pages", done, all});
        });
  }
  url_.path = file_->temporary().string();
  url_.shown = "the copy";
  url_.access = DatabaseUrl::Access::create;
}

void ScratchDatabase::branch_turso(const TursoAccount& account) {
  if (!account.known())
    throw Error(Fault::usage, fmt::format("cannot copy {} for a rehearsal", of_.shown))
        .hint(
            "On Turso, set TURSO_API_TOKEN and TURSO_ORG: a branch is made and deleted again. "
            "Else make a copy, and name it with `--on URL`.");
  branch_ = std::make_unique<TursoBranch>(of_, account, warn_);
  how_ = "a branch on Turso";
  url_ = branch_->url();
}

void ScratchDatabase::copy_postgres(const std::optional<SampleSize>& sample,
                                    const CopySink& progress) {
  std::unique_ptr<Connection> database = connect(of_);
  auto now = std::chrono::system_clock::now().time_since_epoch();
  // Noted first: it may be there even where the answer says that it is not.
  name_ = fmt::format("tidemark_rehearsal_{}_{}", ::getpid(),
                      std::chrono::duration_cast<std::chrono::milliseconds>(now).count());
  url_ = with_database(of_, name_);
  how_ = "CREATE DATABASE … TEMPLATE";
  if (!sample && make_by_template(*database)) return;
  create_empty(*database, name_);
  how_ = fill_by_dump(of_, url_, sample, progress);
  if (!sample) how_ += ": others are connected";
}

/// False where others are connected, or where it is not ours to copy.
bool ScratchDatabase::make_by_template(Connection& database) {
  try {
    database.execute(formatted(database, "pg_catalog.format('CREATE DATABASE " + name_ +
                                             " TEMPLATE %I', pg_catalog.current_database())"));
    return true;
  } catch (const DatabaseError& error) {
    if (error.code != "55006" && error.code != "42501") throw;
    return false;
  }
}

void ScratchDatabase::drop() {
  if (name_.empty()) return;
  Uninterrupted tidying;
  try {
    drop_database(*connect(of_), name_);
  } catch (const std::exception& error) {
    warn_(fmt::format("the copy {} may be left over: {}; `DROP DATABASE IF EXISTS {}` removes it",
                      name_, error.what(), name_));
  }
  name_.clear();
}

}  // namespace tidemark
