// Renames asked at the terminal, one question for each name that came.
#pragma once

#include "cli/console.h"
#include "engine/engine.h"

namespace tidemark {

class RenamePrompt : public RenameResolver {
 public:
  explicit RenamePrompt(Console& console) : console_(console) {}
  Renames resolve(const RenameGroup& group) override;

 private:
  /// The index in `left` of the old name; empty when the name is new.
  std::optional<std::size_t> ask_about(const RenameGroup& group, const Path& created,
                                       const std::vector<Path>& left);
  void report(const RenameGroup& group, const Path& created, const Path* before);

  Console& console_;
};

}  // namespace tidemark
