#include "connect/libpq_result.h"

#include "base/text.h"

namespace tidemark::libpq {
namespace {

/// PostgreSQL counts characters, we count bytes.
std::uint32_t byte_position(std::string_view sql, std::string_view characters) {
  if (characters.empty()) return 0;
  std::size_t wanted = std::stoul(std::string(characters));
  std::size_t at = 0;
  for (std::size_t seen = 0; at < sql.size(); ++at) {
    if ((static_cast<unsigned char>(sql[at]) & 0xC0) != 0x80) ++seen;
    if (seen == wanted) break;
  }
  return static_cast<std::uint32_t>(at + 1);
}

/// The types that a grid shows in a way of their own.
std::string type_name(Oid type) {
  switch (type) {
#define TIDEMARK_TYPE(oid, name) \
  case oid:                      \
    return name;
    // clang-format off
    TIDEMARK_TYPE(16, "boolean")
    TIDEMARK_TYPE(17, "bytea")
    TIDEMARK_TYPE(20, "bigint")
    TIDEMARK_TYPE(21, "smallint")
    TIDEMARK_TYPE(23, "integer")
    TIDEMARK_TYPE(25, "text")
    TIDEMARK_TYPE(114, "json")
    TIDEMARK_TYPE(700, "real")
    TIDEMARK_TYPE(701, "double precision")
    TIDEMARK_TYPE(1042, "char")
    TIDEMARK_TYPE(1043, "varchar")
    TIDEMARK_TYPE(1082, "date")
    TIDEMARK_TYPE(1083, "time")
    TIDEMARK_TYPE(1114, "timestamp")
    TIDEMARK_TYPE(1184, "timestamp with time zone")
    TIDEMARK_TYPE(1186, "interval")
    TIDEMARK_TYPE(1700, "numeric")
    TIDEMARK_TYPE(2950, "uuid")
    TIDEMARK_TYPE(3802, "jsonb")
#undef TIDEMARK_TYPE
    default:
      return {};
      // clang-format on
  }
}

}  // namespace

std::string field(const PGresult* result, int code) {
  const char* text = PQresultErrorField(result, code);
  return text ? text : "";
}

bool failed(const PGresult* result) {
  ExecStatusType status = PQresultStatus(result);
  return status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY &&
         status != PGRES_NONFATAL_ERROR;
}

DatabaseError error_of(const PGresult* result, std::string_view sql) {
  DatabaseError error(field(result, PG_DIAG_MESSAGE_PRIMARY), field(result, PG_DIAG_SQLSTATE));
  error.detail = field(result, PG_DIAG_MESSAGE_DETAIL);
  error.hint = field(result, PG_DIAG_MESSAGE_HINT);
  error.context = field(result, PG_DIAG_CONTEXT);
  error.schema = field(result, PG_DIAG_SCHEMA_NAME);
  error.table = field(result, PG_DIAG_TABLE_NAME);
  error.column = field(result, PG_DIAG_COLUMN_NAME);
  error.constraint = field(result, PG_DIAG_CONSTRAINT_NAME);
  error.position = byte_position(sql, field(result, PG_DIAG_STATEMENT_POSITION));
  if (error.message.empty()) error.message = trim(PQresultErrorMessage(result));
  if (error.message.empty()) error.message = "the server gave an answer that makes no sense here";
  return error;
}

Rows rows_of(const PGresult* result) {
  Rows out;
  int columns = PQnfields(result);
  for (int c = 0; c < columns; ++c) {
    out.columns.emplace_back(PQfname(result, c));
    out.types.push_back(PQftype(result, c));
  }
  out.tag = PQcmdStatus(const_cast<PGresult*>(result));  // which only reads
  out.rows.resize(static_cast<std::size_t>(PQntuples(result)));
  for (int r = 0; r < PQntuples(result); ++r) {
    std::vector<Value>& row = out.rows[static_cast<std::size_t>(r)];
    row.resize(static_cast<std::size_t>(columns));
    for (int c = 0; c < columns; ++c)
      if (!PQgetisnull(result, r, c))
        row[static_cast<std::size_t>(c)].emplace(
            PQgetvalue(result, r, c), static_cast<std::size_t>(PQgetlength(result, r, c)));
  }
  return out;
}

std::vector<ResultColumn> head_of(const PGresult* result) {
  std::vector<ResultColumn> out;
  for (int c = 0; c < PQnfields(result); ++c)
    out.push_back({PQfname(result, c), type_name(PQftype(result, c))});
  return out;
}

ResultRow row_of(const PGresult* result) {
  ResultRow out;
  for (int c = 0; c < PQnfields(result); ++c) {
    bool null = PQgetisnull(result, 0, c) != 0;
    out.kinds.push_back(null ? CellKind::null : CellKind::text);
    Value& value = out.values.emplace_back();
    if (!null)
      value.emplace(PQgetvalue(result, 0, c), static_cast<std::size_t>(PQgetlength(result, 0, c)));
  }
  return out;
}

}  // namespace tidemark::libpq
