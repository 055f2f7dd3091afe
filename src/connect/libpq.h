#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "connect/connection.h"
#include "connect/database_url.h"

namespace tidemark {

/// A PostgreSQL session with what only the drivers of scripts ask for.
class PostgresSession : public Connection {
 public:
  /// Several statements in one text, which share a transaction unless they say otherwise.
  virtual std::vector<Rows> query_text(const std::string& sql) = 0;

  /// One statement whose parameters are of these types; 0 where the server tells the type.
  virtual Rows query_typed(const std::string& sql, std::span<const Value> parameters,
                           std::span<const std::uint32_t> types) = 0;

  /// The types of a statement's parameters; those that are given are not asked for (0).
  virtual std::vector<std::uint32_t> parameter_types(const std::string& sql,
                                                     std::vector<std::uint32_t> given) = 0;
};

/// A PostgreSQL session over libpq.
std::unique_ptr<PostgresSession> open_libpq(const DatabaseUrl& url);

}  // namespace tidemark
