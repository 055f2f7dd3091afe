#include "base/json.h"

#include <fmt/format.h>

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/src.hpp>
#include <charconv>
#include <cmath>
#include <utility>

#include "base/text.h"
#include "tidemark/error.h"

namespace tidemark {

namespace {

/// Builds a value as Boost.JSON's own parser does, but for numbers with a fraction or an
/// exponent: the library computes those itself, and is off by a digit in the last place for one in
/// ten of those that need 17 of them.
struct Builder {
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);
  using Error = boost::system::error_code;
  using Text = json::string_view;

  bool on_document_begin(Error&) { return true; }
  bool on_document_end(Error&) { return true; }
  bool on_object_begin(Error&) { return true; }
  bool on_object_end(std::size_t count, Error&) { return stack.push_object(count), true; }
  bool on_array_begin(Error&) { return true; }
  bool on_array_end(std::size_t count, Error&) { return stack.push_array(count), true; }
  bool on_key_part(Text part, std::size_t, Error&) { return stack.push_chars(part), true; }
  bool on_key(Text rest, std::size_t, Error&) { return stack.push_key(rest), true; }
  bool on_string_part(Text part, std::size_t, Error&) { return stack.push_chars(part), true; }
  bool on_string(Text rest, std::size_t, Error&) { return stack.push_string(rest), true; }
  bool on_number_part(Text part, Error&) { return number.append(part.data(), part.size()), true; }
  bool on_int64(std::int64_t value, Text, Error&) {
    number.clear();
    return stack.push_int64(value), true;
  }
  bool on_uint64(std::uint64_t value, Text, Error&) {
    number.clear();
    return stack.push_uint64(value), true;
  }
  bool on_double(double value, Text rest, Error&) {
    number.append(rest.data(), rest.size());
    std::from_chars(number.data(), number.data() + number.size(), value);
    number.clear();
    return stack.push_double(value), true;
  }
  bool on_bool(bool value, Error&) { return stack.push_bool(value), true; }
  bool on_null(Error&) { return stack.push_null(), true; }
  bool on_comment_part(Text, Error&) { return true; }
  bool on_comment(Text, Error&) { return true; }

  json::value_stack stack;
  std::string number;
};

/// How far the text was read.
std::size_t read_json(std::string_view text, json::storage_ptr memory, json::value& into,
                      boost::system::error_code& error) {
  json::parse_options options;
  options.max_depth = 256;
  json::basic_parser<Builder> parser(options);
  Builder& builder = parser.handler();
  builder.stack.reset(std::move(memory));
  std::size_t end = parser.write_some(false, text.data(), text.size(), error);
  if (!error && end == text.size()) into = builder.stack.release();
  return end;
}

}  // namespace

json::value parse_json(std::string_view text, const std::string& file, json::storage_ptr memory) {
  boost::system::error_code error;
  json::value value(memory);
  std::size_t end = read_json(text, memory, value, error);
  if (!error && end == text.size()) return value;
  std::string what = error ? error.message() : "text after the end of the document";
  throw Error(Fault::failed, fmt::format("{} is not valid JSON: {}", file, what))
      .at(range_at(file, text, std::min(end, text.size())))
      .hint("restore the file from version control, or correct it by hand");
}

json::value parse_json(std::string_view text) {
  boost::system::error_code error;
  json::value value;
  if (read_json(text, {}, value, error) == text.size() && !error) return value;
  throw boost::system::system_error(error ? error : json::make_error_code(json::error::extra_data));
}

namespace {

/// Number::toString of ECMAScript: `digits` × 10^(`point` - digits.size()).
std::string place_point(const std::string& digits, int point) {
  int count = static_cast<int>(digits.size());
  if (count <= point && point <= 21) return digits + std::string(point - count, '0');
  if (0 < point && point <= 21) return digits.substr(0, point) + "." + digits.substr(point);
  if (-6 < point && point <= 0) return "0." + std::string(-point, '0') + digits;
  int exponent = point - 1;
  std::string mantissa = digits.substr(0, 1);
  if (count > 1) mantissa += "." + digits.substr(1);
  return fmt::format("{}e{}{}", mantissa, exponent < 0 ? '-' : '+', std::abs(exponent));
}

}  // namespace

