#include "tests/cases/proof.h"

#include <set>

#include "plan/planner.h"

namespace tidemark::tests {

namespace {

// Every object in one line, sorted. Columns go by name: their order is not what a
// migration can change.
constexpr std::string_view inventory_sql = R"(
with spaces as (
  select oid, nspname from pg_namespace
  where nspname !~ '^pg_' and nspname <> 'information_schema')
select line from (
  select 'schema ' || nspname as line from spaces
  union all
  select format('column %I.%I.%I %s%s%s%s%s', nspname, relname, attname,
                format_type(atttypid, atttypmod), case when attnotnull then ' not null' end,
                case when attidentity <> '' then ' identity ' || attidentity::text end,
                case when attgenerated <> '' then ' generated' end,
                ' default ' || pg_get_expr(adbin, adrelid))
  from pg_attribute join pg_class c on c.oid = attrelid join spaces s on s.oid = relnamespace
  left join pg_attrdef on adrelid = attrelid and adnum = attnum
  where attnum > 0 and not attisdropped and relkind in ('r', 'v', 'm')
  union all
  select format('constraint %I.%I %s', nspname, conname, pg_get_constraintdef(k.oid))
  from pg_constraint k join spaces s on s.oid = connamespace
  where contype <> 'n'
  union all
  select pg_get_indexdef(indexrelid)
  from pg_index join pg_class c on c.oid = indexrelid join spaces s on s.oid = relnamespace
  union all
  select format('type %I.%I %s', nspname, typname,
                (select string_agg(enumlabel, ',' order by enumsortorder)
                 from pg_enum where enumtypid = t.oid))
  from pg_type t join spaces s on s.oid = typnamespace where typtype = 'e'
  union all
  select format('sequence %I.%I %s %s %s %s %s %s', nspname, relname, seqstart, seqincrement,
                seqmin, seqmax, seqcache, seqcycle)
  from pg_sequence join pg_class c on c.oid = seqrelid join spaces s on s.oid = relnamespace
  union all
  select format('view %I.%I %s %s', nspname, relname, reloptions, pg_get_viewdef(c.oid))
  from pg_class c join spaces s on s.oid = relnamespace where relkind in ('v', 'm')
  union all
  select format('row security %I.%I', nspname, relname)
  from pg_class c join spaces s on s.oid = relnamespace where relrowsecurity
  union all
  select format('policy %I.%I %I %s %s %s %s %s', schemaname, tablename, policyname, permissive,
                cmd, roles, qual, with_check)
  from pg_policies
  union all
  select format('role %I %s %s %s', rolname, rolcreatedb, rolcreaterole, rolinherit)
  from pg_roles where rolname !~ '^pg_' and not rolsuper
) everything order by line collate "C")";

std::vector<std::string> inventory(Connection& connection) {
  std::vector<std::string> lines;
  for (const auto& row : connection.query(inventory_sql).rows) lines.push_back(row[0].value_or(""));
  return lines;
}

void run(Connection& connection, const Plan& plan) {
  for (const Statement& statement : plan.statements) {
    try {
      connection.query(statement.sql);
    } catch (DatabaseError& error) {
      error.detail = statement.sql;
      throw;
    }
  }
}

// Schemas that a catalog uses without defining them: somebody else made those.
void make_surroundings(Connection& connection, const Catalog& before, const Catalog& after) {
  std::set<std::string> used, defined = {"public"};
  for (const Catalog* catalog : {&before, &after}) {
    for (const Schema& it : catalog->schemas) defined.insert(it.name.text());
    auto use = [&](const auto& objects) {
      for (const auto& it : objects) used.insert(it.path.schema.text());
    };
    use(catalog->tables);
    use(catalog->enums);
    use(catalog->sequences);
    use(catalog->views);
  }
  for (const std::string& name : used)
    if (!defined.contains(name)) connection.query("create schema \"" + name + "\"");
}

DiffResult from_nothing(const Catalog& after) {
  NoRenames none;
  return diff(Catalog{.engine = after.engine}, after, none);
}

/// Takes back whatever happened while it lived.
class RolledBack {
 public:
  explicit RolledBack(Connection& connection) : connection_(connection) {
    connection_.query("begin");
  }
  ~RolledBack() { connection_.query("rollback"); }
  RolledBack(const RolledBack&) = delete;
  RolledBack& operator=(const RolledBack&) = delete;

 private:
  Connection& connection_;
};

}  // namespace

Proof prove(Connection& connection, const Catalog& before, const Catalog& after,
            const DiffResult& diff) {
  Proof proof;
  {
    RolledBack guard(connection);
    make_surroundings(connection, before, after);
    run(connection, make_plan(from_nothing(before), before));
    proof.started = inventory(connection);
    run(connection, make_plan(diff, after));
    proof.migrated = inventory(connection);
    run(connection, plan_back(before, after, diff.renames));
    proof.returned = inventory(connection);
  }
  RolledBack guard(connection);
  make_surroundings(connection, before, after);
  run(connection, make_plan(from_nothing(after), after));
  proof.made = inventory(connection);
  return proof;
}

}  // namespace tidemark::tests
