#include "source/live/postgres/reading.h"

namespace tidemark::postgres_live {
namespace {

// The element's type where the column holds arrays; an enum by name and schema. A default
// speaks of no column: to make names for all of them takes the server half a minute where
// there are 1,600.
constexpr std::string_view query = R"(
SELECT a.attrelid, a.attname, format_type(coalesce(e.oid, t.oid), a.atttypmod),
  coalesce(e.typtype, t.typtype), coalesce(e.typname, t.typname), n.nspname,
  CASE WHEN e.oid IS NULL THEN 0 ELSE greatest(a.attndims, 1) END,
  a.attnotnull, pg_get_expr(d.adbin, CASE WHEN a.attgenerated = '' THEN 0::oid ELSE d.adrelid END),
  a.attgenerated, a.attidentity,
  CASE WHEN a.attcollation <> t.typcollation THEN (  -- PostgreSQL 12 has no regcollation
    SELECT concat(CASE WHEN NOT pg_collation_is_visible(o.oid) THEN quote_ident(m.nspname) || '.' END,
                  quote_ident(o.collname))
    FROM pg_collation o JOIN pg_namespace m ON m.oid = o.collnamespace
    WHERE o.oid = a.attcollation) END
FROM pg_attribute a
  JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p', 'v', 'm') AND NOT c.relispartition
  JOIN pg_namespace s ON s.oid = c.relnamespace AND s.nspname = ANY ($1::text[])
  JOIN pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typlen = -1 AND t.typcategory = 'A'
  JOIN pg_namespace n ON n.oid = coalesce(e.typnamespace, t.typnamespace)
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE a.attnum > 0 AND NOT a.attisdropped
ORDER BY a.attrelid, a.attnum)";

SqlType type_of(const Fields& row) {
  SqlType type;
  if (row.text(3) == "e")
    type = {row.text(4), row.name(5)};
  else
    type = {type_text(row.text(2))};
  for (int dimension = std::stoi(row.text(6)); dimension > 0; --dimension) type.text += "[]";
  return type;
}

void read(Reading& reading, const Fields& row) {
  std::vector<Column>* columns = reading.columns(row.text(0));
  if (!columns) return;
  Column column{.name = row.name(1), .type = type_of(row), .not_null = row.flag(7)};
  std::string generated = row.text(9), identity = row.text(10);
  if (!generated.empty())
    column.generated = Generated{
        row.text(8), generated == "s" ? Generated::Storage::stored : Generated::Storage::virtual_};
  else if (row.has(8))
    column.default_value = Literal{row.text(8)};
  if (!identity.empty())
    column.identity =
        Identity{.mode = identity == "a" ? Identity::Mode::always : Identity::Mode::by_default};
  if (row.has(11)) column.kept.sql = "COLLATE " + row.text(11);
  bool is_own = reading.table(row.text(0)) != nullptr;  // a view has it from its tables
  if (is_own && row.has(11)) reading.beyond(row.text(0), column.name, "collation", row.text(11));
  if (is_own && generated == "v") reading.beyond(row.text(0), column.name, "generated", "VIRTUAL");
  if (is_own && row.text(3) == "d") reading.beyond(row.text(0), column.name, "domain", row.text(2));
  columns->push_back(std::move(column));
}

}  // namespace

Reader columns() { return {query, read}; }

}  // namespace tidemark::postgres_live
