#include "apply/kept_clauses.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "apply/altered_columns.h"
#include "apply/made_object.h"
#include "apply/row_copying.h"
#include "apply/sql_lexer.h"
#include "apply/table_words.h"
#include "base/text.h"
#include "dialect/sql_writer.h"
#include "dialect/sqlite/altered_columns.h"
#include "dialect/sqlite/create_text.h"
#include "dialect/sqlite/rebuild.h"
#include "dialect/sqlite/sql_text.h"
#include "dialect/sqlite/table_sql.h"

namespace tidemark {
namespace {

using sqlite_sql::ColumnClause;
using sqlite_sql::read_create_table;
using sqlite_sql::Span;
using sqlite_sql::TableText;
using sqlite_sql::Unsaid;

/// Whether two texts are the same word by word.
bool same_words(std::string_view a, std::string_view b) {
  auto text = [](const Token& token) { return token.text; };
  return std::ranges::equal(tokenize(a, Engine::sqlite), tokenize(b, Engine::sqlite), {}, text,
                            text);
}

bool has_key(const Table& table) {
  return !table.primary_keys.empty() || std::ranges::any_of(table.columns, &Column::primary_key);
}

const Column* counting(const Table& table) {
  auto found = std::ranges::find(table.columns, true, &Column::autoincrement);
  return found == table.columns.end() ? nullptr : &*found;
}

/// Whether SQLite takes an option of a table for this one.
bool fits(const Table& table, std::string_view option) {
  const std::string word = lower(option);
  if (word == "strict")
    return std::ranges::all_of(table.columns, [](const Column& column) {
      const std::string type = lower(column.type.text);
      return type == "int" || type == "integer" || type == "real" || type == "text" ||
             type == "blob" || type == "any";
    });
  // RANDOM ROWID is libSQL's.
  return !counting(table) && (has_key(table) || !word.starts_with("without"));
}

void leave_out_misfits(Table& table) {
  std::vector<std::string> options;
  for (const std::string& option : split(table.kept.sql, ","))
    if (std::string_view word = trim(option); !word.empty() && fits(table, word))
      options.emplace_back(word);
  table.kept.sql = join(options, ", ");
}

/// Whether the rows have a rowid that is no column.
bool has_hidden_rowid(const Table& table) {
  return lower(table.kept.sql).find("without") == std::string::npos &&
         std::ranges::none_of(table.columns, [](const Column& column) {
           return column.primary_key && lower(column.type.text) == "integer";
         });
}

/// A name for the rowid that no column of either table hides; empty if there is none.
std::string rowid_of(const Table& one, const Table& other) {
  for (const char* name : {"rowid", "_rowid_", "oid"}) {
    auto hides = [&](const Column& column) { return lower(column.name.text()) == name; };
    if (std::ranges::none_of(one.columns, hides) && std::ranges::none_of(other.columns, hides))
      return name;
  }
  return {};
}

std::vector<std::string> columns_of(const ForeignKey& key) {
  std::vector<std::string> names;
  for (const Name& column : key.columns) names.push_back(lower(column.text()));
  return names;
}

std::string reference_text(const ForeignKey& key) {
  return standard_sql("FOREIGN KEY (", NameList{key.columns, ", "}, ") REFERENCES ",
                      key.target.name);
}

std::string shown(const Unsaid& it) {
  std::string text = (it.what == "collation" ? "COLLATE " : "") + it.text;
  return it.object.empty() ? text : text + " of " + it.object.text();
}

/// What a schema may have no word for, or says of the table.
bool is_kept(const ColumnClause& clause) {
  return clause.what == "collate" || clause.what == "check" || clause.what == "references";
}

/// `NOT DEFERRABLE` or `DEFERRABLE …`, apart from its reference.
bool is_deferral(const ColumnClause& clause) {
  return (clause.what == "not" || clause.what == "deferrable") &&
         lower(clause.text).find("deferrable") != std::string::npos;
}

/// What the old definition says and the new one does not, of what both have.
std::vector<std::string> left_out(const TableText& old, TableText now) {
  std::vector<std::string> out;
  for (const Unsaid& it : old.unsaid) {
    auto again = std::ranges::find_if(now.unsaid, [&](const Unsaid& other) {
      return other.what == it.what && lower(other.text) == lower(it.text);
    });
    if (again != now.unsaid.end()) {
      now.unsaid.erase(again);
      continue;
    }
    bool went = old.table.column(it.object) && !now.table.column(it.object);
    if (!went) out.push_back(shown(it));
  }
  return out;
}

void refuse_to_cut(std::string_view sql, const TableText& table, const std::string& column) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (lower(table.table.columns[i].name.text()) != column) continue;
    const Span at = table.columns[i];
    const std::string_view old = sql.substr(at.first, at.last - at.first);
    if (!sqlite_sql::is_cut_short(old)) continue;
    DatabaseError error(fmt::format(
        "libSQL would cut the definition that the table has at its comma, or at a parenthesis in "
        "a text: {}",
        trim(old)));
    error.detail =
        "a migration that knows of it rebuilds the table: `tidemark drift --fix schema` shows how "
        "the schema says a check; then `tidemark drop` this migration and generate it again. What "
        "a schema has no word for needs a rebuild of your own (`tidemark generate --custom`)";
    throw error;
  }
}

}  // namespace

