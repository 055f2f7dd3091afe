#include "dialect/sqlite/vectors.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace tidemark::sqlite_sql {
namespace {

// Source: https://docs.turso.tech/features/ai-and-embeddings
constexpr auto vector_types = std::to_array<std::string_view>(
    {"f64_blob", "float64", "f32_blob", "float32", "f16_blob", "float16", "fb16_blob", "floatb16",
     "f8_blob", "float8", "f1bit_blob", "float1bit"});

}  // namespace

bool is_vector_type(std::string_view type) {
  std::string text = lower(type);
  std::size_t open = text.find('(');
  if (open == std::string::npos || !text.ends_with(')')) return false;
  std::string_view name = trim(std::string_view(text).substr(0, open));
  std::string_view size = trim(std::string_view(text).substr(open + 1, text.size() - open - 2));
  return std::ranges::find(vector_types, name) != vector_types.end() && !size.empty() &&
         size.find_first_not_of("0123456789") == std::string_view::npos;
}

void VectorShadows::add_index(std::string_view name, std::string_view sql) {
  if (lower(sql).find("libsql_vector_idx") == std::string::npos) return;
  tables_.insert(lower(name) + "_shadow");
  tables_.insert("libsql_vector_meta_shadow");
}

bool VectorShadows::holds(std::string_view table) const { return tables_.contains(lower(table)); }

}  // namespace tidemark::sqlite_sql
