#include "seed/domains.h"

#include <algorithm>
#include <map>
#include <regex>

#include "base/text.h"
#include "dialect/sql_writer.h"

namespace tidemark::seed {
namespace {

struct Domain {
  std::string type;
  bool not_null = false;
  std::vector<Check> checks = {};  // of VALUE
};
using Domains = std::map<std::string, Domain>;

/// A row has a domain, what is under it, whether it refuses NULL, and one of its checks.
Domains read_domains(const Rows& found) {
  Domains out;
  for (const std::vector<Value>& row : found.rows) {
    Domain& domain = out[row[0].value_or("")];
    domain.type = row[1].value_or("");
    domain.not_null = row[2] == "t";
    if (row[3]) domain.checks.push_back({.name = Name(*row[3]), .expression = row[4].value_or("")});
  }
  return out;
}

Check of_column(Check check, const Column& column) {
  static const std::regex value(R"(\bVALUE\b)");
  std::string name = replace_all(standard_sql(column.name), "$", "$$");
  check.expression = std::regex_replace(check.expression, value, name);
  return check;
}

/// A domain may be over another. Of an array's elements the checks are read too, as far as
/// they bound each value.
void look_under(const Domains& domains, Table& table, Column& column) {
  std::string& type = column.type.text;
  std::size_t end = std::min(type.find('['), type.size());
  const std::string dimensions = type.substr(end);
  for (auto found = domains.find(type.substr(0, end)); found != domains.end();
       found = domains.find(type)) {
    type = found->second.type;
    column.not_null |= found->second.not_null && dimensions.empty();
    for (const Check& check : found->second.checks)
      table.checks.push_back(of_column(check, column));
  }
  if (!type.ends_with(dimensions)) type += dimensions;
}

}  // namespace

std::string domains_query() {
  return "SELECT pg_catalog.format_type(t.oid, NULL), "
         "pg_catalog.format_type(t.typbasetype, t.typtypmod), t.typnotnull, c.conname, "
         "pg_catalog.pg_get_expr(c.conbin, 0) FROM pg_catalog.pg_type t "
         "LEFT JOIN pg_catalog.pg_constraint c ON c.contypid = t.oid AND c.contype = 'c' "
         "WHERE t.typtype = 'd' ORDER BY 1, 4";
}

Catalog without_domains(Catalog catalog, const Rows& domains) {
  Domains known = read_domains(domains);
  for (Table& table : catalog.tables)
    for (Column& column : table.columns) look_under(known, table, column);
  return catalog;
}

}  // namespace tidemark::seed