std::string KeptClauses::as_run(const Script& script, std::size_t index) {
  const std::string& sql = script.statements[index].sql;
  if (MadeObject made = made_by(sql); made.kind == "table")
    return successor(script, made.name, sql);
  if (MadeObject dropped = dropped_by(sql); dropped.kind == "table") note_old(script, dropped.name);
  if (alters_columns({&script.statements[index], 1})) return altering(script, sql);
  return copying_rowids(sql);
}

/// What is altered in its place has only what the statement says of it.
std::string KeptClauses::altering(const Script& script, const std::string& sql) {
  const std::optional<Alteration> it = generated_alteration(sql);
  if (!it) return sql;
  const std::string live = sql_of(it->table);
  const TableText table = read_create_table(live);
  if (database_.engine() == Engine::turso) refuse_to_cut(live, table, it->column);
  std::string kept;
  bool refers = false;
  for (const ColumnClause& old : table.clauses) {
    if (lower(old.column.text()) != it->column) continue;
    bool said = std::ranges::find(it->clauses, old.what, &ColumnClause::what) != it->clauses.end();
    auto goes = [&] {  // `push` alters no column that has such a clause
      return unwanted_ &&
             unwanted_(script, {.table = it->table, .columns = {it->column}, .clause = old.what}) ==
                 true;
    };
    bool stays = is_kept(old) && !said && !goes();
    if (!stays && !(refers && is_deferral(old))) continue;
    refers |= old.what == "references";
    kept += " " + old.text;
  }
  if (kept.empty()) return sql;
  remarks_.push_back({script.file->tag,
                      fmt::format("it alters {}.{} without{}, which the table had and keeps",
                                  it->table, it->column, kept),
                      "to take that away, alter the column in a migration in words of your own"});
  return sql.substr(0, it->end) + kept + ";";
}

/// The statement that makes the table which takes the place of another.
std::string KeptClauses::successor(const Script& script, const std::string& made,
                                   const std::string& sql) {
  if (!made.starts_with(successor_prefix)) return sql;
  const std::string live = sql_of(made.substr(successor_prefix.size()));
  TableText written = read_create_table(sql);
  Table& table = written.table;
  const Name name = table.path.name;
  if (live.empty() || !written.unsaid.empty() ||
      !same_words(sqlite_sql::create_table(table, name), sql + ";"))
    return sql;
  const Table old = read_create_table(live).table;
  if (const Column* counter = counting(old); counter && is_counter_unwanted(script, old) == false)
    for (Column& column : table.columns)
      if (column.name == counter->name && column.primary_key &&
          lower(column.type.text) == "integer")
        column.autoincrement = true;
  table = sqlite_sql::keeping(std::move(table), old);
  leave_out_misfits(table);
  std::string text = sqlite_sql::create_table(table, name);
  return same_words(text, sql + ";") ? sql : text;
}

/// A copy of rows that takes their rowids along, where something finds them by these.
std::string KeptClauses::copying_rowids(const std::string& sql) {
  std::optional<RowCopying> copy = row_copying(sql, Engine::sqlite);
  if (!copy) return sql;
  const std::string from = lower(copy->from.name.text()), to = lower(copy->to.name.text());
  if (to != std::string(successor_prefix) + from || read_by_rowid(from).empty()) return sql;
  const Table old = read_create_table(sql_of(from)).table,
              made = read_create_table(sql_of(to)).table;
  const std::string rowid = rowid_of(old, made);
  bool distinct = sqlite_sql::may_mention(sql, Name("distinct"));
  if (!has_hidden_rowid(old) || !has_hidden_rowid(made) || rowid.empty() || distinct) return sql;
  with_rowids_.insert(from);
  if (std::ranges::find(copy->columns, Name(rowid)) != copy->columns.end()) return sql;
  std::string out = sql;
  out.insert(copy->values_end, ", " + rowid + " ");
  out.insert(copy->columns_end, ", " + rowid);
  return out;
}

void KeptClauses::note_old(const Script& script, const std::string& table) {
  if (std::ranges::find(script.rebuilt, table) == script.rebuilt.end()) return;
  std::string sql = sql_of(table);
  if (sql.empty()) return;
  note_rowids(script, table, sql);
  if (!unwanted_) return;
  const Table old = read_create_table(sql).table;
  bool counts = counting(old) && is_counter_unwanted(script, old) != true;
  old_.push_back({.tag = script.file->tag,
                  .table = table,
                  .sql = std::move(sql),
                  .counts = counts,
                  .constraints = constraints_wanted(script, old)});
}

