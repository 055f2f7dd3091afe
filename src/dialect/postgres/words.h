#pragma once

#include <string_view>

namespace tidemark::postgres_dialect {

/// Whether a name reads the same without quotes: lower case, and no reserved word.
bool needs_no_quotes(std::string_view name);

}  // namespace tidemark::postgres_dialect
