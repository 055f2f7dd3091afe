#include "dialect/sqlite/rebuild_reason.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "dialect/sqlite/altered_columns.h"
#include "dialect/sqlite/sql_text.h"
#include "dialect/sqlite/table_changes.h"

namespace tidemark::sqlite_sql {
namespace {

bool has(const std::vector<Name>& names, const Name& name) {
  return std::ranges::find(names, name) != names.end();
}

bool is_stored(const Column& column) {
  return column.generated && column.generated->storage == Generated::Storage::stored;
}

/// Does anything in the table that stays speak of the column? Indexes that change are
/// away by then.
bool is_used(const Table& table, const Table& before, const Name& column) {
  auto index_uses = [&](const Index& index) {
    return may_mention(index, column) &&
           std::ranges::find(before.indexes, index) != before.indexes.end();
  };
  auto key_uses = [&](const auto& key) { return has(key.columns, column); };
  auto generated_uses = [&](const Column& other) {
    return other.name != column && other.generated &&
           may_mention(other.generated->expression, column);
  };
  return std::ranges::any_of(table.indexes, index_uses) ||
         std::ranges::any_of(table.primary_keys, key_uses) ||
         std::ranges::any_of(table.foreign_keys, key_uses) ||
         std::ranges::any_of(table.uniques, key_uses) ||
         std::ranges::any_of(table.columns, generated_uses) ||
         std::ranges::any_of(table.checks, [&](const Check& check) {
           return may_mention(check.expression, column);
         });
}

bool is_source_of_foreign_key(const Table& table, const Name& column) {
  return std::ranges::any_of(table.foreign_keys,
                             [&](const ForeignKey& key) { return has(key.columns, column); });
}

bool differs_beyond_generation(const Column& a, const Column& b) {
  return a.type != b.type || a.primary_key != b.primary_key || a.not_null != b.not_null ||
         a.autoincrement != b.autoincrement || a.default_value != b.default_value;
}

bool is_definition_cut(const Column& column) {
  std::string text = column.name.text() + " " + column.type.text;
  if (column.default_value) text += column.default_value->text;
  return is_cut_short(text);
}

enum class Affinity : std::uint8_t { text, number, none };

/// Which form SQLite gives the values of a column. https://www.sqlite.org/datatype3.html
Affinity affinity(const SqlType& type) {
  std::string text = lower(type.text);
  auto has_word = [&](std::string_view word) { return text.find(word) != std::string::npos; };
  if (has_word("int")) return Affinity::number;
  if (has_word("char") || has_word("clob") || has_word("text")) return Affinity::text;
  return text.empty() || has_word("blob") ? Affinity::none : Affinity::number;
}

/// Whether values have to be written anew to be what the new type holds: libSQL leaves
/// numbers in a column of texts, which comparisons then miss.
bool changes_values(const Column& before, const Column& after) {
  Affinity now = affinity(after.type);
  return now != Affinity::none && now != affinity(before.type);
}

/// What ALTER COLUMN would not write again.
bool has_kept(const Column* column) {
  return column && (column->kept.says_more() || column->kept.constrains);
}

std::string column_text(const Path& table, const Column& column) {
  return table.name.text() + "." + column.name.text();
}

}  // namespace

std::optional<std::string> RebuildReason::of(const Change& change) const {
  if (nothing_to_do(change)) return {};
  auto in = [](const Path& table, std::string_view what) {
    return Reason(std::string(what) + " of " + table.name.text());
  };
  return std::visit(
      match{
          [&](const Add<Column>& c) { return adding(c.table, c.part); },
          [&](const Remove<Column>& c) { return removing(c.table, c.part); },
          [&](const Modify<Column>& c) { return changing(c.table, c.before, c.after); },
          [&](const Add<ForeignKey>& c) { return adding(c.table, c.part); },
          [&](const Remove<ForeignKey>& c) { return in(c.table, "drop a foreign key"); },
          [&](const Modify<ForeignKey>& c) { return in(c.table, "change a foreign key"); },
          [&](const Add<PrimaryKey>& c) { return in(c.table, "add the primary key"); },
          [&](const Remove<PrimaryKey>& c) { return in(c.table, "drop the primary key"); },
          [&](const Modify<PrimaryKey>& c) { return in(c.table, "change the primary key"); },
          [&](const Add<Check>& c) { return in(c.table, "add a check"); },
          [&](const Remove<Check>& c) { return in(c.table, "drop a check"); },
          [&](const Modify<Check>& c) { return in(c.table, "change a check"); },
          [&](const Add<Unique>& c) { return in(c.table, "add a unique constraint"); },
          [&](const Remove<Unique>& c) { return in(c.table, "drop a unique constraint"); },
          [&](const Modify<Unique>& c) { return in(c.table, "change a unique constraint"); },
          [](const auto&) { return Reason(); },
      },
      change);
}

bool RebuildReason::nothing_to_do(const Change& change) const {
  if (const auto* c = std::get_if<Add<ForeignKey>>(&change))
    return (c->part.columns.size() == 1 && is_added(c->table, c->part.columns[0])) ||
           keeps_reference(c->table, c->part);
  if (const auto* c = std::get_if<Remove<ForeignKey>>(&change))
    return keeps_reference(c->table, c->part);
  if (const auto* c = std::get_if<Modify<ForeignKey>>(&change)) return follows_renames(*c);
  if (const auto* c = std::get_if<Modify<Column>>(&change))
    return (c->before.generated == c->after.generated || follows_renames(*c)) &&
           !differs_beyond_generation(c->before, c->after);
  if (const auto* c = std::get_if<Add<PrimaryKey>>(&change))
    return keeps_columns(c->table, c->part, true);
  if (const auto* c = std::get_if<Remove<PrimaryKey>>(&change))
    return keeps_columns(c->table, c->part, false);
  return false;
}

RebuildReason::Reason RebuildReason::adding(const Path& table, const Column& column) const {
  std::string name = column_text(table, column);
  if (column.primary_key) return "add " + name + " as primary key";
  if (is_stored(column)) return "add the stored generated column " + name;
  if (column.generated || !column.default_value) return {};
  const std::string& value = column.default_value->text;
  if (!is_constant(value)) return "add " + name + " with a default that is not a constant";
  bool null = lower(trim(value)) == "null";
  if (!null && reference_of_new_column(input_, table, column))
    return "add " + name + " with both a default and a reference";
  return {};
}

RebuildReason::Reason RebuildReason::removing(const Path& table, const Column& column) const {
  std::string name = column_text(table, column);
  if (column.primary_key) return "drop the primary key " + name;
  const Table* after = input_.after.table(table);
  if (after && is_used(*after, *input_.before.table(table), column.name))
    return "drop " + name + ", which other parts of the table may use";
  return {};
}

RebuildReason::Reason RebuildReason::changing(const Path& table, const Column& before,
                                              const Column& after) const {
  std::string name = column_text(table, after);
  const Table* now = input_.after.table(table);
  bool plain = differs_beyond_generation(before, after);
  if (before.generated != after.generated) {
    // A virtual column holds nothing, so it is dropped and added instead.
    if (!after.generated) return "keep the values of " + name + ", generated until now";
    if (is_stored(after)) return "store the generated column " + name;
    bool used =
        before.primary_key || (now && is_used(*now, *input_.before.table(table), after.name));
    if (plain || used) return "change the generated column " + name;
    return {};
  }
  bool key = before.primary_key || after.primary_key || before.autoincrement || after.autoincrement;
  bool in_place = libsql_ && !key && !after.generated && !is_definition_cut(before) &&
                  !changes_values(before, after) && !has_kept(&before) && now &&
                  !is_source_of_foreign_key(*now, after.name);
  return in_place ? Reason() : "change " + name;
}

RebuildReason::Reason RebuildReason::adding(const Path& table, const ForeignKey& key) const {
  const Table* now = input_.after.table(table);
  const Column* source = now && key.columns.size() == 1 ? now->column(key.columns[0]) : nullptr;
  const Table* before = input_.before.table(table);
  bool in_place = libsql_ && source && key.target_columns.size() == 1 && !source->primary_key &&
                  !source->generated && !is_definition_cut(*source) && before &&
                  !has_kept(before->column(source->name));
  return in_place ? Reason() : "add a foreign key to " + table.name.text();
}

bool RebuildReason::is_added(const Path& table, const Name& column) const {
  return std::ranges::any_of(input_.changes, [&](const Change& change) {
    const auto* added = std::get_if<Add<Column>>(&change);
    return added && added->table == table && added->part.name == column;
  });
}

/// A foreign key that speaks of renamed tables and columns; SQLite keeps it up to
/// date by itself.
bool RebuildReason::follows_renames(const Modify<ForeignKey>& change) const {
  ForeignKey expected = change.before;
  for (const Change& other : input_.changes)
    if (const auto* rename = std::get_if<Rename<Table>>(&other);
        rename && rename->before == expected.target && !passes_name(input_.changes, *rename)) {
      expected.target = rename->after;
      break;
    }
  for (const Change& other : input_.changes) {
    const auto* rename = std::get_if<RenamePart<Column>>(&other);
    if (!rename || passes_name(input_.changes, *rename)) continue;  // these the diff followed
    if (rename->table == change.table)
      std::ranges::replace(expected.columns, rename->before, rename->after);
    if (rename->table == expected.target)
      std::ranges::replace(expected.target_columns, rename->before, rename->after);
  }
  return expected == change.after;
}

/// A stored generated column that speaks of renamed columns: SQLite follows there too.
bool RebuildReason::follows_renames(const Modify<Column>& change) const {
  if (!is_stored(change.before) || !is_stored(change.after)) return false;
  std::map<Name, Name> names;
  for (const Change& other : input_.changes) {
    const auto* column = std::get_if<RenamePart<Column>>(&other);
    if (column && column->table == change.table) names.emplace(column->before, column->after);
    const auto* table = std::get_if<Rename<Table>>(&other);
    if (table && table->after == change.table) names.emplace(table->before.name, table->after.name);
  }
  return same_but_for_names(change.before.generated->expression, change.after.generated->expression,
                            names);
}

/// A foreign key that only changed its name, which is written nowhere in SQLite. As many
/// have to come as go.
bool RebuildReason::keeps_reference(const Path& table, const ForeignKey& key) const {
  auto is_same = [&](const Path& of, ForeignKey other) {
    other.name = key.name;
    return of == table && other == key;
  };
  std::ptrdiff_t more = 0;
  for (const Change& change : input_.changes) {
    if (const auto* c = std::get_if<Add<ForeignKey>>(&change)) more += is_same(c->table, c->part);
    if (const auto* c = std::get_if<Remove<ForeignKey>>(&change))
      more -= is_same(c->table, c->part);
  }
  return more == 0;
}

/// A primary key that only changed its name: SQLite gives it none.
bool RebuildReason::keeps_columns(const Path& table, const PrimaryKey& key, bool added) const {
  const Table* other = (added ? input_.before : input_.after).table(table);
  return other && std::ranges::any_of(other->primary_keys, [&](const PrimaryKey& same) {
           return same.columns == key.columns;
         });
}

}  // namespace tidemark::sqlite_sql
