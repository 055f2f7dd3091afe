// The only place that turns names and literals into SQL text.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tidemark/catalog.h"
#include "tidemark/name.h"

namespace tidemark {

/// `'it''s'`: a string constant of standard SQL.
std::string string_literal(std::string_view text);

/// `$$it's$$`: the same for text that is SQL itself.
std::string dollar_quoted(std::string_view text);

/// A path whose schema is always written, also where it is the default one.
struct FullPath {
  const Path& path;
};

/// Names joined with `separator`.
struct NameList {
  std::span<const Name> names;
  std::string_view separator = ",";
};

/// Concatenates parts into SQL. Text is taken as it is; a Name is quoted, with
/// the quote doubled inside; a Path is written without the schema where that is
/// the default one; a Literal is its text.
///   sql("ALTER TABLE ", table.path, " DROP COLUMN ", column.name, ";")
class SqlWriter {
 public:
  /// `hidden_schema` is the one that paths leave out.
  explicit SqlWriter(char quote, std::string_view hidden_schema = "")
      : quote_(quote), hidden_schema_(hidden_schema) {}

  template <class... Parts>
  std::string operator()(const Parts&... parts) const {
    std::string out;
    (write(out, parts), ...);
    return out;
  }

 private:
  void write(std::string& out, std::string_view text) const { out += text; }
  void write(std::string& out, const char* text) const { out += text; }
  void write(std::string& out, const Name& name) const;
  void write(std::string& out, const Path& path) const;
  void write(std::string& out, const FullPath& full) const;
  void write(std::string& out, const NameList& list) const;
  void write(std::string& out, const Literal& literal) const { out += literal.text; }

  char quote_;
  std::string_view hidden_schema_;
};

/// Every schema is written and names stand in double quotes, as each engine reads them.
inline const SqlWriter standard_sql('"');

/// SQLite's SQL as Drizzle Kit writes it.
inline const SqlWriter backtick_sql('`');

}  // namespace tidemark
