// `tablesFilter`: which tables a project manages.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace tidemark {

/// Whether the patterns keep a table: one that is not negated has to match, where there is
/// any, and no `!pattern` may. (For the peer a `!pattern` speaks for all others, so that
/// `["app_*", "!app_old"]` keeps the tables of everybody.)
bool passes_filter(std::string_view table, std::span<const std::string> patterns);

}  // namespace tidemark
