// What a statement of the console would destroy without saying which rows. Judged by its
// words, so that no server's grammar is too new; what is not sure counts as danger.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tidemark/catalog.h"

namespace tidemark::studio {

struct Danger {
  std::string what = {};                 // "deletes every row of a table"; empty: none
  std::vector<std::string> tables = {};  // that are in danger, as SQL, where some are named
};

/// Of one statement. A condition in which no column occurs is none. Looks into the body of
/// DO and at what PREPARE prepares, not into functions that the database has.
Danger danger_of(std::string_view sql, Engine engine);

}  // namespace tidemark::studio
