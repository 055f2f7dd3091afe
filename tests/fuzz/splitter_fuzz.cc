// The splitter on any bytes: it either refuses with a place, or gives statements
// that lie in the file in order and are split no further when split again.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "apply/splitter.h"
#include "tidemark/error.h"

namespace {

using namespace tidemark;

void require(bool law) {
  if (!law) std::abort();
}

void split(std::string_view text, Engine engine) {
  try {
    std::size_t end = 0;
    for (const MigrationStatement& one : split_migration(text, "fuzz.sql", engine)) {
      require(one.offset >= end && !one.sql.empty());
      require(text.substr(one.offset, one.sql.size()) == one.sql);
      end = one.offset + one.sql.size();
      require(split_migration(one.sql, "again.sql", engine).size() == 1);
    }
  } catch (const Error& error) {
    require(error.range().has_value() && error.range()->line > 0);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  split(text, Engine::postgresql);
  split(text, Engine::sqlite);
  return 0;
}