/// Those of which it is not known that the script's author wants them gone.
std::vector<std::string> KeptClauses::constraints_wanted(const Script& script,
                                                         const Table& table) const {
  std::vector<std::string> names;
  auto dropped = [&](const Name& name) {
    return std::ranges::any_of(script.statements, [&](const MigrationStatement& it) {
      return dropped_by(it.sql) == MadeObject{"index", lower(name.text())};
    });
  };
  auto note = [&](const Name& name) {
    if (!dropped(name) &&
        unwanted_(script, {lower(table.path.name.text()), lower(name.text())}) != true)
      names.push_back(lower(name.text()));
  };
  for (const ForeignKey& key : table.foreign_keys)
    if (unwanted_(script, {.table = lower(table.path.name.text()), .columns = columns_of(key)}) !=
        true)
      names.push_back(reference_text(key));
  for (const Unique& unique : table.uniques) note(sqlite_sql::name_of(unique, table));
  for (const Check& check : table.checks) note(sqlite_sql::name_of(check, table));
  return names;
}

std::vector<std::string> KeptClauses::constraints_left_out(const Old& old, const Table& was,
                                                           const Table& now) {
  std::vector<std::string> lost;
  auto is_wanted = [&](const std::string& it) {
    return std::ranges::find(old.constraints, it) != old.constraints.end();
  };
  auto fits_now = [&](const std::vector<Name>& columns) {
    return std::ranges::all_of(columns, [&](const Name& it) { return now.column(it) != nullptr; });
  };
  for (const Unique& unique : was.uniques) {
    const Name name = sqlite_sql::name_of(unique, was);
    bool there =
        std::ranges::find(now.uniques, unique.columns, &Unique::columns) != now.uniques.end();
    if (is_wanted(lower(name.text())) && !there && fits_now(unique.columns) && !is_index(name))
      lost.push_back(standard_sql("UNIQUE (", NameList{unique.columns, ", "}, ")"));
  }
  for (const Check& check : was.checks) {
    bool there = std::ranges::any_of(now.checks, [&](const Check& other) {
      return same_words(other.expression, check.expression);
    });
    if (is_wanted(lower(sqlite_sql::name_of(check, was).text())) && !there)
      lost.push_back("CHECK (" + check.expression + ")");
  }
  for (const ForeignKey& key : was.foreign_keys) {
    bool there = std::ranges::any_of(now.foreign_keys, [&](const ForeignKey& other) {
      return columns_of(other) == columns_of(key);
    });
    if (is_wanted(reference_text(key)) && !there && fits_now(key.columns))
      lost.push_back(reference_text(key));
  }
  return lost;
}

bool KeptClauses::is_index(const Name& name) {
  std::array<Value, 1> value{name.text()};
  return !database_
              .query("SELECT 1 FROM sqlite_master WHERE type = 'index' AND lower(name) = lower($1)",
                     value)
              .rows.empty();
}

void KeptClauses::note_rowids(const Script& script, const std::string& table,
                              const std::string& sql) {
  if (with_rowids_.contains(table) || !has_hidden_rowid(read_create_table(sql).table)) return;
  for (const std::string& index : read_by_rowid(table))
    remarks_.push_back(
        {script.file->tag,
         fmt::format("the rows of {} have other rowids now, by which {} finds them", table, index),
         fmt::format("INSERT INTO {0}({0}) VALUES ('rebuild') reads them again", index)});
}

void KeptClauses::end() {
  for (const Old& old : std::exchange(old_, {})) {
    TableText now = read_create_table(sql_of(old.table));
    const TableText was = read_create_table(old.sql);
    std::vector<std::string> lost = left_out(was, now);
    if (old.counts && !counting(now.table)) lost.emplace_back("AUTOINCREMENT");
    std::ranges::move(constraints_left_out(old, was.table, now.table), std::back_inserter(lost));
    if (lost.empty()) continue;
    remarks_.push_back(
        {old.tag,
         fmt::format("it rebuilds {} without {}, which the table had", old.table, join(lost, ", ")),
         "if that is to stay, write it into its CREATE TABLE in a migration"});
  }
}

std::optional<bool> KeptClauses::is_counter_unwanted(const Script& script,
                                                     const Table& table) const {
  if (!unwanted_) return true;
  return unwanted_(script, {.table = lower(table.path.name.text())});
}

/// The virtual tables whose content another table is. Only their words tell.
std::vector<std::string> KeptClauses::read_by_rowid(const std::string& table) {
  std::vector<std::string> found;
  for (const std::vector<Value>& row :
       database_
           .query("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE "
                  "VIRTUAL TABLE%' AND sql LIKE '%content%'")
           .rows)
    for (const sqlite_sql::Token& token : sqlite_sql::tokens_of(row[1].value_or("")))
      if (token.kind != sqlite_sql::Token::Kind::space &&
          token.kind != sqlite_sql::Token::Kind::other &&
          lower(sqlite_sql::name_in(token)) == table) {
        found.push_back(row[0].value_or(""));
        break;
      }
  return found;
}

/// As SQLite keeps it; empty for a table that is not there.
std::string KeptClauses::sql_of(const std::string& table) {
  std::array<Value, 1> name{table};
  Rows rows = database_.query(
      "SELECT sql FROM sqlite_master WHERE type = 'table' AND lower(name) = lower($1)", name);
  return rows.rows.empty() ? "" : rows.rows[0][0].value_or("");
}

}  // namespace tidemark
