#include "apply/name_trail.h"

#include <algorithm>
#include <array>
#include <ranges>

#include "dialect/sql_writer.h"

namespace tidemark {
namespace {

void forward(const Renamed& it, Path& table) {
  if (it.kind == Renamed::Kind::schema && table.schema == it.before.schema)
    table.schema = it.after.schema;
  if (it.kind == Renamed::Kind::table && table == it.before) table = it.after;
}

void backward(const Renamed& it, Path& table) {
  if (it.kind == Renamed::Kind::schema && table.schema == it.after.schema)
    table.schema = it.before.schema;
  if (it.kind == Renamed::Kind::table && table == it.after) table = it.before;
}

}  // namespace

const std::vector<Name>& Schemas::on_path() {
  if (on_path_) return *on_path_;
  on_path_.emplace();
  for (const std::vector<Value>& row :
       database_.query("SELECT unnest(pg_catalog.current_schemas(false))").rows)
    on_path_->emplace_back(row[0].value_or(""));
  return *on_path_;
}

bool Schemas::has(const Path& table) {
  std::array<Value, 1> name{standard_sql(table)};
  return database_.query("SELECT pg_catalog.to_regclass($1)", name).rows.at(0).at(0).has_value();
}

NameTrail::NameTrail(const Script& script, Engine engine, Schemas& schemas) : engine_(engine) {
  for (const MigrationStatement& statement : script.statements) {
    StatementEffect effect = effect_of(statement.sql, engine);
    if (engine == Engine::postgresql) complete(effect, schemas);
    for (const Renamed& renamed : effect.renamed) steps_.push_back({effects_.size(), renamed});
    effects_.push_back(std::move(effect));
  }
  // A table that takes the name of one that was dropped is no rename of anything.
  std::erase_if(steps_, [](const Step& step) {
    return step.renamed.before.name.text().starts_with("__new_") &&
           step.renamed.kind == Renamed::Kind::table;
  });
}

void NameTrail::complete(StatementEffect& effect, Schemas& schemas) {
  if (effect.search_path) search_path_ = *effect.search_path;
  for (Destroyed& it : effect.destroyed) it.table = full(it.table, schemas);
  for (Renamed& it : effect.renamed) {
    if (it.kind == Renamed::Kind::schema) continue;
    it.before = full(it.before, schemas);
    if (it.kind == Renamed::Kind::table && it.after.schema.empty())
      it.after.schema = it.before.schema;
  }
}

/// The schema of a name that has none: where it is on the search path, or was given by a
/// statement before.
Path NameTrail::full(Path path, Schemas& schemas) const {
  if (!path.schema.empty()) return path;
  const std::vector<Name>& searched = search_path_.empty() ? schemas.on_path() : search_path_;
  path.schema = searched.empty() ? Name("public") : searched.front();
  if (searched.size() < 2) return path;
  for (const Name& schema : searched) {
    Path there{schema, path.name};
    bool given = std::ranges::any_of(steps_, [&](const Step& step) {
      return step.renamed.kind == Renamed::Kind::table && step.renamed.after == there;
    });
    if (given || schemas.has(there)) return there;
  }
  return path;
}

Path NameTrail::first(Path table, std::size_t at) const {
  for (const Step& step : steps_ | std::views::reverse)
    if (step.statement < at) backward(step.renamed, table);
  return table;
}

Name NameTrail::first(Path table, Name column, std::size_t at) const {
  for (const Step& step : steps_ | std::views::reverse) {
    const Renamed& it = step.renamed;
    if (step.statement >= at) continue;
    if (it.kind == Renamed::Kind::column && it.before == table && it.column_after == column)
      column = it.column_before;
    backward(it, table);
  }
  return column;
}

Path NameTrail::at(Path table, std::size_t at) const {
  for (const Step& step : steps_)
    if (step.statement < at) forward(step.renamed, table);
  return table;
}

Name NameTrail::at(Path table, Name column, std::size_t at) const {
  for (const Step& step : steps_) {
    const Renamed& it = step.renamed;
    if (step.statement >= at) break;
    if (it.kind == Renamed::Kind::column && it.before == table && it.column_before == column)
      column = it.column_after;
    forward(it, table);
  }
  return column;
}

Path NameTrail::successor(const Path& table, std::size_t at) const {
  for (std::size_t i = at + 1; i < effects_.size(); ++i)
    for (const Renamed& renamed : effects_[i].renamed)
      if (renamed.kind == Renamed::Kind::table && renamed.after == table) return renamed.before;
  return {};
}

}  // namespace tidemark
