// Whether a way back led to where the migration came from.
#pragma once

#include <memory>
#include <string>

#include "apply/catalog_image.h"
#include "connect/connection.h"

namespace tidemark {

/// Both are called inside the transaction of the way back, and throw
/// Error(Fault::failed), after which it is rolled back.
class CatalogCheck {
 public:
  virtual ~CatalogCheck() = default;
  /// What the migration made is still as it made it.
  virtual void before(Connection& database) = 0;
  /// All of that is undone, and nothing else is different.
  virtual void after(Connection& database) = 0;
};

/// By what a migration did to the catalog. `certain`: it was recorded, not derived
/// from schemas, whose words may be others than the database's.
std::unique_ptr<CatalogCheck> check_by_changes(std::string tag, ImageChanges changes, Path history,
                                               bool certain);

}  // namespace tidemark
