// `tablesFilter`: which tables a project manages.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace tidemark {

/// Whether the patterns keep a table. As the peer has it: a pattern that matches
/// speaks for the table, `!pattern` against those it matches and for all others;
/// one voice against is enough, and without patterns everything is kept.
bool passes_filter(std::string_view table, std::span<const std::string> patterns);

}  // namespace tidemark
