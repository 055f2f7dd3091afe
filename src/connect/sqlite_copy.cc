#include "connect/sqlite_copy.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <memory>
#include <string>

#include "base/interruption.h"
#include "tidemark/error.h"

namespace tidemark {
namespace {

constexpr int pages_per_step = 1024;
constexpr int longest_wait_ms = 10'000;

struct Closer {
  void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};
using Handle = std::unique_ptr<sqlite3, Closer>;

[[noreturn]] void fail(std::string_view what, const std::filesystem::path& file, int code,
                       const std::string& words) {
  std::string hint = "check that the file and its folder may be read by this user";
  if ((code & 0xFF) == SQLITE_FULL) hint = "make room on the disk, then run it again";
  if ((code & 0xFF) == SQLITE_BUSY) hint = "somebody else holds the database: try again later";
  if ((code & 0xFF) == SQLITE_READONLY || (code & 0xFF) == SQLITE_IOERR)
    hint = "check the rights of the file and of its folder, and the disk";
  if ((code & 0xFF) == SQLITE_NOTADB) hint = "it is no SQLite database: is it the right file?";
  if ((code & 0xFF) == SQLITE_CORRUPT) hint = "the file is damaged; use an older backup";
  Fault fault = (code & 0xFF) == SQLITE_BUSY ? Fault::locked : Fault::failed;
  throw Error(fault, fmt::format("cannot {} {}: {}", what, file.string(), words)).hint(hint);
}

std::string percent_encoded(const std::string& path) {
  std::string out;
  for (char c : path) {
    if (c == '%' || c == '?' || c == '#')
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    else
      out += c;
  }
  return out;
}

/// A file that is at rest is opened as one that cannot change: a backup in WAL mode on a
/// medium that cannot be written to can be read no other way.
Handle open(const std::filesystem::path& file, bool at_rest, int flags, std::string_view what) {
  std::string name = std::filesystem::absolute(file).string();
  std::error_code error;
  std::uintmax_t wal = std::filesystem::file_size(name + "-wal", error);
  bool frozen = at_rest && (error || wal == 0);
  std::string uri = "file:" + percent_encoded(name) + (frozen ? "?immutable=1" : "");
  sqlite3* database = nullptr;
  int code = sqlite3_open_v2(uri.c_str(), &database, flags | SQLITE_OPEN_URI, nullptr);
  Handle handle(database);
  if (code != SQLITE_OK) fail(what, file, code, sqlite3_errstr(code));
  sqlite3_busy_timeout(database, longest_wait_ms);
  return handle;
}

/// The first value of the first row.
std::string value_of(sqlite3* database, const char* sql, std::string_view what,
                     const std::filesystem::path& file) {
  sqlite3_stmt* statement = nullptr;
  int code = sqlite3_prepare_v2(database, sql, -1, &statement, nullptr);
  if (code == SQLITE_OK) code = sqlite3_step(statement);
  std::string value;
  if (code == SQLITE_ROW)
    if (const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0)))
      value = text;
  std::string words = sqlite3_errmsg(database);
  sqlite3_finalize(statement);
  if (code != SQLITE_ROW && code != SQLITE_DONE && code != SQLITE_OK) fail(what, file, code, words);
  return value;
}

void copy(sqlite3* from, sqlite3* to, const std::filesystem::path& target,
          const CopyProgress& progress) {
  sqlite3_backup* backup = sqlite3_backup_init(to, "main", from, "main");
  if (!backup) fail("write", target, sqlite3_errcode(to), sqlite3_errmsg(to));
  int code = SQLITE_OK;
  while (code == SQLITE_OK && !interrupted()) {
    code = sqlite3_backup_step(backup, pages_per_step);
    auto total = static_cast<std::uint64_t>(sqlite3_backup_pagecount(backup));
    if (progress)
      progress(total - static_cast<std::uint64_t>(sqlite3_backup_remaining(backup)), total);
  }
  int finished = sqlite3_backup_finish(backup);  // rolls back what is not done
  if (code == SQLITE_OK) throw Error(Fault::interrupted, "interrupted: nothing was changed");
  if (code == SQLITE_DONE && finished == SQLITE_OK) return;
  fail("write", target, code == SQLITE_DONE ? finished : code,
       sqlite3_errstr(code == SQLITE_DONE ? finished : code));
}

}  // namespace

SqliteSource::SqliteSource(const std::filesystem::path& file, Use use) : file_(file) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error))
    throw Error(Fault::failed,
                fmt::format("cannot read {}: {}", file.string(),
                            std::filesystem::exists(file, error) ? "it is no file"
                                                                 : "there is no such file"))
        .hint("check the URL in the configuration; a relative path starts at the current folder");
  bool at_rest = use == Use::at_rest;
  database_ =
      open(file, at_rest, at_rest ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE, "read").release();
  try {
    begin(use);
  } catch (...) {
    sqlite3_close_v2(database_);
    throw;
  }
}

void SqliteSource::begin(Use use) {
  if (use == Use::in_use) wal_ = value_of(database_, "PRAGMA journal_mode", "read", file_) == "wal";
  value_of(database_, "BEGIN", "read", file_);
  value_of(database_, "SELECT count(*) FROM sqlite_schema", "read", file_);  // begins it really
}

SqliteSource::~SqliteSource() { sqlite3_close_v2(database_); }

void SqliteSource::copy_to(const std::filesystem::path& file, const CopyProgress& progress) const {
  Handle target = open(file, false, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, "write");
  // It is synced once, when it is whole.
  value_of(target.get(), "PRAGMA synchronous = off", "write", file);
  value_of(target.get(), "PRAGMA journal_mode = off", "write", file);
  copy(database_, target.get(), file, progress);
}

void SqliteSource::replace(const std::filesystem::path& target,
                           const CopyProgress& progress) const {
  Handle handle = open(target, false, SQLITE_OPEN_READWRITE, "write");
  value_of(handle.get(), "SELECT count(*) FROM sqlite_schema", "read", target);
  copy(database_, handle.get(), target, progress);
}

void SqliteSource::verify() const {
  std::string answer = value_of(database_, "PRAGMA quick_check(1)", "read", file_);
  if (answer == "ok") return;
  throw Error(Fault::failed, fmt::format("{} is damaged: {}", file_.string(), answer))
      .hint("nothing was changed; use another backup, or repair the database with `.recover`");
}

}  // namespace tidemark
