// Tables that refer to each other in a circle. TypeScript cannot find out the types of
// such constants by itself.
#pragma once

#include <set>

#include "tidemark/catalog.h"

namespace tidemark::schema_text {

class Cycles {
 public:
  explicit Cycles(const Catalog& catalog);

  /// Whether the key is a part of a circle through other tables, or leads from one to
  /// another. A table that refers to itself is no such circle.
  bool closes(const Table& from, const ForeignKey& key) const;
  bool any(const Table& table) const;

 private:
  std::set<Path> tables_;
};

}  // namespace tidemark::schema_text
