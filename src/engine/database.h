// The configured database and the folder's migrations, as `migrate` and `status`
// need them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "connect/connection.h"
#include "folder/folder.h"
#include "source/live/live.h"
#include "source/project.h"

namespace tidemark {

struct Target {
  DatabaseSource source;
  std::vector<MigrationFile> migrations;
  Path history;  // the table that records them
  std::unique_ptr<Connection> connection;
};

/// A PostgreSQL project pointed at a SQLite file is a slip, not a wish.
/// Throws Error(Fault::usage).
void require_same_engine(const Config& config, const DatabaseSource& source);

/// Ends a transaction. Throws Error where the answer was lost, DatabaseError where it was refused.
void commit(Connection& database);

/// Whether it is reached over a network, or may be: a service of libpq (PGSERVICE) names any
/// host, in a file that only libpq reads.
bool is_remote(const DatabaseUrl& url);

[[noreturn]] void throw_refusal(const DatabaseError& error);

enum class Purpose {
  look,  // creates nothing
  write,
  correct,  // writes to what is there: a file that is missing is not made
};

/// Reads the folder first, so that a broken one is told without connecting. To
/// write, there must be one: a wrong `out` would look like nothing to do.
Target open_target(Project& project, Purpose purpose);

/// The configured database as a source of a catalog, without the folder.
struct LiveTarget {
  DatabaseSource source;
  LiveScope scope;
  std::unique_ptr<Connection> connection;
};
LiveTarget open_live(Project& project, Purpose purpose);

/// Does what needs the database; what that refuses becomes Error(Fault::failed).
template <class Work>
auto on_database(Work work) {
  try {
    return work();
  } catch (const DatabaseError& error) {
    throw_refusal(error);
  }
}

/// What the database holds. While others write to a SQLite file it is read again, for ten seconds
/// in all: a connection that is to write later waits for one.
Catalog read_patiently(const LiveTarget& target);

/// The history table of a configuration.
Path history_of(const Config& config);

}  // namespace tidemark
