// The SQL of tables, columns and indexes, byte for byte as Drizzle Kit writes it
// where that works.
#pragma once

#include <string>

#include "tidemark/catalog.h"

namespace tidemark::sqlite_sql {

/// CREATE TABLE, under another name where one is given: expressions speak of it
/// by that name then.
std::string create_table(const Table& table, const Name& name);
std::string drop_table(const Name& table);
std::string rename_table(const Name& before, const Name& after);

/// ADD with the reference that is added together with the column, if any.
std::string add_column(const Table& table, const Column& column, const ForeignKey* reference);
std::string drop_column(const Name& table, const Name& column);
std::string rename_column(const Name& table, const Name& before, const Name& after);

std::string create_index(const Name& table, const Index& index);
std::string drop_index(const Name& index);
/// Whether an index is written as a constraint of its table: no index can say `ON CONFLICT`.
bool stays_constraint(const Index& index);

/// libSQL: the column in its new form, with its reference where one is added.
std::string alter_column(const Name& table, const Column& column, const ForeignKey* reference);

}  // namespace tidemark::sqlite_sql
