#include <algorithm>

#include "base/text.h"
#include "catalog/columns.h"
#include "dialect/dialect.h"
#include "source/live/postgres/settle_postgres.h"

namespace tidemark::postgres_live {
namespace {

std::size_t longest_name() { return postgres().abilities().longest_name; }

/// Gives parts whose names were cut the names that are wanted.
template <class Part>
void lengthen(std::vector<Part>& live, const std::vector<Part>& wanted) {
  for (const Part& want : wanted) {
    if (want.name.text().size() <= longest_name()) continue;
    Name kept(kept_name(want.name.text()));
    auto found = std::ranges::find(live, kept, &Part::name);
    if (found != live.end()) found->name = want.name;
  }
}

template <class Object>
void lengthen_paths(std::vector<Object>& live, const std::vector<Object>& wanted) {
  for (const Object& want : wanted) {
    if (want.path.name.text().size() <= longest_name()) continue;
    Path kept{want.path.schema, Name(kept_name(want.path.name.text()))};
    auto found = std::ranges::find(live, kept, &Object::path);
    if (found != live.end()) found->path = want.path;
  }
}

void lengthen_names(std::vector<Name>& live, const std::vector<Name>& wanted) {
  if (live.size() != wanted.size()) return;
  for (std::size_t i = 0; i < live.size(); ++i)
    if (live[i].text() == kept_name(wanted[i].text())) live[i] = wanted[i];
}

bool holds(const std::vector<Name>& names, const Name& name) {
  return std::ranges::find(names, name) != names.end();
}

/// A key of a partitioned table has to have the columns that it is partitioned by, of which no
/// schema knows: without them it may be the wanted one.
bool same_key(const std::vector<Name>& live, const std::vector<Name>& wanted,
              const KeptSql& parted) {
  if (live == wanted) return true;
  std::vector<Name> own;
  for (const Name& name : live)
    if (holds(wanted, name) || std::ranges::count(parted.columns, name.text()) == 0)
      own.push_back(name);
  return !parted.columns.empty() && own == wanted;
}

/// Likewise of a unique index.
void leave_out_parting(Index& live, const Index& wanted) {
  if (!live.unique || !wanted.unique || live.kept.columns.empty()) return;
  std::vector<IndexColumn> own;
  for (const IndexColumn& column : live.columns)
    if (column.is_expression || std::ranges::count(live.kept.columns, column.text) == 0 ||
        std::ranges::count(wanted.columns, column.text, &IndexColumn::text) > 0)
      own.push_back(column);
  auto same = [](const IndexColumn& a, const IndexColumn& b) {
    return a.text == b.text && a.is_expression == b.is_expression;
  };
  if (std::ranges::equal(own, wanted.columns, same)) live.columns = std::move(own);
}

/// A key is what it is made of; what it is called and where it is written is no matter.
void settle_key(Table& live, const Table& wanted) {
  std::vector<Name> key = key_columns(live);
  const KeptSql parted = live.primary_keys.empty() ? KeptSql{} : live.primary_keys.front().kept;
  if (key.empty() || !same_key(key, key_columns(wanted), parted)) return;
  live.primary_keys = wanted.primary_keys;
  for (Column& column : live.columns) {
    const Column* want = wanted.column(column.name);
    column.primary_key = want && want->primary_key;
    if (want && holds(key, column.name)) column.not_null = want->not_null;
  }
}

void settle_column(Column& live, const Column& wanted) {
  if (live.type.schema == wanted.type.schema && same_type_text(live.type.text, wanted.type.text))
    live.type = wanted.type;
  // Virtual, which 18 has, is what a schema has no word for.
  if (live.generated && wanted.generated) live.generated->storage = wanted.generated->storage;
  bool serial_kept = is_serial(wanted) && is_serial(live);
  if ((live.identity && wanted.identity) || serial_kept) live.not_null = wanted.not_null;
  if (live.identity && wanted.identity &&
      live.identity->sequence.name.text() == kept_name(wanted.identity->sequence.name.text()))
    live.identity->sequence = wanted.identity->sequence;
}

void settle_constraints(Table& live, const Table& wanted) {
  lengthen(live.foreign_keys, wanted.foreign_keys);
  lengthen(live.uniques, wanted.uniques);
  for (Unique& unique : live.uniques) {
    auto want = std::ranges::find(wanted.uniques, unique.name, &Unique::name);
    if (want != wanted.uniques.end() && same_key(unique.columns, want->columns, unique.kept))
      unique.columns = want->columns;
  }
  lengthen(live.checks, wanted.checks);
  lengthen(live.indexes, wanted.indexes);
  for (Index& index : live.indexes) {
    auto want = std::ranges::find(wanted.indexes, index.name, &Index::name);
    if (want != wanted.indexes.end()) leave_out_parting(index, *want);
  }
  lengthen(live.policies, wanted.policies);
  for (ForeignKey& key : live.foreign_keys) {
    auto want = std::ranges::find(wanted.foreign_keys, key.name, &ForeignKey::name);
    if (want == wanted.foreign_keys.end()) continue;
    lengthen_names(key.columns, want->columns);
    lengthen_names(key.target_columns, want->target_columns);
    if (key.target.name.text() == kept_name(want->target.name.text()))
      key.target.name = want->target.name;
  }
}

void settle_table(Table& live, const Table& wanted) {
  lengthen(live.columns, wanted.columns);
  for (Column& column : live.columns)
    if (const Column* want = wanted.column(column.name)) settle_column(column, *want);
  settle_key(live, wanted);
  settle_constraints(live, wanted);
  // A policy switches row security on by itself.
  if (!wanted.policies.empty() && live.row_level_security)
    live.row_level_security = wanted.row_level_security;
}

/// The same options, in whatever order and spelling.
bool same_options(const std::vector<StorageOption>& live,
                  const std::vector<StorageOption>& wanted) {
  return live.size() == wanted.size() &&
         std::ranges::all_of(wanted, [&](const StorageOption& want) {
           auto found = std::ranges::find(live, want.key, &StorageOption::key);
           return found != live.end() && lower(found->value.text) == lower(want.value.text);
         });
}

/// Array sizes are not kept by the server.
std::string without_sizes(const std::string& text) {
  std::string out;
  bool inside = false;
  for (char c : text) {
    if (c == ']') inside = false;
    if (!inside) out += c;
    if (c == '[') inside = true;
  }
  return out;
}

/// Lower case, without what is only spelling.
std::string plain_type(std::string text) {
  text = lower(replace_all(replace_all(without_sizes(text), " (", "("), ", ", ","));
  for (auto [long_, short_] : {std::pair{"decimal", "numeric"},
                               {"timestamptz", "timestamp with time zone"},
                               {"int4", "integer"},
                               {"int8", "bigint"},
                               {"int2", "smallint"},
                               {"float8", "double precision"},
                               {"float4", "real"},
                               {"bool", "boolean"}})
    if (text == long_ || text.starts_with(std::string(long_) + "[") ||
        text.starts_with(std::string(long_) + "("))
      text.replace(0, std::string_view(long_).size(), short_);
  if (text == "char") text = "char(1)";
  if (text == "bit") text = "bit(1)";
  return replace_all(text, ",0)", ")");
}

}  // namespace

TablesByPath tables_by_path(const Catalog& catalog) {
  TablesByPath tables;
  for (const Table& table : catalog.tables) tables.emplace(table.path, &table);
  return tables;
}

std::string kept_name(const std::string& name) {
  return std::string(cut_text(name, longest_name()));
}

bool same_type_text(const std::string& live, const std::string& wanted) {
  return plain_type(live) == plain_type(wanted);
}

void settle_shape(Catalog& live, const Catalog& wanted) {
  lengthen_paths(live.tables, wanted.tables);
  lengthen_paths(live.enums, wanted.enums);
  lengthen_paths(live.views, wanted.views);
  lengthen_paths(live.sequences, wanted.sequences);
  const TablesByPath wants = tables_by_path(wanted);
  for (Table& table : live.tables)
    if (auto want = wants.find(table.path); want != wants.end()) settle_table(table, *want->second);
  for (View& view : live.views) {
    auto want = std::ranges::find(wanted.views, view.path, &View::path);
    if (want == wanted.views.end()) continue;
    if (view.definition == want->definition) view.columns = want->columns;
    if (view.with && want->with && same_options(*view.with, *want->with)) view.with = want->with;
    if (want->existing) view = *want;
  }
  for (const View& view : wanted.views)  // nobody's business whether it is there
    if (view.existing && std::ranges::find(live.views, view.path, &View::path) == live.views.end())
      live.views.push_back(view);
}

}  // namespace tidemark::postgres_live
