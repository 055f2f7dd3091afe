#pragma once

#include "source/config.h"
#include "source/live/live.h"

namespace tidemark {

/// What a configuration lets be looked at.
LiveScope live_scope(const Config& config);

/// What of a wanted catalog is looked at: with the live one read in the same scope,
/// objects out of it are no difference.
Catalog in_scope(Catalog wanted, const LiveScope& scope);

/// The schemas in which a wanted catalog has objects that are not looked at.
std::vector<std::string> schemas_out_of(const LiveScope& scope, const Catalog& wanted);

/// What of a live catalog may be the project's: a role that it neither declares nor includes is
/// another's, and so is, where `tablesFilter` shares a database, an enum or a sequence that it
/// neither declares nor uses.
void leave_to_others(Catalog& live, const Catalog& wanted, const LiveScope& scope);

}  // namespace tidemark
