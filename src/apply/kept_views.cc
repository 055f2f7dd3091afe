#include "apply/kept_views.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <span>
#include <tuple>
#include <utility>

#include "apply/created_objects.h"
#include "apply/patience.h"
#include "apply/sql_lexer.h"
#include "base/json.h"
#include "base/text.h"
#include "dialect/sql_writer.h"

namespace tidemark {
namespace {

// First the views, then rights to them, then their parts in the order in which they can be made.
constexpr std::string_view query = R"(
WITH v AS (
  SELECT DISTINCT c.*, format('%I.%I', n.nspname, c.relname) AS path, n.nspname AS path_schema,
    CASE c.relkind WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'VIEW' END AS word
  FROM json_array_elements_text($1::json) AS given(name)
    JOIN pg_catalog.pg_class c ON c.oid = to_regclass(given.name) AND c.relkind IN ('v', 'm')
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
), rights AS (
  SELECT v.path, '' AS part, x.* FROM v,
    aclexplode(coalesce(v.relacl, acldefault('r', v.relowner))) x
  UNION ALL SELECT v.path, quote_ident(a.attname), x.*
  FROM v JOIN pg_catalog.pg_attribute a ON a.attrelid = v.oid AND a.attnum > 0, aclexplode(a.attacl) x
)
SELECT path, what, a, b, c, d, e FROM (
  SELECT 0, path, 'view', oid::text, word, quote_ident(pg_get_userbyid(relowner)),
    coalesce(array_to_string(reloptions, ', '), ''), '' FROM v
  UNION ALL SELECT 1, path, 'right', part,
    CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END,
    quote_ident(pg_get_userbyid(grantor)), privilege_type, is_grantable::text FROM rights
  UNION ALL SELECT 2, v.path, 'comment', d.objsubid::text, CASE WHEN a.attname IS NULL THEN ''
    ELSE 'COLUMN ' || path || '.' || quote_ident(a.attname) END, quote_literal(d.description), '', ''
  FROM v JOIN pg_catalog.pg_description d ON d.objoid = v.oid AND
      d.classoid = 'pg_catalog.pg_class'::regclass
    LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = v.oid AND a.attnum = d.objsubid AND a.attnum > 0
  UNION ALL SELECT 3, v.path, 'default', d.adnum::text,
    format('ALTER VIEW %s ALTER COLUMN %I SET DEFAULT %s', path, a.attname,
      pg_get_expr(d.adbin, d.adrelid)), '', '', ''
  FROM v JOIN pg_catalog.pg_attrdef d ON d.adrelid = v.oid
    JOIN pg_catalog.pg_attribute a ON a.attrelid = v.oid AND a.attnum = d.adnum
  UNION ALL SELECT 4, v.path, 'trigger', t.tgname, pg_get_triggerdef(t.oid), '', '', ''
  FROM v JOIN pg_catalog.pg_trigger t ON t.tgrelid = v.oid AND NOT t.tgisinternal
  UNION ALL SELECT 5, v.path, 'rule', r.rulename, pg_get_ruledef(r.oid), '', '', ''
  FROM v JOIN pg_catalog.pg_rewrite r ON r.ev_class = v.oid AND r.rulename <> '_RETURN'
  UNION ALL SELECT 6, v.path, 'statistics', s.stxname, pg_get_statisticsobjdef(s.oid), '', '', ''
  FROM v JOIN pg_catalog.pg_statistic_ext s ON s.stxrelid = v.oid
  UNION ALL SELECT part.rank, v.path, 'index', c.relname, part.make, '', '', ''
  FROM v JOIN pg_catalog.pg_index i ON i.indrelid = v.oid
    JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid, LATERAL (
      SELECT 7, pg_get_indexdef(i.indexrelid)
      UNION ALL SELECT 8, format('ALTER MATERIALIZED VIEW %s CLUSTER ON %I', path, c.relname)
        WHERE i.indisclustered
      UNION ALL SELECT 9, format('COMMENT ON INDEX %I.%I IS %L', v.path_schema, c.relname,
        obj_description(c.oid, 'pg_class')) FROM (SELECT 1) AS one
        WHERE obj_description(c.oid, 'pg_class') IS NOT NULL) AS part(rank, make)
) AS all_of_it(rank, path, what, a, b, c, d, e) ORDER BY rank, path, a, b)";

bool may_drop(const MigrationStatement& statement) {
  const std::vector<Token> tokens = tokenize(statement.sql, Engine::postgresql);
  return !tokens.empty() && (tokens[0].is("do") || std::ranges::any_of(tokens, [](const Token& it) {
                               return it.is("drop");
                             }));
}

std::optional<std::string> view_made_by(const MigrationStatement& statement) {
  const std::optional<CreatedObject> made = created_by(statement.sql, Engine::postgresql);
  if (!made || made->kind != CreatedObject::Kind::view) return std::nullopt;
  return standard_sql(made->path);
}

/// Whether the statement is a CREATE that says this name.
bool makes(const MigrationStatement& statement, const std::string& name) {
  const std::vector<Token> tokens = tokenize(statement.sql, Engine::postgresql);
  return !tokens.empty() && tokens[0].is("create") &&
         std::ranges::any_of(
             tokens, [&](const Token& it) { return name_of(it, Engine::postgresql) == name; });
}

std::span<const MigrationStatement> later(const Script& script, std::size_t index) {
  return std::span(script.statements).subspan(index + 1);
}

}  // namespace

