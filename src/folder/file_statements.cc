#include "folder/file_statements.h"

#include <algorithm>

#include "base/text.h"

namespace tidemark {

std::vector<FileStatement> split_at_breakpoints(std::string_view text) {
  std::vector<FileStatement> statements;
  std::uint32_t line = 1;
  while (!text.empty()) {
    std::size_t marker = text.find(statement_breakpoint);
    std::string_view piece = text.substr(0, marker);
    std::string_view sql = trim(piece);
    if (!sql.empty()) {
      std::string_view space = piece.substr(0, static_cast<std::size_t>(sql.data() - piece.data()));
      auto above = static_cast<std::uint32_t>(std::ranges::count(space, '\n'));
      statements.push_back({sql, line + above});
    }
    if (marker == std::string_view::npos) break;
    line += static_cast<std::uint32_t>(std::ranges::count(piece, '\n'));
    text.remove_prefix(marker + statement_breakpoint.size());
  }
  return statements;
}

}  // namespace tidemark
