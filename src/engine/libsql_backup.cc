#include "engine/libsql_backup.h"

#include <fmt/format.h>

#include <algorithm>

#include "connect/connect.h"
#include "connect/sqlite_copy.h"
#include "engine/database.h"
#include "engine/sqlite_contents.h"
#include "engine/sqlite_transfer.h"
#include "engine/turso_branch.h"

namespace tidemark {
namespace {

/// Of an answer that did not come, or of a transaction that the server has ended.
[[noreturn]] void explain(const DatabaseUrl& url, const DatabaseError& error,
                          std::string_view hint) {
  if (error.code != "SQLITE_BUSY") throw_refusal(error);
  throw Error(Fault::failed, fmt::format("{}: {}; nothing was changed", url.shown, error.message))
      .hint(std::string(hint));
}

void read_all(const DatabaseUrl& url, const std::filesystem::path& file, const CopySink& progress) {
  std::unique_ptr<Connection> from = connect(url);
  std::unique_ptr<Connection> to = connect({.path = file.string(), .shown = file.string()});
  to->query("PRAGMA synchronous = off");  // synced once, when it is whole
  to->query("PRAGMA journal_mode = off");
  try {
    transfer(*from, *to, progress);
  } catch (const DatabaseError& error) {
    explain(url, error,
            "set TURSO_API_TOKEN and TURSO_ORG: then a branch is read, which nobody writes to");
  }
}

}  // namespace

std::string libsql_name(const DatabaseUrl& url) {
  std::string_view host = url.shown;
  host.remove_prefix(std::min(host.find("://") + 3, host.size()));
  return std::string(host.substr(0, host.find_first_of(".:/?")));
}

std::string back_up_libsql(const DatabaseUrl& url, const TursoAccount& account,
                           const std::filesystem::path& file, const CopySink& progress,
                           const WarningSink& warn) {
  std::string note = "read in one transaction: writers went on meanwhile";
  if (account.known() && is_on_turso(url, account)) {
    TursoBranch branch(url, account, warn);
    read_all(branch.url(), file, progress);
    note = "read from a branch: writers went on meanwhile";
  } else {
    read_all(url, file, progress);
  }
  SqliteSource(file, SqliteSource::Use::at_rest).verify();
  return note;
}

bool libsql_is_empty(const DatabaseUrl& url) {
  return on_database([&] { return stored_objects(*connect(url)).empty(); });
}

void restore_libsql(const DatabaseUrl& url, const std::filesystem::path& file,
                    const CopySink& progress) {
  std::unique_ptr<Connection> to = connect(url);
  std::unique_ptr<Connection> from = connect({.path = file.string(), .shown = file.string()});
  try {
    transfer(*from, *to, progress);
  } catch (const DatabaseError& error) {
    explain(url, error, "others write to it, or it takes too long: try again when it is quiet");
  }
}

}  // namespace tidemark
