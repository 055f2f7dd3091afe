#pragma once

#include <optional>

#include "tidemark/catalog.h"

namespace tidemark {

/// Snapshots of old versions do not say that a column's type is an enum. The same
/// catalog with it said, where the name is that of an enum in `public`; nothing
/// where nothing is missing.
std::optional<Catalog> with_enum_schemas(const Catalog& catalog);

}  // namespace tidemark
