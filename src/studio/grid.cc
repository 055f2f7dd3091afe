// Pages are found by key: the place of the last row is compared with, and an index
// leads there at any depth. An offset would read everything before it.
#include "studio/grid.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "dialect/sql_writer.h"
#include "tidemark/error.h"

namespace tidemark::studio {
namespace {

/// One column of the order, and where NULL comes in it.
struct OrderColumn {
  std::string sql;
  bool descending = false;
  bool nullable = true;
  bool nulls_last = true;
};

const GridColumn& require_column(const Relation& relation, const std::string& name) {
  if (const GridColumn* column = relation.column(name)) return *column;
  throw Error(Fault::usage, fmt::format("{} has no column {}", relation.path.name.text(), name))
      .hint("Reload the page: the table may have changed.");
}

std::vector<OrderColumn> order_of(const Relation& relation, Engine engine,
                                  const Selection& selection) {
  std::vector<OrderColumn> order;
  bool postgres = engine == Engine::postgresql;
  auto add = [&](const Name& name, bool descending, bool nullable) {
    // With its table: the bare name would be the text that is selected under it.
    order.push_back(
        {quoted(relation.path) + "." + quoted(name), descending, nullable, postgres != descending});
  };
  for (const Sort& sort : selection.sorts) {
    const GridColumn& column = require_column(relation, sort.column);
    add(column.name, sort.descending, !column.not_null);
  }
  for (const Name& name : relation.key)
    if (std::ranges::none_of(selection.sorts,
                             [&](const Sort& sort) { return sort.column == name.text(); }))
      add(name, false, false);
  return order;
}

/// Where nothing else is said NULL stands where the direction puts it, so it turns too.
void turn_around(std::vector<OrderColumn>& order) {
  for (OrderColumn& column : order) {
    column.descending = !column.descending;
    column.nulls_last = !column.nulls_last;
  }
}

/// What comes after a value in one column.
std::string beyond(const OrderColumn& column, const Encoded& value, Parameters& parameters) {
  if (!value) return column.nulls_last ? "FALSE" : column.sql + " IS NOT NULL";
  std::string sql =
      fmt::format("{} {} {}", column.sql, column.descending ? '<' : '>', parameters.encoded(value));
  if (column.nullable && column.nulls_last)
    sql = fmt::format("({} OR {} IS NULL)", sql, column.sql);
  return sql;
}

bool as_one_row(std::span<const OrderColumn> order) {
  return std::ranges::all_of(order, [&](const OrderColumn& column) {
    return !column.nullable && column.descending == order[0].descending;
  });
}

/// What comes after a place: `(a, b) > (1, 2)` where every column is filled and goes the
/// same way, else spelled out.
std::string after_place(std::span<const OrderColumn> order, std::span<const Encoded> place,
                        Parameters& parameters) {
  if (order.size() > 1 && as_one_row(order)) {
    std::vector<std::string> columns, values;
    for (std::size_t i = 0; i < order.size(); ++i) {
      columns.push_back(order[i].sql);
      values.push_back(parameters.encoded(place[i]));
    }
    return fmt::format("({}) {} ({})", join(columns, ", "), order[0].descending ? '<' : '>',
                       join(values, ", "));
  }
  std::string sql = beyond(order[0], place[0], parameters);
  if (order.size() == 1) return sql;
  std::string equal = place[0] ? fmt::format("{} = {}", order[0].sql, parameters.encoded(place[0]))
                               : order[0].sql + " IS NULL";
  return fmt::format("({} OR ({} AND {}))", sql, equal,
                     after_place(order.subspan(1), place.subspan(1), parameters));
}

/// Text that LIKE takes as it is.
std::string plain_pattern(std::string text) {
  for (const char* special : {"\\", "%", "_"})
    text = replace_all(std::move(text), special, std::string("\\") + special);
  return text;
}

std::string like(const GridColumn& column, Engine engine, const std::string& pattern,
                 Parameters& parameters) {
  return fmt::format("{} {} {} ESCAPE '\\'", text_sql(column, engine),
                     engine == Engine::postgresql ? "ILIKE" : "LIKE", parameters.text(pattern));
}

std::string group(const Relation& relation, Engine engine, std::span<const Filter> filters,
                  bool any, Parameters& parameters);

std::string condition(const Relation& relation, Engine engine, const Filter& filter,
                      Parameters& parameters) {
  if (!filter.group.empty()) return group(relation, engine, filter.group, filter.any, parameters);
  const GridColumn& column = require_column(relation, filter.column);
  std::string name = quoted(column.name);
  auto value = [&]() -> const std::string& {
    if (filter.values.empty()) throw Error(Fault::usage, "a filter without a value");
    return filter.values[0];
  };
  if (filter.op == "null") return name + " IS NULL";
  if (filter.op == "not null") return name + " IS NOT NULL";
  if (filter.op == "contains")
    return like(column, engine, "%" + plain_pattern(value()) + "%", parameters);
  if (filter.op == "starts") return like(column, engine, plain_pattern(value()) + "%", parameters);
  if (filter.op == "in") {
    std::vector<std::string> list;
    for (const std::string& one : filter.values) list.push_back(parameters.text(one));
    return list.empty() ? "FALSE" : fmt::format("{} IN ({})", name, join(list, ", "));
  }
  static const std::vector<std::string> comparisons = {"=", "<>", "<", "<=", ">", ">="};
  if (std::ranges::find(comparisons, filter.op) == comparisons.end())
    throw Error(Fault::usage, fmt::format("\"{}\" is no filter", filter.op));
  return fmt::format("{} {} {}", name, filter.op, parameters.text(value()));
}

std::string group(const Relation& relation, Engine engine, std::span<const Filter> filters,
                  bool any, Parameters& parameters) {
  std::vector<std::string> each;
  for (const Filter& filter : filters)
    each.push_back(condition(relation, engine, filter, parameters));
  return fmt::format("({})", join(each, any ? " OR " : " AND "));
}

/// Empty, or the conditions of the filters and the user's own.
std::vector<std::string> conditions(const Relation& relation, Engine engine,
                                    const Selection& selection, Parameters& parameters) {
  std::vector<std::string> all;
  if (!selection.filters.empty())
    all.push_back(group(relation, engine, selection.filters, selection.any, parameters));
  // On lines of its own: it may end with a comment.
  if (!trim(selection.where).empty()) all.push_back(fmt::format("(\n{}\n)", selection.where));
  return all;
}

std::string where(const std::vector<std::string>& all) {
  return all.empty() ? "" : "\nWHERE " + join(all, " AND ");
}

std::string order_by(std::span<const OrderColumn> order) {
  std::vector<std::string> list;
  for (const OrderColumn& column : order)
    list.push_back(column.sql + (column.descending ? " DESC" : ""));
  return list.empty() ? "" : "\nORDER BY " + join(list, ", ");
}

/// A value, cut. Of bytes the beginning is written in hexadecimal after their number,
/// `1234:00ff`, on SQLite as a blob, so that it still tells what it was.
std::string cell_sql(const GridColumn& column, Engine engine) {
  std::string name = quoted(column.name);
  if (engine != Engine::postgresql)
    return fmt::format(
        "CASE WHEN typeof({0}) = 'blob' THEN CAST(length({0}) || ':' || hex(substr({0}, 1, {1})) "
        "AS BLOB) WHEN typeof({0}) = 'text' AND length({0}) > {2} THEN substr({0}, 1, {2} + 1) "
        "ELSE {0} END",
        name, cell_bytes, cell_characters);
  switch (type_class(column.type, engine)) {
    case TypeClass::bytes:
      return fmt::format("octet_length({0}) || ':' || encode(substring({0} FROM 1 FOR {1}), 'hex')",
                         name, cell_bytes);
    case TypeClass::long_text:
      return fmt::format("left({}, {} + 1)", text_sql(column, engine), cell_characters);
    default:
      return text_sql(column, engine);
  }
}

}  // namespace

std::string text_sql(const GridColumn& column, Engine engine) {
  std::string name = quoted(column.name);
  if (engine != Engine::postgresql) return name;
  bool padded = column.type == "char" || column.type.starts_with("char(") ||
                column.type.starts_with("character(") || column.type == "character" ||
                column.type == "bpchar";
  // A cast would take the blanks at its end away.
  return padded ? fmt::format("textin(bpcharout({}))", name) : name + "::text";
}

std::string quoted(const Name& name) { return SqlWriter('"')(name); }
std::string quoted(const Path& path) {
  return path.schema.empty() ? quoted(path.name) : SqlWriter('"')(FullPath{path});
}

PageSql page_sql(const Relation& relation, Engine engine, const Selection& selection,
                 const PageRequest& request) {
  PageSql page;
  std::vector<std::string> columns;
  bool postgres = engine == Engine::postgresql;
  for (const GridColumn& column : relation.columns) {
    columns.push_back(cell_sql(column, engine));
    page.bytes.push_back(postgres && type_class(column.type, engine) == TypeClass::bytes);
  }
  auto add_place = [&](const std::string& sql) {
    columns.push_back(postgres ? sql + "::text" : sql);
  };
  std::vector<OrderColumn> order = order_of(relation, engine, selection);
  if (request.backwards) turn_around(order);
  bool by_key = !relation.key.empty();
  for (const OrderColumn& column : order)
    if (by_key) add_place(column.sql);
  page.place_size = by_key ? order.size() : 0;
  page.key_at = columns.size();
  page.key_size = selection.sorts.empty() ? 0 : relation.key.size();
  for (std::size_t i = 0; i < page.key_size; ++i) add_place(quoted(relation.key[i]));

  Parameters parameters(engine);
  std::vector<std::string> all = conditions(relation, engine, selection, parameters);
  if (request.after) {
    if (!by_key || request.after->size() != order.size())
      throw Error(Fault::usage, "a place of another order");
    all.push_back(after_place(order, *request.after, parameters));
  }
  page.query.sql = fmt::format("SELECT {}\nFROM {}{}{}\nLIMIT {}", join(columns, ",\n  "),
                               quoted(relation.path), where(all), order_by(order), request.limit);
  if (request.offset > 0) page.query.sql += fmt::format(" OFFSET {}", request.offset);
  page.query.parameters = parameters.take();
  return page;
}

GridSql count_sql(const Relation& relation, Engine engine, const Selection& selection,
                  std::size_t most) {
  Parameters parameters(engine);
  std::string rows =
      quoted(relation.path) + where(conditions(relation, engine, selection, parameters));
  std::string sql =
      most == 0 ? fmt::format("SELECT count(*) FROM {}", rows)
                : fmt::format("SELECT count(*) FROM (SELECT 1 FROM {} LIMIT {}) AS c", rows, most);
  return {sql, parameters.take()};
}

GridSql export_sql(const Relation& relation, Engine engine, const Selection& selection) {
  Parameters parameters(engine);
  std::vector<std::string> columns;
  for (const GridColumn& column : relation.columns) columns.push_back(quoted(column.name));
  std::string sql =
      fmt::format("SELECT {}\nFROM {}{}{}", join(columns, ", "), quoted(relation.path),
                  where(conditions(relation, engine, selection, parameters)),
                  order_by(order_of(relation, engine, selection)));
  return {sql, parameters.take()};
}

std::string key_condition(const Relation& relation, const std::vector<Encoded>& key,
                          Parameters& parameters) {
  if (relation.key.empty()) throw Error(Fault::usage, relation.read_only_reason);
  if (key.size() != relation.key.size()) throw Error(Fault::usage, "a key of another table");
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < key.size(); ++i) {
    if (!key[i]) throw Error(Fault::usage, "a key that is NULL");
    parts.push_back(fmt::format("{} = {}", quoted(relation.key[i]), parameters.encoded(key[i])));
  }
  return join(parts, " AND ");
}

GridSql value_sql(const Relation& relation, Engine engine, const std::string& column,
                  const std::vector<Encoded>& key) {
  Parameters parameters(engine);
  const GridColumn& wanted = require_column(relation, column);
  bool bytes = engine == Engine::postgresql && type_class(wanted.type, engine) == TypeClass::bytes;
  std::string value =
      bytes ? fmt::format("encode({}, 'hex')", quoted(wanted.name)) : text_sql(wanted, engine);
  std::string sql = fmt::format("SELECT {} FROM {} WHERE {}", value, quoted(relation.path),
                                key_condition(relation, key, parameters));
  return {sql, parameters.take()};
}

}  // namespace tidemark::studio
