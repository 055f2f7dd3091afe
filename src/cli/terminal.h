// A question with a list of answers, asked at the terminal.
#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace tidemark {

struct Question {
  std::string text;
  std::span<const std::string> answers;  // as they are shown
};

/// The index of the answer that was chosen: arrows move, Enter takes. Throws
/// Error(Fault::failed) for Esc and Error(Fault::interrupted) for Ctrl-C; the
/// terminal is left as it was found.
std::size_t ask(const Question& question);

}  // namespace tidemark
