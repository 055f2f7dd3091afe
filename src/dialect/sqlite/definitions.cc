#include "dialect/sqlite/definitions.h"

#include <fmt/format.h>

#include <array>
#include <iterator>

namespace tidemark::sqlite_sql {
namespace {

constexpr std::size_t page_bytes = 4'000'000;

/// How many rows go into the page that begins at `first`; at least one.
std::size_t rows_of_page(const Rows& sizes, std::size_t first) {
  std::size_t bytes = 0, count = 0;
  for (; first + count < sizes.rows.size(); ++count) {
    bytes += std::stoul(sizes.rows[first + count][0].value_or("0"));
    if (count > 0 && bytes > page_bytes) break;
  }
  return count;
}

}  // namespace

Rows read_definitions(Connection& database, const std::string& query) {
  if (database.engine() != Engine::turso) return database.query(query);
  const std::array<Command, 2> looks{
      Command{fmt::format("SELECT {}", few_definitions)},
      Command{fmt::format("SELECT * FROM ({}) WHERE {}", query, few_definitions)}};
  std::vector<Rows> found = database.query_all(looks);
  if (found[0].rows.at(0).at(0) == "1") return std::move(found[1]);
  const Rows sizes =
      database.query(fmt::format("SELECT coalesce(length(CAST(sql AS blob)), 0) FROM ({})", query));
  Rows all = std::move(found[1]);
  for (std::size_t first = 0; first < sizes.rows.size();) {
    const std::size_t count = rows_of_page(sizes, first);
    Rows page = database.query(fmt::format("{} LIMIT {} OFFSET {}", query, count, first));
    std::ranges::move(page.rows, std::back_inserter(all.rows));
    first += count;
  }
  return all;
}

}  // namespace tidemark::sqlite_sql
