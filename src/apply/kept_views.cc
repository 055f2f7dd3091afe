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
  FROM json_array_elements_text($1::json) AS given(value)
    JOIN pg_catalog.pg_class c ON {} AND c.relkind IN ('v', 'm')
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
), rights AS (
  SELECT v.path, '' AS part, x.* FROM v,
    aclexplode(coalesce(v.relacl, acldefault('r', v.relowner))) x
  UNION ALL SELECT v.path, quote_ident(a.attname), x.*
  FROM v JOIN pg_catalog.pg_attribute a ON a.attrelid = v.oid AND a.attnum > 0, aclexplode(a.attacl) x
)
SELECT path, what, a, b, c, d, e FROM (
  SELECT 0, path, 'view', oid::text, word, quote_ident(pg_get_userbyid(relowner)),
    coalesce(array_to_string(reloptions, ', '), ''),
    (pg_get_userbyid(relowner) = current_user)::text FROM v
  UNION ALL SELECT 1, path, 'right', part,
    CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END,
    quote_ident(pg_get_userbyid(grantor)), privilege_type, is_grantable::text FROM rights
  UNION ALL SELECT 2, v.path, 'comment', coalesce(a.attname, ''), CASE WHEN a.attname IS NULL THEN ''
    ELSE 'COLUMN ' || path || '.' || quote_ident(a.attname) END, quote_literal(d.description), '', ''
  FROM v JOIN pg_catalog.pg_description d ON d.objoid = v.oid AND
      d.classoid = 'pg_catalog.pg_class'::regclass
    LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = v.oid AND a.attnum = d.objsubid AND a.attnum > 0
  UNION ALL SELECT 3, v.path, 'default', a.attname,
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

std::string as_json(const std::vector<std::string>& values) {
  json::array list;
  for (const std::string& value : values) list.emplace_back(value);
  return json::serialize(list);
}

/// Nothing but the server's own functions and operators is found by name, whoever made others,
/// and what the server prints says its schema.
class CatalogPath {
 public:
  explicit CatalogPath(Connection& database) : database_(database) {
    const Rows rows = database.query(
        "SELECT pg_catalog.current_setting('search_path'), "
        "pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true)");
    was_ = rows.rows.at(0).at(0).value_or("");
  }
  ~CatalogPath() {
    try {
      database_.query("SELECT pg_catalog.set_config('search_path', $1, true)",
                      std::array<Value, 1>{was_});
    } catch (const DatabaseError&) {  // the transaction is over, and the setting with it
    }
  }
  CatalogPath(const CatalogPath&) = delete;
  CatalogPath& operator=(const CatalogPath&) = delete;

 private:
  Connection& database_;
  std::string was_;
};

std::optional<std::string> view_made_by(const MigrationStatement& statement) {
  const std::optional<CreatedObject> made = created_by(statement.sql, Engine::postgresql);
  if (!made || made->kind != CreatedObject::Kind::view) return std::nullopt;
  return made->path.name.text();
}

/// Whether a statement is about who may do what.
bool says_rights(const MigrationStatement& statement) {
  const std::vector<Token> tokens = tokenize(statement.sql, Engine::postgresql);
  auto begins = [&](std::string_view word) { return !tokens.empty() && tokens[0].is(word); };
  if (begins("grant") || begins("revoke") || begins("reassign")) return true;
  if (begins("alter"))
    return std::ranges::any_of(tokens, [](const Token& it) { return it.is("owner"); });
  const std::string text = begins("do") ? lower(statement.sql) : "";
  return std::ranges::any_of(std::array{"grant", "revoke", "owner to"}, [&](const char* word) {
    return text.find(word) != std::string::npos;
  });
}

/// An option that narrows what a view shows to whom.
bool loses_security(std::string_view was, std::string_view now) {
  return std::ranges::any_of(std::array{"security_invoker", "security_barrier"},
                             [&](std::string_view option) {
                               return was.find(option) != std::string_view::npos &&
                                      now.find(option) == std::string_view::npos;
                             });
}

}  // namespace

void KeptViews::reset() {
  tag_.clear();
  names_.clear();
  there_.clear();
  seen_.clear();
  rights_said_ = false;
  waiting_.clear();
  made_.clear();
}

/// In whatever schema: the script may set where names are looked for.
void KeptViews::start(const Script& script) {
  reset();
  tag_ = script.file->tag;
  for (const MigrationStatement& it : script.statements)
    if (std::optional<std::string> name = view_made_by(it)) names_.insert(*std::move(name));
  for (const auto& [path, view] :
       read("c.relname = given.value::name", {names_.begin(), names_.end()}))
    there_[path] = view.oid;
}

