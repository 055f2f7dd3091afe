#include "apply/name_trail.h"

#include <ranges>

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

NameTrail::NameTrail(const Script& script, Engine engine) : engine_(engine) {
  for (const MigrationStatement& statement : script.statements) {
    effects_.push_back(effect_of(statement.sql, engine));
    for (Renamed renamed : effects_.back().renamed) {
      if (renamed.kind != Renamed::Kind::schema) renamed.before = full(renamed.before);
      if (renamed.kind == Renamed::Kind::table) renamed.after = full(renamed.after);
      steps_.push_back({effects_.size() - 1, std::move(renamed)});
    }
  }
  // A table that takes the name of one that was dropped is no rename of anything.
  std::erase_if(steps_, [](const Step& step) {
    return step.renamed.before.name.text().starts_with("__new_") &&
           step.renamed.kind == Renamed::Kind::table;
  });
}

Path NameTrail::full(Path path) const {
  if (engine_ == Engine::postgresql && path.schema.empty()) path.schema = "public";
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