void KeptViews::before(const Script& script, std::size_t index) {
  tag_ = script.file->tag;
  seen_.clear();
  if (!may_drop(script.statements[index])) return;
  std::vector<std::string> names;
  for (const MigrationStatement& it : later(script, index))
    if (std::optional<std::string> made = view_made_by(it)) names.push_back(*std::move(made));
  if (!names.empty()) seen_ = read(names);
}

void KeptViews::after(const Script& script, std::size_t index) {
  if (!seen_.empty()) {  // what is still there was not dropped
    json::array oids;
    for (const auto& [path, view] : seen_) oids.emplace_back(view.oid);
    const Rows there = database_.query(
        "SELECT c.oid::text FROM json_array_elements_text($1::json) AS given(oid) JOIN "
        "pg_catalog.pg_class c ON c.oid = given.oid::oid",
        std::array<Value, 1>{json::serialize(oids)});
    for (auto& [path, view] : std::exchange(seen_, {}))
      if (std::ranges::none_of(there.rows, [&](const auto& row) { return row[0] == view.oid; }))
        waiting_[path] = std::move(view);
  }
  const std::optional<std::string> made =
      waiting_.empty() ? std::nullopt : view_made_by(script.statements[index]);
  if (!made) return;
  for (auto& [path, now] : read({*made}))
    if (auto was = waiting_.find(path); was != waiting_.end()) {
      const View view = std::move(was->second);
      waiting_.erase(was);
      put_back(view, now, script, index);
    }
}

std::vector<Remark> KeptViews::take_remarks() { return std::exchange(remarks_, {}); }

std::map<std::string, KeptViews::View> KeptViews::read(const std::vector<std::string>& names) {
  json::array list;
  for (const std::string& name : names) list.emplace_back(name);
  std::map<std::string, View> out;
  const Rows rows =
      database_.query(std::string(query), std::array<Value, 1>{json::serialize(list)});
  for (const std::vector<Value>& row : rows.rows) {
    View& view = out[*row[0]];
    if (row[1] == "view") {
      view.oid = *row[2], view.path = *row[0], view.word = *row[3];
      view.owner = *row[4], view.options = *row[5];
    } else if (row[1] == "right") {
      view.rights.insert({*row[2], *row[3], *row[4], *row[5], row[6] == "true"});
    } else if (row[1] == "comment") {
      const std::string of = row[3]->empty() ? view.word + " " + view.path : *row[3];
      view.hanging.push_back({*row[1], *row[2], "COMMENT ON " + of + " IS " + *row[4]});
    } else {
      view.hanging.push_back({*row[1], *row[2], *row[3]});
    }
  }
  return out;
}

void KeptViews::put_back(const View& view, View now, const Script& script, std::size_t index) {
  put_back_owner(view, now);
  put_back_rights(view, now);
  put_back_parts(view, now, script, index);
  if (view.options != now.options && now.options.empty())
    remarks_.push_back({tag_,
                        fmt::format("the view {} had the options {}, and is made without them",
                                    view.path, view.options),
                        fmt::format("if it is to keep them: ALTER {} {} SET ({})", now.word,
                                    view.path, view.options)});
}

/// Rights are those of an owner: whose the view is comes first.
void KeptViews::put_back_owner(const View& view, View& now) {
  if (now.owner == view.owner) return;
  attempt("owner", view, {fmt::format("ALTER {} {} OWNER TO {}", now.word, view.path, view.owner)});
  now = read({view.path}).at(view.path);
}

