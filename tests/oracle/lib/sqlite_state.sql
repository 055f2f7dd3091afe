-- Everything that a migration can make, one line each, sorted.
with recursive own as (
  select type, name, tbl_name, sql from sqlite_master
  where name not like 'sqlite_%' and name not like 'libsql_%' and name not like '\_\_drizzle%' escape '\'
    and tbl_name not like '\_\_drizzle%' escape '\'
),
generated (name, n, rest) as (
  select name, 0, sql from own where type = 'table'
  union all
  select name, n + 1, substr(rest, instr(rest, 'GENERATED ALWAYS AS ') + 20) from generated
  where instr(rest, 'GENERATED ALWAYS AS ') > 0
),
lines (line) as (
  select 'object ' || type || ' ' || name || ' on ' || tbl_name from own
  union all
  select 'column ' || o.name || '.' || c.name || ' ' || c.type || ' not null ' || c."notnull"
    || ' default ' || coalesce(c.dflt_value, '') || ' key ' || c.pk || ' hidden ' || c.hidden
  from own o join pragma_table_xinfo(o.name) c where o.type = 'table'
  union all
  select 'index ' || o.name || ' ' || i.name || ' unique ' || i."unique" || ' partial ' || i.partial
    || ' ' || coalesce((select group_concat(coalesce(x.name, '(expression)'), ',') from pragma_index_xinfo(i.name) x where x.key), '')
  from own o join pragma_index_list(o.name) i where o.type = 'table'
  union all
  select 'definition ' || sql from own where type in ('index', 'view')
  union all
  select 'reference ' || o.name || '.' || f."from" || ' ' || f."table" || '.' || coalesce(f."to", '')
    || ' ' || f.on_update || ' ' || f.on_delete
  from own o join pragma_foreign_key_list(o.name) f where o.type = 'table'
  union all
  select 'generated ' || name || ' ' || substr(rest, 1, instr(replace(rest || ' STORED', ' VIRTUAL', ' STORED'), ' STORED') - 1)
  from generated where n > 0
  union all
  select 'checks ' || name || ' ' || (length(sql) - length(replace(upper(sql), 'CHECK', ''))) / 5
  from own where type = 'table'
)
select line from lines order by line;
