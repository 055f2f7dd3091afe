#include <algorithm>
#include <cstdlib>

#include "base/json.h"

#include "source/live/postgres/settle_postgres.h"

namespace tidemark::postgres_live {
namespace {

/// `'a'::text` without the type that the server adds to a constant; any other
/// expression as it is.
std::string without_cast(const std::string& text) {
  if (!text.starts_with('\'')) return text;
  std::size_t end = 1;
  while (end < text.size() && (text[end] != '\'' || text.substr(end, 2) == "''"))
    end += text[end] == '\'' ? 2 : 1;
  std::string_view rest = std::string_view(text).substr(std::min(end + 1, text.size()));
  bool cast =
      rest.starts_with("::") && rest.find_first_of("'(|+-*/=<>", 2) == std::string_view::npos;
  return cast ? text.substr(0, end + 1) : text;
}

}  // namespace

bool same_default(const Literal& live, const Literal& wanted) {
  return live.text == wanted.text || without_cast(live.text) == without_cast(wanted.text);
}

Literal plain_default(const Column& column) {
  Literal plain = *column.default_value;
  if (column.type.text.starts_with("json")) return plain;
  plain.text = without_cast(plain.text);
  plain.quoted = !(is_js_number(plain.text) || plain.text == "true" || plain.text == "false");
  return plain;
}

}  // namespace tidemark::postgres_live
