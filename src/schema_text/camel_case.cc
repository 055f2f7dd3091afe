#include "schema_text/camel_case.h"

#include "base/text.h"

namespace tidemark::schema_text {
namespace {

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_separator(char c) { return c == '_' || c == '.' || c == '-' || c == ' '; }
char upper(char c) { return is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c; }

// A dash between words that only their case tells apart: `userID` → `user-ID`,
// `XMLFile` → `XML-File`.
std::string with_dashes(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); i++) {
    bool after_lower = i > 0 && is_lower(text[i - 1]);
    bool last_of_run = i + 1 < text.size() && is_lower(text[i + 1]) && out.size() >= 2 &&
                       is_upper(text[i - 1]) && out[out.size() - 2] != '-';
    if (is_upper(text[i]) && (after_lower || last_of_run)) out += '-';
    out += text[i];
  }
  return out;
}

}  // namespace

std::string camel_case(std::string_view text) {
  text = trim(text);
  std::string words = lower(with_dashes(text));
  std::size_t begin = words.find_first_not_of("_.- ");
  if (begin == std::string::npos) return {};
  std::string out;
  bool starts_word = false;
  for (char c : std::string_view(words).substr(begin)) {
    if (!is_separator(c)) out += starts_word ? upper(c) : c;
    starts_word = is_separator(c) || is_digit(c);
  }
  return out;
}

std::string capitalised(std::string_view text) {
  std::string out(text);
  if (!out.empty()) out[0] = upper(out[0]);
  return out;
}

}  // namespace tidemark::schema_text
