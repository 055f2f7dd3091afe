#include "engine/postgres_sample.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/text.h"
#include "engine/postgres_objects.h"

namespace tidemark {
namespace {

constexpr std::size_t rows_at_once = 500;
constexpr double pages_read = 10000;  // of a table that is read as a whole: 80 MB

/// A table that holds rows itself. Its rows are known by where they lie, which nothing moves
/// inside one snapshot.
struct SampledTable {
  std::string name, columns;   // as SQL writes them; without generated columns
  double rows = 0, pages = 0;  // as the last ANALYZE saw it; negative: never
  bool whole = false;
  std::set<std::string> picked = {}, fresh = {};  // fresh: what they refer to is not picked yet
};

using Tables = std::map<std::string, SampledTable>;  // by oid

struct Reference {
  std::string table, to, condition;  // oid; the names and keys as SQL writes them
};

/// The server reads it as an array.
std::string array_of(const std::set<std::string>& places) {
  std::vector<std::string> quoted;
  for (const std::string& place : places) quoted.push_back('"' + place + '"');
  return "{" + join(quoted, ",") + "}";
}

Tables read_tables(Connection& database, const Path& history) {
  Rows rows = database.query(fmt::format(
      "SELECT o.oid, pg_catalog.format('%I.%I', s.nspname, o.relname), o.reltuples, o.relpages, "
      "(SELECT pg_catalog.string_agg(pg_catalog.quote_ident(a.attname), ', ' ORDER BY a.attnum) "
      "FROM pg_catalog.pg_attribute a WHERE a.attrelid = o.oid AND a.attnum > 0 AND NOT "
      "a.attisdropped AND a.attgenerated = ''), s.nspname = 'drizzle' AND o.relname LIKE "
      "'\\_\\_tidemark\\_%' OR (s.nspname, o.relname) = ('{}', '{}') FROM pg_catalog.pg_class o "
      "JOIN pg_catalog.pg_namespace s ON s.oid = o.relnamespace WHERE o.relkind = 'r' AND "
      "o.relpersistence <> 't' AND o.relnamespace IN ({}) AND {}",
      replace_all(history.schema.text(), "'", "''"), replace_all(history.name.text(), "'", "''"),
      users_schemas, not_of_an_extension));
  Tables out;
  for (const std::vector<Value>& row : rows.rows)
    out[*row[0]] = {.name = *row[1],
                    .columns = row[4].value_or(""),
                    .rows = std::stod(*row[2]),
                    .pages = std::stod(*row[3]),
                    .whole = row[5] == "t"};
  return out;
}

std::vector<Reference> read_references(Connection& database) {
  Rows rows = database.query(
      "SELECT c.conrelid, c.confrelid::pg_catalog.regclass, (SELECT "
      "pg_catalog.string_agg(pg_catalog.format('c.%I = p.%I', mine.attname, theirs.attname), ' AND "
      "') FROM ROWS FROM (pg_catalog.unnest(c.conkey), pg_catalog.unnest(c.confkey)) AS k (mine, "
      "theirs) JOIN "
      "pg_catalog.pg_attribute mine ON mine.attrelid = c.conrelid AND mine.attnum = k.mine JOIN "
      "pg_catalog.pg_attribute theirs ON theirs.attrelid = c.confrelid AND theirs.attnum = "
      "k.theirs) FROM pg_catalog.pg_constraint c WHERE c.contype = 'f'");
  std::vector<Reference> out;
  for (const std::vector<Value>& row : rows.rows) out.push_back({*row[0], *row[1], *row[2]});
  return out;
}

/// Spread over the table, where it is known to be large: row by row, or where reading all of
/// it would take long, some twenty pages or more of it.
std::string picking(const SampledTable& table, std::size_t rows) {
  std::string from = fmt::format("SELECT ctid FROM ONLY {}", table.name);
  if (table.whole) return from;
  double percent = 200 * static_cast<double>(rows) / std::max(table.rows, 1.0);
  if (percent < 20 && table.pages < pages_read)
    from += fmt::format(" TABLESAMPLE BERNOULLI ({:.6f}) REPEATABLE (1)", percent);
  else if (percent < 20)
    from += fmt::format(" TABLESAMPLE SYSTEM ({:.6f}) REPEATABLE (1)",
                        std::max(percent, 2000 / table.pages));
  return fmt::format("{} LIMIT {}", from, rows);
}

class Sample {
 public:
  Sample(Connection& from, const SampleSize& size)
      : from_(from), tables_(read_tables(from, size.history)), references_(read_references(from)) {
    for (auto& [oid, table] : tables_)
      for (const std::vector<Value>& row : from_.query(picking(table, size.rows)).rows)
        table.fresh.insert(*row[0]);
    while (add_referenced()) continue;
  }

