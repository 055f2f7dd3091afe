#pragma once

#include <span>
#include <vector>

#include "apply/status.h"

namespace tidemark {

/// Compares files, history and log. By name where the history has names, by time
/// and hash, by time, by hash; in that order, each row for one file only.
Status match_history(std::span<const MigrationFile> files, const std::vector<HistoryRow>& rows,
                     const std::vector<LogEntry>& log);

/// `read_status`, but for its errors: DatabaseError as the database gives them.
Status look_at_history(Connection& database, std::span<const MigrationFile> migrations,
                       const Path& history);

}  // namespace tidemark
