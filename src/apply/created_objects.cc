#include "apply/created_objects.h"

#include <algorithm>
#include <array>

#include "apply/splitter.h"
#include "apply/sql_lexer.h"
#include "apply/token_reader.h"
#include "dialect/sql_writer.h"
#include "tidemark/error.h"

namespace tidemark {
namespace {

using ObjectKind = CreatedObject::Kind;

std::optional<CreatedObject> created_in(TokenReader& reader) {
  reader.skip({"or", "replace", "unlogged", "unique", "materialized"});
  if (reader.take("index")) {
    reader.skip({"concurrently", "if", "not", "exists"});
    CreatedObject index{ObjectKind::relation, reader.path()};
    reader.skip_to("on");
    reader.take("only");
    index.path.schema = reader.path().schema;
    return index;
  }
  for (auto [keyword, kind] :
       {std::pair{"table", ObjectKind::relation}, std::pair{"view", ObjectKind::view},
        std::pair{"sequence", ObjectKind::relation}, std::pair{"type", ObjectKind::type},
        std::pair{"schema", ObjectKind::schema}}) {
    if (!reader.take(keyword)) continue;
    reader.skip({"if", "not", "exists"});
    return CreatedObject{kind, reader.path()};
  }
  return std::nullopt;
}

std::optional<CreatedObject> altered_in(TokenReader& reader) {
  if (!reader.take("table")) return std::nullopt;
  reader.skip({"if", "exists", "only"});
  Path table = reader.path();
  if (!reader.take("add")) return std::nullopt;
  for (std::string_view other : {"constraint", "primary", "unique", "check", "foreign", "exclude"})
    if (reader.take(other)) return std::nullopt;
  reader.skip({"column", "if", "not", "exists"});
  return CreatedObject{ObjectKind::column, std::move(table), reader.name()};
}

std::optional<CreatedObject> created_object(std::span<const Token> tokens, Engine engine) {
  TokenReader reader(tokens, engine);
  if (reader.take("create")) return created_in(reader);
  return reader.take("alter") ? altered_in(reader) : std::nullopt;
}

/// The statements of a file, as tokens; nothing for a file that cannot be split.
template <class Visit>
void each_statement(const MigrationFile& file, Engine engine, Visit visit) {
  std::vector<MigrationStatement> statements;
  try {
    statements = split_migration(file.sql, file.path.string(), engine);
  } catch (const Error&) {
    return;
  }
  for (const MigrationStatement& statement : statements)
    visit(std::span<const Token>(tokenize(statement.sql, engine)));
}

}  // namespace

std::vector<CreatedObject> created_objects(const MigrationFile& file, Engine engine) {
  std::vector<CreatedObject> out;
  each_statement(file, engine, [&](std::span<const Token> tokens) {
    if (std::optional<CreatedObject> found = created_object(tokens, engine))
      out.push_back(*std::move(found));
  });
  return out;
}

std::optional<CreatedObject> created_by(std::string_view sql, Engine engine) {
  return created_object(tokenize(sql, engine), engine);
}

bool removes(const MigrationFile& file, Engine engine, const Name& name) {
  bool found = false;
  each_statement(file, engine, [&](std::span<const Token> tokens) {
    auto has = [&](std::string_view keyword) {
      return std::ranges::any_of(tokens, [&](const Token& token) { return token.is(keyword); });
    };
    if (!has("drop") && !has("rename") && !has("schema")) return;
    found |= std::ranges::any_of(
        tokens, [&](const Token& token) { return name_of(token, engine) == name.text(); });
  });
  return found;
}

bool exists(Connection& database, const CreatedObject& object) {
  bool postgres = database.engine() == Engine::postgresql;
  std::array<Value, 2> names{postgres ? standard_sql(object.path) : object.path.name.text(),
                             object.column.text()};
  auto any = [&](const char* query, std::size_t parameters) {
    return !database.query(query, {names.data(), parameters}).rows.empty();
  };
  if (!postgres)
    return object.kind == ObjectKind::column
               ? any("SELECT 1 FROM pragma_table_xinfo($1) WHERE lower(name) = lower($2)", 2)
               : any("SELECT 1 FROM sqlite_master WHERE lower(name) = lower($1)", 1);
  switch (object.kind) {
    case ObjectKind::relation:
    case ObjectKind::view:
      return any("SELECT 1 WHERE to_regclass($1) IS NOT NULL", 1);
    case ObjectKind::type:
      return any("SELECT 1 WHERE to_regtype($1) IS NOT NULL", 1);
    case ObjectKind::schema:
      return any("SELECT 1 WHERE to_regnamespace($1) IS NOT NULL", 1);
    case ObjectKind::column:
      return any(
          "SELECT 1 FROM pg_catalog.pg_attribute WHERE attrelid = to_regclass($1) AND "
          "attname = $2 AND NOT attisdropped",
          2);
  }
  return false;
}

}  // namespace tidemark
