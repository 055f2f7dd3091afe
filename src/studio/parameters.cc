#include "studio/parameters.h"

#include <fmt/format.h>

#include "dialect/sql_writer.h"
#include "tidemark/error.h"

namespace tidemark::studio {
namespace {

void require_hex(const std::string& hex) {
  bool good =
      hex.size() % 2 == 0 && hex.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos;
  if (!good) throw Error(Fault::usage, "bytes are written as pairs of hexadecimal digits");
}

void require_number(const std::string& text) {
  bool good = !text.empty() && (text.find_first_not_of("0123456789+-.eE") == std::string::npos ||
                                text == "inf" || text == "-inf");
  if (!good) throw Error(Fault::usage, fmt::format("\"{}\" is no number", text));
}

}  // namespace

std::string Parameters::add(std::string value) {
  values_.emplace_back(std::move(value));
  return fmt::format("${}", values_.size());
}

std::string Parameters::text(const std::string& value) {
  if (engine_ == Engine::postgresql && value.find('\0') != std::string::npos)
    throw Error(Fault::usage, "a text of PostgreSQL holds no NUL character");
  return as_ == As::literals ? string_literal(value) : add(value);
}

std::string Parameters::bytes(const std::string& hex) {
  require_hex(hex);
  if (engine_ != Engine::postgresql) return fmt::format("x'{}'", hex);
  return as_ == As::literals ? fmt::format("'\\x{}'::bytea", hex)
                             : fmt::format("decode({}, 'hex')", add(hex));
}

std::string Parameters::encoded(const Encoded& value) {
  if (!value) return "NULL";
  if (engine_ == Engine::postgresql) return text(*value);
  std::string content = value->empty() ? "" : value->substr(1);
  switch (value->empty() ? '\0' : value->front()) {
    case 'i':
      require_number(content);
      return as_ == As::literals ? content : fmt::format("CAST({} AS INTEGER)", add(content));
    case 'r':
      require_number(content);
      if (content == "inf" || content == "-inf") return content == "inf" ? "9e999" : "-9e999";
      return as_ == As::literals ? content : fmt::format("CAST({} AS REAL)", add(content));
    case 't':
      return text(content);
    case 'b':
      return bytes(content);
    default:
      throw Error(Fault::usage, "a value without its kind");
  }
}

}  // namespace tidemark::studio
