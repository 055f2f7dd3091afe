#include "plan/impact.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "catalog/columns.h"
#include "catalog/names.h"
#include "dialect/postgres/types.h"
#include "dialect/sql_writer.h"

namespace tidemark {
namespace {

/// Names as they are in the database before the plan: renames undone.
class NamesNow {
 public:
  NamesNow(const Catalog& renamed, const Renames& renames) : renamed_(renamed), renames_(renames) {}

  /// Null for a table that is new.
  const Table* table(const Path& path) const { return renamed_.table(path); }

  Path path(const Path& table) const { return path_before(renames_, RenameKind::table, table); }

  Name column(const Path& table, const Name& name) const {
    for (const RenameDecision& rename : renames_)
      if (rename.kind == RenameKind::column && rename.table == table && rename.after.name == name)
        return rename.before.name;
    return name;
  }

  /// Empty when one of them is new.
  std::vector<Name> columns(const Path& table, const std::vector<Name>& names) const {
    const Table* known = this->table(table);
    std::vector<Name> out;
    for (const Name& name : names) {
      if (!known || !known->column(name)) return {};
      out.push_back(column(table, name));
    }
    return out;
  }

  /// What an expression of the schema can be asked of: where names change, the columns that stay,
  /// under their new ones.
  std::string source(const Path& table) const {
    const bool renamed = path(table) != table || std::ranges::any_of(renames_, [&](const auto& it) {
                           return it.kind == RenameKind::column && it.table == table;
                         });
    if (!renamed) return standard_sql(table);
    std::vector<std::string> columns;
    for (const Column& it : this->table(table)->columns)
      columns.push_back(standard_sql(column(table, it.name), " AS ", it.name));
    return standard_sql("(SELECT ", join(columns, ", "), " FROM ", path(table), ") AS ",
                        table.name);
  }

 private:
  const Catalog& renamed_;
  const Renames& renames_;
};

/// `x IS NOT NULL AND y IS NOT NULL`, or with another condition between other words.
std::string each(const std::vector<Name>& names, std::string_view condition,
                 std::string_view between) {
  std::vector<std::string> parts;
  for (const Name& name : names) parts.push_back(standard_sql(name, condition));
  return join(parts, between);
}

/// Plain columns of an index; empty when it holds an expression.
std::vector<Name> plain_columns(const Index& index) {
  std::vector<Name> names;
  for (const IndexColumn& column : index.columns) {
    if (column.is_expression) return {};
    names.emplace_back(column.text);
  }
  return names;
}

class Impacts {
 public:
  Impacts(const DiffResult& diff, const Catalog& after)
      : now_(diff.renamed, diff.renames), after_(after) {}

  void operator()(const Drop<Table>& drop) {
    const Path& table = drop.object.path;
    add({.hazard = Hazard::loses_data,
         .verb = "deletes",
         .noun = "row",
         .where = "of " + plain_name(table),
         .count_sql = standard_sql("SELECT count(*) FROM ", now_.path(table))});
  }

  void operator()(const Remove<Column>& drop) {
    if (!drop.part.generated) loses_values(drop.table, drop.part, "deletes", "");
  }

  void operator()(const Add<Column>& add_column) {
    const Column& column = add_column.part;
    if (!now_.table(add_column.table) || !column.not_null || fills_itself(column)) return;
    add({.hazard = Hazard::may_fail_on_data,
         .verb = "has no value for",
         .noun = "row",
         .where = fmt::format("in {}", plain_name(add_column.table, column.name)),
         .count_sql = standard_sql("SELECT count(*) FROM ", now_.path(add_column.table)),
         .remedy = "give the column a default, or add it without .notNull() and fill it first",
         .origin = column.origin});
  }

  void operator()(const Modify<Column>& change) {
    if (!change.before.generated && change.after.generated)
      loses_values(change.table, change.after, "replaces", " by computed ones");
    else if (after_.engine == Engine::postgresql &&
             postgres_dialect::rounds_or_cuts(change.before.type, change.after.type))
      loses_values(
          change.table, change.after, "rounds or cuts",
          fmt::format(" ({} becomes {})", change.before.type.text, change.after.type.text));
    if (after_.engine == Engine::postgresql) refuses_values(change);
    if (change.after.not_null && !change.before.not_null && !change.after.identity)
      finds_null(change.table, {change.after.name}, change.after.origin);
    if (change.after.primary_key && !change.before.primary_key)
      finds_alike(change.table, {change.after.name}, "", change.after.origin);
  }

