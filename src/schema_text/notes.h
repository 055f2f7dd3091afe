// Notes as comments, at what they are about.
#pragma once

#include <string>

#include "schema_text/schema_text.h"

namespace tidemark::schema_text {

/// Of a table or view as a whole, with those of objects that are not written.
std::string table_notes(const SchemaTextOptions& options, const Table& table);
std::string view_notes(const SchemaTextOptions& options, const View& view);

/// Of one object in it.
std::string object_notes(const SchemaTextOptions& options, const Path& table, const Name& object);

/// Of a constraint or an index. A column of the same name has the notes instead.
std::string extra_notes(const SchemaTextOptions& options, const Table& table, const Name& object);

/// Of nothing that is in the file.
std::string loose_notes(const SchemaTextOptions& options, const Catalog& catalog);

}  // namespace tidemark::schema_text
