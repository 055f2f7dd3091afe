#include "tests/cases/catalog_text.h"

#include <algorithm>
#include <stdexcept>

#include "base/text.h"

namespace tidemark::tests {

namespace {

/// The rest of a line, taken word by word.
class Line {
 public:
  explicit Line(std::string_view text) : rest_(trim(text)) {}

  bool empty() const { return rest_.empty(); }

  bool take(std::string_view words) {
    if (!rest_.starts_with(words)) return false;
    std::string_view after = rest_.substr(words.size());
    if (!after.empty() && after[0] != ' ' && after[0] != '(') return false;
    rest_ = trim(after);
    return true;
  }

  std::string word() { return until(std::min(rest_.find_first_of(" :("), rest_.size())); }

  /// What stands between a parenthesis and its partner.
  std::string in_parentheses() {
    int depth = 0;
    for (std::size_t i = 0; i < rest_.size(); ++i) {
      if (rest_[i] == '(') ++depth;
      if (rest_[i] == ')' && --depth == 0) {
        std::string inside(rest_.substr(1, i - 1));
        rest_ = trim(rest_.substr(i + 1));
        return inside;
      }
    }
    throw std::runtime_error("no parentheses: " + std::string(rest_));
  }

  /// Up to the first of these words, or the end.
  std::string until_one_of(std::initializer_list<std::string_view> words) {
    std::size_t end = rest_.size();
    for (std::string_view word : words)
      end = std::min(end, (" " + std::string(rest_)).find(" " + std::string(word)));
    return until(std::min(end, rest_.size()));
  }

  std::string all() { return until(rest_.size()); }
  std::string after_colon() {
    if (!rest_.starts_with(":")) throw std::runtime_error("no colon: " + std::string(rest_));
    rest_.remove_prefix(1);
    return std::string(trim(all()));
  }

 private:
  std::string until(std::size_t end) {
    std::string taken(trim(rest_.substr(0, end)));
    rest_ = trim(rest_.substr(end));
    return taken;
  }

  std::string_view rest_;
};

std::vector<std::string> listed(const std::string& text) {
  std::vector<std::string> items;
  int depth = 0;
  std::string item;
  for (char c : text + ",") {
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    if (c != ',' || depth > 0) {
      item += c;
      continue;
    }
    items.emplace_back(trim(item));
    item.clear();
  }
  return items;
}

std::vector<Name> names(const std::string& text) {
  std::vector<Name> result;
  for (const std::string& item : listed(text)) result.emplace_back(item);
  return result;
}

class Parser {
 public:
  explicit Parser(Engine engine) : catalog_{.engine = engine} {}

  void object(Line line) {
    if (line.take("schema")) {
      catalog_.schemas.push_back({.name = Name(line.word())});
    } else if (line.take("role")) {
      catalog_.roles.push_back({.name = Name(line.word())});
    } else if (line.take("enum")) {
      Path path = this->path(line.word());
      catalog_.enums.push_back({.path = path, .values = listed(line.after_colon())});
    } else if (line.take("sequence")) {
      sequence(line);
    } else if (line.take("table")) {
      catalog_.tables.push_back({.path = path(line.word())});
    } else if (line.take("view")) {
      view(line, false);
    } else if (line.take("materialized view")) {
      view(line, true);
    } else {
      throw std::runtime_error("what is this? " + line.all());
    }
  }

  void part(Line line) {
    if (line.take("primary key")) {
      Name name(line.word());
      table().primary_keys.push_back({.name = name, .columns = names(line.in_parentheses())});
    } else if (line.take("unique index")) {
      index(line, true);
    } else if (line.take("index")) {
      index(line, false);
    } else if (line.take("unique")) {
      Name name(line.word());
      table().uniques.push_back({.name = name, .columns = names(line.in_parentheses())});
    } else if (line.take("foreign key")) {
      foreign_key(line);
    } else if (line.take("check")) {
      Name name(line.word());
      table().checks.push_back({.name = name, .expression = line.after_colon()});
    } else if (line.take("policy")) {
      policy(line);
    } else if (line.take("row security")) {
      table().row_level_security = true;
    } else {
      column(line);
    }
  }

  Catalog take() { return std::move(catalog_); }

 private:
  Table& table() {
    if (catalog_.tables.empty()) throw std::runtime_error("a part without a table");
    return catalog_.tables.back();
  }

  Path path(const std::string& text) const {
    std::vector<std::string> parts = split(text, ".");
    if (parts.size() == 2) return {Name(parts[0]), Name(parts[1])};
    return {catalog_.engine == Engine::postgresql ? Name("public") : Name(), Name(text)};
  }

  SqlType type(const std::string& text) const {
    Path named = path(text.substr(0, text.find('[')));
    if (std::ranges::count(catalog_.enums, named, &Enum::path) == 0) return {text};
    std::size_t dot = text.find('.');
    return {dot == std::string::npos ? text : text.substr(dot + 1), named.schema};
  }