  void operator()(const Alter<Enum>& change) {
    std::vector<std::string> gone;
    for (const std::string& value : change.before.values)
      if (std::ranges::find(change.after.values, value) == change.after.values.end())
        gone.push_back(string_literal(value));
    if (gone.empty()) return;
    for (const Table& table : after_.tables)
      for (const Column& column : table.columns)
        if (holds(table.path, column, change.after.path)) loses_enum_values(table, column, gone);
  }

  void operator()(const Add<Unique>& added) { unique(added.table, added.part); }
  void operator()(const Modify<Unique>& change) { unique(change.table, change.after); }
  void operator()(const Add<Index>& added) { unique_index(added.table, added.part); }
  void operator()(const Modify<Index>& change) { unique_index(change.table, change.after); }
  void operator()(const Add<PrimaryKey>& added) { primary_key(added.table, added.part); }
  void operator()(const Modify<PrimaryKey>& change) { primary_key(change.table, change.after); }
  void operator()(const Add<ForeignKey>& added) { foreign_key(added.table, added.part); }
  void operator()(const Modify<ForeignKey>& change) { foreign_key(change.table, change.after); }
  void operator()(const Add<Check>& added) { check(added.table, added.part); }
  void operator()(const Modify<Check>& change) { check(change.table, change.after); }
  void operator()(const auto&) {}

  std::vector<Impact> take() { return std::move(found_); }

 private:
  void add(Impact impact) { found_.push_back(std::move(impact)); }

  void loses_values(const Path& table, const Column& column, std::string verb, std::string end) {
    Name name = now_.column(table, column.name);
    add({.hazard = Hazard::loses_data,
         .verb = std::move(verb),
         .noun = "value",
         .where = fmt::format("of {}{}", plain_name(table, column.name), end),
         .count_sql = standard_sql("SELECT count(", name, ") FROM ", now_.path(table)),
         .origin = column.origin});
  }

  /// Whether a column has values of an enum, and had them before.
  bool holds(const Path& table, const Column& column, const Path& type) const {
    if (column.type.schema.empty() || postgres_dialect::enum_path(column.type) != type)
      return false;
    const Table* before = now_.table(table);
    const Column* was = before ? before->column(column.name) : nullptr;
    return was && was->type == column.type;
  }

  void loses_enum_values(const Table& table, const Column& column,
                         const std::vector<std::string>& gone) {
    const Name name = now_.column(table.path, column.name);
    const bool array = column.type.text.ends_with("]");
    add({.hazard = Hazard::may_fail_on_data,
         .verb = "finds",
         .noun = "row",
         .where = fmt::format("of {} with a value that {} no longer has",
                              plain_name(table.path, column.name),
                              plain_name(postgres_dialect::enum_path(column.type))),
         .count_sql = standard_sql("SELECT count(*) FROM ", now_.path(table.path), " WHERE ", name,
                                   array ? "::text[] && ARRAY[" : "::text IN (", join(gone, ", "),
                                   array ? "]" : ")"),
         .remedy = "give these rows another value first",
         .origin = column.origin});
  }

  void refuses_values(const Modify<Column>& change) {
    const Name name = now_.column(change.table, change.after.name);
    const std::string condition =
        postgres_dialect::refused_condition(change.before.type, change.after.type, name);
    if (condition.empty()) return;
    add({.hazard = Hazard::may_fail_on_data,
         .verb = "finds",
         .noun = "value",
         .where = fmt::format("of {} that {} does not take",
                              plain_name(change.table, change.after.name), change.after.type.text),
         .count_sql =
             standard_sql("SELECT count(*) FROM ", now_.path(change.table), " WHERE ", condition),
         .remedy = "change these values first, or choose a wider type",
         .origin = change.after.origin});
  }

