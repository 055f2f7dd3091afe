// What a migration took away and no snapshot tells of, made again by the words in which
// it was recorded: enums, tables and columns, for kept rows to come back to. Their keys,
// constraints and indexes follow when the record is compared.
#pragma once

#include <string>
#include <vector>

#include "apply/catalog_image.h"
#include "apply/created_objects.h"
#include "diff/renames.h"

namespace tidemark {

/// Statements that make again what went by the record, except what was `renamed` and what
/// goes from `before` to `after` by the snapshots, whose plan makes it. Left out is what the
/// words do not say in full: identities, generated columns, sequences, partitions.
std::vector<std::string> made_again(const ImageChanges& recorded, const Renames& renamed,
                                    const Catalog& before, const Catalog& after);

/// Statements that drop the tables and columns that came by the record, except those that
/// `said` has (the words of the migration make them), what was `renamed`, and what the
/// snapshots know `after` it.
std::vector<std::string> taken_away(const ImageChanges& recorded, const Renames& renamed,
                                    const std::vector<CreatedObject>& said, const Catalog& after);

}  // namespace tidemark
