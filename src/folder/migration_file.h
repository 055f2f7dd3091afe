#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace tidemark {

/// One migration as it is to be applied.
struct MigrationFile {
  std::string tag;
  std::int64_t when = 0;  // milliseconds since 1970
  std::filesystem::path path;
  std::string sql;                 // the text of the file
  std::string hash;                // SHA-256 of its bytes, as the history stores it
  std::string hash_of_lines = {};  // the same with line ends normalised to \n
};

}  // namespace tidemark
