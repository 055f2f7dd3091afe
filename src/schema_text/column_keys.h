// The keys of a table's columns in TypeScript.
#pragma once

#include <map>
#include <string>

#include "schema_text/schema_text.h"

namespace tidemark::schema_text {

using ColumnKeys = std::map<Name, std::string>;

ColumnKeys column_keys(const std::vector<Column>& columns, SchemaTextOptions::Casing casing);

}  // namespace tidemark::schema_text
