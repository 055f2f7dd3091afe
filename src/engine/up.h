// `up`: snapshots of older versions of the peer are rewritten in today's format.
#pragma once

#include <filesystem>
#include <vector>

#include "engine/engine.h"

namespace tidemark {

/// The files that were rewritten.
std::vector<std::filesystem::path> upgrade_snapshots(Project& project);

}  // namespace tidemark
