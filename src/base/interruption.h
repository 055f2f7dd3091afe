// Ctrl-C, as long work sees it: a flag that is looked at between steps. A second
// signal ends the process at once.
#pragma once

namespace tidemark {

/// From now on SIGINT and SIGTERM only raise the flag, once.
void catch_interruption();

/// Whether one of the signals came.
bool interrupted();

/// While it lives nothing is interrupted: for tidying up after an interruption.
class Uninterrupted {
 public:
  Uninterrupted();
  ~Uninterrupted();
  Uninterrupted(const Uninterrupted&) = delete;
  Uninterrupted& operator=(const Uninterrupted&) = delete;
};

}  // namespace tidemark
