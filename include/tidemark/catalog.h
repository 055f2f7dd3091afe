// The catalog: everything a database (or a schema file) defines, as plain
// values. No pointers between objects, no handle, no dialect class: a catalog
// can be copied, compared with ==, and built in one expression in a test.
//
// Lists keep declaration order, which is part of the migration formats. SQL
// expressions are kept as the text that is to be written.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tidemark/error.h"
#include "tidemark/name.h"

namespace tidemark {

/// Which SQL is spoken. `turso` is SQLite's with libSQL's extra abilities.
enum class Engine : std::uint8_t { postgresql, sqlite, turso };

/// A value that snapshots hold either as a JSON string (`quoted`) or as a bare
/// number, boolean or null. `text` is the SQL as it is to be written; for a bare
/// value the JSON token, printed as JavaScript prints it.
struct Literal {
  std::string text;
  bool quoted = true;

  bool operator==(const Literal&) const = default;
};

/// `text` is the type as snapshots write it (`varchar(20)`, `integer[2]`).
/// `schema` is that of an enum type, empty for all others.
struct SqlType {
  std::string text;
  Name schema = {};

  bool operator==(const SqlType&) const = default;
};

struct Generated {
  enum class Storage : std::uint8_t { stored, virtual_ };
  std::string expression;  // SQLite's includes the parentheses
  Storage storage = Storage::stored;

  bool operator==(const Generated&) const = default;
};

/// Options of a sequence. Numbers are text: they may exceed 64 bits' signed
/// range in JSON, and snapshots keep them as strings. Empty when not given.
struct SequenceOptions {
  std::string increment, min_value, max_value, start_with, cache;
  std::optional<bool> cycle = {};

  bool operator==(const SequenceOptions&) const = default;
};

struct Identity {
  enum class Mode : std::uint8_t { always, by_default };
  Mode mode = Mode::always;
  Path sequence;
  SequenceOptions options = {};

  bool operator==(const Identity&) const = default;
};

/// SQL that a live database has and neither schema files nor snapshots have a word for
/// (`COLLATE NOCASE`, `STRICT`). It is never a difference, and is written again when
/// what it belongs to is made anew.
struct KeptSql {
  std::string sql = {};
  std::string type = {};                // of a column, where a schema says the same by another word
  std::string key = {}, not_null = {};  // of a column: what follows these words
  std::vector<std::string> columns = {};  // of a key that is a constraint of its table: what
                                          // follows each; PostgreSQL: what parts its table
  bool constrains = false;                // of a column: a UNIQUE or CHECK stands in its definition
  friend bool operator==(const KeptSql&, const KeptSql&) { return true; }

  /// Whether there is anything that the plain words would not say.
  bool says_more() const;
};

struct Column {
  Name name;
  SqlType type;
  bool primary_key = false;
  bool not_null = false;
  bool autoincrement = false;  // SQLite
  std::optional<Literal> default_value = {};
  std::optional<Generated> generated = {};
  std::optional<Identity> identity = {};  // PostgreSQL
  KeptSql kept = {};                      // its collation; SQLite: ON CONFLICT …
  Origin origin = {};

  bool operator==(const Column&) const = default;
};

struct IndexColumn {
  std::string text;  // a column's name, or an expression's SQL
  bool is_expression = false;
  bool ascending = true;
  bool nulls_first = false;
  std::string opclass = {};  // empty for the default

  bool operator==(const IndexColumn&) const = default;
};

/// One `key = value` of a WITH list, in declaration order.
struct StorageOption {
  std::string key;
  Literal value;

  bool operator==(const StorageOption&) const = default;
};

/// On SQLite, where the peer stores unique constraints as unique indexes, so do we.
struct Index {
  Name name;
  std::vector<IndexColumn> columns;
  bool unique = false;
  std::string where = {};  // empty when absent
  bool concurrently = false;
  std::string method = "btree";  // PostgreSQL
  std::vector<StorageOption> with = {};
  bool valid = true;  // PostgreSQL: false where building it concurrently was cut off
  KeptSql kept = {};  // SQLite: of one that is there as a constraint
  Origin origin = {};

