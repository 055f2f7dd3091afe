#pragma once

#include <string>
#include <vector>

#include "apply/kept_rows.h"

namespace tidemark {

/// The condition that joins rows of a kept table, called `k`, with those of the table
/// called `alias`, whose key has these names there.
std::string same_key(const KeptRows& kept, const std::string& alias, const std::vector<Name>& key);

}  // namespace tidemark
