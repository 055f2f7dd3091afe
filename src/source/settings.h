// A tree of settings being read key by key, with every mistake collected so that
// all of them are reported at once.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace tidemark {

class Settings {
 public:
  /// `given` says who gave a dotted key, for messages.
  Settings(json::object tree, const std::map<std::string, std::string>& given)
      : tree_(std::move(tree)), given_(given) {}

  /// Null when absent or null. Keys are dotted: "migrations.table".
  const json::value* find(std::string_view key) const;

  // Each leaves `into` alone when the key is absent or of the wrong type.
  void read(std::string_view key, std::string& into);
  /// A text, or a number taken as one.
  void read_number(std::string_view key, std::string& into);
  void read(std::string_view key, bool& into);
  void read(std::string_view key, std::vector<std::string>& into);  // one string or a list
  /// The index in `names` of a string that must be one of them.
  std::optional<std::size_t> choice(std::string_view key, std::span<const std::string> names);

  /// Warns of keys under `prefix` ("" for the top) that are none of `names`.
  void expect_only(std::string_view prefix, std::span<const std::string> names);

  void mistake(std::string_view key, std::string_view what);
  void warn(std::string text) { warnings_.push_back(std::move(text)); }

  const std::vector<std::string>& mistakes() const { return mistakes_; }
  const std::vector<std::string>& warnings() const { return warnings_; }

 private:
  json::object tree_;
  const std::map<std::string, std::string>& given_;
  std::vector<std::string> mistakes_, warnings_;
};

/// Sets a dotted key, making the objects on the way.
void set_key(json::object& tree, std::string_view key, json::value value);

}  // namespace tidemark
