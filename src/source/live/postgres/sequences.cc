// Sequences: of their own, behind identity columns, and behind the shorthand serial.
#include <algorithm>

#include "source/live/postgres/reading.h"

namespace tidemark::postgres_live {
namespace {

constexpr std::string_view query = R"(
SELECT n.nspname, c.relname, q.seqincrement, q.seqmin, q.seqmax, q.seqstart, q.seqcache, q.seqcycle,
  d.refobjid, d.deptype, a.attname
FROM pg_sequence q JOIN pg_class c ON c.oid = q.seqrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.objsubid = 0
    AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
  LEFT JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
WHERE n.nspname = ANY ($1::text[]) AND NOT EXISTS (SELECT 1 FROM pg_depend e
  WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')
ORDER BY n.nspname, c.relname)";

SequenceOptions options_of(const Fields& row) {
  return {.increment = row.text(2),
          .min_value = row.text(3),
          .max_value = row.text(4),
          .start_with = row.text(5),
          .cache = row.text(6),
          .cycle = row.flag(7)};
}

/// `integer` with a default of its own sequence, NOT NULL, is what serial stands for.
void become_serial(Column& column) {
  const std::string& type = column.type.text;
  bool fits = type == "integer" || type == "bigint" || type == "smallint";
  if (!fits || !column.not_null || !column.default_value ||
      !column.default_value->text.starts_with("nextval("))
    return;
  column.type.text = type == "integer" ? "serial" : type == "bigint" ? "bigserial" : "smallserial";
  column.default_value.reset();
}

void read(Reading& reading, const Fields& row) {
  Path path{row.name(0), row.name(1)};
  if (!row.has(8)) {
    reading.live.catalog.sequences.push_back({path, options_of(row)});
    return;
  }
  Table* table = reading.table(row.text(8));
  if (!table) return;
  auto column = std::ranges::find(table->columns, row.name(10), &Column::name);
  if (column == table->columns.end()) return;
  if (column->identity) {
    column->identity->sequence = path;
    column->identity->options = options_of(row);
  } else {
    become_serial(*column);
  }
}

}  // namespace

Reader sequences() { return {query, read}; }

}  // namespace tidemark::postgres_live