/// Takes away first what the server gives to whatever is new. What belongs to an owner that the
/// view did not have before is left to it.
void KeptViews::put_back_rights(const View& view, const View& now) {
  std::set<Right> more, less;
  std::ranges::set_difference(now.rights, view.rights, std::inserter(more, more.end()));
  std::ranges::set_difference(view.rights, now.rights, std::inserter(less, less.end()));
  std::vector<std::string> statements;
  for (const Right& it : more) {
    if (it.grantee == now.owner && now.owner != view.owner) continue;
    statements.push_back("REVOKE " + it.privilege +
                         (it.column.empty() ? "" : " (" + it.column + ")") + " ON TABLE " +
                         view.path + " FROM " + it.grantee);
  }
  attempt("rights", view, statements);
  attempt("rights", view, grants(view, less));
}

/// One statement for all who get the same from one; each column apart, which may not be there any
/// more. What the owner gives comes first, for others can only pass on what they have.
std::vector<std::string> KeptViews::grants(const View& view, const std::set<Right>& rights) {
  using Giving = std::tuple<bool, std::string, bool, std::string>;  // passed on, by, option, column
  std::map<std::pair<Giving, std::string>, std::string> what;       // to whom
  for (const Right& it : rights) {
    std::string& list =
        what[{{it.grantor != view.owner, it.grantor, it.grantable, it.column}, it.grantee}];
    if (!list.empty()) list += ", ";
    list += it.privilege + (it.column.empty() ? "" : " (" + it.column + ")");
  }
  std::map<std::pair<Giving, std::string>, std::string> whom;  // gets what
  for (const auto& [to, list] : what) {
    std::string& grantees = whom[{to.first, list}];
    grantees += (grantees.empty() ? "" : ", ") + to.second;
  }
  std::vector<std::string> out;
  for (const auto& [of, grantees] : whom) {
    const auto& [passed_on, grantor, grantable, column] = of.first;
    std::string grant = fmt::format("GRANT {} ON TABLE {} TO {}{}", of.second, view.path, grantees,
                                    grantable ? " WITH GRANT OPTION" : "");
    if (!passed_on) {
      out.push_back(std::move(grant));
      continue;
    }
    // Only who gave it can give it.
    out.push_back("DO " + string_literal("DECLARE role text := current_setting('role'); BEGIN SET "
                                         "LOCAL ROLE " +
                                         grantor + "; " + grant +
                                         "; PERFORM set_config('role', role, true); END"));
  }
  return out;
}

void KeptViews::put_back_parts(const View& view, const View& now, const Script& script,
                               std::size_t index) {
  std::map<std::string, std::vector<std::string>> statements;
  std::vector<std::string> order;
  for (const Hanging& it : view.hanging) {
    const bool there = std::ranges::any_of(now.hanging, [&](const Hanging& one) {
      return one.what == it.what && one.name == it.name;
    });
    const bool by_script = std::ranges::any_of(
        later(script, index), [&](const auto& one) { return makes(one, it.name); });
    if (there || by_script) continue;
    std::string make = it.make;
    const std::string own = "COMMENT ON " + view.word + " " + view.path + " IS ";
    if (make.starts_with(own))
      make = "COMMENT ON " + now.word + " " + view.path + " IS " + make.substr(own.size());
    if (!statements.contains(it.what)) order.push_back(it.what);
    statements[it.what].push_back(std::move(make));
  }
  for (const std::string& what : order) attempt(what, view, statements[what]);
}

void KeptViews::attempt(const std::string& what, const View& view,
                        const std::vector<std::string>& statements) {
  std::string why;
  if (statements.empty() || succeeds(statements, why)) return;
  for (const std::string& sql : statements)
    if (!succeeds({sql}, why))
      remarks_.push_back({tag_,
                          fmt::format("the view {} was made anew, and its {} could not be given "
                                      "back: {}",
                                      view.path, what, why),
                          "correct and run it: " + sql});
}

bool KeptViews::succeeds(const std::vector<std::string>& statements, std::string& why) {
  database_.execute("SAVEPOINT tidemark_view");
  try {
    std::vector<Command> commands;
    for (const std::string& sql : statements) commands.push_back({sql});
    database_.run(commands);
  } catch (const DatabaseError& error) {
    if (error.connection_lost || is_passing(error)) throw;
    why = error.message;
    database_.execute("ROLLBACK TO SAVEPOINT tidemark_view");
    return false;
  }
  database_.execute("RELEASE SAVEPOINT tidemark_view");
  return true;
}

}  // namespace tidemark
