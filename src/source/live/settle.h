// Tells spelling from meaning. A database prints back what it was given in its own
// words: defaults, checks, views. Where both say the same, the live catalog takes
// over the words that are wanted, so that a plain comparison finds no difference.
#pragma once

#include <string>
#include <vector>

#include "connect/connection.h"
#include "tidemark/catalog.h"

namespace tidemark {

/// A pair of expressions that could be neither told apart nor found equal. It is
/// reported and left as it is.
struct Undecided {
  Path table;
  Name object;
  std::string what;  // "check", "default", "index", …
  std::string live, wanted;
};

struct Settled {
  Catalog live;  // in the words of `wanted` wherever the meaning is the same
  std::vector<Undecided> undecided = {};
};

/// Changes nothing in the database: what it has to be asked is asked in a
/// transaction that is rolled back.
Settled settle(Catalog live, const Catalog& wanted, Connection& database);

}  // namespace tidemark
