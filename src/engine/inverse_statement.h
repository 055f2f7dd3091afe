// The way back of one statement by its words alone, for those that no snapshot knows of.
#pragma once

#include <optional>
#include <string>

#include "apply/splitter.h"

namespace tidemark {

/// Nothing where the words do not say what was there before: DROP, data. `sure` leaves out
/// what may have been there already (IF NOT EXISTS, OR REPLACE).
std::optional<std::string> inverse_of(const MigrationStatement& statement, Engine engine,
                                      bool sure);

}  // namespace tidemark
