// `purge`: what migrations destroyed and was kept for their way back is removed.
#pragma once

#include <chrono>
#include <vector>

#include "apply/kept_rows.h"
#include "engine/engine.h"

namespace tidemark {

struct PurgeReport {
  DatabaseSource database;
  std::vector<KeptRows> removed;
};

/// What was kept longer ago than that; `dry_run` only looks.
PurgeReport purge(Project& project, std::chrono::seconds age, bool dry_run);

}  // namespace tidemark
