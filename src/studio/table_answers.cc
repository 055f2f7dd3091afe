#include "studio/table_answers.h"

#include <algorithm>
#include <chrono>

#include "studio/cells.h"
#include "studio/grid.h"
#include "studio/read_only.h"
#include "studio/requests.h"

namespace tidemark::studio {
namespace {

constexpr std::size_t page_bytes = 4u << 20;
constexpr std::size_t fewest_characters = 8;  // of a cell, however many there are

/// The rows of one answer, which is to stay within its size: each has its share of what the
/// others before it have left.
class PageRows {
 public:
  PageRows(const PageSql& page, Engine engine, std::size_t expected)
      : page_(page), engine_(engine), expected_(expected) {}

  void add(const ResultRow& row) {
    std::size_t share = (page_bytes - std::min(used_, page_bytes)) / (expected_ - rows_.size());
    std::size_t characters = cell_characters, size = 0;
    json::object out;
    for (;; characters /= 2) {
      out = page_row(page_, row, engine_, characters);
      size = json::serialize(out).size();
      if (size <= share || characters <= fewest_characters) break;
    }
    used_ += size;
    rows_.push_back(std::move(out));
  }

  json::array take() { return std::move(rows_); }

 private:
  const PageSql& page_;
  Engine engine_;
  std::size_t expected_, used_ = 0;
  json::array rows_;
};

json::array names_of(const Relation& relation) {
  json::array out;
  for (const GridColumn& column : relation.columns) out.push_back(json::string(column.name.text()));
  return out;
}

json::object rows(DatabaseSession& session, const Tables& known, const json::object& parameters) {
  Selection selection = selection_of(parameters);
  PageRequest request = page_of(parameters);
  const Relation& relation = known.find(path_of(parameters));
  PageSql page = page_sql(relation, known.engine, selection, request);
  ReadOnlyTransaction guard(session, !selection.where.empty());
  PageRows reader(page, known.engine, request.limit);
  ResultSink sink;
  sink.row = [&](const ResultRow& row) {
    reader.add(row);
    return true;
  };
  auto start = std::chrono::steady_clock::now();
  session.read(page.query.sql, page.query.parameters, sink);
  std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
  json::array rows = reader.take();
  if (request.backwards) std::ranges::reverse(rows);
  return {{"columns", names_of(relation)}, {"rows", std::move(rows)}, {"ms", took.count()}};
}

json::object count(DatabaseSession& session, const Tables& known, const json::object& parameters) {
  Path path = path_of(parameters);
  Selection selection = selection_of(parameters);
  bool exact = flag_of(parameters, "exact");
  GridSql sql = count_sql(known.find(path), known.engine, selection, exact ? 0 : counted_rows + 1);
  ReadOnlyTransaction guard(session, !selection.where.empty());
  Rows rows = session.connection().query(sql.sql, sql.parameters);
  std::int64_t number = std::stoll(rows.rows.at(0).at(0).value_or("0"));
  if (exact || number <= static_cast<std::int64_t>(counted_rows))
    return {{"rows", number}, {"exact", true}};
  auto estimate = known.estimates.find(path);
  bool whole = selection.filters.empty() && selection.where.empty();
  if (whole && estimate != known.estimates.end() && estimate->second > number)
    number = estimate->second;
  return {{"rows", number}, {"exact", false}};
}

json::object value(DatabaseSession& session, const Tables& known, const json::object& parameters) {
  GridSql sql = value_sql(known.find(path_of(parameters)), known.engine,
                          text_of(parameters, "column"), encoded_list(parameters, "key"));
  json::object out;
  ResultSink sink;
  sink.row = [&](const ResultRow& row) {
    const Value& value = row.values.at(0);
    out["value"] =
        value ? json::value(json::string(row.kinds[0] == CellKind::blob ? hex_of(*value)
                                                                        : valid_text(*value)))
              : json::value(nullptr);
    out["kind"] = std::string(1, static_cast<char>(row.kinds[0]));
    return true;
  };
  session.read(sql.sql, sql.parameters, sink);
  if (out.empty()) throw Error(Fault::usage, "the row is not there any more").hint("Reload.");
  return out;
}

json::object table(DatabaseSession&, const Tables& known, const json::object& parameters) {
  return table_json(known, path_of(parameters));
}

json::object ddl(DatabaseSession&, const Tables& known, const json::object& parameters) {
  return {{"sql", ddl_of(known, path_of(parameters))}};
}

json::object diagram(DatabaseSession&, const Tables& known, const json::object&) {
  return diagram_json(known);
}

}  // namespace

const std::map<std::string, TableAnswer>& table_answers() {
  static const std::map<std::string, TableAnswer> all{
      {"/api/rows", {rows}},   {"/api/count", {count, true}}, {"/api/value", {value}},
      {"/api/table", {table}}, {"/api/ddl", {ddl}},           {"/api/diagram", {diagram}},
  };
  return all;
}

}  // namespace tidemark::studio
