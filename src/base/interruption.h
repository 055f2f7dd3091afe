// Ctrl-C, as long work sees it: a flag that is looked at between steps. A second
// signal ends the process at once.
#pragma once

namespace tidemark {

/// From now on SIGINT and SIGTERM only raise the flag, once.
void catch_interruption();

/// Whether one of the signals came.
bool interrupted();

}  // namespace tidemark
