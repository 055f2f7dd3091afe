#include "seed/rows.h"

#include <fmt/format.h>

#include <algorithm>

#include "catalog/columns.h"
#include "dialect/sql_writer.h"

namespace tidemark::seed {
namespace {

constexpr std::size_t most_parameters_postgres = 65'000;
constexpr std::size_t most_rows_together = 500;  // more gain nothing

/// "($1,$2),($3,$4)"
std::string places(std::size_t rows, std::size_t columns) {
  std::string out;
  for (std::size_t row = 0, number = 1; row < rows; ++row) {
    out += row == 0 ? "(" : ",(";
    for (std::size_t column = 0; column < columns; ++column)
      out += fmt::format("{}${}", column == 0 ? "" : ",", number++);
    out += ')';
  }
  return out;
}

std::string on_collision(const TableRows& rows, const Insertion& insertion) {
  if (insertion.collision == Collision::fail) return "";
  std::string assignments;
  for (const Name& column : rows.columns) {
    if (std::ranges::find(insertion.key, column) != insertion.key.end()) continue;
    assignments += assignments.empty() ? "" : ", ";
    assignments += standard_sql(column, " = excluded.", column);
  }
  std::string action = assignments.empty() ? "NOTHING" : "UPDATE SET " + assignments;
  return standard_sql(" ON CONFLICT (", NameList{insertion.key}, ") DO ", action);
}

std::string insert_of(std::size_t count, const TableRows& rows, const Insertion& insertion) {
  return standard_sql("INSERT INTO ", rows.table, " (", NameList{rows.columns}, ")",
                      rows.over_identity ? " OVERRIDING SYSTEM VALUE" : "", " VALUES ",
                      places(count, rows.columns.size()), on_collision(rows, insertion));
}

}  // namespace

std::string insert_statement(const TableRows& rows, const Insertion& insertion) {
  return insert_of(1, rows, insertion);
}

std::string copy_statement(const TableRows& rows) {
  return standard_sql("COPY ", rows.table, " (", NameList{rows.columns}, ") FROM STDIN");
}

std::vector<Command> insert_commands(Engine engine, const TableRows& rows,
                                     const Insertion& insertion, bool one_by_one) {
  std::vector<Command> out;
  if (rows.columns.empty()) return out;
  // A libSQL server runs a statement of one row as fast as one of many.
  std::size_t fitting =
      std::min(most_rows_together, most_parameters_postgres / rows.columns.size());
  bool many = engine == Engine::postgresql && !one_by_one;
  std::size_t together = many ? std::max<std::size_t>(fitting, 1) : 1;
  for (std::size_t begin = 0; begin < rows.rows.size(); begin += together) {
    std::size_t count = std::min(together, rows.rows.size() - begin);
    Command command{insert_of(count, rows, insertion)};
    for (std::size_t i = begin; i < begin + count; ++i)
      command.parameters.insert(command.parameters.end(), rows.rows[i].begin(), rows.rows[i].end());
    out.push_back(std::move(command));
  }
  return out;
}

std::vector<std::vector<Name>> keys_of(const Table& table) {
  std::vector<std::vector<Name>> out;
  for (const PrimaryKey& key : table.primary_keys) out.push_back(key.columns);
  for (const Column& column : table.columns)
    if (column.primary_key) out.push_back({column.name});
  for (const Unique& unique : table.uniques) out.push_back(unique.columns);
  for (const Index& index : table.indexes) {
    bool plain = std::ranges::none_of(index.columns, &IndexColumn::is_expression);
    if (!index.unique || !plain || !index.where.empty()) continue;
    std::vector<Name>& columns = out.emplace_back();
    for (const IndexColumn& column : index.columns) columns.emplace_back(column.text);
  }
  return out;
}

std::vector<Name> key_of(const Table& table) {
  std::vector<std::vector<Name>> keys = keys_of(table);
  return keys.empty() ? std::vector<Name>() : std::move(keys.front());
}

std::vector<Command> counter_commands(const Table& table) {
  std::vector<Command> out;
  for (const Column& column : table.columns) {
    bool counts = column.identity || is_serial(column);
    bool counts_down = column.identity && column.identity->options.increment.starts_with('-');
    if (!counts || counts_down) continue;
    std::string name = string_literal(standard_sql(FullPath{table.path}));
    std::string field = string_literal(column.name.text());
    out.push_back({standard_sql("SELECT pg_catalog.setval(pg_catalog.pg_get_serial_sequence(", name,
                                ", ", field, "), greatest(max(", column.name, "), 1), max(",
                                column.name, ") IS NOT NULL) FROM ", table.path)});
  }
  return out;
}

}  // namespace tidemark::seed
