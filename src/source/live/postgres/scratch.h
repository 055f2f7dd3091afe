// Asks PostgreSQL how it prints an expression: it is given to a temporary table with the
// columns of the real one, in a transaction that is rolled back.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "source/live/settle.h"

namespace tidemark::postgres_live {

/// Something whose two texts differ.
struct Question {
  Path table;
  Name object;
  std::string what, live, wanted;
  std::string sql;  // gives the wanted one to the temporary table
  /// What the temporary table has then, as text; empty when it was refused.
  std::function<std::string(const Catalog& printed)> answer;
  std::function<void()> adopt;  // the wanted words into the live catalog
};

/// What the database has not yet, and a push makes.
struct ToCome {
  std::set<Name> names = {};                    // objects and columns
  std::set<std::string> values = {};            // of enums that are there
  std::map<Path, std::set<Name>> retyped = {};  // columns that get another type, by table
};

/// Asks about all questions, and adopts what means the same. What the server refused is
/// adopted too, and returned: nothing is to be changed for it. But what was refused and speaks
/// of what is yet `to_come` differs, and is made anew.
std::vector<Undecided> ask(Connection& database, const std::vector<Question>& questions,
                           const OldNames& old, const ToCome& to_come);

}  // namespace tidemark::postgres_live
