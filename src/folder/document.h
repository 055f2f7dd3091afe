// The document that evaluating schema files gives: a snapshot without ids, where each
// object was written, and the mistakes found on the way.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "folder/snapshot.h"
#include "tidemark/catalog.h"
#include "tidemark/error.h"

namespace tidemark {

/// A line of the overview of what a schema holds.
struct TableSummary {
  std::string name;
  std::size_t columns, indexes, foreign_keys;

  bool operator==(const TableSummary&) const = default;
};

/// What `relations()` tells the query builder: by which columns rows of one table belong to
/// those of another. The database need not know.
struct DeclaredRelation {
  Path from;
  ForeignKey key;

  bool operator==(const DeclaredRelation&) const = default;
};

/// What evaluating schema files gave. When there are errors the rest is empty.
struct Document {
  Catalog catalog;
  std::vector<Error> errors = {};
  std::vector<std::string> standins = {};       // modules that were stood in for
  std::map<Path, SourceRange> unexported = {};  // tables that foreign keys name and no file exports
  std::vector<DeclaredRelation> relations = {};  // only where places were asked for
};

/// The text as the schema files' interpreter hands it over. Reading the objects takes
/// longer than finding that a snapshot file holds the same.
class DocumentText {
 public:
  explicit DocumentText(std::string text);

  bool has_errors() const { return has_errors_; }
  const std::vector<TableSummary>& tables() const { return tables_; }
  const std::vector<std::string>& standins() const { return standins_; }

  /// Whether it says what a snapshot file says; a no is not certain (same_text).
  bool is(std::string_view snapshot) const;

  Document read(Engine engine) const;

 private:
  void read_head(const json::value& head);

  std::string text_;
  std::size_t snapshot_ = 0;  // where in it the snapshot begins
  std::vector<TableSummary> tables_;
  std::vector<std::string> standins_;
  bool has_errors_ = false;
};

}  // namespace tidemark
