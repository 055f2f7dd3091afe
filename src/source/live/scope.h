#pragma once

#include "source/config.h"
#include "source/live/live.h"

namespace tidemark {

/// What a configuration lets be looked at.
LiveScope live_scope(const Config& config);

/// What of a wanted catalog is looked at: with the live one read in the same scope,
/// objects out of it are no difference.
Catalog in_scope(Catalog wanted, const LiveScope& scope);

}  // namespace tidemark
