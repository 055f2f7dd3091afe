// What the readers of a PostgreSQL catalog share: one reader a kind of object, each a
// query and the function that takes its rows.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/json.h"
#include "source/live/live.h"

namespace tidemark::postgres_live {

/// A row's fields by number; NULL is empty text, `t` is true.
class Fields {
 public:
  explicit Fields(const std::vector<Value>& row) : row_(row) {}

  std::string text(std::size_t at) const { return row_[at].value_or(""); }
  Name name(std::size_t at) const { return Name(text(at)); }
  bool flag(std::size_t at) const { return row_[at] == "t"; }
  bool has(std::size_t at) const { return row_[at].has_value(); }
  /// A JSON array of texts.
  std::vector<std::string> texts(std::size_t at) const;
  std::vector<Name> names(std::size_t at) const;
  json::array list(std::size_t at) const;

 private:
  const std::vector<Value>& row_;
};

/// The catalog as it fills up. Tables come first; all others find theirs by oid.
struct Reading {
  const LiveScope& scope;
  LiveCatalog live = {};
  std::unordered_map<std::string, std::size_t> tables = {};  // oid → index in live.catalog.tables
  std::unordered_map<std::string, std::size_t> views = {};
  std::unordered_map<std::string, Path> relations = {};  // oid → path, views too

  /// Null for a table that is not looked at.
  Table* table(const std::string& oid);
  /// Of a table or a view; null like that.
  std::vector<Column>* columns(const std::string& oid);
  void beyond(const std::string& oid, Name object, std::string what, std::string text);
};

struct Reader {
  std::string_view sql;  // $1: the names of the schemas, as text[]
  void (*read)(Reading&, const Fields&);
};

Reader relations();
Reader columns();
Reader sequences();
Reader constraints();
Reader indexes();
Reader unique_nulls(int server_version);
Reader enums();
Reader policies();
Reader schemas();
Reader triggers();
Reader roles();

/// A row of the query of policies(), for a policy that is kept outside its table.
Policy policy_with_table(const Fields& row);

/// A type as PostgreSQL prints it, in the words of snapshots: `character varying(3)` as
/// `varchar(3)`, `timestamp(3) without time zone` as `timestamp (3)`.
std::string type_text(std::string printed);

}  // namespace tidemark::postgres_live
