// The changes of a migration, sorted by what they are. A migration of twenty thousand
// changes asks for the few renames in it as often.
#pragma once

#include <algorithm>
#include <array>
#include <ranges>
#include <type_traits>
#include <vector>

#include "tidemark/change.h"

namespace tidemark {

class ChangesByKind {
 public:
  /// The changes must outlive it.
  explicit ChangesByKind(const Changes& changes) {
    for (const Change& change : changes) kinds_[change.index()].push_back(&change);
  }

  /// Those of one kind, in their order.
  template <class Kind>
  auto all() const {
    return kinds_[index_of<Kind>(std::type_identity<Change>{})] |
           std::views::transform(
               [](const Change* it) -> const Kind& { return std::get<Kind>(*it); });
  }

  /// Whether there is a change of a kind for which the function gives true, whatever the
  /// change itself is.
  template <class Function>
  bool any_kind(Function is_wanted) const {
    return std::ranges::any_of(kinds_, [&](const std::vector<const Change*>& kind) {
      return !kind.empty() && std::visit(is_wanted, *kind.front());
    });
  }

 private:
  template <class Kind, class... Kinds>
  static constexpr std::size_t index_of(std::type_identity<std::variant<Kinds...>>) {
    constexpr std::array<bool, sizeof...(Kinds)> is_it = {std::is_same_v<Kind, Kinds>...};
    return static_cast<std::size_t>(std::ranges::find(is_it, true) - is_it.begin());
  }

  std::array<std::vector<const Change*>, std::variant_size_v<Change>> kinds_;
};

}  // namespace tidemark
