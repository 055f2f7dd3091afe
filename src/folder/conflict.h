// Files that git left with the marks of a merge that stopped.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tidemark {

/// A text as either branch wrote it. `first` is what stood here (`<<<<<<< HEAD`),
/// `second` what came (`>>>>>>> main`).
struct ConflictSides {
  std::string first, second;
  std::string first_label, second_label;
};

/// Empty for a text without marks. The common ancestor's lines (`|||||||`) are left out.
std::optional<ConflictSides> split_conflict(std::string_view text);

}  // namespace tidemark
