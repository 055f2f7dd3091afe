// Names of database objects. A name is not SQL text: only the SQL writer
// (src/dialect/sql_writer.h) turns one into text, quoted.
#pragma once

#include <compare>
#include <functional>
#include <string>
#include <string_view>

namespace tidemark {

/// The unquoted name of a table, column, constraint … exactly as the database
/// stores it. Implicit from a literal, explicit from run-time text.
class Name {
 public:
  Name() = default;
  Name(const char* text) : text_(text) {}  // NOLINT(google-explicit-constructor)
  explicit Name(std::string text) : text_(std::move(text)) {}
  explicit Name(std::string_view text) : text_(text) {}

  const std::string& text() const { return text_; }
  bool empty() const { return text_.empty(); }

  friend auto operator<=>(const Name&, const Name&) = default;
  friend bool operator==(const Name&, const Name&) = default;

 private:
  std::string text_;
};

/// A schema-qualified name. On PostgreSQL `schema` is always filled in
/// ("public" by default); on SQLite and libSQL it is always empty.
struct Path {
  Name schema;
  Name name;

  friend auto operator<=>(const Path&, const Path&) = default;
  friend bool operator==(const Path&, const Path&) = default;
};

}  // namespace tidemark

template <>
struct std::hash<tidemark::Name> {
  std::size_t operator()(const tidemark::Name& name) const noexcept {
    return std::hash<std::string>{}(name.text());
  }
};

template <>
struct std::hash<tidemark::Path> {
  std::size_t operator()(const tidemark::Path& path) const noexcept {
    return std::hash<std::string>{}(path.schema.text()) * 31 +
           std::hash<std::string>{}(path.name.text());
  }
};
