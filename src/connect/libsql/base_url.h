// Where a libSQL server may send its clients on to.
#pragma once

#include <string_view>

namespace tidemark {

/// Whether requests that went to one URL may go to another: the token goes with them. Only
/// to the same host, or by https to another one of the same domain, and never from https
/// to http.
bool may_follow(std::string_view from, std::string_view to);

}  // namespace tidemark
