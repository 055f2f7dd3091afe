// The words of the Hrana protocol, versions 2 and 3, as JSON.
// Source: https://github.com/tursodatabase/libsql/blob/main/docs/HRANA_3_SPEC.md
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/json.h"
#include "connect/connection.h"
#include "connect/result_reader.h"

namespace tidemark::hrana {

struct BatchOptions {
  bool rolls_back = false;  // ROLLBACK at the end, for when the last one did not go well
  bool wants_rows = true;
};
/// One statement after the other, each only if the one before it went well.
json::object batch_request(std::span<const Command> commands, const BatchOptions& options = {});
/// Fails where the server's parser refuses the statement, and runs nothing. `describe` is
/// more lenient than what runs.
json::object parse_request(const std::string& sql);
json::object close_request();

/// How far a batch went.
struct BatchOutcome {
  std::vector<Rows> rows;                           // of the statements that ran
  std::vector<std::optional<double>> took_ms = {};  // of those, where the server tells
  std::optional<DatabaseError> error = {};
};
/// Throws std::exception for what is not of the protocol.
BatchOutcome batch_outcome(const json::value& result, std::size_t statements);

/// One result of a batch, row by row, with what each value is.
ResultEnd read_result(const json::value& result, const ResultSink& sink);

/// An error with the codes that SQLite itself gives: the server tells only
/// SQLITE_CONSTRAINT, and which one in its message.
DatabaseError error_of(const json::value& error);

}  // namespace tidemark::hrana
