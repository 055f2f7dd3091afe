// What the file takes from drizzle-orm.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "schema_text/cycles.h"
#include "schema_text/outside.h"
#include "tidemark/catalog.h"

namespace tidemark::schema_text {

/// Names in the order in which Drizzle Kit lists them, each once.
std::vector<std::string> imports_of(const Catalog& catalog, const Outside& outside,
                                    const Cycles& cycles);

}  // namespace tidemark::schema_text
