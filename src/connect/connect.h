// Opens connections. The one place that knows every driver.
#pragma once

#include <memory>

#include "connect/connection.h"
#include "connect/database_url.h"

namespace tidemark {

struct ConnectOptions {
  bool create = true;  // a SQLite file that does not exist yet
  /// Nothing can be written through it, whatever is sent; SQLite files only.
  bool only_look = false;
  /// Waits for others who write to a SQLite file for ten seconds, not for one: who has nothing
  /// to report between.
  bool patient = false;
};

/// The same database for one who only looks: a SQLite file that is not there yet is an
/// empty database, and must not be made. One that the URL says is there stays missing.
DatabaseUrl to_look_at(const DatabaseUrl& url);

/// For what changes the database. Throws Error(Fault::usage) where the URL asks for a file
/// that is only read.
void require_writable(const DatabaseUrl& url);

/// Throws Error(Fault::failed) that names the database (without secrets) and the
/// reason, Error(Fault::usage) for a kind of database that cannot be reached yet.
std::unique_ptr<Connection> connect(const DatabaseUrl& url, const ConnectOptions& options = {});

}  // namespace tidemark
