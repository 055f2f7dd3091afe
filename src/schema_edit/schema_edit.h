// The edit of the schema files after which they say what another catalog is. Only what
// differs is touched: names, order, comments and what only TypeScript knows stay.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "diff/diff.h"
#include "schema_text/schema_text.h"

namespace tidemark {

struct SchemaEdit {
  struct File {
    std::filesystem::path path;
    std::string text;  // as it would be
    std::string diff;  // unified; names the path as it was given
  };
  std::vector<File> files;
  std::vector<std::string> by_hand;  // changes for which no place was found
};

struct SchemaEditRequest {
  const Catalog& schema;  // with the places of its objects
  const Catalog& wanted;
  const DiffResult& difference;     // from `schema` to `wanted`, without renames
  std::filesystem::path file = {};  // where things go when the schema is empty
  std::filesystem::path root = {};  // paths in diffs are shown from here
  SchemaTextOptions options = {};
};

SchemaEdit edit_schema(const SchemaEditRequest& request);

}  // namespace tidemark
