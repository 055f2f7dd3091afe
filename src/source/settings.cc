#include "source/settings.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace tidemark {
namespace {

std::string quoted_list(std::span<const std::string> names) {
  std::string out;
  for (std::size_t i = 0; i < names.size(); ++i)
    out += fmt::format("{}\"{}\"", i == 0 ? "" : (i + 1 == names.size() ? " or " : ", "), names[i]);
  return out;
}

std::optional<std::string> as_text(const json::value& value) {
  if (value.is_string()) return std::string(value.as_string());
  return std::nullopt;
}

}  // namespace

const json::value* Settings::find(std::string_view key) const {
  const json::object* object = &tree_;
  for (std::size_t start = 0;;) {
    std::size_t dot = key.find('.', start);
    const json::value* value = object->if_contains(key.substr(start, dot - start));
    if (!value || value->is_null()) return nullptr;
    if (dot == std::string_view::npos) return value;
    object = value->if_object();
    if (!object) return nullptr;
    start = dot + 1;
  }
}

void Settings::read(std::string_view key, std::string& into) {
  const json::value* value = find(key);
  if (!value) return;
  if (auto text = as_text(*value))
    into = *text;
  else
    mistake(key, fmt::format("must be a string, not {}", compact_json(*value)));
}

void Settings::read_number(std::string_view key, std::string& into) {
  const json::value* value = find(key);
  if (value && value->is_number())
    into = js_number(*value);
  else
    read(key, into);
}

void Settings::read(std::string_view key, bool& into) {
  const json::value* value = find(key);
  if (!value) return;
  if (value->is_bool())
    into = value->as_bool();
  else
    mistake(key, fmt::format("must be true or false, not {}", compact_json(*value)));
}

void Settings::read(std::string_view key, std::vector<std::string>& into) {
  const json::value* value = find(key);
  if (!value) return;
  std::vector<std::string> found;
  bool good = value->is_string() || value->is_array();
  if (value->is_string()) found.emplace_back(value->as_string());
  if (value->is_array())
    for (const json::value& item : value->as_array()) {
      good = good && item.is_string();
      if (item.is_string()) found.emplace_back(item.as_string());
    }
  if (good)
    into = std::move(found);
  else
    mistake(key,
            fmt::format("must be a string or a list of strings, not {}", compact_json(*value)));
}

std::optional<std::size_t> Settings::choice(std::string_view key,
                                            std::span<const std::string> names) {
  const json::value* value = find(key);
  if (!value) return std::nullopt;
  std::string text = as_text(*value).value_or("");
  auto found = std::ranges::find(names, text);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  std::string meant = did_you_mean(text, names);
  mistake(key, fmt::format("must be {}, not {}{}", quoted_list(names), compact_json(*value),
                           meant.empty() ? "" : fmt::format(" (did you mean \"{}\"?)", meant)));
  return std::nullopt;
}

void Settings::expect_only(std::string_view prefix, std::span<const std::string> names) {
  const json::object* object = &tree_;
  if (!prefix.empty()) {
    const json::value* value = find(prefix);
    if (!value) return;
    object = value->if_object();
    if (!object)
      return mistake(prefix, fmt::format("must be an object, not {}", compact_json(*value)));
  }
  for (const auto& [name, value] : *object) {
    std::string_view key(name.data(), name.size());
    if (std::ranges::find(names, key) != names.end()) continue;
    std::string full = prefix.empty() ? std::string(key) : fmt::format("{}.{}", prefix, key);
    std::string meant = did_you_mean(key, names);
    auto by = given_.find(full);
    warn(fmt::format("{}: unknown key \"{}\"{}", by == given_.end() ? "configuration" : by->second,
                     full,
                     meant.empty() ? ", ignored" : fmt::format("; did you mean \"{}\"?", meant)));
  }
}

void Settings::mistake(std::string_view key, std::string_view what) {
  auto by = given_.find(std::string(key));
  std::string who = by == given_.end() ? "configuration" : by->second;
  // A flag names itself; a file needs the key named.
  mistakes_.push_back(who.starts_with("--") ? fmt::format("{} {}", who, what)
                                            : fmt::format("{}: \"{}\" {}", who, key, what));
}

void set_key(json::object& tree, std::string_view key, json::value value) {
  std::size_t dot = key.find('.');
  if (dot == std::string_view::npos) {
    tree[key] = std::move(value);
    return;
  }
  json::value& child = tree[key.substr(0, dot)];
  if (!child.is_object()) child = json::object{};
  set_key(child.as_object(), key.substr(dot + 1), std::move(value));
}

}  // namespace tidemark
