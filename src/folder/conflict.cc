#include "folder/conflict.h"

#include "base/text.h"

namespace tidemark {
namespace {

constexpr std::size_t mark_length = 7;

bool is_mark(std::string_view line, char of) {
  if (line.size() < mark_length) return false;
  for (std::size_t at = 0; at < mark_length; ++at)
    if (line[at] != of) return false;
  return line.size() == mark_length || line[mark_length] == ' ' || line[mark_length] == '\r' ||
         line[mark_length] == '\n';
}

std::string label_of(std::string_view line) { return std::string(trim(line.substr(mark_length))); }

enum class In { both, first, ancestor, second };

}  // namespace

std::optional<ConflictSides> split_conflict(std::string_view text) {
  ConflictSides sides;
  In where = In::both;
  bool found = false;
  while (!text.empty()) {
    std::string_view line =
        text.substr(0, text.find('\n') == text.npos ? text.size() : text.find('\n') + 1);
    text.remove_prefix(line.size());
    if (where == In::both && is_mark(line, '<')) {
      where = In::first;
      found = true;
      sides.first_label = label_of(line);
    } else if (where == In::first && is_mark(line, '|')) {
      where = In::ancestor;
    } else if ((where == In::first || where == In::ancestor) && is_mark(line, '=')) {
      where = In::second;
    } else if (where == In::second && is_mark(line, '>')) {
      where = In::both;
      sides.second_label = label_of(line);
    } else {
      if (where == In::both || where == In::first) sides.first += line;
      if (where == In::both || where == In::second) sides.second += line;
    }
  }
  if (!found) return std::nullopt;
  return sides;
}

}  // namespace tidemark
