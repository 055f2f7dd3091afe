// The things that statements wait for, on SQLite.
#pragma once

#include "dialect/dialect.h"
#include "tidemark/name.h"

namespace tidemark::sqlite_sql::key {

inline Key of(std::string_view kind, const Name& name) {
  return std::string(kind) + " " + name.text();
}
/// A name in use by a table; also what its children's rows refer to.
inline Key table(const Name& name) { return of("table", name); }
/// The columns of a table as views need them.
inline Key shape(const Name& name) { return of("shape", name); }
/// The views that must be away while a table is replaced or loses a column:
/// SQLite checks every view when it changes a table.
inline Key views_of(const Name& name) { return of("views of", name); }
inline Key view(const Name& name) { return of("view", name); }
inline Key index(const Name& name) { return of("index", name); }

}  // namespace tidemark::sqlite_sql::key
