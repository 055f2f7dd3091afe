// Strict reading of JSON objects: every member is asked for by name and checked,
// and one that nobody asked for is a mistake, as it is to Drizzle Kit.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "tidemark/name.h"

namespace tidemark {

/// A document that is not what it should be. Internal: callers that know the
/// file turn it into an Error.
struct Malformed {
  std::vector<std::string> path;  // from the top: "tables", "public.users", …
  std::string what;
};

/// "tables.public.users.columns.id", for messages.
std::string path_text(const Malformed& malformed);

/// A value and how it was reached. Lives on the stack of the function that
/// reads the value around it.
class Node {
 public:
  explicit Node(const json::value& value) : value_(value) {}
  Node(const json::value& value, const Node& parent, std::string_view key)
      : value_(value), parent_(&parent), key_(key) {}

  const json::value& value() const { return value_; }
  std::string_view key() const { return key_; }
  [[noreturn]] void fail(std::string what) const;

  std::string text() const;
  bool flag() const;
  const json::object& object() const;
  const json::array& array() const;

 private:
  const json::value& value_;
  const Node* parent_ = nullptr;
  std::string_view key_;
};

/// The members of one object. `end()` must be called when all were asked for.
class Fields {
 public:
  explicit Fields(const Node& node) : node_(node), object_(node.object()) {}

  /// The member, or null. JSON null counts as absent.
  const json::value* find(std::string_view key) {
    const json::value* value = find_or_null(key);
    return value && value->is_null() ? nullptr : value;
  }
  /// The same, where null is a value of its own.
  const json::value* find_or_null(std::string_view key);

  /// Fails where it is missing.
  Node required(std::string_view key);
  std::string text(std::string_view key) { return required(key).text(); }
  std::string text_or(std::string_view key, std::string_view otherwise = {});
  std::optional<std::string> optional_text(std::string_view key);
  bool flag(std::string_view key) { return required(key).flag(); }
  bool flag_or(std::string_view key, bool otherwise);
  std::optional<bool> optional_flag(std::string_view key);
  std::vector<std::string> texts(std::string_view key);
  std::optional<std::vector<std::string>> optional_texts(std::string_view key);
  std::vector<Name> names(std::string_view key);
  /// Present but of no interest.
  void ignore(std::string_view key) { find_or_null(key); }

  /// Reads each member of an object with `read(Node) -> T`.
  template <class Read>
  auto map(std::string_view key, Read read) {
    return members(required(key), read);
  }
  template <class Read>
  auto map_or_empty(std::string_view key, Read read) {
    const json::value* value = find(key);
    using List = decltype(members(node_, read));
    return value ? members(Node(*value, node_, key), read) : List{};
  }
  /// Reads each element of an array.
  template <class Read>
  auto list(std::string_view key, Read read) {
    return elements(required(key), read);
  }

  template <class Read>
  auto list_or_empty(std::string_view key, Read read) {
    const json::value* value = find(key);
    using List = decltype(elements(node_, read));
    return value ? elements(Node(*value, node_, key), read) : List{};
  }

  const Node& node() const { return node_; }
  /// Fails when a member is left that was never asked for.
  void end() const;

 private:
  template <class Read>
  static auto members(const Node& node, Read read) {
    const json::object& object = node.object();
    std::vector<decltype(read(node))> items;
    items.reserve(object.size());
    for (const json::key_value_pair& member : object)
      items.push_back(read(Node(member.value(), node, member.key())));
    return items;
  }

  template <class Read>
  static auto elements(const Node& node, Read read) {
    std::vector<decltype(read(node))> items;
    for (std::size_t index = 0; const json::value& element : node.array())
      items.push_back(read(Node(element, node, std::to_string(index++))));
    return items;
  }

  const Node& node_;
  const json::object& object_;
  std::array<std::string_view, 20> asked_ = {};
  std::size_t asked_count_ = 0, found_ = 0;
};

}  // namespace tidemark
