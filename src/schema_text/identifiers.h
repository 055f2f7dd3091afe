// The names that the constants of a file get, each once.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "schema_text/schema_text.h"

namespace tidemark::schema_text {

std::string cased(std::string_view name, SchemaTextOptions::Casing casing);

/// What becomes a name of a constant with as few changes as possible: `my-table` →
/// `my_table`, `2fa` → `_2fa`. Letters of other scripts stay.
std::string identifier(std::string_view text);

class Identifiers {
 public:
  /// `taken` are names that no constant may have, beside the words of the language.
  explicit Identifiers(std::set<std::string> taken) : taken_(std::move(taken)) {}

  /// The wanted name, or where it is taken one with `kind` behind it: `indexTable`.
  std::string claim(std::string_view wanted, std::string_view kind);

 private:
  bool is_free(const std::string& name) const;

  std::set<std::string> taken_;
};

}  // namespace tidemark::schema_text
