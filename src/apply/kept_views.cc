#include "apply/kept_views.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>

#include "apply/created_objects.h"
#include "apply/patience.h"
#include "apply/sql_lexer.h"
#include "dialect/sql_writer.h"

namespace tidemark {
namespace {

/// In the order in which it can be made: rights belong to an owner.
constexpr std::string_view query = R"(
WITH v AS (
  SELECT c.*, format('%I.%I', n.nspname, c.relname) AS path,
    CASE c.relkind WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'VIEW' END AS word
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE c.oid = to_regclass($1) AND c.relkind IN ('v', 'm')
), rights AS (
  SELECT v.path, '' AS part, x.* FROM v,
    aclexplode(coalesce(v.relacl, acldefault('r', v.relowner))) x
  UNION ALL SELECT v.path, format(' (%I)', a.attname), x.*
  FROM v JOIN pg_catalog.pg_attribute a ON a.attrelid = v.oid AND a.attnum > 0, aclexplode(a.attacl) x
)
SELECT what, name, make, undo FROM (
  SELECT 1, 'owner', 'owner', format('ALTER %s %s OWNER TO %I', word, path,
    pg_get_userbyid(relowner)), '' FROM v
  UNION ALL SELECT 2, 'grant', '', format('GRANT %s%s ON TABLE %s TO %s%s', privilege_type, part,
      path, who, CASE WHEN is_grantable THEN ' WITH GRANT OPTION' END),
    format('REVOKE %s%s ON TABLE %s FROM %s', privilege_type, part, path, who)
  FROM rights, LATERAL (SELECT CASE grantee WHEN 0 THEN 'PUBLIC'
    ELSE quote_ident(pg_get_userbyid(grantee)) END) AS r(who)
  UNION ALL SELECT 3, 'comment', d.objsubid::text, format('COMMENT ON %s IS %L', CASE
      WHEN a.attname IS NULL THEN word || ' ' || path
      ELSE format('COLUMN %s.%I', path, a.attname) END, d.description), ''
  FROM v JOIN pg_catalog.pg_description d ON d.objoid = v.oid AND
      d.classoid = 'pg_catalog.pg_class'::regclass
    LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = v.oid AND a.attnum = d.objsubid AND a.attnum > 0
  UNION ALL SELECT 4, 'default', d.adnum::text, format('ALTER VIEW %s ALTER COLUMN %I SET DEFAULT %s',
    path, a.attname, pg_get_expr(d.adbin, d.adrelid)), ''
  FROM v JOIN pg_catalog.pg_attrdef d ON d.adrelid = v.oid
    JOIN pg_catalog.pg_attribute a ON a.attrelid = v.oid AND a.attnum = d.adnum
  UNION ALL SELECT 5, 'trigger', t.tgname, pg_get_triggerdef(t.oid), ''
  FROM v JOIN pg_catalog.pg_trigger t ON t.tgrelid = v.oid AND NOT t.tgisinternal
  UNION ALL SELECT 6, 'rule', r.rulename, pg_get_ruledef(r.oid), ''
  FROM v JOIN pg_catalog.pg_rewrite r ON r.ev_class = v.oid AND r.rulename <> '_RETURN'
  UNION ALL SELECT 7, 'index', c.relname, pg_get_indexdef(i.indexrelid), ''
  FROM v JOIN pg_catalog.pg_index i ON i.indrelid = v.oid JOIN pg_catalog.pg_class c
    ON c.oid = i.indexrelid
) AS hanging(rank, what, name, make, undo) ORDER BY rank, name, make)";

bool changes_rights(const MigrationStatement& statement, const Name& view) {
  std::vector<Token> tokens = tokenize(statement.sql, Engine::postgresql);
  return !tokens.empty() && (tokens[0].is("grant") || tokens[0].is("revoke")) &&
         std::ranges::any_of(tokens, [&](const Token& it) {
           return name_of(it, Engine::postgresql) == view.text();
         });
}

}  // namespace

KeptViews::KeptViews(Connection& database, const Script& script, const Part& part)
    : database_(database), tag_(script.file->tag) {
  if (!script.remakes_views || database.engine() != Engine::postgresql) return;
  const auto statements = std::span(script.statements).subspan(part.first, part.last - part.first);
  for (const MigrationStatement& statement : statements) {
    const std::optional<CreatedObject> made = created_by(statement.sql, Engine::postgresql);
    if (!made || made->kind != CreatedObject::Kind::view) continue;
    View view{.path = standard_sql(made->path), .hanging = read(standard_sql(made->path))};
    view.rights_said = std::ranges::any_of(statements, [&](const MigrationStatement& it) {
      return changes_rights(it, made->path.name);
    });
    if (!view.hanging.empty()) views_.push_back(std::move(view));
  }
}

std::vector<KeptViews::Hanging> KeptViews::read(const std::string& path) {
  std::vector<Hanging> out;
  for (const std::vector<Value>& row :
       database_.query(std::string(query), std::array<Value, 1>{path}).rows)
    out.push_back({*row[0], *row[1], *row[2], *row[3]});
  return out;
}

std::vector<Remark> KeptViews::put_back() {
  std::vector<Remark> remarks;
  for (const View& view : views_) put_back(view, remarks);
  return remarks;
}

void KeptViews::put_back(const View& view, std::vector<Remark>& remarks) {
  const std::vector<Hanging> now = read(view.path);
  if (now.empty()) return;  // the view is not there after all
  auto has = [](const std::vector<Hanging>& list, const Hanging& it) {
    return std::ranges::any_of(list, [&](const Hanging& one) {
      const bool by_name = it.what != "owner" && it.what != "grant";
      return one.what == it.what && (by_name ? one.name == it.name : one.make == it.make);
    });
  };
  // Rights that the server gives to whatever is new.
  for (const Hanging& it : now)
    if (it.what == "grant" && !view.rights_said && !has(view.hanging, it))
      attempt(it.undo, it.what, view, remarks);
  for (const Hanging& it : view.hanging)
    if (!has(now, it) && !(it.what == "grant" && view.rights_said))
      attempt(it.make, it.what, view, remarks);
}

void KeptViews::attempt(const std::string& sql, const std::string& what, const View& view,
                        std::vector<Remark>& remarks) {
  database_.execute("SAVEPOINT tidemark_view");
  try {
    database_.execute(sql);
  } catch (const DatabaseError& error) {
    if (error.connection_lost || is_passing(error)) throw;
    database_.execute("ROLLBACK TO SAVEPOINT tidemark_view");
    remarks.push_back(
        {tag_,
         fmt::format("the view {} was made anew, and its {} could not be given back: {}", view.path,
                     what, error.message),
         "correct and run it: " + sql});
  }
  database_.execute("RELEASE SAVEPOINT tidemark_view");
}

}  // namespace tidemark
