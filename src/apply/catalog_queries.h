// What PostgreSQL's catalogs say of a database, as rows of an object's name and its
// definition. What an extension owns is the extension's.
#pragma once

#include <array>
#include <string_view>

namespace tidemark {

// Rights are compared as they work: none that were given are those of the owner.
inline constexpr std::array<std::string_view, 8> catalog_queries = {
    R"(
SELECT 'schema ' || nspname, concat_ws(' ', 'owner', nspowner::regrole::text,
       (SELECT string_agg(a::text, ',' ORDER BY a::text COLLATE "C")
        FROM unnest(coalesce(nspacl, acldefault('n', nspowner))) AS a))
FROM pg_namespace n
WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
UNION ALL
SELECT 'extension ' || extname, concat_ws(' ', extversion, extnamespace::regnamespace::text)
FROM pg_extension)",
    R"(
SELECT CASE relkind WHEN 'S' THEN 'sequence ' WHEN 'v' THEN 'view ' WHEN 'm' THEN
       'materialized view ' ELSE 'table ' END || nspname || '.' || relname,
       concat_ws(' ', relkind, relpersistence, 'owner', relowner::regrole::text,
         (SELECT array_agg(o ORDER BY o) FROM unnest(reloptions) o)::text,
         CASE WHEN relrowsecurity THEN 'row security' END,
         CASE WHEN relforcerowsecurity THEN 'forced' END, pg_get_partkeydef(c.oid),
         pg_get_expr(relpartbound, c.oid),
         (SELECT string_agg(inhparent::regclass::text, ',' ORDER BY inhseqno)
          FROM pg_inherits WHERE inhrelid = c.oid),
         CASE WHEN relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END,
         (SELECT concat_ws(' ', format_type(seqtypid, NULL), seqstart, seqincrement, seqmin,
                           seqmax, seqcache, seqcycle)
          FROM pg_sequence WHERE seqrelid = c.oid),
         (SELECT concat_ws(' ', 'of', refobjid::regclass, attname) FROM pg_depend d
          JOIN pg_attribute ON attrelid = refobjid AND attnum = refobjsubid
          WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.objsubid = 0
            AND d.deptype IN ('a', 'i') AND relkind = 'S'),
         (SELECT string_agg(a::text, ',' ORDER BY a::text COLLATE "C") FROM unnest(coalesce(relacl,
            acldefault(CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", relowner))) AS a))
FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
  AND relkind IN ('r', 'p', 'f', 'v', 'm', 'S', 'c')
  AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = c.oid
                  AND deptype = 'e'))",
    R"(
SELECT 'column ' || nspname || '.' || relname || '.' || attname,
       concat_ws(' ', format_type(atttypid, atttypmod), CASE WHEN attnotnull THEN 'NOT NULL' END,
         CASE WHEN attcollation <> typcollation THEN (
           SELECT concat('COLLATE ', CASE WHEN NOT pg_collation_is_visible(o.oid) THEN
             quote_ident(m.nspname) || '.' END, quote_ident(collname))
           FROM pg_collation o JOIN pg_namespace m ON m.oid = collnamespace
           WHERE o.oid = attcollation) END,
         CASE WHEN attidentity <> '' THEN 'IDENTITY ' || attidentity::text END,
         CASE WHEN attgenerated <> '' THEN 'GENERATED ' || attgenerated::text ELSE
           CASE WHEN adbin IS NOT NULL THEN 'DEFAULT' END END,
         pg_get_expr(adbin, CASE WHEN attgenerated = '' THEN 0::oid ELSE adrelid END), attacl::text)
FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid
JOIN pg_namespace n ON n.oid = relnamespace JOIN pg_type t ON t.oid = atttypid
LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
WHERE attnum > 0 AND NOT attisdropped AND nspname !~ '^pg_' AND nspname <> 'information_schema'
  AND relkind IN ('r', 'p', 'f', 'c')
  AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = c.oid
                  AND deptype = 'e'))",
    R"(
SELECT 'constraint ' || nspname || '.' || coalesce(relname || '.', '') || conname,
       pg_get_constraintdef(k.oid)
FROM pg_constraint k JOIN pg_namespace n ON n.oid = connamespace
LEFT JOIN pg_class c ON c.oid = conrelid
WHERE contype NOT IN ('n', 't') AND nspname !~ '^pg_' AND nspname <> 'information_schema'
  AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE deptype = 'e'
                  AND (classid, objid) IN (('pg_class'::regclass, conrelid),
                                           ('pg_type'::regclass, contypid))))",
    R"(
SELECT 'index ' || nspname || '.' || c.relname,
       concat_ws(' ', pg_get_indexdef(indexrelid), CASE WHEN NOT indisvalid THEN 'invalid' END)
FROM pg_index JOIN pg_class c ON c.oid = indexrelid JOIN pg_namespace n ON n.oid = relnamespace
WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
  AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = indrelid
                  AND deptype = 'e'))",
    R"(
SELECT 'type ' || nspname || '.' || typname,
       concat_ws(' ', 'owner', typowner::regrole::text, typtype,
         (SELECT string_agg(quote_literal(enumlabel), ',' ORDER BY enumsortorder)
          FROM pg_enum WHERE enumtypid = t.oid),
         CASE WHEN typtype = 'd' THEN concat_ws(' ', format_type(typbasetype, typtypmod),
           CASE WHEN typnotnull THEN 'NOT NULL' END, typdefault) END)
FROM pg_type t JOIN pg_namespace n ON n.oid = typnamespace
WHERE typtype IN ('e', 'd', 'r') AND nspname !~ '^pg_' AND nspname <> 'information_schema'
  AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE classid = 'pg_type'::regclass AND objid = t.oid
                  AND deptype = 'e')
UNION ALL
SELECT 'policy ' || schemaname || '.' || tablename || '.' || policyname,
       concat_ws(' ', permissive, cmd, roles::text, qual, 'CHECK ' || with_check)
FROM pg_policies)",
    R"(
SELECT 'trigger ' || nspname || '.' || relname || '.' || tgname,
       concat_ws(' ', pg_get_triggerdef(t.oid), tgenabled)
FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid JOIN pg_namespace n ON n.oid = relnamespace
WHERE NOT tgisinternal AND nspname !~ '^pg_' AND nspname <> 'information_schema'
UNION ALL
SELECT 'rule ' || nspname || '.' || relname || '.' || rulename, pg_get_ruledef(r.oid)
FROM pg_rewrite r JOIN pg_class c ON c.oid = ev_class JOIN pg_namespace n ON n.oid = relnamespace
WHERE rulename <> '_RETURN' AND nspname !~ '^pg_' AND nspname <> 'information_schema'
UNION ALL
SELECT 'function ' || nspname || '.' || proname || '(' || pg_get_function_identity_arguments(p.oid)
         || ')',
       concat_ws(' ', 'owner', proowner::regrole::text,
         CASE WHEN prokind <> 'a' THEN pg_get_functiondef(p.oid) END,
         (SELECT string_agg(a::text, ',' ORDER BY a::text COLLATE "C")
          FROM unnest(coalesce(proacl, acldefault('f', proowner))) AS a))
FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace
WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
  AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE classid = 'pg_proc'::regclass AND objid = p.oid
                  AND deptype = 'e'))",
    // What initdb made has an oid below 16384.
    R"(
SELECT 'comment on ' || pg_describe_object(classoid, objoid, objsubid), description
FROM pg_description WHERE objoid >= 16384)"};

}  // namespace tidemark
