#include "apply/script.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "apply/created_objects.h"
#include "apply/made_object.h"
#include "apply/sql_lexer.h"
#include "apply/statement_effect.h"
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

/// Whether what uses the value that a statement adds has to wait for its commit.
using Waits = std::function<bool(std::size_t adding)>;

std::vector<Part> cut(const std::vector<MigrationStatement>& statements, const Waits& waits) {
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
               (handling == Handling::adds_enum_value && waits(i))) {
      commit_before(i + 1);
    }
  }
  parts.push_back({first, statements.size()});
  return parts;
}

/// Whether a view is dropped and made again.
bool remakes_views(const std::vector<MigrationStatement>& statements) {
  std::set<MadeObject> dropped;
  for (const MigrationStatement& statement : statements) {
    MadeObject it = dropped_by(statement.sql);
    if (it.kind == "view") dropped.insert(std::move(it));
    if (!dropped.empty() && dropped.contains(made_by(statement.sql))) return true;
  }
  return false;
}

/// PostgreSQL: whether a view is made after something was dropped, which may have taken it along.
bool may_remake_views(const std::vector<MigrationStatement>& statements) {
  bool drops = false;
  for (const MigrationStatement& statement : statements) {
    const std::string words = lower(statement.sql);
    drops |= words.find("drop") != std::string::npos;
    if (!drops || words.find("view") == std::string::npos) continue;
    std::optional<CreatedObject> made = created_by(statement.sql, Engine::postgresql);
    if (made && made->kind == CreatedObject::Kind::view) return true;
  }
  return false;
}

/// Finds the tables that are dropped and whose name another one takes: SQLite's way to
/// change what ALTER TABLE cannot. By hand they are also made anew under their own name,
/// with a copy or the renamed table to fill them from.
class Rebuilds {
 public:
  void read(const MigrationStatement& statement, Script& script) {
    StatementEffect effect = effect_of(statement.sql, Engine::sqlite);
    for (const Destroyed& it : effect.destroyed)
      if (it.kind == Destroyed::Kind::table) drop(lower(it.table.name.text()), script);
    for (const Renamed& it : effect.renamed)
      if (it.kind == Renamed::Kind::table)
        rename(lower(it.before.name.text()), lower(it.after.name.text()), script);
    MadeObject made = made_by(statement.sql);
    if (made.kind == "table") make(made.name, script);
  }

 private:
  void drop(const std::string& table, Script& script) {
    dropped_.insert(table);
    auto was = aside_.find(table);
    if (was != aside_.end() && made_.contains(was->second)) script.rebuilt.push_back(was->second);
  }
  void rename(const std::string& before, const std::string& after, Script& script) {
    if (dropped_.contains(after)) script.rebuilt.push_back(after);
    aside_[after] = before;
  }
  void make(const std::string& table, Script& script) {
    made_.insert(table);
    if (!dropped_.contains(table)) return;
    script.rebuilt.push_back(table);
    script.made_anew.push_back(table);
  }

  std::set<std::string> dropped_, made_;
  std::map<std::string, std::string> aside_;  // what renamed tables were called
};

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
  return script_of(file, split_migration(file.sql, file.path.string(), engine), engine);
}

Script script_of(const MigrationFile& file, std::vector<MigrationStatement> statements,
                 Engine engine) {
  Script script{.file = &file, .statements = std::move(statements)};
  script.parts =
      cut(script.statements, [&](std::size_t i) { return used_later(script.statements, i); });
  script.changes_settings = any(script.statements, Handling::sets);
  if (engine == Engine::postgresql) {
    script.remakes_views = may_remake_views(script.statements);
    return script;
  }
  Rebuilds rebuilds;
  for (const MigrationStatement& statement : script.statements) rebuilds.read(statement, script);
  script.remakes_views = remakes_views(script.statements);
  script.rebuilds_tables =
      !script.rebuilt.empty() || any(script.statements, Handling::foreign_keys_off);
  return script;
}

bool cut_after_enum_values(Script& script) {
  std::vector<Part> parts = cut(script.statements, [](std::size_t) { return true; });
  if (parts == script.parts) return false;
  script.parts = std::move(parts);
  return true;
}

}  // namespace tidemark
