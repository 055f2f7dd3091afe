#include "folder/json_fields.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace tidemark {

std::string path_text(const Malformed& malformed) {
  return malformed.path.empty() ? "the document" : join(malformed.path, ".");
}

void Node::fail(std::string what) const {
  std::vector<std::string> path;
  for (const Node* node = this; node->parent_; node = node->parent_) path.emplace_back(node->key_);
  std::ranges::reverse(path);
  throw Malformed{std::move(path), std::move(what)};
}

std::string Node::text() const {
  if (!value_.is_string()) fail("should be a string");
  return std::string(value_.get_string());
}

bool Node::flag() const {
  if (!value_.is_bool()) fail("should be true or false");
  return value_.get_bool();
}

const json::object& Node::object() const {
  if (!value_.is_object()) fail("should be an object");
  return value_.get_object();
}

const json::array& Node::array() const {
  if (!value_.is_array()) fail("should be a list");
  return value_.get_array();
}

const json::value* Fields::find_or_null(std::string_view key) {
  asked_.at(asked_count_++) = key;
  const json::value* value = object_.if_contains(key);
  if (value) ++found_;
  return value;
}

Node Fields::required(std::string_view key) {
  const json::value* value = find(key);
  if (!value) node_.fail(fmt::format("has no \"{}\"", key));
  return Node(*value, node_, key);
}

std::string Fields::text_or(std::string_view key, std::string_view otherwise) {
  const json::value* value = find(key);
  return value ? Node(*value, node_, key).text() : std::string(otherwise);
}

std::optional<std::string> Fields::optional_text(std::string_view key) {
  const json::value* value = find(key);
  if (!value) return std::nullopt;
  return Node(*value, node_, key).text();
}

bool Fields::flag_or(std::string_view key, bool otherwise) {
  return optional_flag(key).value_or(otherwise);
}

std::optional<bool> Fields::optional_flag(std::string_view key) {
  const json::value* value = find(key);
  if (!value) return std::nullopt;
  return Node(*value, node_, key).flag();
}

std::vector<std::string> Fields::texts(std::string_view key) {
  return list(key, [](const Node& node) { return node.text(); });
}

std::optional<std::vector<std::string>> Fields::optional_texts(std::string_view key) {
  const json::value* value = find(key);
  if (!value) return std::nullopt;
  return elements(Node(*value, node_, key), [](const Node& node) { return node.text(); });
}

std::vector<Name> Fields::names(std::string_view key) {
  return list(key, [](const Node& node) { return Name(node.text()); });
}

void Fields::end() const {
  if (found_ == object_.size()) return;
  std::vector<std::string> known(asked_.begin(), asked_.begin() + asked_count_);
  for (const json::key_value_pair& member : object_) {
    if (std::ranges::find(known, std::string(member.key())) != known.end()) continue;
    std::string meant = did_you_mean(member.key(), known);
    Node(member.value(), node_, member.key())
        .fail(meant.empty() ? "is not known here"
                            : fmt::format("is not known here; \"{}\" is", meant));
  }
}

}  // namespace tidemark
