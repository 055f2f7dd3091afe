#include "apply/losses.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "catalog/names.h"
#include "dialect/sql_writer.h"

namespace tidemark {
namespace {

using Kind = KeptRows::Kind;

/// Columns that a script drops of a table, or changes (`also`), by the name it has at the
/// start.
std::vector<Name> columns_lost(const NameTrail& trail, const Path& first,
                               Destroyed::Kind also = Destroyed::Kind::column) {
  std::vector<Name> out;
  for (std::size_t i = 0; i < trail.end(); ++i)
    for (const Destroyed& it : trail.effects()[i].destroyed) {
      bool lost = it.kind == Destroyed::Kind::column || it.kind == also;
      if (lost && !it.column.empty() && trail.first(it.table, i) == first)
        out.push_back(trail.first(it.table, it.column, i));
    }
  return out;
}

bool contains(const std::vector<Name>& names, const Name& name) {
  return std::ranges::find(names, name) != names.end();
}

/// What tells rows apart that have no key: the columns that a script leaves as they are.
std::vector<Name> bag_for(const NameTrail& trail, const TableFacts& facts) {
  std::vector<Name> lost = columns_lost(trail, facts.path, Destroyed::Kind::values), out;
  for (const ColumnFacts& column : facts.columns)
    if (!column.generated && !contains(lost, column.name)) out.push_back(column.name);
  return out;
}

/// The tables of SQLite, in small letters, whose dropped rows reach those of this one: by its
/// foreign keys, and by those of the tables that these name.
std::vector<std::string> reached_from(Connection& database, const Path& table) {
  std::vector<std::string> found = {lower(table.name.text())};
  for (std::size_t i = 0; i < found.size(); ++i) {
    std::array<Value, 1> name{found[i]};
    for (const std::vector<Value>& row :
         database
             .query("SELECT lower(\"table\") FROM pragma_foreign_key_list($1) WHERE on_delete IN "
                    "('CASCADE', 'SET NULL', 'SET DEFAULT')",
                    name)
             .rows)
      if (std::ranges::find(found, *row[0]) == found.end()) found.push_back(*row[0]);
  }
  found.erase(found.begin());
  return found;
}

/// The statement, at the latest `at`, from which on a table's rows are no longer what they
/// were. SQLite deletes the rows of a table that it drops, as a DELETE would.
std::size_t first_reaching(Connection& database, const NameTrail& trail, const Path& table,
                           std::size_t at) {
  if (database.engine() == Engine::postgresql) return at;
  const std::vector<std::string> parents = reached_from(database, table);
  if (parents.empty()) return at;
  auto drops_parent = [&](std::size_t i) {
    return std::ranges::any_of(trail.effects()[i].destroyed, [&](const Destroyed& it) {
      return it.kind == Destroyed::Kind::table && trail.successor(it.table, i).name.empty() &&
             std::ranges::find(parents, lower(trail.first(it.table, i).name.text())) !=
                 parents.end();
    });
  };
  for (std::size_t i = 0; i < at; ++i)
    if (drops_parent(i)) return i;
  return at;
}

/// A foreign key of SQLite that changes rows when those go that it names.
struct Reference {
  Path table;
  Name column;
  std::string on_delete;
};

std::vector<Reference> references_to(Connection& database, const Path& table) {
  std::vector<Reference> found;
  if (database.query("PRAGMA foreign_keys").rows.at(0).at(0) != "1") return found;
  std::array<Value, 1> name{table.name.text()};
  Rows rows = database.query(
      "SELECT m.name, k.\"from\", k.on_delete FROM sqlite_master AS m, "
      "pragma_foreign_key_list(m.name) AS k WHERE m.type = 'table' AND lower(k.\"table\") = "
      "lower($1) AND lower(m.name) <> lower($1) AND k.on_delete IN ('CASCADE', 'SET NULL', 'SET "
      "DEFAULT') ORDER BY m.rowid, k.id, k.seq",
      name);
  for (const std::vector<Value>& row : rows.rows)
    found.push_back({{.name = Name(*row[0])}, Name(row[1].value_or("")), row[2].value_or("")});
  return found;
}

bool drops(const NameTrail& trail, const Path& table) {
  for (std::size_t i = 0; i < trail.end(); ++i)
    for (const Destroyed& it : trail.effects()[i].destroyed)
      if (it.kind == Destroyed::Kind::table && trail.first(it.table, i) == table) return true;
  return false;
}

}  // namespace

std::string what_is_lost(const KeptRows& kept) {
  return kept.column_before.empty()
             ? "rows of " + plain_name(kept.table_before)
             : "values of " + plain_name(kept.table_before, kept.column_before);
}

std::uint64_t count_of(Connection& database, const std::string& rows) {
  return std::stoull(database.query("SELECT count(*) FROM " + rows).rows.at(0).at(0).value_or("0"));
}

bool has_more_rows(Connection& database, const Path& table, std::uint64_t limit) {
  if (limit == UINT64_MAX) return false;
  return count_of(database, standard_sql("(SELECT 1 FROM ", table, " LIMIT ",
                                         std::to_string(limit + 1), ") AS few")) > limit;
}

std::vector<Remark> Losses::plan(const Script& script) {
  std::vector<Remark> remarks;
  planned_[script.file->tag].clear();
  Schemas schemas(database_);
  NameTrail trail(script, database_.engine(), schemas);
  for (std::size_t i = 0; i < trail.end(); ++i) plan_statement(script, trail, i, remarks);
  return remarks;
}

std::pair<std::string, std::string> Losses::why_not(const Loss& loss,
                                                    const TableFacts& facts) const {
  if (facts.rows_are_hidden)
    return {"row-level security hides rows from this user", "migrate as a user with BYPASSRLS"};
  if (!loss.was_empty && has_more_rows(database_, facts.path, limit_))
    return {fmt::format("there are more than {} rows", limit_),
            "`--keep` keeps them all the same; `--keep-rows N` says from how many on not"};
  bool needs_key = loss.kind == Kind::values || loss.kind == Kind::rows;
  if (needs_key && loss.kept.key_before.empty() && !loss.was_empty)
    return {"the table has no key to find its rows by", ""};
  return {};
}

void Losses::plan_statement(const Script& script, const NameTrail& trail, std::size_t at,
                            std::vector<Remark>& remarks) {
  if (limit_ == 0) return;  // nobody wants it
  for (const Destroyed& it : trail.effects()[at].destroyed) {
    if (it.kind == Destroyed::Kind::rows) continue;
    const Path first = trail.first(it.table, at);
    std::optional<TableFacts> facts = read_table(database_, first);
    if (!facts) continue;  // the migration itself made it, or it is none
    Name column = trail.first(it.table, it.column, at);
    if (!it.column.empty() && (!facts->column(column) || facts->column(column)->generated))
      continue;
    plan_loss(loss_of(script, trail, at, it, *facts), *facts, remarks);
    bool goes = it.kind == Destroyed::Kind::table && trail.successor(it.table, at).name.empty();
    if (goes && !postgres() && !script.rebuilds_tables)
      plan_children(script, trail, at, first, remarks);
  }
}

void Losses::plan_loss(Loss loss, const TableFacts& facts, std::vector<Remark>& remarks) {
  const std::string tag = loss.kept.tag;
  if (auto [why, hint] = why_not(loss, facts); !why.empty())
    remarks.push_back({tag,
                       fmt::format("the {} that it destroys are not kept, so that `tidemark "
                                   "rollback` cannot put them back: {}",
                                   what_is_lost(loss.kept), why),
                       std::move(hint)});
  else
    planned_[tag][loss.when].push_back(std::move(loss));
}

/// SQLite deletes the rows of a table that it drops, and what foreign keys say happens to the
/// rows that refer to them.
void Losses::plan_children(const Script& script, const NameTrail& trail, std::size_t at,
                           const Path& parent, std::vector<Remark>& remarks) {
  for (const Reference& it : references_to(database_, parent)) {
    std::optional<TableFacts> facts = read_table(database_, it.table);
    if (!facts || is_planned(script.file->tag, it.table) || drops(trail, it.table)) continue;
    const bool deletes = it.on_delete == "CASCADE";
    Loss loss{.kind = deletes ? Kind::rows : Kind::values,
              .when = at,
              .table = trail.at(it.table, at),
              .kept = {.tag = script.file->tag,
                       .table_before = it.table,
                       .table_after = trail.at(it.table, trail.end()),
                       .key_before = facts->key},
              .was_empty = !has_more_rows(database_, it.table, 0)};
    if (!deletes) {
      loss.column = trail.at(it.table, it.column, at);
      loss.kept.column_before = it.column;
      loss.kept.column_after = trail.at(it.table, it.column, trail.end());
    }
    for (const Name& name : facts->key) {
      loss.key.push_back(trail.at(it.table, name, at));
      loss.kept.key_after.push_back(trail.at(it.table, name, trail.end()));
    }
    plan_loss(std::move(loss), *facts, remarks);
    if (deletes) plan_children(script, trail, at, it.table, remarks);
  }
}

const std::vector<Loss>& Losses::before(const std::string& tag, std::size_t statement) const {
  static const std::vector<Loss> none;
  auto script = planned_.find(tag);
  if (script == planned_.end()) return none;
  auto found = script->second.find(statement);
  return found == script->second.end() ? none : found->second;
}

bool Losses::is_planned(const std::string& tag, const Path& table) const {
  auto found = planned_.find(tag);
  return found != planned_.end() && std::ranges::any_of(found->second, [&](const auto& statement) {
           return std::ranges::any_of(statement.second, [&](const Loss& loss) {
             return loss.kind == Kind::rows && loss.kept.table_before == table;
           });
         });
}

Loss Losses::loss_of(const Script& script, const NameTrail& trail, std::size_t at,
                     const Destroyed& it, const TableFacts& facts) {
  const Path first = facts.path;
  const Path successor =
      it.kind == Destroyed::Kind::table && !postgres() ? trail.successor(it.table, at) : Path{};
  const bool rebuild = !successor.name.empty();
  const std::size_t when = rebuild ? at : first_reaching(database_, trail, first, at);
  const std::vector<Name> dropped = columns_lost(trail, first);
  Loss loss{.kind = it.kind == Destroyed::Kind::table    ? Kind::table
                    : it.kind == Destroyed::Kind::column ? Kind::column
                                                         : Kind::values,
            .when = when,
            .table = trail.at(first, when),
            .successor = successor,
            .kept = {.tag = script.file->tag,
                     .table_before = first,
                     .table_after = trail.at(first, trail.end()),
                     .column_before = trail.first(it.table, it.column, at)},
            .was_empty = !has_more_rows(database_, first, 0)};
  loss.column = trail.at(first, loss.kept.column_before, when);
  loss.kept.column_after = trail.at(first, loss.kept.column_before, trail.end());
  bool keyed =
      std::ranges::none_of(facts.key, [&](const Name& name) { return contains(dropped, name); });
  if (keyed) loss.kept.key_before = facts.key;
  loss.kept.by_bag = loss.kept.key_before.empty() && (rebuild || loss.kind == Kind::column);
  if (loss.kept.by_bag && !rebuild) loss.kept.bag_before = bag_for(trail, facts);
  for (const Name& name : loss.kept.bag_before) {
    loss.bag.push_back(trail.at(first, name, when));
    loss.kept.bag_after.push_back(trail.at(first, name, trail.end()));
  }
  for (const Name& name : loss.kept.key_before) {
    loss.key.push_back(trail.at(first, name, when));
    loss.kept.key_after.push_back(trail.at(first, name, trail.end()));
    loss.kept.key_as_text |= facts.column(name)->own_type;
  }
  return loss;
}

Loss Losses::gone(const std::string& tag, const TableFacts& facts, const Name& column,
                  const std::vector<Name>& dropped) const {
  Loss loss{.kind = column.empty() ? Kind::table : Kind::column,
            .table = facts.path,
            .kept = {.tag = tag,
                     .table_before = facts.path,
                     .table_after = facts.path,
                     .column_before = column,
                     .column_after = column},
            .was_empty = !has_more_rows(database_, facts.path, 0),
            .column = column};
  bool keyed =
      std::ranges::none_of(facts.key, [&](const Name& name) { return contains(dropped, name); });
  if (keyed) loss.key = loss.kept.key_before = loss.kept.key_after = facts.key;
  loss.kept.by_bag = loss.key.empty() && !column.empty();
  for (const ColumnFacts& other : facts.columns) {
    if (loss.kept.by_bag && !other.generated && !contains(dropped, other.name))
      loss.bag.push_back(other.name);
    loss.kept.key_as_text |= other.own_type && contains(loss.key, other.name);
  }
  loss.kept.bag_before = loss.kept.bag_after = loss.bag;
  return loss;
}

}  // namespace tidemark
