// Whether a way back led to where the migration came from.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

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
  /// All of that is undone, and nothing else is different. The statements that this
  /// took beside the way back.
  virtual std::vector<std::string> after(Connection& database) = 0;
  /// What the catalog has to be afterwards, once `before` was called; nothing where that
  /// cannot be told.
  virtual std::optional<CatalogImage> goal() const { return std::nullopt; }
};

/// Where the changes come from that a way back is proved by.
enum class ChangesFrom : std::uint8_t {
  schemas,   // derived, in words that may be others than the database's
  record,    // as they were recorded when the migration ran
  repaired,  // the same, and what the way back leaves to do is done by the record's words
};

/// By what a migration did to the catalog.
std::unique_ptr<CatalogCheck> check_by_changes(std::string tag, ImageChanges changes, Path history,
                                               ChangesFrom source);

}  // namespace tidemark
