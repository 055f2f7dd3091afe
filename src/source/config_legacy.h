// The keys that versions of the peer before 0.21 knew: understood, with a notice.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/json.h"

namespace tidemark {

/// Rewrites old keys to the new ones in place, `given` along with them; returns
/// one notice for each.
std::vector<std::string> modernise(json::object& tree, std::map<std::string, std::string>& given);

/// Whether the driver is an old one for libSQL servers; to be asked before it is rewritten.
bool has_libsql_driver(const json::object& tree);

/// The dialect that follows from the driver or the URL; empty when none does.
std::string inferred_dialect(const json::object& tree);

}  // namespace tidemark
