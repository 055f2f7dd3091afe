// What only the history of a folder tells: which tables were renamed.
#pragma once

#include <vector>

#include "diff/diff.h"
#include "folder/folder.h"

namespace tidemark {

/// The tables of `before` whose names some migration gave or took, hand-written ones
/// included: DiffResult::renamed_earlier. Rather one too many than one too few. The
/// files are read only where a change of `diff` depends on it.
std::vector<Path> renamed_earlier(const Folder& folder, const Catalog& before,
                                  const DiffResult& diff);

}  // namespace tidemark
