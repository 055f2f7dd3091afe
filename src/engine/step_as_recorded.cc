#include "engine/step_as_recorded.h"

#include <algorithm>
#include <cctype>

#include "apply/image_object.h"
#include "apply/sql_lexer.h"
#include "base/text.h"
#include "catalog/object_lists.h"
#include "dialect/dialect.h"
#include "diff/diff.h"

namespace tidemark {
namespace {

/// The objects of a record, by the words that it has for them.
class Record {
 public:
  explicit Record(const ImageChanges& changes) : changes_(changes) {}

  bool has(const std::string& object) const { return changes_.contains(object); }
  bool has(std::string_view kind, const Path& path) const { return has(text_of(kind, path)); }
  bool has(std::string_view kind, const Path& table, const Name& part) const {
    return has(text_of(kind, table, part));
  }
  bool starts(const std::string& object) const {
    auto found = changes_.lower_bound(object);
    return found != changes_.end() && found->first.starts_with(object);
  }
  const ObjectChange* find(const std::string& object) const {
    auto found = changes_.find(object);
    return found == changes_.end() ? nullptr : &found->second;
  }
  const ObjectChange* find(std::string_view kind, const Path& path) const {
    return find(text_of(kind, path));
  }

 private:
  /// The server keeps the beginning of a name that is too long.
  static Name cut(const Name& name) {
    return Name(cut_text(name.text(), dialect_of(Engine::postgresql).abilities().longest_name));
  }
  static std::string text_of(std::string_view kind, const Path& path, const Name& part = {}) {
    Name schema = path.schema.empty() ? Name("public") : path.schema;
    return image_object(kind, {.schema = schema, .name = cut(path.name)}, cut(part));
  }

