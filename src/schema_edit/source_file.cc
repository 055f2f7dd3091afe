#include "schema_edit/source_file.h"

#include <fmt/format.h>

#include "base/files.h"
#include "base/text.h"

namespace tidemark::schema_edit {
namespace {

Node no_node() { return Node(TSNode{}); }

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

/// Columns count as JavaScript does: what is beyond the first plane is two.
std::size_t offset_of_column(std::string_view line, std::uint32_t column) {
  std::size_t at = 0;
  for (std::uint32_t units = 1; units < column && at < line.size();) {
    units += static_cast<unsigned char>(line[at]) >= 0xF0 ? 2 : 1;
    do {
      ++at;
    } while (at < line.size() && is_continuation(line[at]));
  }
  return at;
}

}  // namespace

script::Grammar grammar_of(const std::filesystem::path& file) {
  std::string extension = file.extension().string();
  return extension == ".tsx" || extension == ".jsx" ? script::Grammar::tsx
                                                    : script::Grammar::typescript;
}

SourceFile::SourceFile(std::filesystem::path path)
    : path_(std::move(path)), text_(read_file(path_)), tree_(text_, grammar_of(path_)) {}

Node SourceFile::call_at(const SourceRange& place) const {
  std::size_t begin = 0;
  for (std::uint32_t line = 1; line < place.line; ++line) {
    begin = text_.find('\n', begin);
    if (begin == std::string::npos) return no_node();
    ++begin;
  }
  std::string_view line = std::string_view(text_).substr(begin);
  auto at = static_cast<std::uint32_t>(begin + offset_of_column(line, place.column));
  return enclosing_call(Node(ts_node_named_descendant_for_byte_range(root().raw(), at, at + 1)));
}

std::size_t SourceFile::line_begin(std::size_t offset) const {
  std::size_t before = offset == 0 ? std::string::npos : text_.rfind('\n', offset - 1);
  return before == std::string::npos ? 0 : before + 1;
}

std::size_t SourceFile::line_end(std::size_t offset) const {
  std::size_t end = text_.find('\n', offset);
  return end == std::string::npos ? text_.size() : end + 1;
}

std::string SourceFile::indentation_at(std::size_t offset) const {
  std::size_t begin = line_begin(offset);
  std::size_t end = text_.find_first_not_of(" \t", begin);
  return text_.substr(begin, std::min(end, text_.size()) - begin);
}

bool SourceFile::begins_its_line(std::size_t offset) const {
  return line_begin(offset) + indentation_at(offset).size() == offset;
}

void SourceFile::remove(Node node) {
  removed_.insert(node.begin());
  std::size_t begin = node.begin(), end = node.end();
  if (Node next = node.next(); next && (next.is(",") || next.is(";"))) end = next.end();
  bool ends_line = trim(std::string_view(text_).substr(end, line_end(end) - end)).empty();
  if (begins_its_line(begin) && ends_line) {
    begin = line_begin(begin), end = line_end(end);
    bool apart = begin == 0 || text_.substr(0, begin).ends_with("\n\n");
    if (apart && end < text_.size() && text_[end] == '\n') ++end;
  } else
    begin = text_.find_last_not_of(" \t\r\n", begin - 1) + 1;
  edit({begin, end, ""});
}

Node SourceFile::last_that_stays(Node list) const {
  Node last = no_node();
  for (std::uint32_t i = 0; i < list.size(); ++i) {
    Node it = list.child(i);
    if (it.named() && !it.is("comment") && !removed_.contains(it.begin())) last = it;
  }
  return last;
}

void SourceFile::append(Node list, const std::vector<std::string>& items) {
  Node last = last_that_stays(list);
  std::string around = indentation_at(list.begin());
  if (!last) {
    std::string text;
    for (const std::string& item : items) text += "\n" + around + "  " + item + ",";
    return insert(list.begin() + 1, text + "\n" + around);
  }
  bool lines = begins_its_line(last.begin());
  std::string between = lines ? ",\n" + indentation_at(last.begin()) : ", ";
  Node comma = last.next();
  if (!comma || !comma.is(",")) return insert(last.end(), between + join(items, between));
  // Behind what is said of the last one on its line.
  std::size_t at = lines ? std::min(line_end(comma.end()) - 1, list.end() - 1) : comma.end();
  insert(at, between.substr(1) + join(items, between) + ",");
}

std::size_t SourceFile::after_imports() const {
  std::size_t at = 0;
  for (std::uint32_t i = 0; i < root().size(); ++i)
    if (Node it = root().child(i); it.is("import_statement")) at = line_end(it.end());
  return at;
}

void SourceFile::insert_first(const std::string& statement) {
  insert(after_imports(), statement + "\n");
}

void SourceFile::insert_last(const std::string& statement) {
  std::string_view end = text_.empty() || text_.ends_with('\n') ? "" : "\n";
  insert(text_.size(), fmt::format("{}\n{}\n", end, statement));
}

void SourceFile::import(const std::set<std::string>& names, const std::string& module) {
  std::vector<std::string> list(names.begin(), names.end());
  for (std::uint32_t i = 0; i < root().size(); ++i) {
    Node statement = root().child(i);
    if (!statement.is("import_statement") || text_of(statement).starts_with("import type"))
      continue;
    std::string from = text_of(statement.field("source"));
    Node clause = statement.find("import_clause");
    Node named = clause ? clause.find("named_imports") : clause;
    if (named && from.substr(1, from.size() - 2) == module) return append(named, list);
  }
  char quote = text_.find("from '") == std::string::npos ? '"' : '\'';
  std::string line =
      fmt::format("import {{ {} }} from {}{}{};\n", join(list, ", "), quote, module, quote);
  insert(after_imports(), line);
}

Node enclosing_call(Node node) {
  while (node && !node.is("call_expression")) node = node.parent();
  return node;
}

Node whole_chain(Node call) {
  for (Node member = call.parent(); member && member.is("member_expression");
       member = call.parent()) {
    Node next = member.parent();
    bool is_called = next && next.is("call_expression") && member.begin() == call.begin() &&
                     next.begin() == call.begin();
    if (!is_called) break;
    call = next;
  }
  return call;
}

Node element_of(Node node) {
  for (Node parent = node.parent(); parent; node = parent, parent = node.parent())
    if (parent.is("array") || parent.is("object")) return node;
  return no_node();
}

Node declarator_of(Node node) {
  while (node && !node.is("variable_declarator")) node = node.parent();
  return node;
}

Node statement_of(Node node) {
  for (Node parent = node.parent(); parent && parent.parent(); parent = node.parent())
    node = parent;
  return node;
}

Node argument(Node call, std::size_t index) {
  Node arguments = call.field("arguments");
  for (std::uint32_t i = 0; arguments && i < arguments.size(); ++i) {
    Node it = arguments.child(i);
    if (it.named() && !it.is("comment") && index-- == 0) return it;
  }
  return no_node();
}

}  // namespace tidemark::schema_edit
