#pragma once

#include <string_view>

namespace tidemark::postgres_dialect {

/// A word that is no name where it stands without quotes.
bool is_reserved(std::string_view word);

/// Whether a name reads the same without quotes: lower case, and no reserved word.
bool needs_no_quotes(std::string_view name);

}  // namespace tidemark::postgres_dialect
