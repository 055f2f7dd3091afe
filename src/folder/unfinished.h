// What a command is about to write to a folder or to take out of it, noted beforehand, so
// that the next one can tell what an interrupted one left from what a user put there.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace tidemark {

class Unfinished {
 public:
  /// Notes these migrations in {out}/.tidemark/unfinished. Throws Error(Fault::failed).
  Unfinished(const std::filesystem::path& out, const std::vector<std::string>& tags);
  /// All is done: the note goes.
  void end();

 private:
  std::filesystem::path note_;
};

/// Removes the files of migrations that an interrupted command noted and the journal does
/// not have. Nothing while another command is at work.
void remove_leftovers(const std::filesystem::path& out);

}  // namespace tidemark
