#include "apply/room.h"

#include <fmt/format.h>

#include <array>
#include <charconv>

#include "base/text.h"
#include "tidemark/error.h"

namespace tidemark {
namespace {

std::uint64_t number(const Rows& rows) {
  std::uint64_t out = 0;
  if (rows.rows.empty() || !rows.rows[0][0]) return out;
  const std::string& text = *rows.rows[0][0];
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

/// Of a table with its indexes. Without the table that tells it: at most the database.
std::uint64_t bytes_of(Connection& database, const std::string& table, std::uint64_t all) {
  std::array<Value, 1> name{table};
  Rows parts = database.query("SELECT name FROM sqlite_master WHERE lower(tbl_name) = $1", name);
  std::uint64_t sum = 0;
  try {
    for (const auto& part : parts.rows) {
      std::array<Value, 1> one{part[0]};
      sum += number(
          database.query("SELECT sum(pgsize) FROM dbstat WHERE name = $1 AND aggregate = 1", one));
    }
  } catch (const DatabaseError&) {
    return all;
  }
  return sum;
}

}  // namespace

void require_room(Connection& database, const Script& script) {
  if (script.rebuilt.empty()) return;
  std::optional<std::uint64_t> room = database.room();
  if (!room) return;
  std::uint64_t page = number(database.query("PRAGMA page_size"));
  std::uint64_t all = page * number(database.query("PRAGMA page_count"));
  if (*room >= 2 * all) return;  // whatever the tables are
  std::uint64_t need = 0, spare = page * number(database.query("PRAGMA freelist_count"));
  for (const std::string& table : script.rebuilt) need += bytes_of(database, table, all);
  bool wal = database.query("PRAGMA journal_mode").rows.at(0)[0] == "wal";
  std::uint64_t growth = (wal ? need : 0) + (need > spare ? need - spare : 0);
  if (*room >= growth) return;
  throw Error(Fault::failed,
              fmt::format("{} rebuilds {}, which needs {} of room; the disk has {}; nothing of it "
                          "was run",
                          script.file->tag, join(script.rebuilt, ", "), shown_bytes(growth),
                          shown_bytes(*room)))
      .hint("make room where the database is, then run it again");
}

}  // namespace tidemark
