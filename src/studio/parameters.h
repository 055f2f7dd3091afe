// Values on their way into SQL: as parameters to run, or as literals to be read.
#pragma once

#include <string>
#include <vector>

#include "connect/connection.h"
#include "tidemark/catalog.h"

namespace tidemark::studio {

/// A value as the page sends it back, exactly as it was: PostgreSQL's is its text.
/// SQLite's begins with its storage class: `i5`, `r0.1`, `tabc`, `b00ff` in hexadecimal.
using Encoded = Value;

class Parameters {
 public:
  enum class As : bool { parameters, literals };
  explicit Parameters(Engine engine, As as = As::parameters) : engine_(engine), as_(as) {}

  /// SQL that is this text; PostgreSQL takes its type from where it stands.
  std::string text(const std::string& value);
  /// Throws Error(Fault::usage) for what is no hexadecimal.
  std::string bytes(const std::string& hex);
  /// Throws Error(Fault::usage) for what `encode` does not write.
  std::string encoded(const Encoded& value);

  std::vector<Value> take() { return std::move(values_); }

 private:
  std::string add(std::string value);

  Engine engine_;
  As as_;
  std::vector<Value> values_;
};

}  // namespace tidemark::studio
