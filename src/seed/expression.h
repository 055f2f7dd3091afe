// Checks as trees, as far as made-up rows need them: PostgreSQL's as it prints them, SQLite's
// as they were written. Casts are left out.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark::seed {

struct Expression {
  enum class Kind : std::uint8_t { constant, null, column, call };
  Kind kind = Kind::null;
  /// A constant's text, a column's name, or what is called, in small letters: a function, or an
  /// operator ("and", "=", "like", "is null", "in" with the list behind its first part).
  std::string text = {};
  std::vector<Expression> parts = {};

  bool calls(std::string_view what) const { return kind == Kind::call && text == what; }
  bool operator==(const Expression&) const = default;
};

/// Empty where it is not understood. BETWEEN is two comparisons, and what is negated (NOT IN,
/// !~, IS NOT NULL) a "not" around it.
std::optional<Expression> parse_expression(std::string_view sql);

/// The columns in it, each once.
std::vector<std::string> columns_in(const Expression& expression);

}  // namespace tidemark::seed
