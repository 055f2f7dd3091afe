#include <algorithm>

#include "source/live/postgres/reading.h"

namespace tidemark::postgres_live {
namespace {

// Columns in the order in which the constraint names them.
constexpr std::string_view query = R"(
SELECT k.conrelid, k.conname, k.contype,
  (SELECT json_agg(a.attname ORDER BY o.n) FROM unnest(k.conkey) WITH ORDINALITY o(attnum, n)
     JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = o.attnum),
  tn.nspname, tc.relname,
  (SELECT json_agg(a.attname ORDER BY o.n) FROM unnest(k.confkey) WITH ORDINALITY o(attnum, n)
     JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = o.attnum),
  k.confupdtype, k.confdeltype, pg_get_expr(k.conbin, k.conrelid), k.condeferrable, k.convalidated,
  pg_get_constraintdef(k.oid), k.contype = 'c' AND k.connoinherit, k.confmatchtype = 'f',
  -- confdelsetcols is there since 15
  k.contype = 'f' AND pg_get_constraintdef(k.oid) ~ ' ON DELETE SET (NULL|DEFAULT) \(',
  (SELECT json_agg(a.attname) FROM pg_partitioned_table p JOIN pg_attribute a
     ON a.attrelid = p.partrelid AND a.attnum = ANY (p.partattrs) WHERE p.partrelid = c.oid)
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = ANY ($1::text[])
  LEFT JOIN pg_class tc ON tc.oid = k.confrelid LEFT JOIN pg_namespace tn ON tn.oid = tc.relnamespace
WHERE k.contype IN ('p', 'u', 'f', 'c', 'x') AND NOT c.relispartition
ORDER BY k.conrelid, k.conname)";

std::string action(const std::string& code) {
  switch (code.empty() ? 'a' : code[0]) {
    case 'r':
      return "restrict";
    case 'c':
      return "cascade";
    case 'n':
      return "set null";
    case 'd':
      return "set default";
    default:
      return "no action";
  }
}

/// The key of one column under the server's own name for it belongs to the column.
void add_primary_key(Table& table, const Name& name, std::vector<Name> columns, KeptSql kept) {
  bool unnamed = name.text() == table.path.name.text() + "_pkey";
  if (columns.size() == 1 && unnamed) {
    auto column = std::ranges::find(table.columns, columns[0], &Column::name);
    if (column != table.columns.end()) column->primary_key = true;
  } else {
    table.primary_keys.push_back(
        {.name = name, .columns = std::move(columns), .kept = std::move(kept)});
  }
}

void read(Reading& reading, const Fields& row) {
  std::string oid = row.text(0);
  Table* table = reading.table(oid);
  if (!table) return;
  Name name = row.name(1);
  KeptSql parted{.columns = row.texts(16)};
  switch (row.text(2)[0]) {
    case 'p':
      add_primary_key(*table, name, row.names(3), std::move(parted));
      break;
    case 'u':
      table->uniques.push_back({.name = name, .columns = row.names(3), .kept = std::move(parted)});
      break;
    case 'f':
      table->foreign_keys.push_back({.name = name,
                                     .columns = row.names(3),
                                     .target = {row.name(4), row.name(5)},
                                     .target_columns = row.names(6),
                                     .on_delete = action(row.text(8)),
                                     .on_update = action(row.text(7))});
      break;
    case 'c':
      table->checks.push_back({.name = name, .expression = row.text(9)});
      break;
    default:
      reading.beyond(oid, name, "exclusion", row.text(12));
  }
  if (row.flag(10)) reading.beyond(oid, name, "deferrable", row.text(12));
  if (!row.flag(11)) reading.beyond(oid, name, "not valid", row.text(12));
  if (row.flag(13)) reading.beyond(oid, name, "no inherit", row.text(12));
  if (row.flag(14)) reading.beyond(oid, name, "match full", row.text(12));
  if (row.flag(15)) reading.beyond(oid, name, "on delete of columns", row.text(12));
}

// --- NULLS NOT DISTINCT, since 15 --------------------------------------------

constexpr std::string_view nulls_query = R"(
SELECT i.indrelid, coalesce(k.conname, ic.relname), k.oid IS NULL, pg_get_indexdef(ic.oid)
FROM pg_index i JOIN pg_class ic ON ic.oid = i.indexrelid
  LEFT JOIN pg_constraint k ON k.conindid = ic.oid AND k.contype = 'u'
  JOIN pg_class c ON c.oid = i.indrelid AND NOT c.relispartition
  JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = ANY ($1::text[])
WHERE i.indnullsnotdistinct)";

void read_nulls(Reading& reading, const Fields& row) {
  Table* table = reading.table(row.text(0));
  if (!table) return;
  if (row.flag(2))
    return reading.beyond(row.text(0), row.name(1), "nulls not distinct", row.text(3));
  auto unique = std::ranges::find(table->uniques, row.name(1), &Unique::name);
  if (unique != table->uniques.end()) unique->nulls_not_distinct = true;
}

}  // namespace

Reader constraints() { return {query, read}; }

Reader unique_nulls(int server_version) {
  return {server_version >= 150000 ? nulls_query : "", read_nulls};
}

}  // namespace tidemark::postgres_live
