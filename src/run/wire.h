// Values of databases on their way to and from a script, as JSON text. What JSON has no
// word for is an object of one key: {"i":"9007199254740993"} a large integer, {"b":"00ff"}
// bytes, {"f":"Infinity"} or {"f":"1"} a real number that JSON would make none of.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "connect/connection.h"
#include "connect/sqlite_session.h"

namespace tidemark::run {

/// [{"columns":[…],"types":[…],"tag":"…","rows":[[…]]}]
std::string wire_results(const std::vector<Rows>& results);

/// [[…]]
std::string wire_rows(const std::vector<std::vector<SqliteValue>>& rows);

/// {"error":{"message":…,"code":…}}
std::string wire_error(const DatabaseError& error);

std::vector<SqliteValue> sqlite_values(const json::array& values);
std::vector<Value> text_values(const json::array& values);

}  // namespace tidemark::run
