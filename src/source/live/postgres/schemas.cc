// Schemas, and what hangs on tables that no catalog has a word for.
#include <algorithm>

#include "source/live/postgres/reading.h"

namespace tidemark::postgres_live {
namespace {

constexpr std::string_view schemas_query = R"(
SELECT n.nspname FROM pg_namespace n
WHERE n.nspname = ANY ($1::text[]) AND n.nspname !~ '^pg_'
  AND n.nspname NOT IN ('public', 'information_schema')
  AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_namespace'::regclass
    AND d.objid = n.oid AND d.deptype = 'e')
ORDER BY n.nspname)";

void read_schema(Reading& reading, const Fields& row) {
  bool ours = std::ranges::find(reading.scope.bookkeeping, row.name(0), &Path::schema) !=
              reading.scope.bookkeeping.end();
  if (!ours) reading.live.catalog.schemas.push_back({row.name(0)});
}

// What else hangs on a table by name.
constexpr std::string_view triggers_query = R"(
SELECT c.oid, o.name, o.kind, o.definition
FROM (SELECT tgrelid, tgname, 'trigger', pg_get_triggerdef(oid) FROM pg_trigger
      WHERE NOT tgisinternal
    UNION ALL SELECT ev_class, rulename, 'rule', pg_get_ruledef(oid) FROM pg_rewrite
      WHERE rulename <> '_RETURN'
    UNION ALL SELECT stxrelid, stxname, 'statistics', pg_get_statisticsobjdef(oid)
      FROM pg_statistic_ext) o(owner, name, kind, definition)
  JOIN pg_class c ON c.oid = o.owner
  JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = ANY ($1::text[])
ORDER BY c.oid, o.kind DESC, o.name)";

void read_trigger(Reading& reading, const Fields& row) {
  reading.beyond(row.text(0), row.name(1), row.text(2), row.text(3));
}

}  // namespace

Reader schemas() { return {schemas_query, read_schema}; }
Reader triggers() { return {triggers_query, read_trigger}; }

}  // namespace tidemark::postgres_live
