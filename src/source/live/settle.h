// Tells spelling from meaning. A database prints back what it was given in its own
// words: defaults, checks, views. Where both say the same, the live catalog takes
// over the words that are wanted, so that a plain comparison finds no difference.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "connect/connection.h"
#include "source/live/live.h"
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

/// What things are called in the database whose names in the live catalog are those that
/// they are about to get.
struct OldNames {
  std::map<Name, Name> schemas = {};  // by the new name
  std::map<Path, Path> tables = {};   // by the new path
  /// Old and new name, by the new path of the table.
  std::map<Path, std::vector<std::pair<Name, Name>>> columns = {};
  bool any = false;  // also of things that are no tables and columns
};

/// Changes nothing in the database: what it has to be asked is asked in a
/// transaction that is rolled back.
/// What `scope` leaves to others is left out of the live catalog.
Settled settle(Catalog live, const Catalog& wanted, const LiveScope& scope, Connection& database,
               const OldNames& old = {});

/// Settles what looking can tell: names above all.
Catalog settle_by_looking(Catalog live, const Catalog& wanted, Engine engine);

}  // namespace tidemark
