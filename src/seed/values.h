// A value for one column, made up.
#pragma once

#include <cstdint>
#include <string>

#include "connect/connection.h"
#include "seed/dice.h"
#include "seed/limits.h"

namespace tidemark::seed {

/// What is known of the column that a value is for.
struct Wish {
  const Column* column;
  Engine engine;
  Limits limits;
  bool unique = false;  // its values are told apart by the number of their row alone
};

/// The value of row `number`. Empty (NULL) for a type that is not known.
Value made_up(const Wish& wish, std::uint64_t number, Dice& dice);

}  // namespace tidemark::seed
