-- Everything that a migration can make, one line each, sorted.
with own as (
  select oid, nspname from pg_namespace
  where nspname !~ '^pg_' and nspname not in ('information_schema', 'drizzle')
),
lines (line) as (
  select 'schema ' || nspname from own
  union all
  select 'relation ' || n.nspname || '.' || c.relname || ' ' || c.relkind::text || ' rls ' || c.relrowsecurity
  from pg_class c join own n on n.oid = c.relnamespace
  union all
  select 'column ' || n.nspname || '.' || c.relname || '.' || a.attname || ' '
    || format_type(a.atttypid, a.atttypmod) || ' not null ' || a.attnotnull
    || ' identity ' || a.attidentity::text || ' generated ' || a.attgenerated::text
    || ' default ' || coalesce(pg_get_expr(d.adbin, d.adrelid), '')
  from pg_attribute a
  join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'v', 'm')
  join own n on n.oid = c.relnamespace
  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where a.attnum > 0 and not a.attisdropped
  union all
  select 'constraint ' || n.nspname || '.' || r.relname || ' ' || c.conname || ' ' || pg_get_constraintdef(c.oid)
  from pg_constraint c join pg_class r on r.oid = c.conrelid join own n on n.oid = r.relnamespace
  where c.contype <> 'n' -- since 18 what is NOT NULL has a name, which the server gives
  union all
  select 'index ' || pg_get_indexdef(i.indexrelid)
  from pg_index i join pg_class c on c.oid = i.indexrelid join own n on n.oid = c.relnamespace
  union all
  select 'enum ' || n.nspname || '.' || t.typname || ' '
    || string_agg(quote_literal(e.enumlabel), ',' order by e.enumsortorder)
  from pg_enum e join pg_type t on t.oid = e.enumtypid join own n on n.oid = t.typnamespace
  group by n.nspname, t.typname
  union all
  select 'sequence ' || schemaname || '.' || sequencename || ' ' || start_value || ' ' || min_value
    || ' ' || max_value || ' ' || increment_by || ' ' || cycle || ' ' || cache_size
  from pg_sequences where schemaname in (select nspname from own)
  union all
  select 'view ' || schemaname || '.' || viewname || ' ' || definition from pg_views
  where schemaname in (select nspname from own)
  union all
  select 'materialized view ' || schemaname || '.' || matviewname || ' ' || definition from pg_matviews
  where schemaname in (select nspname from own)
  union all
  select 'view options ' || n.nspname || '.' || c.relname || ' ' || (select string_agg(o, ',' order by o) from unnest(c.reloptions) o)
  from pg_class c join own n on n.oid = c.relnamespace where c.relkind = 'v' and c.reloptions is not null
  union all
  select 'policy ' || schemaname || '.' || tablename || ' ' || policyname || ' ' || permissive || ' '
    || roles::text || ' ' || cmd || ' ' || coalesce(qual, '') || ' ' || coalesce(with_check, '')
  from pg_policies where schemaname in (select nspname from own)
)
select line from lines order by line;
