// What libpq's results say, in our words. Internal to libpq.cc.
#pragma once

#include <libpq-fe.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "connect/connection.h"
#include "connect/result_reader.h"

namespace tidemark::libpq {

struct ResultDeleter {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Result = std::unique_ptr<PGresult, ResultDeleter>;

/// A field of an error or a notice (PG_DIAG_…); empty where there is none.
std::string field(const PGresult* result, int code);

bool failed(const PGresult* result);

/// The error that a failed result is. Its position counts bytes of `sql`. Whether the
/// connection is lost the result does not know.
DatabaseError error_of(const PGresult* result, std::string_view sql);

Rows rows_of(const PGresult* result);

/// For a grid: the columns with their types, and the one row of a result in single-row mode.
std::vector<ResultColumn> head_of(const PGresult* result);
ResultRow row_of(const PGresult* result);

}  // namespace tidemark::libpq
