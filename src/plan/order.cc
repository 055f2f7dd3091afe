#include "plan/order.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <queue>
#include <unordered_map>

namespace tidemark {

namespace {

// Drafts that stay together: those of one group, or a single one.
using Unit = std::vector<Draft>;

std::vector<Unit> units_by_rank(std::vector<Draft> drafts) {
  std::vector<Unit> units;
  std::unordered_map<std::size_t, std::size_t> unit_of_group;
  for (Draft& draft : drafts) {
    auto known = draft.group == 0 ? unit_of_group.end() : unit_of_group.find(draft.group);
    if (known != unit_of_group.end()) {
      units[known->second].push_back(std::move(draft));
      continue;
    }
    if (draft.group != 0) unit_of_group.emplace(draft.group, units.size());
    units.emplace_back().push_back(std::move(draft));
  }
  std::ranges::stable_sort(units, {}, [](const Unit& unit) { return unit.front().rank; });
  return units;
}

class Order {
 public:
  explicit Order(const std::vector<Unit>& units)
      : followers_(units.size()), waits_for_(units.size()) {
    for (std::size_t i = 0; i < units.size(); ++i)
      for (const Draft& draft : units[i]) note(draft, i);
    for (const auto& [key, uses] : uses_) connect_makers(uses);
    for (const auto& [key, uses] : uses_) connect_droppers(uses);
  }

  /// Positions in the order in which they can run.
  std::vector<std::size_t> sorted() {
    std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>> ready;
    for (std::size_t i = 0; i < waits_for_.size(); ++i)
      if (waits_for_[i] == 0) ready.push(i);
    std::vector<std::size_t> result;
    std::vector<bool> done(waits_for_.size());
    std::size_t first_open = 0;
    while (result.size() < waits_for_.size()) {
      if (ready.empty()) {  // a circle
        while (done[first_open]) ++first_open;
        ready.push(first_open);
      }
      std::size_t next = ready.top();
      ready.pop();
      if (done[next]) continue;
      done[next] = true;
      result.push_back(next);
      for (std::size_t follower : followers_[next])
        if (--waits_for_[follower] == 0 && !done[follower]) ready.push(follower);
    }
    return result;
  }

 private:
  using Positions = std::vector<std::size_t>;
  struct Uses {
    Positions makes, needs, releases, drops;
  };
  struct MustRun {
    Order& order;
    std::size_t first;
    void before(std::size_t second) {
      if (first == second) return;
      order.followers_[first].push_back(second);
      ++order.waits_for_[second];
    }
  };
  MustRun must_run(std::size_t first) { return {*this, first}; }

  void note(const Draft& draft, std::size_t i) {
    for (const Key& key : draft.makes) uses_[key].makes.push_back(i);
    for (const Key& key : draft.needs) uses_[key].needs.push_back(i);
    for (const Key& key : draft.releases) uses_[key].releases.push_back(i);
    for (const Key& key : draft.drops) uses_[key].drops.push_back(i);
  }

  void connect_makers(const Uses& uses) {
    for (std::size_t maker : uses.makes)
      for (std::size_t needy : uses.needs) must_run(maker).before(needy);
  }

  // What is dropped makes room for something new, unless it is that itself: a column may be
  // renamed and then be made anew.
  void connect_droppers(const Uses& uses) {
    for (std::size_t dropper : uses.drops) {
      for (std::size_t holder : uses.releases) must_run(holder).before(dropper);
      for (std::size_t maker : uses.makes)
        if (!waits(dropper, maker)) must_run(dropper).before(maker);
    }
  }

  bool waits(std::size_t later, std::size_t earlier) const {
    return std::ranges::find(followers_[earlier], later) != followers_[earlier].end();
  }

  std::unordered_map<Key, Uses> uses_;
  std::vector<Positions> followers_;
  Positions waits_for_;
};

}  // namespace

std::vector<Draft> in_order(std::vector<Draft> drafts) {
  std::vector<Unit> units = units_by_rank(std::move(drafts));
  std::vector<Draft> result;
  for (std::size_t i : Order(units).sorted())
    std::ranges::move(units[i], std::back_inserter(result));
  return result;
}

}  // namespace tidemark
