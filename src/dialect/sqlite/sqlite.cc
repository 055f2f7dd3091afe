// SQLite, and libSQL as the same with one statement more.
#include "dialect/dialect.h"
#include "dialect/sqlite/render.h"

namespace tidemark {
namespace {

class Sqlite : public Dialect {
 public:
  Sqlite(std::string_view name, bool libsql)
      : abilities_{.name = name, .quote = '`', .alters_columns = libsql}, libsql_(libsql) {}

  const Abilities& abilities() const override { return abilities_; }
  std::vector<Draft> render(const RenderInput& input) const override {
    return sqlite_sql::render(input, libsql_);
  }

 private:
  Abilities abilities_;
  bool libsql_;
};

}  // namespace

const Dialect& sqlite() {
  static const Sqlite dialect("sqlite", false);
  return dialect;
}

const Dialect& libsql() {
  static const Sqlite dialect("turso", true);
  return dialect;
}

}  // namespace tidemark
