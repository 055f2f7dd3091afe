// Indexes that are no constraint's.
#include "base/text.h"
#include "source/live/postgres/reading.h"

namespace tidemark::postgres_live {
namespace {

// Drizzle wants the class of a vector named, which is its type's default or not.
constexpr std::string_view query = R"(
SELECT i.indrelid, ic.relname, am.amname, i.indisunique, pg_get_expr(i.indpred, i.indrelid),
  array_to_json(ic.reloptions),
  (SELECT json_agg(json_build_object(
      'column', a.attname, 'expression', pg_get_indexdef(i.indexrelid, k.n, false),
      'option', i.indoption[k.n - 1], 'parameters', array_to_string(p.attoptions, ', '),
      'collation', CASE WHEN i.indcollation[k.n - 1] <> coalesce(a.attcollation, pt.typcollation)
        THEN (SELECT concat(CASE WHEN NOT pg_collation_is_visible(l.oid)
                THEN quote_ident(m.nspname) || '.' END, quote_ident(l.collname))
              FROM pg_collation l JOIN pg_namespace m ON m.oid = l.collnamespace
              WHERE l.oid = i.indcollation[k.n - 1]) END,
      'opclass', CASE WHEN NOT o.opcdefault OR t.typname = 'vector' OR p.attoptions IS NOT NULL
        THEN o.opcname END)
      ORDER BY k.n)
   FROM generate_series(1, i.indnkeyatts) k(n)
     LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[k.n - 1]
       AND i.indkey[k.n - 1] <> 0
     JOIN pg_opclass o ON o.oid = i.indclass[k.n - 1] JOIN pg_type t ON t.oid = o.opcintype
     JOIN pg_attribute p ON p.attrelid = i.indexrelid AND p.attnum = k.n
     JOIN pg_type pt ON pt.oid = p.atttypid),
  i.indisvalid, i.indnatts > i.indnkeyatts, pg_get_indexdef(i.indexrelid),
  (SELECT json_agg(a.attname) FROM pg_partitioned_table p JOIN pg_attribute a
     ON a.attrelid = p.partrelid AND a.attnum = ANY (p.partattrs) WHERE p.partrelid = c.oid)
FROM pg_index i JOIN pg_class ic ON ic.oid = i.indexrelid JOIN pg_am am ON am.oid = ic.relam
  JOIN pg_class c ON c.oid = i.indrelid AND NOT c.relispartition AND c.relkind IN ('r', 'p')
  JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = ANY ($1::text[])
WHERE NOT EXISTS (SELECT 1 FROM pg_constraint k
  WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
ORDER BY i.indrelid, ic.relname)";

IndexColumn column_of(const json::object& part) {
  constexpr std::int64_t descending = 1, nulls_first = 2;
  const json::value& column = part.at("column");
  std::int64_t option = part.at("option").to_number<std::int64_t>();
  const json::value& opclass = part.at("opclass");
  bool collated = !part.at("collation").is_null();
  const json::value& text = column.is_null() || collated ? part.at("expression") : column;
  IndexColumn out{.text = std::string(text.as_string()),
                  .is_expression = column.is_null() || collated,
                  .ascending = (option & descending) == 0,
                  .nulls_first = (option & nulls_first) != 0,
                  .opclass = opclass.is_null() ? "" : std::string(opclass.as_string())};
  // A collation makes an expression of a column: nothing else says it.
  if (collated) out.text += " COLLATE " + std::string(part.at("collation").as_string());
  if (const json::value& parameters = part.at("parameters"); !parameters.is_null())
    out.opclass += "(" + std::string(parameters.as_string()) + ")";
  return out;
}

void read(Reading& reading, const Fields& row) {
  std::string oid = row.text(0);
  Table* table = reading.table(oid);
  if (!table) return;
  Index index{.name = row.name(1), .columns = {}, .unique = row.flag(3), .where = row.text(4)};
  index.method = row.text(2);
  for (const json::value& part : row.list(6)) index.columns.push_back(column_of(part.as_object()));
  for (const std::string& option : row.texts(5)) {
    std::size_t equals = option.find('=');
    index.with.push_back({option.substr(0, equals), {option.substr(equals + 1), true}});
  }
  // That of a partitioned table waits for those of the partitions, on purpose.
  index.kept.columns = row.texts(10);
  index.valid = row.flag(7) || row.has(10);
  if (!row.flag(7)) reading.beyond(oid, index.name, "invalid", row.text(9));
  if (row.flag(8)) reading.beyond(oid, index.name, "include", row.text(9));
  table->indexes.push_back(std::move(index));
}

}  // namespace

Reader indexes() { return {query, read}; }

}  // namespace tidemark::postgres_live
