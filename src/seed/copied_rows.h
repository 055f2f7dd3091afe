// COPY … FROM stdin with its rows behind it, as pg_dump writes the data of tables.
#pragma once

#include <string>
#include <vector>

#include "connect/connection.h"

namespace tidemark::seed {

struct CopiedRows {
  std::size_t offset = 0;  // of COPY in the file
  std::string sql = {};    // without the semicolon
  std::vector<std::vector<Value>> rows = {};
  std::vector<std::size_t> offsets = {};  // of each row
};

/// Takes every such block out of the text, and the lines that only psql needs: spaces are put
/// in their place, so that everything else keeps its own. What has other options than those
/// of pg_dump, or no end, stays.
std::vector<CopiedRows> take_copied_rows(std::string& text);

}  // namespace tidemark::seed
