#include "apply/altered_columns.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "apply/sql_lexer.h"
#include "apply/token_reader.h"
#include "base/text.h"
#include "dialect/sql_writer.h"

namespace tidemark {
namespace {

struct Altered {
  std::size_t statement;  // the last
  bool references = false;
};

/// The table of ALTER TABLE … ALTER COLUMN; empty for any other statement.
std::string altered_table(const std::vector<Token>& tokens) {
  TokenReader reader(tokens, Engine::turso);
  if (!reader.take("alter") || !reader.take("table")) return {};
  Path table = reader.path();
  return reader.take("alter") ? table.name.text() : "";
}

std::map<std::string, Altered> altered_tables(std::span<const MigrationStatement> statements) {
  std::map<std::string, Altered> out;
  for (std::size_t i = 0; i < statements.size(); ++i) {
    if (lower(statements[i].sql).find("alter") == std::string::npos) continue;
    std::vector<Token> tokens = tokenize(statements[i].sql, Engine::turso);
    std::string table = altered_table(tokens);
    if (table.empty()) continue;
    Altered& altered = out[table];
    altered.statement = i;
    for (const Token& token : tokens) altered.references |= token.is("references");
  }
  return out;
}

/// A kind that SQLite itself would have given.
std::string code_for(const std::string& words) {
  if (words.starts_with("NULL value")) return "SQLITE_CONSTRAINT_NOTNULL";
  if (words.starts_with("CHECK constraint")) return "SQLITE_CONSTRAINT_CHECK";
  return "SQLITE_CONSTRAINT";
}

/// Values that a new type would store in another form keep the one they have.
std::string_view way_out(const std::string& words) {
  bool old_form = words.starts_with("NUMERIC value") || words.starts_with("TEXT value");
  return old_form ? "; an UPDATE that sets the column to itself, after this statement, writes the "
                    "values anew"
                  : "";
}

void check_rows(Connection& database, const std::string& table) {
  Rows found = database.query(standard_sql("PRAGMA integrity_check(", Name(table), ")"));
  std::string words = found.rows.empty() ? "ok" : found.rows[0][0].value_or("ok");
  if (words == "ok") return;
  throw DatabaseError(fmt::format("the rows of \"{}\" do not fit: {}{}{}", table, words,
                                  found.rows.size() > 1 ? ", and more" : "", way_out(words)),
                      code_for(words));
}

void check_references(Connection& database, const std::string& table) {
  Rows found = database.query(standard_sql("PRAGMA foreign_key_check(", Name(table), ")"));
  if (found.rows.empty()) return;
  throw DatabaseError(fmt::format("it would leave {} of \"{}\" without the row they refer to",
                                  counted(found.rows.size(), "row"), table),
                      "SQLITE_CONSTRAINT_FOREIGNKEY");
}

bool is_there(Connection& database, const std::string& table) {
  std::array<Value, 1> name{table};
  return !database
              .query("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND lower(name) = lower($1)",
                     name)
              .rows.empty();
}

std::string definition_of(Connection& database, const std::string& table) {
  std::array<Value, 1> name{table};
  Rows found = database.query(
      "SELECT sql FROM sqlite_master WHERE type = 'table' AND lower(name) = lower($1)", name);
  if (found.rows.empty()) throw DatabaseError(fmt::format("no such table: {}", table));
  return found.rows[0][0].value_or("");
}

/// Those have an index, or values that are not stored, which other words alone would not change.
bool is_more_than_words(const sqlite_sql::ColumnClause& clause) {
  return clause.what == "primary" || clause.what == "unique" || clause.what == "generated" ||
         clause.what == "as";
}

std::string definition_with(const std::string& definition, const Alteration& it,
                            const std::string& words) {
  const sqlite_sql::TableText table = sqlite_sql::read_create_table(definition);
  auto refused = [&](const sqlite_sql::ColumnClause& clause) {
    return lower(clause.column.text()) == it.column && is_more_than_words(clause);
  };
  if (std::ranges::any_of(table.clauses, refused) || std::ranges::any_of(it.clauses, refused))
    throw DatabaseError(
        fmt::format("{}.{} has a key or is generated: it cannot be altered in its "
                    "place",
                    it.table, it.column));
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (lower(table.table.columns[i].name.text()) != it.column) continue;
    const sqlite_sql::Span at = table.columns[i];
    return definition.substr(0, at.first) + words + definition.substr(at.last);
  }
  throw DatabaseError(fmt::format("no such column: {}", it.column));
}

/// https://www.sqlite.org/lang_altertable.html#otheralter
/// Other connections read the schema anew where its version is another.
void set_definition(Connection& database, const std::string& table, const std::string& sql) {
  const Rows version = database.query("PRAGMA schema_version");
  const unsigned long long next = std::stoull(version.rows.at(0).at(0).value_or("0")) + 1;
  const std::array<Command, 3> commands{
      Command{"PRAGMA writable_schema = ON"},
      Command{"UPDATE sqlite_master SET sql = $1 WHERE type = 'table' AND lower(name) = lower($2)",
              {sql, table}},
      Command{fmt::format("PRAGMA schema_version = {}", next)}};
  try {
    database.run(commands);
  } catch (const DatabaseError&) {
    database.execute("PRAGMA writable_schema = OFF");
    throw;
  }
  database.execute("PRAGMA writable_schema = RESET");
  database.execute(standard_sql("REINDEX ", Name(table)));
}

}  // namespace

std::string with_column_altered(Connection& database, std::string sql) {
  if (database.engine() != Engine::sqlite) return sql;
  const std::optional<Alteration> it = generated_alteration(sql);
  if (!it) return sql;
  const std::vector<Token> words = tokenize(sql, Engine::turso);
  const std::size_t start = words[7].offset;  // the column's name
  set_definition(
      database, it->table,
      definition_with(definition_of(database, it->table), *it, sql.substr(start, it->end - start)));
  return {};
}

bool alters_columns(std::span<const MigrationStatement> statements) {
  return !altered_tables(statements).empty();
}

std::optional<Alteration> generated_alteration(const std::string& sql) {
  std::vector<Token> tokens = tokenize(sql, Engine::turso);
  auto quoted = [&](std::size_t at, char mark) { return tokens[at].text.front() == mark; };
  if (tokens.size() < 8 || !tokens[0].is("alter") || !tokens[1].is("table") || !quoted(2, '`') ||
      !tokens[3].is("alter") || !tokens[4].is("column") || !quoted(5, '"') || !tokens[6].is("to") ||
      tokens[7].text != tokens[5].text)
    return {};
  const Token& last = tokens[tokens.size() - (tokens.back().is(';') ? 2 : 1)];
  const std::string definition = sql.substr(tokens[7].offset, last.end() - tokens[7].offset);
  return Alteration{lower(name_of(tokens[2], Engine::turso)),
                    lower(name_of(tokens[5], Engine::turso)),
                    sqlite_sql::read_create_table("CREATE TABLE t (" + definition + ")").clauses,
                    tokens[7].end(), last.end()};
}

void check_altered_columns(Connection& database, std::span<const MigrationStatement> statements) {
  if (database.engine() == Engine::postgresql) return;
  for (const auto& [table, altered] : altered_tables(statements)) {
    try {
      if (!is_there(database, table)) continue;  // renamed or dropped since
      check_rows(database, table);
      if (altered.references) check_references(database, table);
    } catch (DatabaseError& error) {
      error.index = altered.statement;
      throw;
    }
  }
}

}  // namespace tidemark
