#pragma once

#include "source/config.h"

namespace tidemark {

/// A driver whose database only the program that holds it can open, or only its vendor's
/// API. Throws Error(Fault::usage) that says what does the work there.
void require_reachable(const Config& config);

}  // namespace tidemark
