#include "seed/key_checks.h"

#include "dialect/sql_writer.h"

namespace tidemark::seed {
namespace {

std::string conjunction(const ForeignKey& key, const auto& one_column) {
  std::string out;
  for (std::size_t i = 0; i < key.columns.size(); ++i)
    out += (i == 0 ? "" : " AND ") + one_column(i);
  return out;
}

KeyCheck check_of(const Table& table, const ForeignKey& key) {
  std::string given = conjunction(
      key, [&](std::size_t i) { return standard_sql("child.", key.columns[i], " IS NOT NULL"); });
  std::string equal = conjunction(key, [&](std::size_t i) {
    return standard_sql("parent.", key.target_columns[i], " = child.", key.columns[i]);
  });
  return {table.path.name.text() + "." + key.columns.front().text(),
          {standard_sql("SELECT FROM ", table.path, " child WHERE ", given,
                        " AND NOT EXISTS (SELECT FROM ", key.target, " parent WHERE ", equal,
                        ") LIMIT 1")}};
}

}  // namespace

std::string may_keys_wait() {
  return "SELECT current_setting('is_superuser')::boolean AND NOT EXISTS ("
         "SELECT FROM pg_catalog.pg_trigger t "
         "LEFT JOIN pg_catalog.pg_constraint c ON c.oid = t.tgconstraint "
         "WHERE c.contype IS DISTINCT FROM 'f') AND NOT EXISTS ("
         "SELECT FROM pg_catalog.pg_constraint WHERE contype = 'f' AND confmatchtype <> 's') AND "
         "NOT EXISTS (SELECT FROM pg_catalog.pg_class WHERE relispartition)";
}

std::string let_keys_wait() { return "SET LOCAL session_replication_role = replica"; }

std::vector<KeyCheck> key_checks(const Catalog& catalog) {
  std::vector<KeyCheck> out;
  for (const Table& table : catalog.tables)
    for (const ForeignKey& key : table.foreign_keys) out.push_back(check_of(table, key));
  return out;
}

}  // namespace tidemark::seed
