#include "apply/kept_sql.h"

#include "base/text.h"
#include "dialect/sql_writer.h"

namespace tidemark {

std::string same_key(const KeptRows& kept, const std::string& alias, const std::vector<Name>& key) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < key.size(); ++i) {
    std::string mine = standard_sql(alias, ".", key[i]);
    if (kept.key_as_text) mine = "CAST(" + mine + " AS text)";
    parts.push_back(mine + " = k.k" + std::to_string(i + 1));
  }
  return join(parts, " AND ");
}

std::string bag_of(const std::vector<Name>& columns, Engine engine) {
  if (columns.empty()) return "''";
  if (engine == Engine::postgresql)
    return standard_sql("CAST(ROW(", NameList{columns, ", "}, ") AS text)");
  std::vector<std::string> parts;
  for (const Name& name : columns) parts.push_back(standard_sql("quote(", name, ")"));
  return join(parts, " || ',' || ");
}

std::string number_in_bag(const std::string& bag, const std::string& order) {
  return "row_number() OVER (PARTITION BY " + bag + " ORDER BY " + order + ")";
}

std::string place_of_row(const TableFacts& facts, Engine engine) {
  if (engine == Engine::postgresql) return "tableoid, ctid";
  return facts.without_rowid ? standard_sql(NameList{facts.key, ", "}) : "rowid";
}

void lock_tables(Connection& database, const std::vector<Path>& tables) {
  std::vector<std::string> names;
  for (const Path& table : tables) names.push_back(standard_sql(table));
  if (!names.empty())
    database.execute("LOCK TABLE " + join(names, ", ") + " IN ACCESS EXCLUSIVE MODE");
}

}  // namespace tidemark
