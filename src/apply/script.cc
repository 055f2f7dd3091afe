#include "apply/script.h"

#include <algorithm>

#include "apply/sql_lexer.h"
#include "base/text.h"

namespace tidemark {
namespace {

/// The string constant that ALTER TYPE … ADD VALUE adds, without its quotes.
std::string added_value(const MigrationStatement& statement) {
  for (const Token& token : tokenize(statement.sql, Engine::postgresql))
    if (token.kind == Token::Kind::string)
      return std::string(token.text.substr(1, token.text.size() - 2));
  return {};
}

/// Whether a value is written after the statement that adds it. Then PostgreSQL
/// wants the addition committed first.
bool used_later(const std::vector<MigrationStatement>& statements, std::size_t adding) {
  std::string value = added_value(statements[adding]);
  return std::any_of(statements.begin() + static_cast<std::ptrdiff_t>(adding) + 1, statements.end(),
                     [&](const MigrationStatement& later) {
                       return later.handling != Handling::adds_enum_value &&
                              later.sql.find(value) != std::string::npos;
                     });
}

std::vector<Part> cut(const std::vector<MigrationStatement>& statements) {
  std::vector<Part> parts;
  std::size_t first = 0;
  auto commit_before = [&](std::size_t end) {
    parts.push_back({first, end});
    first = end;
  };
  for (std::size_t i = 0; i < statements.size(); ++i) {
    Handling handling = statements[i].handling;
    bool last = i + 1 == statements.size();
    if (handling == Handling::alone) {
      commit_before(i);
      parts.push_back({i, i + 1, true});
      first = i + 1;
    } else if ((handling == Handling::commits && !last) ||
               (handling == Handling::adds_enum_value && used_later(statements, i))) {
      commit_before(i + 1);
    }
  }
  parts.push_back({first, statements.size()});
  return parts;
}

/// The table that DROP TABLE drops, or that ALTER TABLE … RENAME TO ends up with.
struct TableStep {
  bool drops = false;
  std::string table;
};
TableStep table_step(const MigrationStatement& statement) {
  std::vector<Token> tokens = tokenize(statement.sql, Engine::sqlite);
  if (tokens.size() < 3 || !tokens[1].is("table")) return {};
  std::string last = lower(name_of(tokens.back(), Engine::sqlite));
  if (tokens[0].is("drop")) return {.drops = true, .table = last};
  std::size_t size = tokens.size();
  if (tokens[0].is("alter") && size >= 6 && tokens[size - 2].is("to") &&
      tokens[size - 3].is("rename"))
    return {.table = last};
  return {};
}

/// The tables that are dropped and whose name another one takes: SQLite's way to
/// change what ALTER TABLE cannot.
std::vector<std::string> rebuilt_tables(const std::vector<MigrationStatement>& statements) {
  std::vector<std::string> dropped, rebuilt;
  for (const MigrationStatement& statement : statements) {
    TableStep step = table_step(statement);
    if (step.drops)
      dropped.push_back(step.table);
    else if (!step.table.empty() && std::ranges::find(dropped, step.table) != dropped.end())
      rebuilt.push_back(step.table);
  }
  return rebuilt;
}

bool any(const std::vector<MigrationStatement>& statements, Handling handling) {
  return std::ranges::find(statements, handling, &MigrationStatement::handling) != statements.end();
}

}  // namespace

SourceRange Script::place(std::size_t statement, std::size_t offset) const {
  const MigrationStatement& at = statements[statement];
  std::size_t length = 1;
  for (const Token& token : tokenize(
           std::string_view(at.sql).substr(std::min(offset, at.sql.size())), Engine::postgresql)) {
    length = token.text.size();
    break;
  }
  return range_at(file->path.string(), file->sql, at.offset + offset, length);
}

Script make_script(const MigrationFile& file, Engine engine) {
  Script script{.file = &file, .statements = split_migration(file.sql, file.path.string(), engine)};
  script.parts = cut(script.statements);
  script.changes_settings = any(script.statements, Handling::sets);
  if (engine == Engine::postgresql) return script;
  script.rebuilt = rebuilt_tables(script.statements);
  script.rebuilds_tables =
      !script.rebuilt.empty() || any(script.statements, Handling::foreign_keys_off);
  return script;
}

}  // namespace tidemark
