#include "dialect/postgres/types.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "base/text.h"
#include "dialect/postgres/script.h"
#include "dialect/postgres/words.h"

namespace tidemark::postgres_dialect {

namespace {

// What the peer takes for a type of PostgreSQL's own: it writes every type that
// begins with one of these bare, all others quoted. Longer forms (`timestamp with
// time zone`, `jsonb`, `bigserial`) begin with shorter ones.
constexpr std::array native_beginnings = {
    "uuid",     "smallint",         "integer", "bigint", "boolean",  "text",    "varchar",
    "serial",   "decimal",          "numeric", "real",   "json",     "time",    "date",
    "interval", "double precision", "char",    "vector", "geometry", "halfvec", "sparsevec",
    "bit"};

bool is_native(std::string_view text) {
  return text.starts_with("bigserial") ||
         std::ranges::any_of(native_beginnings, [&](auto it) { return text.starts_with(it); });
}

// The types of pg_catalog in PostgreSQL 18, sorted: `SELECT typname FROM pg_type` without arrays
// and rows.
constexpr std::array builtin_types = {"aclitem",
                                      "any",
                                      "anyarray",
                                      "anycompatible",
                                      "anycompatiblearray",
                                      "anycompatiblemultirange",
                                      "anycompatiblenonarray",
                                      "anycompatiblerange",
                                      "anyelement",
                                      "anyenum",
                                      "anymultirange",
                                      "anynonarray",
                                      "anyrange",
                                      "bit",
                                      "bool",
                                      "box",
                                      "bpchar",
                                      "bytea",
                                      "char",
                                      "cid",
                                      "cidr",
                                      "circle",
                                      "cstring",
                                      "date",
                                      "datemultirange",
                                      "daterange",
                                      "event_trigger",
                                      "fdw_handler",
                                      "float4",
                                      "float8",
                                      "gtsvector",
                                      "index_am_handler",
                                      "inet",
                                      "int2",
                                      "int4",
                                      "int4multirange",
                                      "int4range",
                                      "int8",
                                      "int8multirange",
                                      "int8range",
                                      "internal",
                                      "interval",
                                      "json",
                                      "jsonb",
                                      "jsonpath",
                                      "language_handler",
                                      "line",
                                      "lseg",
                                      "macaddr",
                                      "macaddr8",
                                      "money",
                                      "name",
                                      "numeric",
                                      "nummultirange",
                                      "numrange",
                                      "oid",
                                      "path",
                                      "point",
                                      "polygon",
                                      "record",
                                      "refcursor",
                                      "regclass",
                                      "regcollation",
                                      "regconfig",
                                      "regdictionary",
                                      "regnamespace",
                                      "regoper",
                                      "regoperator",
                                      "regproc",
                                      "regprocedure",
                                      "regrole",
                                      "regtype",
                                      "table_am_handler",
                                      "text",
                                      "tid",
                                      "time",
                                      "timestamp",
                                      "timestamptz",
                                      "timetz",
                                      "trigger",
                                      "tsm_handler",
                                      "tsmultirange",
                                      "tsquery",
                                      "tsrange",
                                      "tstzmultirange",
                                      "tstzrange",
                                      "tsvector",
                                      "txid_snapshot",
                                      "unknown",
                                      "uuid",
                                      "varbit",
                                      "varchar",
                                      "void",
                                      "xid",
                                      "xid8",
                                      "xml"};

// The names that PostgreSQL looks up before it looks into `public`.
bool is_builtin(std::string_view name) {
  if (std::ranges::binary_search(builtin_types, name, {},
                                 [](auto it) { return std::string_view(it); }))
    return true;
  return name != "vector" && name != "geometry" && name != "halfvec" && name != "sparsevec" &&
         (name == "bigserial" ||
          std::ranges::find(native_beginnings, name) != native_beginnings.end());
}

// A custom type that is more than a name is SQL already: `geography(Point,4326)`.
bool is_plain_name(std::string_view text) {
  return std::ranges::all_of(
      text, [](unsigned char c) { return std::isalnum(c) || c == '_' || c == '$' || c >= 0x80; });
}

std::string without_dimensions(std::string_view text, std::string& dimensions) {
  std::string rest;
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::size_t end = i + 1;
    while (end < text.size() && std::isdigit(static_cast<unsigned char>(text[end]))) ++end;
    if (text[i] == '[' && end < text.size() && text[end] == ']') {
      dimensions += text.substr(i, end + 1 - i);
      i = end;
    } else {
      rest += text[i];
    }
  }
  return rest;
}

std::string enum_sql(const Path& path, bool always_schema) {
  const std::string& name = path.name.text();
  if (path.schema == Name("public")) {
    if (is_builtin(name)) return sql(FullPath{path});           // or it would mean another type
    if (is_native(name) && needs_no_quotes(name)) return name;  // as the peer takes `date_range`
  }
  return always_schema ? sql(FullPath{path}) : sql(path);
}

std::string written(const SqlType& type, bool always_schema) {
  std::string dimensions, base = without_dimensions(type.text, dimensions);
  if (!type.schema.empty()) return enum_sql({type.schema, Name(base)}, always_schema) + dimensions;
  bool bare = is_native(base) || !is_plain_name(base);
  return (bare ? base : sql(Name(base))) + dimensions;
}

std::string normal(const std::string& text) {
  return lower(replace_all(replace_all(text, " (", "("), ", ", ","));
}

}  // namespace

TypeParts parse_type(std::string_view text) {
  TypeParts parts;
  std::string base = without_dimensions(text, parts.dimensions);
  std::size_t open = base.find('('), close = base.find(')');
  if (open != std::string::npos && close != std::string::npos && open < close) {
    parts.modifiers = base.substr(open, close + 1 - open);
    base = std::string(trim(base.substr(0, open))) + base.substr(close + 1);
  }
  parts.name = std::string(trim(base));
  return parts;
}

Path enum_path(const SqlType& type) { return {type.schema, Name(parse_type(type.text).name)}; }

std::string type_sql(const SqlType& type) { return written(type, false); }
std::string full_type_sql(const SqlType& type) { return written(type, true); }

bool same_type(const SqlType& a, const SqlType& b) {
  bool schemas_agree = a.schema == b.schema || a.schema.empty() || b.schema.empty();
  return schemas_agree && (a.schema.empty() ? normal(a.text) == normal(b.text) : a.text == b.text);
}

}  // namespace tidemark::postgres_dialect
