#include "schema_edit/writer.h"

#include <fmt/format.h>

#include "base/text.h"
#include "base/text_edits.h"
#include "schema_text/columns.h"
#include "schema_text/extras.h"
#include "schema_text/imports.h"
#include "schema_text/objects.h"
#include "schema_text/typescript.h"
#include "source/script/syntax_tree.h"

namespace tidemark::schema_edit {
namespace {

namespace text = schema_text;
using script::Node;

void put(Catalog& catalog, const Schema& it) { catalog.schemas.push_back(it); }
void put(Catalog& catalog, const Enum& it) { catalog.enums.push_back(it); }
void put(Catalog& catalog, const Sequence& it) { catalog.sequences.push_back(it); }
void put(Catalog& catalog, const Role& it) { catalog.roles.push_back(it); }
void put(Catalog& catalog, const Table& it) { catalog.tables.push_back(it); }
void put(Catalog& catalog, const View& it) { catalog.views.push_back(it); }

void put(Table& table, const Index& it) { table.indexes.push_back(it); }
void put(Table& table, const ForeignKey& it) { table.foreign_keys.push_back(it); }
void put(Table& table, const PrimaryKey& it) { table.primary_keys.push_back(it); }
void put(Table& table, const Unique& it) { table.uniques.push_back(it); }
void put(Table& table, const Check& it) { table.checks.push_back(it); }
void put(Table& table, const Policy& it) { table.policies.push_back(it); }

std::string all_statements(const text::Scope& scope) {
  if (scope.catalog.engine != Engine::postgresql)
    return join(text::sqlite_tables(scope), "") + join(text::sqlite_views(scope), "");
  return text::schemas(scope) + text::roles(scope) + text::enums(scope) + text::sequences(scope) +
         join(text::postgres_tables(scope), "") + join(text::postgres_views(scope), "");
}

std::string all_extras(const text::Scope& scope, const Table& table) {
  bool postgres = scope.catalog.engine == Engine::postgresql;
  std::string indexes =
      postgres ? text::postgres_indexes(scope, table) : text::sqlite_indexes(scope, table);
  return indexes + text::postgres_foreign_keys(scope, table) + text::primary_keys(scope, table) +
         text::uniques(scope, table) + text::table_policies(scope, table) +
         text::checks(scope, table);
}

/// Without the comma behind it.
std::string item(std::string_view text) {
  text = trim(text);
  if (text.ends_with(',')) text.remove_suffix(1);
  return std::string(text);
}

/// Foreign keys have lines of their own for what they say; line ends in names are escaped.
std::string on_one_line(const std::string& item) {
  if (!item.starts_with("foreignKey(")) return item;
  return replace_all(replace_all(item, "\n\t\t\t", " "), "\n\t\t", " ");
}

/// What is written for `table` as `parameter`; names inside SQL are left alone.
std::string renamed(const std::string& item, const std::string& parameter) {
  if (parameter == "table") return item;
  std::string text = "[" + item + "]";
  script::SyntaxTree tree(text, script::Grammar::typescript);
  TextEdits edits;
  script::walk(tree.root(), [&](Node node) {
    if (node.is("identifier") && text.substr(node.begin(), node.end() - node.begin()) == "table")
      edits.add({node.begin(), node.end(), parameter});
    return true;
  });
  std::string out = edits.applied_to(text);
  return out.substr(1, out.size() - 2);
}

}  // namespace

Writer::Writer(const Catalog& wanted, const SchemaTextOptions& options, text::Names names)
    : scope_{wanted, options, {}, text::Cycles(wanted), std::move(names), {}} {}

template <class Object>
std::string Writer::statement(const Object& object) const {
  Catalog alone{.engine = scope_.catalog.engine};
  put(alone, object);
  text::Scope scope{alone, scope_.options, {}, scope_.cycles, scope_.names, {}};
  return std::string(trim(all_statements(scope)));
}

std::string Writer::column(const Path& table, const Column& column) const {
  Table alone{.path = table, .columns = {column}};
  return item(scope_.catalog.engine == Engine::postgresql ? text::postgres_columns(scope_, alone)
                                                          : text::sqlite_columns(scope_, alone));
}

template <class Part>
std::string Writer::extra(const Path& table, const Part& part, const std::string& parameter) const {
  Table alone{.path = table, .columns = {}};
  put(alone, part);
  return renamed(on_one_line(item(all_extras(scope_, alone))), parameter);
}

std::string Writer::custom_type(const Column& column) const {
  text::ColumnType type = text::column_type(column, scope_.catalog.engine);
  if (type.made != text::ColumnType::Made::custom) return {};
  text::Names one;
  one.custom_types.emplace(type.sql, scope_.names.custom_types.at(type.sql));
  text::Scope scope{scope_.catalog, scope_.options, {}, scope_.cycles, std::move(one), {}};
  return std::string(trim(text::custom_types(scope)));
}

template std::string Writer::statement(const Schema&) const;
template std::string Writer::statement(const Enum&) const;
template std::string Writer::statement(const Sequence&) const;
template std::string Writer::statement(const Role&) const;
template std::string Writer::statement(const Table&) const;
template std::string Writer::statement(const View&) const;

template std::string Writer::extra(const Path&, const Index&, const std::string&) const;
template std::string Writer::extra(const Path&, const ForeignKey&, const std::string&) const;
template std::string Writer::extra(const Path&, const PrimaryKey&, const std::string&) const;
template std::string Writer::extra(const Path&, const Unique&, const std::string&) const;
template std::string Writer::extra(const Path&, const Check&, const std::string&) const;
template std::string Writer::extra(const Path&, const Policy&, const std::string&) const;

}  // namespace tidemark::schema_edit
