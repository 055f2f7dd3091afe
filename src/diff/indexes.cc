#include "diff/comparison.h"

namespace tidemark {

void compare_indexes(const Table& before, const Table& after, Changes& out) {
  compare_parts(after.path, before.indexes, after.indexes, out);
}

}  // namespace tidemark
