#include "diff/comparison.h"

namespace tidemark {

void compare_constraints(const Table& before, const Table& after, Changes& out) {
  compare_parts(after.path, before.primary_keys, after.primary_keys, out);
  compare_parts(after.path, before.uniques, after.uniques, out);
  compare_parts(after.path, before.checks, after.checks, out);
}

}  // namespace tidemark
