// What made-up rows are to look like: how many there are, and how a column's values are spread.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "connect/connection.h"
#include "seed/dice.h"
#include "tidemark/catalog.h"

namespace tidemark::seed {

/// Where between two ends most values are.
enum class Curve : std::uint8_t {
  even,
  normal,  // in the middle
  skewed,  // at the lower end: of a foreign key, few rows are referred to by most
};

struct Spread {
  std::vector<std::pair<std::string, double>> values = {};  // each with its weight
  std::optional<double> least = {}, most = {};              // of numbers
  Curve curve = Curve::even;
  std::optional<double> nulls = {};  // their share: 0 to 1
};

/// In [0, 1).
double rolled(Curve curve, Dice& dice);

/// Whether it says what values are, beside how many are NULL.
bool gives_values(const Spread& spread);
/// `whole`: without a fraction.
Value value_of(const Spread& spread, bool whole, Dice& dice);

struct Profile {
  std::size_t rows = 100;                                             // of each table
  std::map<std::string, std::size_t> of = {};                         // by the table's name
  std::map<std::string, std::map<std::string, Spread>> spreads = {};  // by table and column

  /// Null where nothing is said about the column.
  const Spread* spread(const std::string& table, const std::string& column) const;
};

/// {"rows": 100, "tables": {"users": {"rows": 1000, "columns": {
///   "status": {"values": {"active": 9, "closed": 1}},
///   "age": {"min": 18, "max": 90, "curve": "normal"},
///   "left_at": {"nulls": 0.95}}}}}
/// Throws Error(Fault::failed) that names what is wrong.
Profile parse_profile(std::string_view text, const std::string& file);

/// Throws Error(Fault::usage) for a table or column that is not there, and for a spread that
/// its type cannot have.
void require_known(const Profile& profile, const Catalog& catalog);

}  // namespace tidemark::seed