std::string js_number(double number) {
  if (!std::isfinite(number)) return "null";
  if (number == 0) return "0";
  char buffer[64];
  auto end =
      std::to_chars(buffer, buffer + sizeof buffer, std::abs(number), std::chars_format::scientific)
          .ptr;
  std::string_view text(buffer, static_cast<std::size_t>(end - buffer));
  std::size_t e = text.find('e');
  std::string digits(text.substr(0, 1));
  if (e > 2) digits += text.substr(2, e - 2);
  int exponent = 0;
  std::string_view exponent_text = text.substr(e + 1);
  if (exponent_text.front() == '+') exponent_text.remove_prefix(1);
  std::from_chars(exponent_text.data(), exponent_text.data() + exponent_text.size(), exponent);
  return (number < 0 ? "-" : "") + place_point(digits, exponent + 1);
}

std::string js_number(const json::value& number) {
  // JavaScript has doubles only, so a long integer is rounded as it would be there.
  if (number.is_int64()) return js_number(static_cast<double>(number.get_int64()));
  if (number.is_uint64()) return js_number(static_cast<double>(number.get_uint64()));
  return js_number(number.as_double());
}

bool is_js_number(const std::string& text) {
  if (text.empty() || text.find_first_not_of("0123456789.-") != std::string::npos) return false;
  char* end = nullptr;
  double value = std::strtod(text.c_str(), &end);
  return end == text.c_str() + text.size() && js_number(value) == text;
}

namespace {

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  for (char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\b':
        out += "\\b";
        break;
      case '\f':
        out += "\\f";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20)
          out += fmt::format("\\u{:04x}", static_cast<int>(c));
        else
          out += c;
    }
  }
  out += '"';
}

void append_compact(std::string& out, const json::value& value) {
  auto list = [&out](char open, char close, const auto& items, auto&& each) {
    out += open;
    bool first = true;
    for (const auto& item : items) {
      if (!first) out += ',';
      first = false;
      each(item);
    }
    out += close;
  };
  if (value.is_object()) {
    list('{', '}', value.get_object(), [&out](const json::key_value_pair& pair) {
      append_json_string(out, pair.key());
      out += ':';
      append_compact(out, pair.value());
    });
  } else if (value.is_array()) {
    list('[', ']', value.get_array(),
         [&out](const json::value& item) { append_compact(out, item); });
  } else if (value.is_string()) {
    append_json_string(out, value.get_string());
  } else if (value.is_bool()) {
    out += value.get_bool() ? "true" : "false";
  } else if (value.is_null()) {
    out += "null";
  } else {
    out += js_number(value);
  }
}

}  // namespace

std::string json_string(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

std::string text_at(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value && value->is_string() ? std::string(value->get_string()) : "";
}

std::string compact_json(const json::value& value) {
  std::string out;
  append_compact(out, value);
  return out;
}

JsonWriter& JsonWriter::begin_object() { return open('{'), *this; }
JsonWriter& JsonWriter::end_object() { return close('}'), *this; }
JsonWriter& JsonWriter::begin_array() { return open('['), *this; }
JsonWriter& JsonWriter::end_array() { return close(']'), *this; }

JsonWriter& JsonWriter::key(std::string_view name) {
  before_value();
  append_json_string(out_, name);
  out_ += ": ";
  after_key_ = true;
  return *this;
}

JsonWriter& JsonWriter::string(std::string_view text) {
  before_value();
  append_json_string(out_, text);
  return *this;
}

JsonWriter& JsonWriter::boolean(bool value) { return token(value ? "true" : "false"); }

JsonWriter& JsonWriter::token(std::string_view text) {
  before_value();
  out_ += text;
  return *this;
}

void JsonWriter::open(char bracket) {
  before_value();
  out_ += bracket;
  ++depth_;
  first_ = true;
}

void JsonWriter::close(char bracket) {
  --depth_;
  if (!first_) new_line();
  out_ += bracket;
  first_ = false;
}

void JsonWriter::before_value() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (depth_ == 0) return;
  if (!first_) out_ += ',';
  first_ = false;
  new_line();
}

void JsonWriter::new_line() {
  out_ += '\n';
  out_.append(depth_ * 2, ' ');
}

}  // namespace tidemark
