#include "catalog/names.h"

namespace tidemark {

std::string plain_name(const Path& path) {
  bool default_schema = path.schema.empty() || path.schema == Name("public");
  return default_schema ? path.name.text() : path.schema.text() + "." + path.name.text();
}

std::string plain_name(const Path& table, const Name& part) {
  return plain_name(table) + "." + part.text();
}

}  // namespace tidemark
