// What every part of a file is written from.
#pragma once

#include "schema_text/cycles.h"
#include "schema_text/names.h"
#include "schema_text/outside.h"
#include "schema_text/schema_text.h"

namespace tidemark::schema_text {

struct Scope {
  const Catalog& catalog;
  const SchemaTextOptions& options;
  Outside outside;
  Cycles cycles;
  Names names;
  std::vector<std::string> imports;
};

/// Both must outlive the scope.
Scope make_scope(const Catalog& catalog, const SchemaTextOptions& options);

}  // namespace tidemark::schema_text
