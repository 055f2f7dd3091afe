#include "plan/sqlite_image.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "dialect/sqlite/sql_text.h"

namespace tidemark {
namespace {

using Words = std::vector<std::string>;

bool begins_constraint(const std::string& word) {
  return word == "constraint" || word == "primary" || word == "unique" || word == "check" ||
         word == "foreign";
}

/// What would be taken for a keyword or a symbol without its quotes.
bool misleads(const std::string& name) {
  return begins_constraint(name) || name == "references" || name == "on" || name == "(" ||
         name == ")" || name == ",";
}

/// The words of a definition: names in lower case and without quotes, where these say nothing.
Words words_of(std::string_view sql) {
  using Kind = sqlite_sql::Token::Kind;
  Words words;
  for (const sqlite_sql::Token& token : sqlite_sql::tokens_of(sql)) {
    if (token.kind == Kind::space) continue;
    bool name = token.kind == Kind::word || token.kind == Kind::quoted;
    std::string word = name ? lower(sqlite_sql::name_in(token)) : std::string(token.text);
    if (token.kind == Kind::quoted && misleads(word)) word = '"' + word + '"';
    words.push_back(std::move(word));
  }
  return words;
}

/// Between the constraints of a table SQLite needs no comma.
bool begins_another(const Words& item, const std::string& word) {
  if (item.empty() || !begins_constraint(item[0]) || !begins_constraint(word)) return false;
  return item[0] != "constraint" || item.size() > 2;  // not yet after its name
}

/// The items between the outermost parentheses.
std::vector<Words> items_of(const Words& words) {
  std::vector<Words> items(1);
  int depth = 0;
  for (const std::string& word : words) {
    if (word == ")" && --depth == 0) break;
    const bool comma = depth == 1 && word == ",";
    if (comma || (depth == 1 && begins_another(items.back(), word))) items.emplace_back();
    if (depth > 0 && !comma) items.back().push_back(word);
    if (word == "(") ++depth;
  }
  return items;
}

std::string spaced(auto begin, auto end) { return join(Words(begin, end), " "); }

/// Cuts `on <event> <action>` out of the words and gives it back; `no action` is
/// what nothing means.
std::string take_action(Words& words, const std::string& event) {
  for (std::size_t at = 0; at + 2 < words.size(); ++at) {
    if (words[at] != "on" || words[at + 1] != event) continue;
    bool two_words = words[at + 2] == "no" || words[at + 2] == "set";
    auto first = words.begin() + static_cast<std::ptrdiff_t>(at);
    auto last = std::min(first + (two_words ? 4 : 3), words.end());
    std::string text = spaced(first, last);
    words.erase(first, last);
    return text;
  }
  return "on " + event + " no action";
}

/// `references t ( c ) on update a on delete b`, actions in one order.
std::string reference_text(auto begin, auto end) {
  Words words(begin, end);
  std::string on_update = take_action(words, "update"), on_delete = take_action(words, "delete");
  return join(words, " ") + " " + on_update + " " + on_delete;
}

/// One item of CREATE TABLE. A reference written at a column becomes an item of
/// its own, as if it was written at the table.
void add_item(const Words& item, std::vector<std::string>& parts) {
  auto reference = std::ranges::find(item, "references");
  if (reference == item.end()) {
    parts.push_back(spaced(item.begin(), item.end()));
    return;
  }
  std::string target = reference_text(reference, item.end());
  if (item.front() == "foreign") {
    parts.push_back(spaced(item.begin(), reference) + " " + target);
    return;
  }
  parts.push_back(spaced(item.begin(), reference));
  parts.push_back("foreign key ( " + item.front() + " ) " + target);
}

}  // namespace

std::vector<std::string> definition_parts(std::string_view sql) {
  Words words = words_of(sql);
  bool table = words.size() > 1 && words[1] == "table";
  if (!table) return {spaced(words.begin(), words.end())};
  std::vector<std::string> parts;
  for (const Words& item : items_of(words))
    if (!item.empty()) add_item(item, parts);
  std::ranges::sort(parts);
  return parts;
}

SqliteImage read_sqlite_image(Connection& database) {
  SqliteImage image;
  Rows rows = database.query(
      "SELECT type || ' ' || name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE "
      "'\\' AND sql IS NOT NULL");
  for (const std::vector<Value>& row : rows.rows) image[*row[0]] = definition_parts(*row[1]);
  return image;
}

std::string first_difference(const SqliteImage& is, const SqliteImage& should_be) {
  for (const auto& [name, parts] : should_be) {
    auto found = is.find(name);
    if (found == is.end()) return fmt::format("there is no {}", name);
    if (found->second == parts) continue;
    return fmt::format("{} is ({}) and should be ({})", name, join(found->second, ", "),
                       join(parts, ", "));
  }
  for (const auto& [name, parts] : is)
    if (!should_be.contains(name)) return fmt::format("there is still {}", name);
  return {};
}

}  // namespace tidemark
