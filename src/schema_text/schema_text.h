// A catalog as the TypeScript that a project would have declared it with: the files
// schema.ts and relations.ts, in the form in which Drizzle Kit's `pull` writes them.
// Read back, they give the same catalog.
#pragma once

#include <string>
#include <vector>

#include "tidemark/catalog.h"

namespace tidemark {

/// Something that TypeScript cannot say, to be told in a comment where it belongs.
struct SchemaNote {
  Path table;        // or view; `name` empty where it belongs to none
  Name object = {};  // column, index, constraint …; empty: the table itself
  std::string text;
};

struct SchemaTextOptions {
  enum class Casing : std::uint8_t { camel, preserve };  // `introspect.casing`
  Casing casing = Casing::camel;
  /// For projects whose `casing` would make another name of a key.
  bool name_every_column = false;
  std::vector<SchemaNote> notes = {};
};

std::string schema_ts(const Catalog& catalog, const SchemaTextOptions& options = {});

/// What foreign keys say, for relational queries. Imports from "./schema".
std::string relations_ts(const Catalog& catalog, const SchemaTextOptions& options = {});

}  // namespace tidemark
