// The SQL of the grid: one page of rows by key, their number, one whole value.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "studio/parameters.h"
#include "studio/relation.h"

namespace tidemark::studio {

/// What one column holds, or a group of filters.
struct Filter {
  std::string column;
  std::string
      op;  // "=", "<>", "<", "<=", ">", ">=", "contains", "starts", "null", "not null", "in"
  std::vector<std::string> values = {};
  std::vector<Filter> group = {};  // not empty: it is this, and has no column
  bool any = false;                // one of the group is enough
};

struct Sort {
  std::string column;
  bool descending = false;
};

/// Which rows, in which order.
struct Selection {
  std::vector<Filter> filters = {};
  bool any = false;        // one of the filters is enough
  std::string where = {};  // a condition as the user wrote it
  std::vector<Sort> sorts = {};
};

struct PageRequest {
  std::optional<std::vector<Encoded>> after = {};  // the place of a row: what follows it
  std::size_t offset = 0;                          // and so many rows further
  std::size_t limit = 200;
  bool backwards = false;  // from the end, or from the place to the beginning
};

constexpr std::size_t cell_characters = 256;  // of a value; the rest comes when it is opened.
                                              // One more is fetched: so it is seen to be cut
constexpr std::size_t cell_bytes = 64;

struct GridSql {
  std::string sql;
  std::vector<Value> parameters;
};

/// What a row of the result holds: a value for each column of the grid, cut where it is
/// long, then the place and the key. Never two for one column: a table may have as many
/// columns as a result can.
struct PageSql {
  GridSql query;
  std::vector<bool> bytes;     // by column: PostgreSQL, which does not tell with the value
  std::size_t place_size = 0;  // the sorts, then what of the key they leave out
  std::size_t key_at = 0;      // the key by itself; size 0: it is the place
  std::size_t key_size = 0;
};

/// Throws Error(Fault::usage) for a column or an operator that is not there.
PageSql page_sql(const Relation& relation, Engine engine, const Selection& selection,
                 const PageRequest& request);

/// The number of rows, counted up to `most`; 0: all of them.
GridSql count_sql(const Relation& relation, Engine engine, const Selection& selection,
                  std::size_t most);

/// All columns, whole, for an export.
GridSql export_sql(const Relation& relation, Engine engine, const Selection& selection);

/// One value, whole. `key` as in a place.
GridSql value_sql(const Relation& relation, Engine engine, const std::string& column,
                  const std::vector<Encoded>& key);

/// `a = 1 AND b = 2` for the key of one row.
std::string key_condition(const Relation& relation, const std::vector<Encoded>& key,
                          Parameters& parameters);

/// A value as it is shown: as text on PostgreSQL, where SQLite tells by itself what it is.
std::string text_sql(const GridColumn& column, Engine engine);

/// A name or path as SQL.
std::string quoted(const Name& name);
std::string quoted(const Path& path);

}  // namespace tidemark::studio
