// What a column's values may be, as far as its type and simple checks tell.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "connect/connection.h"
#include "seed/expression.h"
#include "tidemark/catalog.h"

namespace tidemark::seed {

struct Limits {
  std::vector<std::string> choices = {};        // of an enum, or `x IN (…)`; empty: any
  std::optional<double> least = {}, most = {};  // of a number
  std::size_t shortest = 0;                     // of a text
  std::size_t longest = 0;                      // 0: no limit
  std::vector<std::string> excluded = {};       // `x <> …`, `x NOT IN (…)`
  bool required = false;                        // `x IS NOT NULL`

  bool operator==(const Limits&) const = default;
};

/// Whether a value that was not made for them is within them. NULL is unless it is required.
bool allows(const Limits& limits, const Value& value);

/// The number that all of the text is: 5, -0.10.
std::optional<double> number_of(const std::string& text);

/// integer and its like, not interval nor int4range.
bool is_whole_number(const std::string& type);

/// The column that an expression is; null for another expression.
const Column* column_of(const Table& table, const Expression& expression);

/// The least difference of two numbers of that type: 0.1 of numeric(3, 1).
double step_of(const std::string& type);

/// A check that compares two columns: the value of one must not be above the other's.
struct Ordering {
  Name smaller, larger;
  bool strict = false;

  bool operator==(const Ordering&) const = default;
};
std::vector<Ordering> orderings_of(const Table& table);

Limits limits_of(const Catalog& catalog, const Table& table, const Column& column);

}  // namespace tidemark::seed
