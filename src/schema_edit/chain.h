// A column as a chain of calls: `text('name').array().notNull()`. What the author wrote
// stays wherever it says the same before and after.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "source/script/syntax_tree.h"

namespace tidemark::schema_edit {

struct Link {
  std::string kind;  // `default`, also of `.defaultNow()`
  std::string text;  // `.default(0)`, with the line end before it
};

struct Chain {
  std::string start;  // what makes the type: the first call and `.array()`
  std::vector<Link> links;

  const Link* find(std::string_view kind) const;
  std::string text() const;
};

/// Of the outermost call; `text` is the whole text that the node is of.
Chain chain_of(script::Node call, std::string_view text);
/// Of the value in `key: value`.
Chain chain_of_pair(const std::string& pair);

/// The author's chain with what is different between two other ways to write it.
Chain merged(const Chain& own, const Chain& before, const Chain& after);

}  // namespace tidemark::schema_edit
