#include "engine/taken_along.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "base/json.h"
#include "catalog/names.h"
#include "dialect/sql_writer.h"

namespace tidemark {
namespace {

// As the server goes about it: what depends on something goes with it, and of what is a part of
// something else, the whole does (the rule of a view: the view). A partition is its table's, and
// what hangs on a table that goes is not worth a word.
constexpr std::string_view query = R"(
WITH RECURSIVE roots AS (
  SELECT c.oid
  FROM json_to_recordset($1::json) AS t(schema text, name text)
    JOIN pg_namespace n ON n.nspname = t.schema
    JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = t.name
), gone(classid, objid, objsubid, root) AS (
  SELECT 'pg_class'::regclass::oid, oid, 0, oid FROM roots
  UNION
  SELECT part.classid, part.objid, part.objsubid, g.root
  FROM gone g
    JOIN pg_depend d ON d.refclassid = g.classid AND d.refobjid = g.objid
      AND (g.objsubid = 0 OR d.refobjsubid = g.objsubid) AND d.deptype NOT IN ('e', 'x')
    LEFT JOIN pg_depend o ON o.classid = d.classid AND o.objid = d.objid AND o.deptype = 'i'
    CROSS JOIN LATERAL (VALUES (d.classid, d.objid, d.objsubid),
                               (o.refclassid, o.refobjid, o.refobjsubid))
      AS part(classid, objid, objsubid)
  WHERE part.classid IS NOT NULL
), found AS (
  SELECT classid, objid, objsubid, min(root) AS root FROM gone GROUP BY 1, 2, 3
), told AS (
  SELECT g.*, c.relkind, k.conname, k.contype, p.polname, f.oid AS function,
    coalesce(k.conrelid, p.polrelid, t.tgrelid, r.ev_class, a.adrelid, c.oid) AS owner,
    coalesce(a.adnum, g.objsubid) AS number
  FROM found g
    LEFT JOIN pg_class c ON g.classid = 'pg_class'::regclass AND c.oid = g.objid
      AND (g.objsubid > 0 OR (c.relkind IN ('r', 'p', 'f', 'v', 'm') AND NOT c.relispartition))
    LEFT JOIN pg_constraint k ON g.classid = 'pg_constraint'::regclass AND k.oid = g.objid
      AND k.conrelid <> 0 AND k.conparentid = 0
    LEFT JOIN pg_policy p ON g.classid = 'pg_policy'::regclass AND p.oid = g.objid
    LEFT JOIN pg_trigger t ON g.classid = 'pg_trigger'::regclass AND t.oid = g.objid
      AND NOT t.tgisinternal
    LEFT JOIN pg_rewrite r ON g.classid = 'pg_rewrite'::regclass AND r.oid = g.objid
    LEFT JOIN pg_attrdef a ON g.classid = 'pg_attrdef'::regclass AND a.oid = g.objid
    LEFT JOIN pg_proc f ON g.classid = 'pg_proc'::regclass AND f.oid = g.objid
)
SELECT pg_describe_object(t.classid, t.objid, t.objsubid), rn.nspname, rc.relname,
  CASE WHEN t.contype = 'f' THEN 'f' WHEN t.polname IS NOT NULL THEN 'p'
    WHEN t.relkind IN ('v', 'm') AND t.objsubid = 0 THEN 'v' WHEN t.number > 0 THEN 'c' END,
  n.nspname, o.relname, coalesce(t.conname, t.polname, a.attname)
FROM told t JOIN pg_class rc ON rc.oid = t.root JOIN pg_namespace rn ON rn.oid = rc.relnamespace
  LEFT JOIN pg_class o ON o.oid = t.owner LEFT JOIN pg_namespace n ON n.oid = o.relnamespace
  LEFT JOIN pg_attribute a ON a.attrelid = t.owner AND a.attnum = t.number AND t.number > 0
WHERE (t.function IS NOT NULL OR t.owner IS NOT NULL)
  AND t.objid NOT IN (SELECT oid FROM roots)
  AND NOT EXISTS (SELECT 1 FROM found x WHERE x.classid = 'pg_class'::regclass AND x.objsubid = 0
    AND x.objid = t.owner AND (x.objid, x.objsubid) <> (t.objid, t.objsubid))
ORDER BY 2, 3, 1)";

/// What a change speaks of, by its names in the database: the kind as in the query.
using Part = std::tuple<char, Path, Name>;

class Planned {
 public:
  explicit Planned(const DiffResult& diff) : renames_(diff.renames) {
    for (const Change& change : diff.changes) std::visit(*this, change);
  }

