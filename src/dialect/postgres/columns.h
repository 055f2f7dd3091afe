#pragma once

#include <string>

#include "dialect/postgres/script.h"
#include "tidemark/catalog.h"

namespace tidemark::postgres_dialect {

/// A column as CREATE TABLE and ADD COLUMN write it. CREATE TABLE leaves NOT NULL
/// out where an identity implies it.
enum class Definition : std::uint8_t { in_new_table, added };
std::string column_definition(const Column& column, Definition where);

/// Tells a draft that defines a column what the definition waits for: the enum's
/// type, columns that a generated column is made of.
void need_for_column(Added& draft, const Table& table, const Column& column);

/// Tells a draft that from then on the generated column is not made of others.
void let_go(Added& draft, const Script& script, const Table& table, const Column& generated);

/// What is written before the name in `ALTER TABLE … ALTER COLUMN "c" `.
std::string alter_column(const Path& table, const Name& column);

}  // namespace tidemark::postgres_dialect
