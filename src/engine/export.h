// `export`: the whole schema as the SQL that makes it.
#pragma once

#include <string>

#include "engine/engine.h"

namespace tidemark {

/// `source` as on the command line; `schema` by default.
std::string export_sql(Project& project, const std::string& source);

}  // namespace tidemark
