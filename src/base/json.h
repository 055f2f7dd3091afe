// JSON as JavaScript reads and writes it. Reading is Boost.JSON's; writing is
// ours, because the migration formats are compared byte for byte with what
// JSON.stringify makes.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <string_view>

namespace tidemark {

namespace json = boost::json;

/// Parses a whole document. Throws Error(Fault::failed) that points into `file`.
/// `memory` may be an arena that outlives the value.
json::value parse_json(std::string_view text, const std::string& file,
                       json::storage_ptr memory = {});

/// The same for what comes from no file. Throws std::exception.
json::value parse_json(std::string_view text);

/// A number as JavaScript prints it: 1, 0.1, 1e+21, -0 as 0; "null" if not finite.
std::string js_number(double number);
std::string js_number(const json::value& number);  // int64, uint64 or double
/// Is it a number, written as JavaScript prints it? 12.50 would come back as 12.5.
bool is_js_number(const std::string& text);

/// JSON.stringify(text).
std::string json_string(std::string_view text);

/// JSON.stringify(value), without white space.
std::string compact_json(const json::value& value);

/// The string that a member is; empty where there is none.
std::string text_at(const json::object& object, std::string_view key);

/// Writes a document like JSON.stringify(value, null, 2): two spaces, `{}` and
/// `[]` for what is empty, no line end at the end.
class JsonWriter {
 public:
  JsonWriter& begin_object();
  JsonWriter& end_object();
  JsonWriter& begin_array();
  JsonWriter& end_array();
  JsonWriter& key(std::string_view name);
  JsonWriter& string(std::string_view text);
  JsonWriter& boolean(bool value);
  /// A token that is JSON already: a number, null.
  JsonWriter& token(std::string_view text);

  std::string take() { return std::move(out_); }

 private:
  void open(char bracket);
  void close(char bracket);
  void before_value();
  void new_line();

  std::string out_;
  std::size_t depth_ = 0;
  bool first_ = true;  // nothing written yet inside the current bracket
  bool after_key_ = false;
};

}  // namespace tidemark
