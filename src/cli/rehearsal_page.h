// A rehearsal as one HTML page that needs nothing else.
#pragma once

#include <string>

#include "engine/rehearse.h"

namespace tidemark {

/// "3 → 2", "new: 0 rows", "gone: 4 rows".
std::string row_text(const RowCount& count);

/// "proved by the catalog as it was recorded", or why not.
std::string return_text(const RehearsedReturn& back);

std::string rehearsal_page(const Rehearsal& report);

}  // namespace tidemark
