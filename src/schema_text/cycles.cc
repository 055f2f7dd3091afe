#include "schema_text/cycles.h"

#include <algorithm>
#include <map>
#include <vector>

namespace tidemark::schema_text {
namespace {

using Graph = std::map<Path, std::set<Path>>;

Graph references(const Catalog& catalog) {
  Graph graph;
  for (const Table& table : catalog.tables) graph[table.path];
  for (const Table& table : catalog.tables)
    for (const ForeignKey& key : table.foreign_keys)
      if (key.target != table.path && graph.contains(key.target))
        graph[table.path].insert(key.target);
  return graph;
}

Graph reversed(const Graph& graph) {
  Graph back;
  for (const auto& [from, targets] : graph) {
    back[from];
    for (const Path& to : targets) back[to].insert(from);
  }
  return back;
}

/// Without the tables that lead to no circle: one by one, those that lead nowhere.
Graph without_ends(Graph graph) {
  Graph back = reversed(graph);
  std::vector<Path> ends;
  for (const auto& [path, targets] : graph)
    if (targets.empty()) ends.push_back(path);
  while (!ends.empty()) {
    Path end = std::move(ends.back());
    ends.pop_back();
    graph.erase(end);
    for (const Path& from : back[end]) {
      std::set<Path>& targets = graph.at(from);
      targets.erase(end);
      if (targets.empty()) ends.push_back(from);
    }
  }
  return graph;
}

}  // namespace

Cycles::Cycles(const Catalog& catalog) {
  for (const auto& [path, targets] : without_ends(reversed(without_ends(references(catalog)))))
    tables_.insert(path);
}

bool Cycles::closes(const Table& from, const ForeignKey& key) const {
  return key.target != from.path && tables_.contains(from.path) && tables_.contains(key.target);
}

bool Cycles::any(const Table& table) const {
  return std::ranges::any_of(table.foreign_keys,
                             [&](const ForeignKey& key) { return closes(table, key); });
}

}  // namespace tidemark::schema_text
