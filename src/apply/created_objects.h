// What a migration creates, read from the words of its statements.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "connect/connection.h"
#include "folder/migration_file.h"
#include "tidemark/catalog.h"

namespace tidemark {

struct CreatedObject {
  enum class Kind : std::uint8_t { relation, view, type, schema, column };
  Kind kind;
  Path path;  // of the table for a column; the schema may be empty
  Name column = {};

  /// The name it would be looked for by.
  const Name& name() const { return kind == Kind::column ? column : path.name; }
};

/// By one statement. Only of what stands in a CREATE or an ADD itself.
std::optional<CreatedObject> created_by(std::string_view sql, Engine engine);

/// Tables, columns, views, sequences, indexes, types and schemas. Never throws: a
/// text that cannot be split creates nothing that is known.
std::vector<CreatedObject> created_objects(const MigrationFile& file, Engine engine);

/// Whether a later migration drops or renames something of that name.
bool removes(const MigrationFile& file, Engine engine, const Name& name);

bool exists(Connection& database, const CreatedObject& object);

}  // namespace tidemark
