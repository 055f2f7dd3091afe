// The statements of a migration file, as the marker between them cuts it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {

inline constexpr std::string_view statement_breakpoint = "--> statement-breakpoint";

struct FileStatement {
  std::string_view sql;    // a part of the file's text, without white space around it
  std::uint32_t line = 1;  // where it begins
};

/// Cuts at every marker; pieces of white space alone are left out. A file without
/// markers is one piece, which may still hold several statements.
std::vector<FileStatement> split_at_breakpoints(std::string_view text);

}  // namespace tidemark
