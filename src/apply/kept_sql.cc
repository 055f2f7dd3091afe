#include "apply/kept_sql.h"

#include "base/text.h"
#include "dialect/sql_writer.h"

namespace tidemark {

std::string same_key(const KeptRows& kept, const std::string& alias, const std::vector<Name>& key) {
  const SqlWriter sql('"');
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < key.size(); ++i) {
    std::string mine = sql(alias, ".", key[i]);
    if (kept.key_as_text) mine = "CAST(" + mine + " AS text)";
    parts.push_back(mine + " = k.k" + std::to_string(i + 1));
  }
  return join(parts, " AND ");
}

}  // namespace tidemark
