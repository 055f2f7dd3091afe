// Rows that are to be in a table, and the statements that put them there.
#pragma once

#include <string>
#include <vector>

#include "connect/connection.h"
#include "tidemark/catalog.h"

namespace tidemark::seed {

struct TableRows {
  Path table;
  std::vector<Name> columns;
  std::vector<std::vector<Value>> rows;
  std::string origin = {};                // the file they come from
  std::vector<std::size_t> offsets = {};  // of each row in its file; empty where it has none
  bool over_identity = false;             // gives values that PostgreSQL would rather make itself
};

/// What to do where a row with the same key is there already.
enum class Collision : std::uint8_t { fail, update };

/// `key` names the columns that tell rows apart; needed for `update` alone.
struct Insertion {
  Collision collision = Collision::fail;
  std::vector<Name> key = {};
};

/// One row: what a RowWriter takes. Values are of no type until the database gives them
/// their column's.
std::string insert_statement(const TableRows& rows, const Insertion& insertion = {});

/// COPY of PostgreSQL, which gives values of identity columns as they are.
std::string copy_statement(const TableRows& rows);

/// As few statements as the server's limits allow; or one for each row.
std::vector<Command> insert_commands(Engine engine, const TableRows& rows,
                                     const Insertion& insertion = {}, bool one_by_one = false);

/// What tells rows apart: the primary key, then unique constraints and indexes.
std::vector<std::vector<Name>> keys_of(const Table& table);

/// The first of them; empty when there is none.
std::vector<Name> key_of(const Table& table);

/// Brings what counts (sequences of serial and identity columns) behind the largest value
/// that is there. PostgreSQL; SQLite does so by itself.
std::vector<Command> counter_commands(const Table& table);

}  // namespace tidemark::seed