  const ImageChanges& changes_;
};

bool changed(const Record& record, const Enum& it) { return record.has("type", it.path); }
bool changed(const Record& record, const Sequence& it) { return record.has("sequence", it.path); }
bool changed(const Record& record, const Schema& it) {
  return record.has("schema " + it.name.text());
}
bool changed(const Record& record, const View& it) {
  return record.has("view", it.path) || record.has("materialized view", it.path);
}
bool changed(const Record& record, const Table& it) { return record.has("table", it.path); }

bool came(const ObjectChange* change) { return change && !change->before; }

/// Leaves `after` what neither came nor went nor changed as it was before.
template <class Object, class Changed>
void keep_unchanged(std::vector<Object>& after, std::vector<Object>& before,
                    const Changed& is_changed) {
  std::erase_if(after,
                [&](const Object& it) { return !holds_same(before, it) && !is_changed(it); });
  for (const Object& was : before) {
    if (is_changed(was)) continue;
    if (auto now = find_same(after, was); now != after.end())
      *now = was;
    else
      after.push_back(was);
  }
}

/// Whether a column is a key is recorded by itself.
template <class Changed>
void keep_columns(Table& after, Table& before, const Changed& is_changed) {
  std::vector<Column> was = before.columns;
  for (Column& column : was)
    if (const Column* now = after.column(column.name)) column.primary_key = now->primary_key;
  keep_unchanged(after.columns, was, is_changed);
}

/// The parts of a table that came under this name are recorded under two, and believed.
void keep_parts(Table& after, Table& before, const Record& record) {
  if (came(record.find("table", after.path))) return;
  auto in_record = [&](std::string_view kind) {
    return
        [&record, &after, kind](const auto& it) { return record.has(kind, after.path, it.name); };
  };
  keep_columns(after, before, in_record("column"));
  keep_unchanged(after.foreign_keys, before.foreign_keys, in_record("constraint"));
  keep_unchanged(after.uniques, before.uniques, in_record("constraint"));
  keep_unchanged(after.checks, before.checks, in_record("constraint"));
  keep_unchanged(after.policies, before.policies, in_record("policy"));
  // That of a constraint reads like one of its own.
  keep_unchanged(after.indexes, before.indexes, [&](const Index& it) {
    return record.has("index", {.schema = after.path.schema, .name = it.name}) ||
           record.has("constraint", after.path, it.name);
  });
}

/// The record writes names without quotes and in lower case.
bool is_plain(const std::string& name) {
  return std::ranges::all_of(name, [](unsigned char c) { return std::isalnum(c) || c == '_'; });
}

void keep_sqlite_columns(Table& after, Table& before, const Record& record) {
  std::string table = "table " + after.path.name.text();
  if (came(record.find(table))) return;
  keep_columns(after, before, [&](const Column& it) {
    std::string part = table + ": " + lower(it.name.text());
    return !is_plain(it.name.text()) || record.has(part) || record.starts(part + " ");
  });
}

/// "owner admin e 'a','b'" → a, b; nothing for what is no enum.
std::vector<std::string> labels_of(const std::optional<std::string>& text) {
  std::vector<std::string> labels;
  std::size_t at = text ? text->find(" e '") : std::string::npos;
  if (at == std::string::npos) return labels;
  std::string list = text->substr(at + 3);
  for (const Token& token : tokenize(list, Engine::postgresql)) {
    if (token.kind != Token::Kind::string) continue;
    std::string label(token.text.substr(token.text.find('\'') + 1));
    label = replace_all(label.substr(0, label.size() - 1), "''", "'");
    labels.push_back(token.text[0] == 'E' ? replace_all(label, "\\\\", "\\") : label);
  }
  return labels;
}

void take_labels(std::vector<Enum>& enums, const Record& record,
                 std::optional<std::string> ObjectChange::*side) {
  for (Enum& it : enums) {
    const ObjectChange* change = record.find("type", it.path);
    std::vector<std::string> labels = labels_of(change ? change->*side : std::nullopt);
    if (!labels.empty()) it.values = std::move(labels);
  }
}

/// Whether the words of an index's predicate are in what was recorded of it.
bool bears_out(const std::string& recorded, const Index& index) {
  std::string text = lower(recorded);
  return std::ranges::all_of(tokenize(index.where, Engine::postgresql), [&](const Token& token) {
    bool name = token.kind == Token::Kind::word || token.kind == Token::Kind::name;
    return !name || text.find(lower(name_of(token, Engine::postgresql))) != std::string::npos;
  });
}

/// An index that was another one than the snapshot says comes back by the record alone.
void leave_other_indexes(Catalog& before, const Record& record) {
  for (Table& table : before.tables)
    std::erase_if(table.indexes, [&](const Index& it) {
      const ObjectChange* change =
          record.find("index", {.schema = table.path.schema, .name = it.name});
      return change && change->before && !bears_out(*change->before, it);
    });
}

void keep_unchanged_objects(Catalog& after, Catalog& before, const Record& record) {
  auto is_changed = [&](const auto& it) { return changed(record, it); };
  keep_unchanged(after.schemas, before.schemas, is_changed);
  keep_unchanged(after.enums, before.enums, is_changed);
  keep_unchanged(after.sequences, before.sequences, is_changed);
  keep_unchanged(after.views, before.views, is_changed);
  std::erase_if(after.tables,
                [&](const Table& it) { return !holds_same(before.tables, it) && !is_changed(it); });
  for (const Table& was : before.tables)
    if (!holds_same(after.tables, was) && !is_changed(was)) after.tables.push_back(was);
}

}  // namespace

MigrationStep as_recorded(MigrationStep step, const ImageChanges& changes) {
  Record record(changes);
  bool postgres = step.after.engine == Engine::postgresql;
  if (postgres) {
    take_labels(step.before.enums, record, &ObjectChange::before);
    take_labels(step.after.enums, record, &ObjectChange::after);
    leave_other_indexes(step.before, record);
  }
  KnownRenames renames(step.renames);
  Catalog before = diff(step.before, step.after, renames).renamed;
  for (Table& table : step.after.tables)
    if (auto old = find_same(before.tables, table); old != before.tables.end())
      postgres ? keep_parts(table, *old, record) : keep_sqlite_columns(table, *old, record);
  if (postgres) keep_unchanged_objects(step.after, before, record);
  return step;
}

}  // namespace tidemark
