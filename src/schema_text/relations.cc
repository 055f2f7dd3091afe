// relations.ts: each foreign key as a relation to one on its side, and to many on the
// other. Where several lead to one table they get names of their own.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "schema_text/identifiers.h"
#include "schema_text/plural.h"
#include "schema_text/schema_text.h"
#include "schema_text/scope.h"
#include "schema_text/typescript.h"

namespace tidemark {
namespace schema_text {
namespace {

/// One end of a foreign key.
struct Relation {
  bool to_many = false;
  std::string name;
  std::string from, to;                         // constants of tables
  std::vector<std::string> from_keys, to_keys;  // of columns
  std::string label = {};                       // `relationName`, where one is needed
};

struct Relations {
  std::string table;
  std::vector<Relation> list;
};

std::vector<std::string> keys(const Scope& scope, const Path& table,
                              const std::vector<Name>& columns) {
  std::vector<std::string> out;
  for (const Name& column : columns) out.push_back(scope.names.column(table, column));
  return out;
}

/// All there is, by table, in the order in which foreign keys lead to them.
class RelationCollector {
 public:
  explicit RelationCollector(const Scope& scope) : scope_(scope) {
    std::set<Path> exported;
    for (const Table& table : scope.catalog.tables) exported.insert(table.path);
    for (const Table& table : scope.catalog.tables)
      for (const ForeignKey& key : table.foreign_keys)
        if (exported.contains(key.target)) add(table, key);
  }

  std::vector<Relations> all = {};
  std::vector<std::string> used = {};  // constants of schema.ts

 private:
  void add(const Table& table, const ForeignKey& key) {
    const std::string& from = scope_.names.tables.at(table.path);
    const std::string& to = scope_.names.tables.at(key.target);
    std::vector<std::string> from_keys = keys(scope_, table.path, key.columns);
    std::vector<std::string> to_keys = keys(scope_, key.target, key.target_columns);
    for (const std::string& constant : {to, from})
      if (seen_.insert(constant).second) used.push_back(constant);
    of_table(from).push_back({false, singular(to), from, to, from_keys, to_keys});
    of_table(to).push_back({true, plural(from), to, from, to_keys, from_keys});
  }

  std::vector<Relation>& of_table(const std::string& table) {
    auto [index, is_new] = index_.emplace(table, all.size());
    return is_new ? all.emplace_back(Relations{table, {}}).list : all[index->second].list;
  }

  const Scope& scope_;
  std::map<std::string, std::size_t> index_ = {};
  std::set<std::string> seen_ = {};
};

// By the foreign key, the same at both of its ends.
std::string label_of(const Relation& one) {
  std::string here = fmt::format("{}_{}", one.from, join(one.from_keys, "_"));
  std::string there = fmt::format("{}_{}", one.to, join(one.to_keys, "_"));
  return one.to_many ? there + "_" + here : here + "_" + there;
}

bool has_sibling(const std::vector<Relation>& list, const Relation& one,
                 std::string Relation::*what) {
  return std::ranges::count(list, one.*what, what) > 1;
}

std::string column_suffix(const Relation& one) {
  return "_" + join(one.to_many ? one.to_keys : one.from_keys, "_");
}

std::vector<Relation> named(const std::vector<Relation>& list) {
  std::vector<Relation> out = list;
  std::set<std::string> taken;
  for (std::size_t i = 0; i < list.size(); i++) {
    if (has_sibling(list, list[i], &Relation::to)) out[i].label = label_of(list[i]);
    if (has_sibling(list, list[i], &Relation::name)) out[i].name += column_suffix(list[i]);
    const std::string base = out[i].name;
    for (int number = 2; !taken.insert(out[i].name).second; number++)
      out[i].name = fmt::format("{}_{}", base, number);
  }
  return out;
}

std::string member_list(const std::string& table, const std::vector<std::string>& columns) {
  std::vector<std::string> out;
  for (const std::string& column : columns) out.push_back(member(table, column));
  return join(out, ", ");
}

std::string field(const Relation& one) {
  std::string key = object_key(one.name);
  std::string label =
      one.label.empty() ? "" : fmt::format("\t\trelationName: {}", double_quoted(one.label));
  if (one.to_many)
    return label.empty() ? fmt::format("\t{}: many({}),", key, one.to)
                         : fmt::format("\t{}: many({}, {{\n{}\n\t}}),", key, one.to, label);
  return fmt::format("\t{}: one({}, {{\n\t\tfields: [{}],\n\t\treferences: [{}]{}{}\n\t}}),", key,
                     one.to, member_list(one.from, one.from_keys), member_list(one.to, one.to_keys),
                     label.empty() ? "" : ",\n", label);
}

std::string statement(const Relations& relations, const std::string& constant) {
  std::vector<std::string> fields, helpers;
  for (const Relation& one : named(relations.list)) fields.push_back(field(one));
  if (std::ranges::any_of(relations.list, [](const Relation& one) { return !one.to_many; }))
    helpers.emplace_back("one");
  if (std::ranges::any_of(relations.list, &Relation::to_many)) helpers.emplace_back("many");
  return fmt::format("export const {} = relations({}, ({{{}}}) => ({{\n{}\n}}));", constant,
                     relations.table, join(helpers, ", "), join(fields, "\n"));
}

}  // namespace
}  // namespace schema_text

std::string relations_ts(const Catalog& catalog, const SchemaTextOptions& options) {
  using namespace schema_text;
  Scope scope = make_scope(catalog, options);
  RelationCollector collected(scope);
  const std::vector<std::string>& tables = collected.used;
  std::vector<std::string> statements;
  Identifiers identifiers({tables.begin(), tables.end()});
  for (const Relations& relations : collected.all)
    statements.push_back(
        statement(relations, identifiers.claim(relations.table + "Relations", "OfTable")));
  return fmt::format(
      "import {{ relations }} from \"drizzle-orm/relations\";\n"
      "import {{ {} }} from \"./schema\";\n\n{}",
      join(tables, ", "), join(statements, "\n\n"));
}

}  // namespace tidemark