  void finds_null(const Path& table, const std::vector<Name>& names, const Origin& origin) {
    std::vector<Name> columns = now_.columns(table, names);
    if (columns.empty()) return;
    add({.hazard = Hazard::may_fail_on_data,
         .verb = "finds NULL in",
         .noun = "row",
         .where = fmt::format("of {} ({})", plain_name(table), standard_sql(NameList{names, ", "})),
         .count_sql = standard_sql("SELECT count(*) FROM ", now_.path(table), " WHERE ",
                                   each(columns, " IS NULL", " OR ")),
         .remedy = "fill these rows first",
         .origin = origin});
  }

  void finds_alike(const Path& table, const std::vector<Name>& names, std::string_view where,
                   const Origin& origin) {
    std::vector<Name> columns = now_.columns(table, names);
    if (columns.empty()) return;
    add({.hazard = Hazard::may_fail_on_data,
         .verb = "finds",
         .noun = "value",
         .where = fmt::format("that several rows of {} share ({})", plain_name(table),
                              standard_sql(NameList{names, ", "})),
         .count_sql =
             standard_sql("SELECT count(*) FROM (SELECT 1 FROM ", now_.path(table), where,
                          " GROUP BY ", NameList{columns, ", "}, " HAVING count(*) > 1) AS alike"),
         .remedy = "make these rows differ, or delete all but one of each, first",
         .origin = origin});
  }

  std::string without_null(const Path& table, const std::vector<Name>& names) {
    return " WHERE " + each(now_.columns(table, names), " IS NOT NULL", " AND ");
  }

  void unique(const Path& table, const Unique& unique) {
    finds_alike(table, unique.columns,
                unique.nulls_not_distinct ? "" : without_null(table, unique.columns),
                unique.origin);
  }

  void unique_index(const Path& table, const Index& index) {
    std::vector<Name> names = plain_columns(index);
    if (!index.unique || !index.where.empty() || names.empty()) return;
    finds_alike(table, names, without_null(table, names), index.origin);
  }

  void primary_key(const Path& table, const PrimaryKey& key) {
    finds_null(table, key.columns, key.origin);
    finds_alike(table, key.columns, "", key.origin);
  }

  void foreign_key(const Path& table, const ForeignKey& key) {
    std::vector<Name> columns = now_.columns(table, key.columns);
    std::vector<Name> targets = now_.columns(key.target, key.target_columns);
    if (columns.empty() || targets.size() != columns.size()) return;
    std::vector<std::string> set, equal;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      set.push_back(standard_sql("child.", columns[i], " IS NOT NULL"));
      equal.push_back(standard_sql("parent.", targets[i], " = child.", columns[i]));
    }
    add({.hazard = Hazard::may_fail_on_data,
         .verb = "finds",
         .noun = "row",
         .where = fmt::format("of {} that points at nothing in {} ({})", plain_name(table),
                              plain_name(key.target), standard_sql(NameList{key.columns, ", "})),
         .count_sql =
             standard_sql("SELECT count(*) FROM ", now_.path(table), " AS child WHERE ",
                          join(set, " AND "), " AND NOT EXISTS (SELECT 1 FROM ",
                          now_.path(key.target), " AS parent WHERE ", join(equal, " AND "), ")"),
         .remedy = "delete these rows, or set them to NULL, first",
         .origin = key.origin});
  }

  void check(const Path& table, const Check& check) {
    if (!now_.table(table)) return;
    add({.hazard = Hazard::may_fail_on_data,
         .verb = "finds",
         .noun = "row",
         .where = fmt::format("of {} against {}", plain_name(table), check.name.text()),
         .count_sql = standard_sql("SELECT count(*) FROM ", now_.source(table), " WHERE NOT (",
                                   check.expression, ")"),
         .remedy = "correct these rows first",
         .origin = check.origin});
  }

  NamesNow now_;
  const Catalog& after_;
  std::vector<Impact> found_;
};

}  // namespace

std::vector<Impact> impacts(const DiffResult& diff, const Catalog& after) {
  Impacts found(diff, after);
  for (const Change& change : diff.changes) std::visit(found, change);
  return found.take();
}

}  // namespace tidemark
