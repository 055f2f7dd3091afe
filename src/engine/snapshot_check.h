#pragma once

#include <memory>
#include <string>

#include "apply/catalog_check.h"
#include "diff/renames.h"
#include "engine/database.h"

namespace tidemark {

/// Proves a way back by the schemas that the folder keeps, where nothing was recorded
/// when the migration was applied: another tool did it, or it was one of very many.
/// `renames` are those of the migration, from `before` to `after`.
std::unique_ptr<CatalogCheck> check_by_snapshots(const std::string& tag, const Catalog& before,
                                                 const Catalog& after, const Renames& renames,
                                                 const LiveScope& scope, const Target& target);

}  // namespace tidemark
