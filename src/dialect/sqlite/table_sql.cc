#include "dialect/sqlite/table_sql.h"

#include <vector>

#include "base/text.h"
#include "dialect/sql_writer.h"
#include "dialect/sqlite/sql_text.h"

namespace tidemark::sqlite_sql {
namespace {

std::string default_clause(const Column& column) {
  return column.default_value ? " DEFAULT " + column.default_value->text : "";
}

std::string generated_clause(const Column& column, const Name& table) {
  if (!column.generated) return {};
  bool stored = column.generated->storage == Generated::Storage::stored;
  return " GENERATED ALWAYS AS " + without_qualifier(column.generated->expression, table) +
         (stored ? " STORED" : " VIRTUAL");
}

std::string clause(const std::string& text) { return text.empty() ? "" : " " + text; }

/// Kept words of a key may only fit behind the columns.
bool has_key_of_table(const Column& column) {
  return column.primary_key && !column.kept.columns.empty();
}

std::string own_key(const Column& column) {
  if (!column.primary_key || has_key_of_table(column)) return {};
  return " PRIMARY KEY" + clause(column.kept.key) + (column.autoincrement ? " AUTOINCREMENT" : "");
}

std::string column_line(const Column& column, const Name& table) {
  const std::string& type = column.kept.type.empty() ? column.type.text : column.kept.type;
  std::string not_null = column.not_null ? " NOT NULL" + clause(column.kept.not_null) : "";
  return backtick_sql("\t", column.name, " ", type, own_key(column), default_clause(column),
                      generated_clause(column, table), not_null, clause(column.kept.sql));
}

/// `(a COLLATE NOCASE DESC,b)`
std::string key_columns(const std::vector<Name>& columns, const KeptSql& kept,
                        std::string_view separator = ",") {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < columns.size(); ++i)
    parts.push_back(backtick_sql(columns[i]) +
                    (i < kept.columns.size() ? clause(kept.columns[i]) : ""));
  return "(" + join(parts, separator) + ")";
}

std::string key_of_table(const Column& column) {
  KeptSql kept = column.kept;
  std::string& after = kept.columns.at(0);
  if (column.autoincrement) after += after.empty() ? "AUTOINCREMENT" : " AUTOINCREMENT";
  return "\tPRIMARY KEY" + key_columns({column.name}, kept) + clause(kept.key);
}

std::string primary_key_line(const PrimaryKey& key) {
  return "\tPRIMARY KEY" + key_columns(key.columns, key.kept, ", ") + clause(key.kept.sql);
}

std::string unique_line(const Unique& unique) {
  std::string name = unique.name.empty() ? "" : backtick_sql("CONSTRAINT ", unique.name, " ");
  return "\t" + name + "UNIQUE" + key_columns(unique.columns, unique.kept) +
         clause(unique.kept.sql);
}

std::string unique_line(const Index& index) {
  Unique unique{.name = index.name, .columns = {}, .kept = index.kept};
  for (const IndexColumn& column : index.columns) unique.columns.emplace_back(column.text);
  return unique_line(unique);
}

std::string foreign_key_line(const ForeignKey& key) {
  return backtick_sql("\tFOREIGN KEY (", NameList{key.columns}, ") REFERENCES ", key.target.name,
                      "(", NameList{key.target_columns}, ") ON UPDATE ", key.on_update,
                      " ON DELETE ", key.on_delete, clause(key.kept.sql));
}

/// Checks may call the table by its name; while it is being rebuilt that is `name`.
std::string check_line(const Check& check, const Name& table, const Name& name) {
  std::string expression =
      name == table ? check.expression : with_qualifier(check.expression, table, name);
  std::string own = check.name.empty() ? "" : standard_sql("CONSTRAINT ", check.name, " ");
  return "\t" + own + "CHECK(" + expression + ")";
}

/// The peer leaves these names without quotes.
std::string plain(const Name& name) { return is_plain(name) ? name.text() : backtick_sql(name); }

std::string reference_clause(const ForeignKey& key) {
  return " REFERENCES " + plain(key.target.name) + "(" + plain(key.target_columns.at(0)) + ")";
}

bool has_actions(const ForeignKey& key) {
  return key.on_delete != "no action" || key.on_update != "no action";
}

}  // namespace

std::string create_table(const Table& table, const Name& name) {
  const Name& own = table.path.name;
  std::vector<std::string> lines;
  lines.reserve(table.columns.size());
  for (const Column& column : table.columns) lines.push_back(column_line(column, own));
  for (const Column& column : table.columns)
    if (has_key_of_table(column)) lines.push_back(key_of_table(column));
  for (const PrimaryKey& key : table.primary_keys) lines.push_back(primary_key_line(key));
  for (const ForeignKey& key : table.foreign_keys) lines.push_back(foreign_key_line(key));
  for (const Unique& unique : table.uniques) lines.push_back(unique_line(unique));
  for (const Index& index : table.indexes)
    if (stays_constraint(index)) lines.push_back(unique_line(index));
  for (const Check& check : table.checks) lines.push_back(check_line(check, own, name));
  return backtick_sql("CREATE TABLE ", name, " (\n", join(lines, ",\n"), "\n)",
                      clause(table.kept.sql), ";\n");
}

bool stays_constraint(const Index& index) { return index.kept.says_more(); }

std::string drop_table(const Name& table) { return backtick_sql("DROP TABLE ", table, ";"); }

std::string rename_table(const Name& before, const Name& after) {
  return backtick_sql("ALTER TABLE ", before, " RENAME TO ", after, ";");
}

std::string add_column(const Table& table, const Column& column, const ForeignKey* reference) {
  std::string clause = reference ? reference_clause(*reference) : "";
  if (reference && has_actions(*reference))
    clause += " ON UPDATE " + reference->on_update + " ON DELETE " + reference->on_delete;
  const Name& name = table.path.name;
  return backtick_sql("ALTER TABLE ", name, " ADD ", column.name, " ", column.type.text,
                      default_clause(column), generated_clause(column, name),
                      column.not_null ? " NOT NULL" : "", clause, ";");
}

std::string drop_column(const Name& table, const Name& column) {
  return backtick_sql("ALTER TABLE ", table, " DROP COLUMN ", column, ";");
}

std::string rename_column(const Name& table, const Name& before, const Name& after) {
  return backtick_sql("ALTER TABLE ", table, " RENAME COLUMN ") +
         standard_sql(before, " TO ", after, ";");
}

std::string create_index(const Name& table, const Index& index) {
  std::vector<std::string> parts;
  parts.reserve(index.columns.size());
  for (const IndexColumn& column : index.columns)
    parts.push_back(column.is_expression ? without_qualifier(column.text, table)
                                         : backtick_sql(Name(column.text)));
  std::string where = index.where.empty() ? "" : " WHERE " + index.where;
  return backtick_sql("CREATE ", index.unique ? "UNIQUE " : "", "INDEX ", index.name, " ON ", table,
                      " (", join(parts, ","), ")", where, ";");
}

std::string drop_index(const Name& index) { return backtick_sql("DROP INDEX ", index, ";"); }

std::string alter_column(const Name& table, const Column& column, const ForeignKey* reference) {
  std::string clause;
  if (reference)
    clause = reference_clause(*reference) + " ON DELETE " + reference->on_delete + " ON UPDATE " +
             reference->on_update;
  return backtick_sql("ALTER TABLE ", table, " ALTER COLUMN ") +
         standard_sql(column.name, " TO ", column.name) +
         backtick_sql(" ", column.type.text, column.not_null ? " NOT NULL" : "",
                      default_clause(column), clause, ";");
}

}  // namespace tidemark::sqlite_sql
