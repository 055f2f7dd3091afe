#include "source/live/postgres/reading.h"

namespace tidemark::postgres_live {
namespace {

constexpr std::string_view query = R"(
SELECT n.nspname, t.typname,
  (SELECT json_agg(e.enumlabel ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid)
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
WHERE t.typtype = 'e' AND n.nspname = ANY ($1::text[]) AND NOT EXISTS (SELECT 1 FROM pg_depend d
  WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e')
ORDER BY n.nspname, t.typname)";

void read(Reading& reading, const Fields& row) {
  reading.live.catalog.enums.push_back({{row.name(0), row.name(1)}, row.texts(2)});
}

}  // namespace

Reader enums() { return {query, read}; }

}  // namespace tidemark::postgres_live