  bool operator==(const Index&) const = default;
};

/// Actions are kept as snapshots write them: lower case, "no action" by default.
struct ForeignKey {
  Name name;
  std::vector<Name> columns;
  Path target;
  std::vector<Name> target_columns;
  std::string on_delete = "no action";
  std::string on_update = "no action";
  KeptSql kept = {};  // SQLite: MATCH, and when it is checked
  Origin origin = {};

  bool operator==(const ForeignKey&) const = default;
};

/// A primary key written at table level, of one column or several.
struct PrimaryKey {
  Name name;
  std::vector<Name> columns;
  KeptSql kept = {};  // SQLite: ON CONFLICT
  Origin origin = {};

  bool operator==(const PrimaryKey&) const = default;
};

struct Unique {
  Name name;
  std::vector<Name> columns;
  bool nulls_not_distinct = false;
  KeptSql kept = {};  // SQLite: ON CONFLICT
  Origin origin = {};

  bool operator==(const Unique&) const = default;
};

struct Check {
  Name name;
  std::string expression;
  Origin origin = {};

  bool operator==(const Check&) const = default;
};

struct Policy {
  Name name;
  std::string as = "PERMISSIVE";
  std::string command = "ALL";
  std::vector<std::string> roles = {"public"};  // sorted
  std::optional<std::string> using_expression = {};
  std::optional<std::string> with_check = {};
  Path on = {};  // for policies kept outside their table (`.link()`), else empty
  Origin origin = {};

  bool operator==(const Policy&) const = default;
};

struct Table {
  Path path;
  std::vector<Column> columns;
  std::vector<Index> indexes = {};
  std::vector<ForeignKey> foreign_keys = {};
  std::vector<PrimaryKey> primary_keys = {};
  std::vector<Unique> uniques = {};
  std::vector<Policy> policies = {};
  std::vector<Check> checks = {};
  bool row_level_security = false;
  bool row_security_off = false;  // of a live one with policies, which do nothing then
  KeptSql kept = {};              // SQLite: what follows the list of columns
  Origin origin = {};

  const Column* column(const Name& name) const;  // null when absent
  bool operator==(const Table&) const = default;
};

struct Enum {
  Path path;
  std::vector<std::string> values;
  Origin origin = {};

  bool operator==(const Enum&) const = default;
};

/// A schema (namespace) other than `public`.
struct Schema {
  Name name;
  Origin origin = {};

  bool operator==(const Schema&) const = default;
};

struct Sequence {
  Path path;
  SequenceOptions options;
  Origin origin = {};

  bool operator==(const Sequence&) const = default;
};

struct Role {
  Name name;
  bool create_db = false;
  bool create_role = false;
  bool inherit = true;
  Origin origin = {};

  bool operator==(const Role&) const = default;
};

struct View {
  Path path;
  std::vector<Column> columns = {};
  std::optional<std::string> definition = {};  // absent when `existing`
  bool existing = false;                       // managed by somebody else
  bool materialized = false;
  std::optional<std::vector<StorageOption>> with = {};
  std::optional<bool> with_no_data = {};
  std::string access_method = {};  // `using`
  std::string tablespace = {};
  Origin origin = {};

  bool operator==(const View&) const = default;
};

struct Catalog {
  Engine engine = Engine::postgresql;
  std::vector<Schema> schemas = {};
  std::vector<Enum> enums = {};
  std::vector<Sequence> sequences = {};
  std::vector<Role> roles = {};
  std::vector<Table> tables = {};
  std::vector<Policy> policies = {};  // those not kept inside a table
  std::vector<View> views = {};

  const Table* table(const Path& path) const;  // null when absent
  bool operator==(const Catalog&) const = default;
};

}  // namespace tidemark