  void copy_into(Connection& into, const CopySink& progress) {
    std::uint64_t done = 0;
    for (const auto& [oid, table] : tables_) {
      std::string shown = table.name;
      std::erase(shown, '"');
      if (progress) progress({std::move(shown), ++done, tables_.size()});
      if (!table.columns.empty()) copy_table(table, into);
    }
  }

 private:
  /// False when nothing was fresh any more.
  bool add_referenced() {
    std::map<std::string, std::set<std::string>> fresh;
    for (auto& [oid, table] : tables_) {
      if (table.fresh.empty()) continue;
      table.picked.insert(table.fresh.begin(), table.fresh.end());
      fresh[oid] = std::exchange(table.fresh, {});
    }
    for (const Reference& one : references_)
      if (auto found = fresh.find(one.table); found != fresh.end()) follow(one, found->second);
    return !fresh.empty();
  }

  /// The row may lie in a partition of the table that is named.
  void follow(const Reference& reference, const std::set<std::string>& places) {
    std::array<Value, 1> parameters{array_of(places)};
    Rows rows = from_.query(
        fmt::format("SELECT DISTINCT p.tableoid, p.ctid FROM ONLY {} c JOIN {} p ON {} WHERE "
                    "c.ctid = ANY ($1::tid[])",
                    tables_.at(reference.table).name, reference.to, reference.condition),
        parameters);
    for (const std::vector<Value>& row : rows.rows) {
      auto table = tables_.find(*row[0]);
      if (table != tables_.end() && !table->second.picked.contains(*row[1]))
        table->second.fresh.insert(*row[1]);
    }
  }

  void copy_table(const SampledTable& table, Connection& into) {
    std::array<Value, 1> places{array_of(table.picked)};
    Rows rows = from_.query(fmt::format("SELECT {} FROM ONLY {} WHERE ctid = ANY ($1::tid[])",
                                        table.columns, table.name),
                            places);
    if (rows.rows.empty()) return;
    std::vector<std::string> values;
    for (std::size_t i = 1; i <= rows.columns.size(); ++i) values.push_back(fmt::format("${}", i));
    std::string insert = fmt::format("INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE VALUES ({})",
                                     table.name, table.columns, join(values, ", "));
    std::vector<Command> commands;
    for (std::vector<Value>& row : rows.rows) {
      commands.push_back({insert, std::move(row)});
      if (commands.size() == rows_at_once) into.run(std::exchange(commands, {}));
    }
    into.run(commands);
  }

  Connection& from_;
  Tables tables_;
  std::vector<Reference> references_;
};

void copy_sequences(Connection& from, Connection& into) {
  Rows rows = from.query(
      "SELECT pg_catalog.format('SELECT pg_catalog.setval(%L, %s)', pg_catalog.format('%I.%I', "
      "schemaname, sequencename), last_value) FROM pg_catalog.pg_sequences WHERE last_value IS NOT "
      "NULL");
  for (const std::vector<Value>& row : rows.rows) into.query(*row[0]);
}

}  // namespace

void copy_sample(Connection& from, Connection& into, const SampleSize& size,
                 const CopySink& progress) {
  from.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  into.execute("BEGIN");
  Sample(from, size).copy_into(into, progress);
  copy_sequences(from, into);
  into.execute("COMMIT");
  from.execute("COMMIT");
}

/// In the order they were made, so that one finds the rows of another.
void refresh_views(Connection& database) {
  Rows rows = database.query(
      "SELECT pg_catalog.format('REFRESH MATERIALIZED VIEW %s', oid::pg_catalog.regclass) FROM "
      "pg_catalog.pg_class WHERE relkind = 'm' AND NOT relispopulated ORDER BY oid");
  for (const std::vector<Value>& row : rows.rows) database.execute(*row[0]);
}

}  // namespace tidemark
