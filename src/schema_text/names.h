// What everything in the file is called.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "schema_text/column_keys.h"
#include "schema_text/outside.h"
#include "schema_text/schema_text.h"

namespace tidemark::schema_text {

struct Names {
  std::map<Name, std::string> schemas, roles;
  std::map<Path, std::string> enums, sequences, tables, views;
  std::vector<std::string> policies;                // as the catalog lists them
  std::map<std::string, std::string> custom_types;  // by SQL type
  std::map<Path, ColumnKeys> columns;               // of tables

  std::string column(const Path& table, const Name& column) const;
};

/// `imported` are names that the file has from elsewhere.
Names choose_names(const Catalog& catalog, const Outside& outside, const SchemaTextOptions& options,
                   std::set<std::string> imported);

}  // namespace tidemark::schema_text
