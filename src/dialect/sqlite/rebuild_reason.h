// Which changes SQLite cannot make in place, so that the table is built anew.
#pragma once

#include <optional>
#include <string>

#include "dialect/dialect.h"
#include "tidemark/catalog.h"
#include "tidemark/change.h"

namespace tidemark::sqlite_sql {

class RebuildReason {
 public:
  /// libSQL can change type, default and NOT NULL of plain columns in place.
  RebuildReason(const RenderInput& input, bool libsql) : input_(input), libsql_(libsql) {}

  /// Why this change rebuilds its table, as the end of a sentence; empty when it
  /// does not.
  std::optional<std::string> of(const Change& change) const;

  /// Changes that need no statement of their own: a new name for what has none in
  /// SQLite, a foreign key that comes with its column.
  bool nothing_to_do(const Change& change) const;

 private:
  using Reason = std::optional<std::string>;
  Reason adding(const Path& table, const Column& column) const;
  Reason removing(const Path& table, const Column& column) const;
  Reason changing(const Path& table, const Column& before, const Column& after) const;
  Reason adding(const Path& table, const ForeignKey& key) const;

  bool is_added(const Path& table, const Name& column) const;
  bool follows_renames(const Modify<ForeignKey>& change) const;
  bool follows_renames(const Modify<Column>& change) const;
  bool keeps_reference(const Path& table, const ForeignKey& key) const;
  bool keeps_columns(const Path& table, const PrimaryKey& key, bool added) const;

  const RenderInput& input_;
  bool libsql_;
};

}  // namespace tidemark::sqlite_sql
