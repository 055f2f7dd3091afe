// A value for one column, made up.
#pragma once

#include <cstdint>
#include <string>

#include "connect/connection.h"
#include "seed/dice.h"
#include "seed/limits.h"
#include "seed/profile.h"

namespace tidemark::seed {

struct Wish;

/// Appends the value of row `number`.
using Recipe = void (*)(const Wish& wish, std::uint64_t number, Dice& dice, std::string& out);

/// What is known of the column that a value is for. Everything that names and types say is
/// looked up here once, not for every value.
struct Wish {
  const Column* column;
  Engine engine;
  Limits limits;
  bool unique = false;  // its values are told apart by the number of their row alone

  std::string type = {};           // in small letters; of an array, that of its elements
  std::size_t dimensions = 0;      // of an array
  Recipe recipe = nullptr;         // null for a type that is not known
  Recipe text = nullptr;           // what the column's name makes one expect
  bool limited = false;            // whether `limits` refuse anything
  const Spread* spread = nullptr;  // what the user says of the values; null for nothing
};

/// `column` must outlive it.
Wish wish_for(const Column& column, Engine engine, Limits limits);

/// The value of row `number`. Empty (NULL) for a type that is not known.
Value made_up(const Wish& wish, std::uint64_t number, Dice& dice);

}  // namespace tidemark::seed
