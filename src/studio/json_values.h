// Values of the database as JSON for who reads an export. Exact: a number keeps all of its
// digits, and what JSON cannot say is a string.
#pragma once

#include <string>
#include <string_view>

#include "connect/result_reader.h"
#include "tidemark/catalog.h"

namespace tidemark::studio {

/// On one line. `type` as the catalog has it; its arrays become arrays, unless they count
/// from another number than 1.
std::string json_of(const Value& value, CellKind kind, const std::string& type, Engine engine);

/// Whether JSON has this number, digit for digit.
bool is_json_number(std::string_view text);

}  // namespace tidemark::studio
