// Foreign keys of many made-up rows. PostgreSQL looks for the target of each row by itself,
// which takes longer than all the rest; one query for each key finds the same.
#pragma once

#include <string>
#include <vector>

#include "connect/connection.h"
#include "tidemark/catalog.h"

namespace tidemark::seed {

/// One boolean: whether this user may have the triggers rest, and whether there is none to be
/// missed but those of keys that a catalog knows all of. (A deferrable constraint has one, a
/// partition may have keys of its own, and MATCH FULL is no word of a catalog's.)
std::string may_keys_wait();

/// For the transaction at hand.
std::string let_keys_wait();

/// For each key one query, which gives a row where it leads nowhere.
struct KeyCheck {
  std::string name;  // table.column
  Command query;
};
std::vector<KeyCheck> key_checks(const Catalog& catalog);

}  // namespace tidemark::seed