/// Without CASCADE a view only goes where it is named.
bool KeptViews::may_drop(const MigrationStatement& statement) const {
  const std::vector<Token> tokens = tokenize(statement.sql, Engine::postgresql);
  if (tokens.empty() || tokens[0].is("do")) return !tokens.empty();
  auto any = [&](auto is_it) { return std::ranges::any_of(tokens, is_it); };
  return any([](const Token& it) { return it.is("drop"); }) && any([&](const Token& it) {
           return it.is("cascade") || names_.contains(name_of(it, Engine::postgresql));
         });
}

void KeptViews::before(const Script& script, std::size_t index) {
  const MigrationStatement& statement = script.statements[index];
  if (tag_ != script.file->tag) start(script);
  seen_.clear();
  if (!there_.empty() && may_drop(statement)) {
    std::vector<std::string> oids;
    for (const auto& [path, oid] : there_) oids.push_back(oid);
    seen_ = read("c.oid = given.value::oid", oids);
  }
  // What has come back without our seeing it is the script's own business.
  if (waiting_.empty()) return;
  if (std::optional<std::string> name = view_made_by(statement))
    for (const auto& [path, view] : read_named(*name)) waiting_.erase(path);
}

void KeptViews::after(const Script& script, std::size_t index) {
  if (!seen_.empty()) {
    std::vector<std::string> oids;
    for (const auto& [path, view] : seen_) oids.push_back(view.oid);
    std::set<std::string> left;
    for (const auto& [path, view] : read("c.oid = given.value::oid", oids)) left.insert(view.oid);
    for (auto& [path, view] : std::exchange(seen_, {}))
      if (!left.contains(view.oid)) {
        there_.erase(path);
        waiting_[path] = std::move(view);
      }
  }
  if (waiting_.empty()) return;
  rights_said_ |= says_rights(script.statements[index]);
  if (std::optional<std::string> name = view_made_by(script.statements[index]))
    for (auto& [path, view] : read_named(*name))
      if (waiting_.contains(path)) made_[path] = std::move(view);
}

void KeptViews::put_back() {
  for (const auto& [path, made] : std::exchange(made_, {})) {
    const Views now = read("c.oid = given.value::oid", {made.oid});
    auto was = waiting_.find(path);
    if (was == waiting_.end() || !now.contains(path)) continue;
    CatalogPath safe(database_);
    put_back(was->second, made, now.at(path));
  }
}

std::vector<Remark> KeptViews::take_remarks() { return std::exchange(remarks_, {}); }

KeptViews::Views KeptViews::read_named(const std::string& name) {
  return read("c.relname = given.value::name", {name});
}

