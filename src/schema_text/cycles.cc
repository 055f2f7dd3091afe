#include "schema_text/cycles.h"

#include <algorithm>
#include <vector>

namespace tidemark::schema_text {
namespace {

// Tarjan's strongly connected components.
class Search {
 public:
  Search(const Catalog& catalog, std::map<Path, std::size_t>& component) : component_(component) {
    for (const Table& table : catalog.tables) tables_.emplace(table.path, &table);
  }

  void visit(const Table& table) {
    if (order_.contains(table.path)) return;
    std::size_t number = order_.size();
    order_[table.path] = lowest_[table.path] = number;
    stack_.push_back(table.path);
    for (const ForeignKey& key : table.foreign_keys) follow(table.path, key.target);
    if (lowest_[table.path] == number) close(table.path);
  }

 private:
  void follow(const Path& from, const Path& to) {
    auto target = tables_.find(to);
    if (target == tables_.end() || component_.contains(to)) return;
    visit(*target->second);
    lowest_[from] = std::min(lowest_[from], lowest_[to]);
  }

  void close(const Path& root) {
    Path path;
    do {
      path = stack_.back();
      stack_.pop_back();
      component_[path] = order_[root];
    } while (path != root);
  }

  std::map<Path, const Table*> tables_;
  std::map<Path, std::size_t>& component_;
  std::map<Path, std::size_t> order_, lowest_;
  std::vector<Path> stack_;
};

}  // namespace

Cycles::Cycles(const Catalog& catalog) {
  Search search(catalog, component_);
  for (const Table& table : catalog.tables) search.visit(table);
}

bool Cycles::closes(const Table& from, const ForeignKey& key) const {
  if (key.target == from.path) return false;
  auto source = component_.find(from.path), target = component_.find(key.target);
  return source != component_.end() && target != component_.end() &&
         source->second == target->second;
}

bool Cycles::any(const Table& table) const {
  return std::ranges::any_of(table.foreign_keys,
                             [&](const ForeignKey& key) { return closes(table, key); });
}

}  // namespace tidemark::schema_text
