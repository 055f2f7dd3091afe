// Values as the page gets them, in JSON. Numbers stay text: JavaScript's would lose
// digits. null is NULL; a string is the whole value; {"t": beginning} a long
// text; {"b": hex, "n": bytes} a blob, of which `b` may be the beginning.
#pragma once

#include "base/json.h"
#include "connect/result_reader.h"
#include "studio/grid.h"

namespace tidemark::studio {

std::string hex_of(std::string_view bytes);

/// `text` without bytes that are no UTF-8.
std::string valid_text(std::string_view text);

/// A value of a result, cut.
json::value cell_of(const Value& value, CellKind kind, std::size_t most_characters);

/// A row of a page: {"c": cells, "k": place}; with "key" where that is not the place, and on
/// SQLite with "t", the storage classes. Of a cell so many characters at the most are there.
json::object page_row(const PageSql& page, const ResultRow& row, Engine engine,
                      std::size_t most_characters = cell_characters);

/// A value so that it can come back, see Encoded.
json::value encoded(const Value& value, CellKind kind, Engine engine);

}  // namespace tidemark::studio
