// The table, view, index or trigger that a statement makes or drops, read from its words.
#pragma once

#include <compare>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "apply/splitter.h"

namespace tidemark {

/// Of SQLite, where no two of them have the same name. In lower case; empty for a
/// statement that does something else, or that for the session alone.
struct MadeObject {
  std::string kind, name;

  auto operator<=>(const MadeObject&) const = default;
};

MadeObject made_by(std::string_view sql);
MadeObject dropped_by(std::string_view sql);

/// All that these statements make without dropping what has the name.
std::set<MadeObject> made_outright(std::span<const MigrationStatement> statements);

}  // namespace tidemark
