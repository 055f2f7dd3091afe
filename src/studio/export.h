// Rows as a file: written as they come, never held together.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "connect/result_reader.h"
#include "studio/parameters.h"
#include "studio/relation.h"

namespace tidemark::studio {

enum class Format : std::uint8_t { csv, json, ndjson, sql };

/// Throws Error(Fault::usage) for a name that is none.
Format parse_format(std::string_view name);
std::string_view media_type(Format format);
std::string_view file_ending(Format format);

struct ExportOptions {
  Format format = Format::csv;
  /// CSV: a cell that a spreadsheet would take for a formula gets a `'` in front.
  bool for_spreadsheets = false;
};

class Exporter {
 public:
  Exporter(const Relation& relation, Engine engine, ExportOptions options);

  std::string begin() const;
  std::string row(const ResultRow& row);
  std::string end() const;

 private:
  std::string csv_field(const Value& value, CellKind kind) const;
  std::string json_row(const ResultRow& row) const;
  std::string literal(Parameters& literals, std::size_t column, const ResultRow& row) const;
  std::string sql_row(const ResultRow& row) const;

  const Relation& relation_;
  Engine engine_;
  ExportOptions options_;
  bool first_ = true;
};

}  // namespace tidemark::studio
