// Single objects as TypeScript, in the names of the files they are to stand in.
#pragma once

#include <string>

#include "schema_text/scope.h"

namespace tidemark::schema_edit {

class Writer {
 public:
  /// All but the names must outlive it.
  Writer(const Catalog& wanted, const SchemaTextOptions& options, schema_text::Names names);

  const schema_text::Names& names() const { return scope_.names; }

  /// `export const users = pgTable(…);`
  template <class Object>
  std::string statement(const Object& object) const;

  /// `key: text().notNull()`
  std::string column(const Path& table, const Column& column) const;
  /// `index("a").on(table.b)`; the table is called `parameter`.
  template <class Part>
  std::string extra(const Path& table, const Part& part, const std::string& parameter) const;
  /// `const name = customType(…);`, empty for all other types.
  std::string custom_type(const Column& column) const;

 private:
  schema_text::Scope scope_;
};

}  // namespace tidemark::schema_edit
