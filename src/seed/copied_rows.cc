#include "seed/copied_rows.h"

#include <algorithm>

#include "base/text.h"

namespace tidemark::seed {
namespace {

struct Line {
  std::size_t begin, end;  // without the line's end
};

std::vector<Line> lines_of(std::string_view text) {
  std::vector<Line> out;
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = std::min(text.find('\n', begin), text.size());
    out.push_back({begin, end > begin && text[end - 1] == '\r' ? end - 1 : end});
    begin = end + 1;
  }
  return out;
}

bool is_copy(std::string_view line) {
  std::string plain = lower(trim(line));
  return plain.starts_with("copy ") && plain.ends_with(" from stdin;");
}

/// pg_dump keeps who restores its file from running psql's commands.
bool is_restriction(std::string_view line) {
  return line.starts_with("\\restrict ") || line.starts_with("\\unrestrict ");
}

/// What `\n` and its like stand for.
char unescaped(char c) {
  constexpr std::string_view letters = "bfnrtv", meant = "\b\f\n\r\t\v";
  std::size_t at = letters.find(c);
  return at == std::string_view::npos ? c : meant[at];
}

Value field_of(std::string_view text) {
  if (text == "\\N") return std::nullopt;
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i)
    out += text[i] == '\\' && i + 1 < text.size() ? unescaped(text[++i]) : text[i];
  return out;
}

std::vector<Value> fields_of(std::string_view line) {
  std::vector<Value> out;
  for (std::size_t begin = 0; begin <= line.size();) {
    std::size_t end = std::min(line.find('\t', begin), line.size());
    out.push_back(field_of(line.substr(begin, end - begin)));
    begin = end + 1;
  }
  return out;
}

void blank(std::string& text, std::size_t begin, std::size_t end) {
  std::replace_if(
      text.begin() + static_cast<std::ptrdiff_t>(begin),
      text.begin() + static_cast<std::ptrdiff_t>(end), [](char c) { return c != '\n'; }, ' ');
}

}  // namespace

std::vector<CopiedRows> take_copied_rows(std::string& text) {
  std::vector<CopiedRows> out;
  std::vector<Line> lines = lines_of(text);
  auto of = [&](const Line& line) {
    return std::string_view(text).substr(line.begin, line.end - line.begin);
  };
  auto is_end = [&](const Line& line) { return of(line) == "\\."; };
  for (auto line = lines.begin(); line != lines.end(); ++line) {
    if (is_restriction(of(*line))) blank(text, line->begin, line->end);
    if (!is_copy(of(*line))) continue;
    auto end = std::find_if(line, lines.end(), is_end);
    if (end == lines.end()) break;
    std::string_view sql = trim(of(*line));
    CopiedRows& rows = out.emplace_back(CopiedRows{line->begin, std::string(sql)});
    rows.sql.pop_back();
    for (auto row = line + 1; row != end; ++row) {
      rows.rows.push_back(fields_of(of(*row)));
      rows.offsets.push_back(row->begin);
    }
    blank(text, line->begin, end->end);
    line = end;
  }
  return out;
}

}  // namespace tidemark::seed
