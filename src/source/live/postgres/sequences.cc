// Sequences: of their own, behind identity columns, and behind the shorthand serial.
#include <algorithm>

#include "dialect/postgres/serial.h"
#include "source/live/postgres/read_postgres.h"
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

namespace {

constexpr std::string_view owned_query = R"(
SELECT n.nspname, c.relname, q.seqincrement, q.seqmin, q.seqmax, q.seqstart, q.seqcache, q.seqcycle,
  tn.nspname, t.relname, a.attname, pg_get_expr(d.adbin, 0)
FROM pg_sequence q JOIN pg_class c ON c.oid = q.seqrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_depend o ON o.classid = 'pg_class'::regclass AND o.objid = c.oid AND o.objsubid = 0
    AND o.refclassid = 'pg_class'::regclass AND o.deptype = 'a'
  JOIN pg_class t ON t.oid = o.refobjid JOIN pg_namespace tn ON tn.oid = t.relnamespace
  JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = o.refobjsubid
  JOIN pg_attrdef d ON d.adrelid = t.oid AND d.adnum = a.attnum
  JOIN pg_depend u ON u.classid = 'pg_attrdef'::regclass AND u.objid = d.oid
    AND u.refclassid = 'pg_class'::regclass AND u.refobjid = c.oid
ORDER BY n.nspname, c.relname)";

struct OwnedSequence {
  Sequence sequence;
  Path table;
  Name column;
  std::string default_value;
};

std::vector<OwnedSequence> owned_sequences(Connection& database) {
  std::vector<OwnedSequence> out;
  const Rows rows = database.query(std::string(owned_query));
  for (const std::vector<Value>& values : rows.rows) {
    const Fields row(values);
    out.push_back({{{row.name(0), row.name(1)}, options_of(row)},
                   {row.name(8), row.name(9)},
                   row.name(10),
                   row.text(11)});
  }
  return out;
}

/// As serial makes it.
bool is_plain(const Sequence& sequence) {
  const SequenceOptions& it = sequence.options;
  return it.increment == "1" && it.min_value == "1" && it.start_with == "1" && it.cache == "1" &&
         !it.cycle.value_or(false);
}

void take_over(Catalog& catalog, OwnedSequence owned, Column& column) {
  column.type = postgres_dialect::without_serial(column.type);
  column.default_value = Literal{std::move(owned.default_value)};
  catalog.sequences.push_back(std::move(owned.sequence));
}

Column* column_of(Catalog& catalog, const OwnedSequence& owned) {
  auto table = std::ranges::find(catalog.tables, owned.table, &Table::path);
  if (table == catalog.tables.end()) return nullptr;
  auto column = std::ranges::find(table->columns, owned.column, &Column::name);
  return column == table->columns.end() ? nullptr : &*column;
}

}  // namespace

}  // namespace tidemark::postgres_live

namespace tidemark {

using namespace postgres_live;

void add_owned_sequences(Catalog& live, Connection& database) {
  for (OwnedSequence& owned : owned_sequences(database)) {
    Column* column = column_of(live, owned);
    if (!column || (postgres_dialect::is_serial(column->type) && is_plain(owned.sequence)))
      continue;
    take_over(live, std::move(owned), *column);
  }
}

void take_over_owned_sequences(Catalog& live, const Catalog& wanted, Connection& database) {
  auto has = [](const Catalog& catalog, const Path& path) {
    return std::ranges::find(catalog.sequences, path, &Sequence::path) != catalog.sequences.end();
  };
  const bool any = std::ranges::any_of(
      wanted.sequences, [&](const Sequence& sequence) { return !has(live, sequence.path); });
  if (!any) return;
  for (OwnedSequence& owned : owned_sequences(database)) {
    if (has(live, owned.sequence.path) || !has(wanted, owned.sequence.path)) continue;
    Column* column = column_of(live, owned);
    const Table* table = wanted.table(owned.table);
    const Column* want = table ? table->column(owned.column) : nullptr;
    if (!column || (want && postgres_dialect::is_serial(want->type))) continue;
    take_over(live, std::move(owned), *column);
  }
}

}  // namespace tidemark
