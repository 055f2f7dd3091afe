// What brings a PostgreSQL database from one image of its catalog to another, as far as
// the image's own text says it: functions, triggers, policies, rights, constraints, comments.
#pragma once

#include <string>
#include <vector>

#include "apply/catalog_image.h"

namespace tidemark {

/// Statements in an order that works. `before` of a change is what is wanted, `after`
/// what there is. Never what rows hang on: tables, columns and types of columns are left
/// out, and so is what the text does not say in full.
std::vector<std::string> repair_statements(const ImageChanges& differences);

}  // namespace tidemark
