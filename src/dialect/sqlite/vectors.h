// What libSQL adds for vectors: types of columns, and indexes that keep their content in
// tables of their own.
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace tidemark::sqlite_sql {

/// `F32_BLOB(4)`, `FLOAT64(3)` …: says how many numbers there are, and how large each is.
bool is_vector_type(std::string_view type);

/// The tables of vector indexes. They come with the first index, go with it, and are
/// nobody else's to change.
class VectorShadows {
 public:
  /// An index of the database, with its CREATE.
  void add_index(std::string_view name, std::string_view sql);
  bool holds(std::string_view table) const;

 private:
  std::set<std::string> tables_;
};

}  // namespace tidemark::sqlite_sql
