// All files of a schema, and what their authors call the objects in them.
#pragma once

#include <map>
#include <memory>
#include <optional>

#include "schema_edit/source_file.h"
#include "schema_text/names.h"
#include "tidemark/catalog.h"

namespace tidemark::schema_edit {

/// Where an object was made.
struct Place {
  SourceFile* file = nullptr;
  Node call = Node(TSNode{});

  explicit operator bool() const { return file && call; }
};

class SourceFiles {
 public:
  SourceFile& at(const std::filesystem::path& path);
  Place place(const Origin& origin);
  std::vector<SourceFile*> all();

 private:
  std::map<std::filesystem::path, std::unique_ptr<SourceFile>> files_;
};

/// Names that are declared or imported at the top of a file.
std::set<std::string> declared_names(Node root, std::string_view text);
/// Names that are used anywhere in a text.
std::set<std::string> used_names(Node root, std::string_view text);

/// Gives everything that the schema declares the name that it has there.
void take_names(SourceFiles& files, const Catalog& schema, schema_text::Names& names);

}  // namespace tidemark::schema_edit
