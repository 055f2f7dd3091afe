// A whole SQLite database from one connection to another: between a file and a libSQL
// server, which share no format but SQL.
#pragma once

#include "connect/connection.h"
#include "engine/backup.h"

namespace tidemark {

/// Reads in one transaction and writes in one, so that what arrives is the database at
/// one moment, wholly or not at all. What is in `to` goes in the same transaction. Rowids
/// stay as they are. Throws Error and DatabaseError; then nothing is committed.
void transfer(Connection& from, Connection& to, const CopySink& progress);

}  // namespace tidemark
