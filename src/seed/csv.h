// Comma-separated values as RFC 4180 has them; a field without quotes that is empty is
// no text but NULL.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "connect/connection.h"

namespace tidemark::seed {

struct CsvRow {
  std::size_t offset = 0;  // of its first byte
  std::vector<Value> fields;
};

/// Throws Error(Fault::failed) in `file` for a quote that is not closed.
std::vector<CsvRow> parse_csv(std::string_view text, const std::string& file);

}  // namespace tidemark::seed
