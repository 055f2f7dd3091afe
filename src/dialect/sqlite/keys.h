// The things that statements wait for, on SQLite.
#pragma once

#include "dialect/dialect.h"
#include "tidemark/name.h"

namespace tidemark::sqlite_sql::key {

inline Key of(std::string_view kind, const Name& name) {
  return std::string(kind) + " " + name.text();
}
/// A name in use by a table.
inline Key table(const Name& name) { return of("table", name); }
/// The rows of a table that its children's rows refer to; a rename does not touch them.
inline Key rows_of(const Name& name) { return of("rows of", name); }
/// A column that generated ones may be made of.
inline Key column(const Name& table, const Name& name) {
  return of("column", table) + "\t" + name.text();
}
/// The columns of a table as views need them.
inline Key shape(const Name& name) { return of("shape", name); }
/// The views that must be away while a table is replaced or loses a column:
/// SQLite checks every view when it changes a table.
inline Key views_of(const Name& name) { return of("views of", name); }
/// The views that pass a column on by its name, through a subquery or to another view:
/// there SQLite does not follow when the column gets another name.
inline Key passed_on(const Name& table, const Name& column) {
  return of("passed on", table) + "\t" + column.text();
}
inline Key view(const Name& name) { return of("view", name); }
inline Key index(const Name& name) { return of("index", name); }

}  // namespace tidemark::sqlite_sql::key
