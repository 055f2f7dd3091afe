// A live database as the source of a catalog.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "connect/connection.h"
#include "tidemark/catalog.h"

namespace tidemark {

/// Which roles are looked at (`entities.roles`). Provider's own are named in `exclude`.
struct RoleScope {
  bool any = false;                                      // otherwise none
  bool all = false;                                      // those that are not declared too: they go
  std::optional<std::vector<std::string>> include = {};  // these too; absent: none are named
  std::vector<std::string> exclude = {};
};

/// What of the database is looked at. All else does not exist for the reader.
struct LiveScope {
  std::vector<std::string> schemas = {"public"};   // `schemaFilter`; PostgreSQL
  std::vector<std::string> tables = {};            // `tablesFilter`
  std::vector<std::string> extension_tables = {};  // of `extensionsFilters`, never looked at

  bool has_table(const Name& table) const;
  RoleScope roles = {};
  std::vector<Path> bookkeeping = {};  // the history table; our log is known anyway
};

/// Something that the database has and a catalog has no word for: deferrable keys,
/// collations, triggers, partitions … It is told, kept where it can be, and never
/// the reason for a change.
struct Beyond {
  Path table;        // or view; `name` empty where it belongs to none
  Name object = {};  // column, constraint, trigger …; empty: the table itself
  std::string what;  // "deferrable", "collation", "trigger" …: one word to group by
  std::string text;  // SQL or a phrase, to be shown
};

struct LiveCatalog {
  Catalog catalog;  // expressions as the database prints them
  std::vector<Beyond> beyond = {};
};

/// The same catalog in the words that schema files and snapshots use, where they are
/// certain: for who takes the database as it is.
Catalog in_plain_words(Catalog live);

/// Reads everything in a constant number of queries, sent together.
LiveCatalog read_live(Connection& database, const LiveScope& scope);

/// The same for who takes the database as it is, with the sequences that a column owns and
/// serial does not stand for: they are declared beside it then.
LiveCatalog read_to_take_over(Connection& database, const LiveScope& scope);

}  // namespace tidemark
