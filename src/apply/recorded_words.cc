#include "apply/recorded_words.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "apply/altered_columns.h"
#include "apply/made_object.h"
#include "apply/sql_lexer.h"
#include "apply/table_words.h"
#include "apply/token_reader.h"
#include "base/json.h"
#include "base/text.h"
#include "dialect/sqlite/create_text.h"
#include "dialect/sqlite/sql_text.h"
#include "plan/sqlite_image.h"

namespace tidemark {
namespace {

using sqlite_sql::read_create_table;
using sqlite_sql::TableText;

const std::string* find(const Definitions& before, const std::string& object) {
  auto found = before.find(object);
  return found == before.end() ? nullptr : &found->second;
}

std::vector<std::string> columns_of(const Table& table) {
  std::vector<std::string> names;
  for (const Column& column : table.columns) names.push_back(lower(column.name.text()));
  return names;
}

/// "author → users", sorted.
std::vector<std::string> references_of(const Table& table) {
  std::vector<std::string> out;
  for (const ForeignKey& key : table.foreign_keys) {
    std::string text;
    for (const Name& column : key.columns) text += lower(column.text()) + " ";
    out.push_back(text + "→ " + lower(key.target.name.text()));
  }
  std::ranges::sort(out);
  return out;
}

/// Those that a schema knows as indexes, which the way back makes after the table.
std::vector<std::size_t> known_as_indexes(const Table& table,
                                          std::span<const MigrationStatement> script) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < table.uniques.size(); ++i) {
    const Unique& unique = table.uniques[i];
    const MadeObject index{"index", lower(sqlite_sql::name_of(unique, table).text())};
    bool made = std::ranges::any_of(
        script, [&](const MigrationStatement& it) { return made_by(it.sql) == index; });
    if (made && !unique.kept.says_more()) out.push_back(i);
  }
  return out;
}

bool passes_over_rows(const std::string& sql) {
  return sqlite_sql::may_mention(sql, Name("conflict"));
}

std::string with_table(const std::string& sql, const MadeObject& made,
                       std::span<const MigrationStatement> script, const Definitions& before) {
  const std::string* old = find(before, "table " + made.name);
  bool succeeds = !old && made.name.starts_with(successor_prefix);
  if (succeeds) old = find(before, "table " + made.name.substr(successor_prefix.size()));
  if (!old || (succeeds && passes_over_rows(*old))) return sql;
  const TableText is = read_create_table(sql), was = read_create_table(*old);
  std::vector<std::string> now = columns_of(is.table), then = columns_of(was.table);
  bool same_order = now == then;
  std::ranges::sort(now);
  std::ranges::sort(then);
  if (now != then || references_of(is.table) != references_of(was.table)) return sql;
  const Name& name = is.table.path.name;
  // A check may call the table by its name.
  const std::string words = sqlite_sql::with_qualifier(
      without_uniques(*old, was, known_as_indexes(was.table, script), name), was.table.path.name,
      name);
  return same_order && definition_parts(words) == definition_parts(sql) ? sql : words;
}

/// What follows ON: the table.
std::string table_of_index(const std::string& sql) {
  std::vector<Token> tokens = tokenize(sql, Engine::sqlite);
  TokenReader reader(tokens, Engine::sqlite);
  reader.skip_to("on");
  return lower(reader.name().text());
}

std::string with_index(const std::string& sql, const MadeObject& made, const Definitions& before) {
  const std::string* old = find(before, "index " + made.name);
  bool other = old && table_of_index(*old) == table_of_index(sql) &&
               definition_parts(*old) != definition_parts(sql);
  return other ? *old : sql;
}

/// What a statement says of a column after its name, at [first, last).
struct WrittenColumn {
  std::string table, column;  // in lower case
  std::size_t first, last;
};

std::optional<WrittenColumn> added_column(const std::string& sql) {
  std::vector<Token> tokens = tokenize(sql, Engine::sqlite);
  TokenReader reader(tokens, Engine::sqlite);
  if (!reader.take("alter") || !reader.take("table")) return {};
  const Name table = reader.path().name;
  if (!reader.take("add")) return {};
  reader.take("column");
  if (reader.done()) return {};
  const Token& last = tokens[tokens.size() - (tokens.back().is(';') ? 2 : 1)];
  const std::size_t first = reader.rest().front().end();
  return WrittenColumn{lower(table.text()), lower(reader.name().text()), first, last.end()};
}

std::optional<WrittenColumn> written_column(const std::string& sql) {
  std::optional<Alteration> it = generated_alteration(sql);
  return it ? WrittenColumn{it->table, it->column, it->start, it->end} : added_column(sql);
}

std::string table_of(const std::string& definition) {
  return "CREATE TABLE t (c" + definition + ")";
}

/// What the table says after its name; nothing where ALTER TABLE could not say it.
std::optional<std::string> column_words(const std::string& sql, const std::string& column) {
  const TableText table = read_create_table(sql);
  for (const sqlite_sql::ColumnClause& clause : table.clauses)
    if (lower(clause.column.text()) == column &&
        (clause.what == "unique" || clause.what == "primary"))
      return {};
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const sqlite_sql::Span at = table.columns[i];
    if (lower(table.table.columns[i].name.text()) != column) continue;
    const std::string definition = sql.substr(at.first, at.last - at.first);
    const std::vector<Token> words = tokenize(definition, Engine::sqlite);
    const std::size_t first = words.front().end();
    return passes_over_rows(definition)
               ? std::nullopt
               : std::optional(definition.substr(first, words.back().end() - first));
  }
  return {};
}

std::string with_column(const std::string& sql, const Definitions& before) {
  std::optional<WrittenColumn> it = written_column(sql);
  const std::string* old = it ? find(before, "table " + it->table) : nullptr;
  if (!old) return sql;
  const std::string is = sql.substr(it->first, it->last - it->first);
  const std::optional<std::string> was = column_words(*old, it->column);
  if (!was || references_of(read_create_table(table_of(is)).table) !=
                  references_of(read_create_table(table_of(*was)).table))
    return sql;
  bool other = definition_parts(table_of(is)) != definition_parts(table_of(*was));
  return other ? sql.substr(0, it->first) + *was : sql;
}

}  // namespace

Definitions definitions_before(std::string_view text) {
  boost::system::error_code error;
  json::value parsed = json::parse(text, error);
  const json::object* object = error ? nullptr : parsed.if_object();
  const json::value* rows = object ? object->if_contains("before") : nullptr;
  Definitions out;
  if (!rows || !rows->is_array()) return out;
  for (const json::value& row : rows->as_array())
    out[std::string(row.at(0).as_string()) + " " + lower(std::string(row.at(1).as_string()))] =
        row.at(2).as_string();
  return out;
}

std::string in_recorded_words(const std::string& sql, std::span<const MigrationStatement> script,
                              const Definitions& before) {
  if (before.empty()) return sql;
  const MadeObject made = made_by(sql);
  if (made.kind == "table") return with_table(sql, made, script, before);
  if (made.kind == "index") return with_index(sql, made, before);
  return made.kind.empty() ? with_column(sql, before) : sql;
}

}  // namespace tidemark
