// `rehearse`: the pending migrations on a copy of the database, and back.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "apply/events.h"
#include "engine/backup.h"
#include "engine/measured_impact.h"
#include "engine/watched_connection.h"
#include "engine/way_back.h"

namespace tidemark {

struct RehearsedStatement {
  std::size_t number = 0;  // from 1
  std::string sql;
  Observation seen;
};

struct RowCount {
  std::optional<std::uint64_t> before, after;  // absent: there was no such table
};

/// How the way back of a migration went.
struct RehearsedReturn {
  std::string proof;  // "recorded", "replayed", "snapshots", "none"
  std::vector<Consent> losses = {};
  std::optional<Error> error = {};
};

struct RehearsedMigration {
  std::string tag;
  std::vector<RehearsedStatement> statements = {};
  std::map<std::string, RowCount> rows = {};  // tables whose number of rows changed
  double took_ms = 0;
  bool applied = false;
  /// Of one that failed: what the rows, as they were before it, make fail.
  std::vector<MeasuredImpact> obstacles = {};
  std::optional<RehearsedReturn> back = {};
};

struct Rehearsal {
  std::string database;  // without secrets
  std::string how;       // it was copied
  std::vector<RehearsedMigration> migrations = {};
  std::optional<Error> error = {};  // what the first migration that fails fails with

  bool passed() const;
};

struct RehearsalRequest {
  /// A copy that is there already, or on PostgreSQL an empty database to make one in; it is
  /// not removed. Empty: one is made, and is gone at the end, whatever happens.
  std::string on;
  /// PostgreSQL: the copy gets the schema and so many rows of each table. 0: all rows.
  std::size_t sample = 0;
};

/// Changes the configured database in nothing.
/// Throws Error where no copy can be made, and for an interruption.
Rehearsal rehearse(Project& project, const RehearsalRequest& request, const CopySink& progress,
                   const WarningSink& warn);

}  // namespace tidemark
