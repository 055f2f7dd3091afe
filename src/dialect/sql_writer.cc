#include "dialect/sql_writer.h"

namespace tidemark {

namespace {

void quote(std::string& out, std::string_view text, char mark) {
  out += mark;
  for (char c : text) {
    if (c == mark) out += mark;
    out += c;
  }
  out += mark;
}

}  // namespace

std::string string_literal(std::string_view text) {
  std::string out;
  quote(out, text, '\'');
  return out;
}

std::string dollar_quoted(std::string_view text) {
  std::string tag = "$$", body(text);
  while ((body + tag).find(tag) != body.size()) tag.insert(1, "q");
  return tag + body + tag;
}

void SqlWriter::write(std::string& out, const Name& name) const { quote(out, name.text(), quote_); }

void SqlWriter::write(std::string& out, const Path& path) const {
  if (path.schema.text() == hidden_schema_)
    write(out, path.name);
  else
    write(out, FullPath{path});
}

void SqlWriter::write(std::string& out, const FullPath& full) const {
  if (!full.path.schema.empty()) {
    write(out, full.path.schema);
    out += '.';
  }
  write(out, full.path.name);
}

void SqlWriter::write(std::string& out, const NameList& list) const {
  for (std::size_t i = 0; i < list.names.size(); ++i) {
    if (i > 0) out += list.separator;
    write(out, list.names[i]);
  }
}

}  // namespace tidemark