KeptViews::Views KeptViews::read(std::string_view condition,
                                 const std::vector<std::string>& values) {
  CatalogPath safe(database_);
  Views out;
  const Rows rows = database_.query(replace_all(std::string(query), "{}", condition),
                                    std::array<Value, 1>{as_json(values)});
  for (const std::vector<Value>& row : rows.rows) {
    View& view = out[*row[0]];
    if (row[1] == "view") {
      view.oid = *row[2], view.path = *row[0], view.word = *row[3];
      view.owner = *row[4], view.options = *row[5], view.ours = row[6] == "true";
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

void KeptViews::tell(const View& view, const std::string& what, const std::string& why,
                     const std::string& hint) {
  remarks_.push_back(
      {tag_, fmt::format("the view {} was made anew without its {}: {}", view.path, what, why),
       hint});
}

void KeptViews::put_back(const View& was, const View& made, const View& now) {
  const bool script_says = rights_said_ || now.owner != made.owner || now.rights != made.rights;
  if (!was.options.empty() && now.options.empty())
    remarks_.push_back({tag_,
                        fmt::format("the view {} had the options {}, and is made without them",
                                    was.path, was.options),
                        fmt::format("if it is to keep them: ALTER {} {} SET ({})", now.word,
                                    was.path, was.options)});
  const std::string why = script_says ? "the script says itself whose they are"
                          : loses_security(was.options, now.options)
                              ? "it would show more than it did"
                          : !now.ours ? "it belongs to " + now.owner
                                      : "";
  if (why.empty()) {
    if (now.owner == was.owner || !put_back_owner(was, now)) put_back_rights(was, now);
  } else if (!std::ranges::includes(now.rights, was.rights)) {
    tell(was, "rights", why, "grant those that are missing, if they are meant to stay");
  }
  put_back_parts(was, now);
}

/// Rights first, while the view is ours: they follow it to its owner. False where that cannot be,
/// or would leave more rights than there were; then nothing is changed.
bool KeptViews::put_back_owner(const View& was, const View& now) {
  const std::size_t told = remarks_.size();
  const std::string sql = fmt::format("ALTER {} {} OWNER TO {}", now.word, was.path, was.owner);
  std::string why = "it would leave more rights than there were";
  database_.execute("SAVEPOINT tidemark_owner");
  put_back_rights(was, now);
  bool done = succeeds({sql}, why);
  if (done) {
    View theirs = now;
    theirs.owner = was.owner;
    theirs.rights = rights_now(now);
    if (theirs.rights != was.rights) put_back_rights(was, theirs);
    done = std::ranges::includes(was.rights, rights_now(now));
  }
  if (!done) {
    database_.execute("ROLLBACK TO SAVEPOINT tidemark_owner");
    remarks_.resize(told);
    tell(was, "owner", why, "correct and run it: " + sql);
  }
  database_.execute("RELEASE SAVEPOINT tidemark_owner");
  return done;
}

std::set<KeptViews::Right> KeptViews::rights_now(const View& view) {
  return read("c.oid = given.value::oid", {view.oid}).at(view.path).rights;
}

/// Takes away first what the server gives to whatever is new. What belongs to an owner that the
/// view did not have before is left to it.
void KeptViews::put_back_rights(const View& was, const View& now) {
  std::set<Right> more, less;
  std::ranges::set_difference(now.rights, was.rights, std::inserter(more, more.end()));
  std::ranges::set_difference(was.rights, now.rights, std::inserter(less, less.end()));
  std::vector<std::string> revokes;
  for (const Right& it : more) {
    if (it.grantee == now.owner && now.owner != was.owner) continue;
    revokes.push_back("REVOKE " + it.privilege + (it.column.empty() ? "" : " (" + it.column + ")") +
                      " ON TABLE " + was.path + " FROM " + it.grantee);
  }
  attempt("rights", was, revokes, revokes);
  attempt("rights", was, grants(was, less, true), grants(was, less, false));
}

/// One statement for each who gets and who gives, or for all who get the same; each column apart,
/// which may not be there any more. What the owner gives comes first, for others can only pass on
/// what they have.
std::vector<std::string> KeptViews::grants(const View& was, const std::set<Right>& rights,
                                           bool together) {
  using Giving = std::tuple<bool, std::string, bool, std::string>;  // passed on, by, option, column
  std::map<std::pair<Giving, std::string>, std::string> what;       // to whom
  for (const Right& it : rights) {
    std::string& list =
        what[{{it.grantor != was.owner, it.grantor, it.grantable, it.column}, it.grantee}];
    if (!list.empty()) list += ", ";
    list += it.privilege + (it.column.empty() ? "" : " (" + it.column + ")");
  }
  std::map<std::tuple<Giving, std::string, std::string>, std::string> whom;  // gets what
  for (const auto& [to, list] : what) {
    std::string& grantees = whom[{to.first, list, together ? "" : to.second}];
    grantees += (grantees.empty() ? "" : ", ") + to.second;
  }
  std::vector<std::string> out;
  for (const auto& [of, grantees] : whom) {
    const auto& [passed_on, grantor, grantable, column] = std::get<0>(of);
    std::string grant = fmt::format("GRANT {} ON TABLE {} TO {}{}", std::get<1>(of), was.path,
                                    grantees, grantable ? " WITH GRANT OPTION" : "");
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

void KeptViews::put_back_parts(const View& was, const View& now) {
  std::map<std::string, std::vector<std::string>> statements;
  std::vector<std::string> order;
  const std::string own = "COMMENT ON " + was.word + " " + was.path + " IS ";
  for (const Hanging& it : was.hanging) {
    const bool there = std::ranges::any_of(now.hanging, [&](const Hanging& one) {
      return one.what == it.what && one.name == it.name;
    });
    if (there) continue;
    std::string make = it.make;
    if (make.starts_with(own))
      make = "COMMENT ON " + now.word + " " + was.path + " IS " + make.substr(own.size());
    if (!statements.contains(it.what)) order.push_back(it.what);
    statements[it.what].push_back(std::move(make));
  }
  for (const std::string& what : order) attempt(what, was, statements[what], statements[what]);
}

void KeptViews::attempt(const std::string& what, const View& view,
                        const std::vector<std::string>& together,
                        const std::vector<std::string>& singly) {
  std::string why;
  if (together.empty() || succeeds(together, why)) return;
  for (const std::string& sql : singly)
    if (!succeeds({sql}, why)) tell(view, what, why, "correct and run it: " + sql);
}

bool KeptViews::succeeds(const std::vector<std::string>& statements, std::string& why) {
  database_.execute("SAVEPOINT tidemark_view");
  try {
    std::vector<Command> commands;
    for (const std::string& sql : statements) commands.push_back({sql});
    database_.run(commands);
  } catch (const DatabaseError& error) {
    if (error.connection_lost || is_passing(error) || error.code.starts_with("57")) throw;
    why = error.message;
    database_.execute("ROLLBACK TO SAVEPOINT tidemark_view");
    return false;
  }
  database_.execute("RELEASE SAVEPOINT tidemark_view");
  return true;
}

}  // namespace tidemark
