// Tables that refer to each other in a circle. TypeScript cannot find out the types of
// such constants by itself.
#pragma once

#include <map>

#include "tidemark/catalog.h"

namespace tidemark::schema_text {

class Cycles {
 public:
  explicit Cycles(const Catalog& catalog);

  /// Whether the key closes a circle through other tables. A table that refers to
  /// itself is no such circle.
  bool closes(const Table& from, const ForeignKey& key) const;
  bool any(const Table& table) const;

 private:
  std::map<Path, std::size_t> component_;  // tables in a circle with each other share one
};

}  // namespace tidemark::schema_text
