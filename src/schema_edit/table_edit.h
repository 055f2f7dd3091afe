// What is to change in one table, gathered first: a column's default, its inline key and
// its unique constraint stand in one chain of calls.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "schema_edit/source_files.h"
#include "schema_edit/writer.h"
#include "tidemark/change.h"

namespace tidemark::schema_edit {

class TableEdit {
 public:
  /// `table` is as the schema has it.
  TableEdit(SourceFiles& files, const Writer& writer, const Table& table)
      : files_(files), writer_(writer), table_(table) {}

  void apply(const Add<Column>& change);
  void apply(const Remove<Column>& change);
  void apply(const Modify<Column>& change);
  void apply(const SetRowLevelSecurity& change);

  template <class Part>
  void apply(const Add<Part>& change) {
    extras_.push_back({change.part.name, [this, part = change.part](const std::string& parameter) {
                         return writer_.extra(table_.path, part, parameter);
                       }});
  }
  template <class Part>
  void apply(const Remove<Part>& change) {
    take_away(change.part.origin, inline_kind(change.part));
  }
  /// In the same place, unless it stands at a column.
  template <class Part>
  void apply(const Modify<Part>& change) {
    auto write = [&](const std::string& parameter) {
      return writer_.extra(table_.path, change.after, parameter);
    };
    if (replace_extra(change.before.origin, write)) return;
    take_away(change.before.origin, inline_kind(change.before));
    apply(Add<Part>{change.table, change.after});
  }

  /// Makes the changes in the files. False where something found no place.
  bool finish();

 private:
  using Write = std::function<std::string(const std::string& parameter)>;
  struct Extra {
    Name name;
    Write write;
  };
  struct ColumnEdit {
    const Column* own = nullptr;  // as the schema has it
    std::optional<Column> after = {};
    std::set<std::string> dropped = {};  // calls of the chain
    bool removed = false;
  };

  static std::string inline_kind(const ForeignKey&) { return "references"; }
  template <class Part>
  static std::string inline_kind(const Part&) {
    return "unique";
  }

  ColumnEdit& edit_of(const Name& column);
  bool stands_at_column(const Origin& origin) const;
  bool replace_extra(const Origin& origin, const Write& write);
  void take_away(const Origin& origin, const std::string& kind);
  bool finish_column(const Name& name, const ColumnEdit& edit);
  bool finish_table();
  bool add_extras(const Place& place);
  void set_row_security(const Place& place) const;

  SourceFiles& files_;
  const Writer& writer_;
  const Table& table_;
  std::map<Name, ColumnEdit> columns_;
  std::vector<std::string> added_;
  std::vector<Extra> extras_;
  std::optional<bool> row_security_;
  bool complete_ = true;
};

}  // namespace tidemark::schema_edit