  bool has(const Part& part) const { return parts_.contains(part); }
  const std::vector<Path>& dropped_tables() const { return tables_; }

  void operator()(const Drop<Table>& it) {
    tables_.push_back(path_before(renames_, RenameKind::table, it.object.path));
  }
  void operator()(const Remove<ForeignKey>& it) { add('f', it.table, it.part.name); }
  void operator()(const Modify<ForeignKey>& it) { add('f', it.table, it.before.name); }
  void operator()(const Remove<Policy>& it) { add_policy(it.table, it.part.name); }
  void operator()(const Modify<Policy>& it) { add_policy(it.table, it.before.name); }
  void operator()(const Drop<Policy>& it) { add_policy(it.object.on, it.object.name); }
  void operator()(const Alter<Policy>& it) { add_policy(it.before.on, it.before.name); }
  void operator()(const Remove<Column>& it) { add_column(it.table, it.part.name); }
  void operator()(const Modify<Column>& it) { add_column(it.table, it.before.name); }
  void operator()(const Drop<View>& it) { add_view(it.object.path); }
  void operator()(const Alter<View>& it) { add_view(it.before.path); }
  void operator()(const auto&) {}

 private:
  void add(char kind, const Path& table, const Name& name) {
    parts_.emplace(kind, path_before(renames_, RenameKind::table, table), name);
  }
  Name name_before(RenameKind kind, const Path& table, const Name& name) const {
    for (const RenameDecision& it : renames_)
      if (it.kind == kind && it.table == table && it.after.name == name) return it.before.name;
    return name;
  }
  void add_policy(const Path& table, const Name& name) {
    add('p', table, name_before(RenameKind::policy, table, name));
  }
  void add_column(const Path& table, const Name& name) {
    add('c', table, name_before(RenameKind::column, table, name));
  }
  void add_view(const Path& view) {
    parts_.emplace('v', path_before(renames_, RenameKind::view, view), Name());
  }

  const Renames& renames_;
  std::vector<Path> tables_;
  std::set<Part> parts_;
};

std::string as_json(const std::vector<Path>& tables) {
  json::array list;
  for (const Path& path : tables)
    list.push_back(json::object{{"schema", path.schema.text()}, {"name", path.name.text()}});
  return json::serialize(list);
}

}  // namespace

std::vector<TakenAlong> taken_along(Connection& database, const DiffResult& diff) {
  if (database.engine() != Engine::postgresql) return {};
  const Planned planned(diff);
  if (planned.dropped_tables().empty()) return {};
  std::vector<TakenAlong> out;
  const Command command = {std::string(query), {as_json(planned.dropped_tables())}};
  const std::vector<Rows> answers = database.query_all(std::span(&command, 1));
  for (const std::vector<Value>& row : answers.front().rows) {
    if (row[3]) {
      const char kind = row[3]->front();
      const Name name = kind == 'v' ? Name() : Name(row[6].value_or(""));
      if (planned.has({kind, {Name(*row[4]), Name(*row[5])}, name})) continue;
    }
    out.push_back({*row[0], plain_name({Name(*row[1]), Name(*row[2])})});
  }
  return out;
}

std::string taken_along_text(const TakenAlong& one) {
  return fmt::format("drops {} along with {}", one.object, one.table);
}

}  // namespace tidemark
