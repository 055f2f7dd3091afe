// What the tests of this folder make plans about.
#pragma once

#include <vector>

#include "tidemark/catalog.h"

namespace tidemark {

inline Column column(const char* name, const char* type = "text") {
  return {.name = name, .type = {type}};
}

inline Catalog users(std::vector<Column> columns) {
  return {.tables = {{.path = {"public", "users"}, .columns = std::move(columns)}}};
}

}  // namespace tidemark