  void column(Line line) {
    Column it = {.name = Name(line.word())};
    it.type = type(line.until_one_of(
        {"primary key", "not null", "default", "generated", "identity", "autoincrement"}));
    while (!line.empty()) {
      if (line.take("primary key")) {
        it.primary_key = true;
      } else if (line.take("not null")) {
        it.not_null = true;
      } else if (line.take("default")) {
        it.default_value = literal(line.until_one_of({"primary key", "not null", "identity"}));
      } else if (line.take("generated")) {
        it.generated = Generated{.expression = line.in_parentheses()};
        if (catalog_.engine != Engine::postgresql)
          it.generated->expression = "(" + it.generated->expression + ")";
      } else if (line.take("virtual")) {
        it.generated->storage = Generated::Storage::virtual_;
      } else if (line.take("autoincrement")) {
        it.autoincrement = true;
      } else if (line.take("identity")) {
        it.identity = identity(line, it.name);
      } else {
        throw std::runtime_error("what is this? " + line.all());
      }
    }
    table().columns.push_back(std::move(it));
  }

  static Literal literal(const std::string& text) {
    bool bare = text == "true" || text == "false" ||
                text.find_first_not_of("-.0123456789") == std::string::npos;
    return {text, !bare};
  }

  Identity identity(Line& line, const Name& column) {
    const Path& path = table().path;
    Identity it = {.sequence = {path.schema, Name(path.name.text() + "_" + column.text() + "_seq")},
                   .options = {.increment = "1",
                               .min_value = "1",
                               .max_value = "2147483647",
                               .start_with = "1",
                               .cache = "1",
                               .cycle = false}};
    it.mode = line.take("by default") ? Identity::Mode::by_default : Identity::Mode::always;
    line.take("always");
    if (line.take("from")) it.options.min_value = it.options.start_with = line.word();
    return it;
  }

  void index(Line line, bool unique) {
    Index it = {.name = Name(line.word()), .unique = unique};
    if (line.take("using")) it.method = line.word();
    for (std::string item : listed(line.in_parentheses())) {
      bool descending = item.ends_with(" desc");
      if (descending) item.resize(item.size() - 5);
      bool expression = item.find('(') != std::string::npos;
      std::size_t space = expression ? std::string::npos : item.find(' ');
      std::string opclass = space == std::string::npos ? "" : item.substr(space + 1);
      it.columns.push_back({.text = item.substr(0, space),
                            .is_expression = expression,
                            .ascending = !descending,
                            .opclass = opclass});
    }
    it.concurrently = line.take("concurrently");
    if (line.take("where")) it.where = line.all();
    table().indexes.push_back(std::move(it));
  }

  void foreign_key(Line line) {
    ForeignKey it = {.name = Name(line.word())};
    it.columns = names(line.in_parentheses());
    line.take("references");
    it.target = path(line.word());
    it.target_columns = names(line.in_parentheses());
    if (line.take("on delete")) it.on_delete = line.until_one_of({"on update"});
    if (line.take("on update")) it.on_update = line.all();
    table().foreign_keys.push_back(std::move(it));
  }

  void policy(Line line) {
    Policy it = {.name = Name(line.word())};
    if (line.take("restrictive")) it.as = "RESTRICTIVE";
    if (line.take("for")) it.command = line.word();
    if (line.take("to")) it.roles = listed(line.until_one_of({"using", "with check"}));
    if (line.take("using")) it.using_expression = line.in_parentheses();
    if (line.take("with check")) it.with_check = line.in_parentheses();
    table().policies.push_back(std::move(it));
  }

  void sequence(Line line) {
    Sequence it = {.path = path(line.word()), .options = {}};
    if (!line.empty()) {
      std::string text = line.after_colon();
      Line options(text);
      if (options.take("increment")) it.options.increment = options.word();
      it.options.cycle = options.take("cycle");
    }
    catalog_.sequences.push_back(std::move(it));
  }

  void view(Line line, bool materialized) {
    View it = {.path = path(line.word()), .materialized = materialized};
    if (line.take("with")) it.with = std::vector<StorageOption>{{line.word(), {"true", false}}};
    it.definition = line.after_colon();
    constexpr std::string_view empty = " with no data";
    if (it.definition->ends_with(empty)) {
      it.definition->resize(it.definition->size() - empty.size());
      it.with_no_data = true;
    }
    catalog_.views.push_back(std::move(it));
  }

  Catalog catalog_;
};

std::size_t indent(const std::string& line) { return line.find_first_not_of(' '); }

}  // namespace

Catalog parse_catalog(const std::vector<std::string>& lines, Engine engine) {
  Parser parser(engine);
  for (const std::string& line : lines)
    indent(line) == indent(lines.front()) ? parser.object(Line(line)) : parser.part(Line(line));
  return parser.take();
}

}  // namespace tidemark::tests
