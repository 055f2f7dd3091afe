// Which names a piece of SQL speaks of, without understanding it.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>

#include "tidemark/name.h"

namespace tidemark {

/// The identifiers of a piece of SQL, quoted or bare. Text inside string constants
/// and comments does not count.
class Mentions {
 public:
  explicit Mentions(std::string_view sql);

  /// May say yes where the name means something else; never no where it means
  /// what is asked for.
  bool of(const Name& name) const;

 private:
  std::unordered_set<std::string> quoted_, folded_;
};

inline bool mentions(std::string_view sql, const Name& name) { return Mentions(sql).of(name); }

}  // namespace tidemark
