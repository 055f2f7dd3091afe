// Changes that the page has collected, as statements: shown first, then run in one
// transaction in which each must meet exactly the row that was seen.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "studio/grid.h"
#include "studio/tables.h"

namespace tidemark::studio {

/// What a field is to become.
struct Input {
  /// A number is one by its storage class, which SQLite has for each value.
  enum class Kind : std::uint8_t { null, use_default, text, number, hex };
  Kind kind = Kind::null;
  std::string content = {};
};

struct Edit {
  enum class Kind : std::uint8_t { insert, update, remove };
  Kind kind = Kind::update;
  Path table;
  std::vector<Encoded> key = {};
  std::map<std::string, Input> set = {};
  std::map<std::string, Encoded> seen = {};  // what the fields held when they were shown
};

/// Throws Error(Fault::usage) for what is no list of edits.
std::vector<Edit> parse_edits(const json::value& list);

/// For the reader's eyes, values written out.
std::string preview(const Tables& tables, const Edit& edit);

/// What happened. Where `failed` is set nothing was changed, unless it is `unknown`.
struct EditOutcome {
  std::optional<std::size_t> failed = {};  // index of the edit
  bool unknown = false;                    // the connection was lost while it was committed
  bool conflict = false;                   // somebody else changed or deleted the row
  std::string message = {}, detail = {};
};

EditOutcome apply_edits(Connection& database, const Tables& tables, std::span<const Edit> edits);

}  // namespace tidemark::studio
