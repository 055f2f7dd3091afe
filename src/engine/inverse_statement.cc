#include "engine/inverse_statement.h"

#include <algorithm>

#include "apply/token_reader.h"
#include "dialect/sql_writer.h"

namespace tidemark {
namespace {

class Inverse {
 public:
  Inverse(std::span<const Token> tokens, Engine engine)
      : reader_(tokens, engine), sql_(engine == Engine::postgresql ? '"' : '`'), engine_(engine) {}

  std::optional<std::string> text() {
    if (reader_.take("create")) return create();
    if (!reader_.take("alter")) return std::nullopt;
    if (reader_.take("table")) return alter_table();
    if (reader_.take("type")) return alter_type();
    return std::nullopt;
  }

 private:
  std::optional<std::string> create() {
    reader_.skip(
        {"or", "replace", "temp", "temporary", "unlogged", "unique", "constraint", "recursive"});
    bool materialized = reader_.take("materialized");
    if (reader_.take("index")) return index();
    if (reader_.take("view"))
      return sql_("DROP ", materialized ? "MATERIALIZED " : "", "VIEW ", path());
    for (const char* kind : {"trigger", "policy"})
      if (reader_.take(kind)) return on_a_table(kind);
    for (const char* kind :
         {"table", "type", "domain", "sequence", "schema", "extension", "function", "procedure"})
      if (reader_.take(kind)) return sql_("DROP ", upper(kind), " ", path());
    return std::nullopt;
  }

  std::optional<std::string> index() {
    reader_.take("concurrently");
    Path index = path();
    if (index.name == Name("on")) return std::nullopt;  // the server chooses its name
    reader_.skip_to("on");
    reader_.take("only");
    Path table = reader_.path();
    if (engine_ == Engine::postgresql) index.schema = table.schema;
    return sql_("DROP INDEX ", index);
  }

  std::optional<std::string> on_a_table(const char* kind) {
    Path object = path();
    if (engine_ != Engine::postgresql) return sql_("DROP ", upper(kind), " ", object);
    reader_.skip_to("on");
    return sql_("DROP ", upper(kind), " ", object.name, " ON ", reader_.path());
  }

  std::optional<std::string> alter_table() {
    reader_.skip({"if", "exists", "only"});
    Path table = reader_.path();
    if (reader_.take("rename")) return renamed(table);
    std::string actions;  // the last one first
    while (!reader_.done()) {
      std::span<const Token> item = reader_.rest();
      reader_.skip_item();
      item = item.first(item.size() - reader_.rest().size());
      std::optional<std::string> back = Inverse(item, engine_).action();
      if (!back) return std::nullopt;
      actions = actions.empty() ? *back : *back + ", " + actions;
    }
    if (actions.empty()) return std::nullopt;
    return sql_("ALTER TABLE ", table, " ") + actions;
  }

  std::optional<std::string> action() {
    if (reader_.take("add")) {
      if (reader_.take("constraint")) return sql_("DROP CONSTRAINT ", reader_.name());
      for (std::string_view nameless : {"primary", "unique", "check", "foreign", "exclude"})
        if (reader_.at(nameless)) return std::nullopt;
      reader_.take("column");
      return sql_("DROP COLUMN ", path().name);
    }
    if (reader_.take("alter")) return alter_column();
    for (auto [word, back] : {std::pair{"enable", "DISABLE"}, std::pair{"disable", "ENABLE"}})
      if (reader_.take(word) && reader_.take("row"))
        return std::string(back) + " ROW LEVEL SECURITY";
    if (reader_.take("force")) return "NO FORCE ROW LEVEL SECURITY";
    return std::nullopt;
  }

  std::optional<std::string> alter_type() {
    Path type = reader_.path();
    if (!reader_.take("rename") || !reader_.take("to")) return std::nullopt;
    Name before = std::exchange(type.name, reader_.name());
    return sql_("ALTER TYPE ", type, " RENAME TO ", before);
  }

  std::optional<std::string> renamed(Path table) {
    if (reader_.take("to")) {
      Name before = std::exchange(table.name, reader_.name());
      return sql_("ALTER TABLE ", table, " RENAME TO ", before);
    }
    bool constraint = reader_.take("constraint");
    reader_.take("column");
    Name before = reader_.name();
    if (!reader_.take("to")) return std::nullopt;
    return sql_("ALTER TABLE ", table, " RENAME ", constraint ? "CONSTRAINT " : "COLUMN ",
                reader_.name(), " TO ", before);
  }

  std::optional<std::string> alter_column() {
    reader_.take("column");
    std::string column = sql_("ALTER COLUMN ", reader_.name());
    bool sets = reader_.take("set");
    if (!sets && !reader_.take("drop")) return std::nullopt;
    if (!reader_.take("not")) return std::nullopt;
    return column + (sets ? " DROP NOT NULL" : " SET NOT NULL");
  }

  Path path() {
    reader_.skip({"if", "not", "exists"});
    return reader_.path();
  }

  static std::string upper(std::string_view word) {
    std::string out(word);
    std::ranges::transform(out, out.begin(), [](char c) { return static_cast<char>(c - 32); });
    return out;
  }

  TokenReader reader_;
  SqlWriter sql_;
  Engine engine_;
};

}  // namespace

std::optional<std::string> inverse_of(const MigrationStatement& statement, Engine engine,
                                      bool sure) {
  std::vector<Token> tokens = tokenize(statement.sql, engine);
  for (std::size_t i = 0; sure && i + 2 < std::min<std::size_t>(tokens.size(), 8); ++i)
    if ((tokens[i].is("if") && tokens[i + 1].is("not")) ||
        (tokens[i].is("or") && tokens[i + 1].is("replace")))
      return std::nullopt;
  return Inverse(tokens, engine).text();
}

}  // namespace tidemark
