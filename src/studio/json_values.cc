#include "studio/json_values.h"

#include <optional>
#include <utility>

#include "base/json.h"
#include "base/text.h"
#include "studio/cells.h"
#include "studio/relation.h"

namespace tidemark::studio {
namespace {

/// JSON without the white space between its parts, whose digits and order stay.
std::string on_one_line(std::string_view json) {
  std::string out;
  bool within = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    char c = json[i];
    bool space = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (within || !space) out += c;
    if (within && c == '\\' && i + 1 < json.size()) out += json[++i];
    if (c == '"') within = !within;
  }
  return out;
}

/// Reads `{1,NULL,"a b"}`.
class ArrayReader {
 public:
  ArrayReader(std::string_view text, std::string element)
      : rest_(text), element_(std::move(element)) {}

  /// Empty for what is written in another way.
  std::optional<std::string> operator()() {
    std::optional<std::string> out = list();
    return rest_.empty() ? out : std::nullopt;
  }

 private:
  bool take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  std::optional<std::string> list() {
    if (!take('{')) return std::nullopt;
    if (take('}')) return "[]";
    std::string out = "[";
    for (;;) {
      std::optional<std::string> one = rest_.starts_with('{') ? list() : item();
      if (!one) return std::nullopt;
      out += *one;
      if (take('}')) return out + "]";
      if (!take(',')) return std::nullopt;
      out += ',';
    }
  }

  std::optional<std::string> item() {
    bool quoted = take('"');
    std::string text;
    while (!rest_.empty()) {
      char c = rest_.front();
      if (quoted ? c == '"' : c == ',' || c == '}') break;
      take('\\');  // what comes behind it is meant as it is
      if (rest_.empty()) return std::nullopt;
      text += rest_.front();
      rest_.remove_prefix(1);
    }
    if (quoted ? !take('"') : text.empty()) return std::nullopt;
    bool null = !quoted && lower(text) == "null";
    return json_of(null ? Value() : Value(text), CellKind::text, element_, Engine::postgresql);
  }

  std::string_view rest_;
  std::string element_;
};

/// Those of boxes are separated by semicolons, and have commas inside.
std::optional<std::string> array_json(const std::string& text, const std::string& type) {
  std::string element = type.substr(0, type.find('['));
  if (!type.ends_with(']') || element == "box") return std::nullopt;
  return ArrayReader(text, element)();
}

}  // namespace

bool is_json_number(std::string_view text) {
  auto take_any_of = [&](std::string_view characters) {
    bool there = !text.empty() && characters.find(text[0]) != std::string_view::npos;
    if (there) text.remove_prefix(1);
    return there;
  };
  auto take_digits = [&] {
    std::size_t size = std::min(text.find_first_not_of("0123456789"), text.size());
    return std::exchange(text, text.substr(size)).substr(0, size);
  };
  take_any_of("-");
  std::string_view whole = take_digits();
  if (whole.empty() || (whole.size() > 1 && whole[0] == '0')) return false;
  if (take_any_of(".") && take_digits().empty()) return false;
  if (take_any_of("eE")) {
    take_any_of("+-");
    if (take_digits().empty()) return false;
  }
  return text.empty();
}

std::string json_of(const Value& value, CellKind kind, const std::string& type, Engine engine) {
  if (!value) return "null";
  if (kind == CellKind::blob) return json_string("\\x" + hex_of(*value));
  bool postgres = engine == Engine::postgresql;
  TypeClass is = type_class(type, engine);
  bool number =
      postgres ? is == TypeClass::number : kind == CellKind::integer || kind == CellKind::real;
  if (number && is_json_number(*value)) return *value;
  if (postgres && is == TypeClass::boolean) return *value == "t" ? "true" : "false";
  if (postgres && (type == "json" || type == "jsonb")) return on_one_line(*value);
  if (postgres)
    if (std::optional<std::string> array = array_json(*value, type)) return *array;
  return json_string(valid_text(*value));
}

}  // namespace tidemark::studio
