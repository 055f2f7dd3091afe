#include "source/script/edits.h"

#include <algorithm>

namespace tidemark::script {

namespace {
bool continues_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }
bool ends_line(char byte) { return byte == '\n' || byte == '\r'; }
}  // namespace

void Edits::blank(std::size_t begin, std::size_t end, char first) {
  if (begin < end) edits_.push_back({begin, end, std::string(1, first), true});
}

void Edits::replace(std::size_t begin, std::size_t end, std::string replacement) {
  for (char& byte : replacement)
    if (ends_line(byte)) byte = ' ';  // text taken from elsewhere in the file
  edits_.push_back({begin, end, std::move(replacement), false});
}

void Edits::insert(std::size_t at, std::string addition) { replace(at, at, std::move(addition)); }

std::string Edits::apply() {
  std::stable_sort(edits_.begin(), edits_.end(),
                   [](const Edit& a, const Edit& b) { return a.begin < b.begin; });
  std::string out;
  out.reserve(text_.size() + 256);
  std::size_t done = 0;
  for (const Edit& edit : edits_) {
    if (edit.begin < done) continue;
    out += text(done, edit.begin);
    edit.blank ? append_blank(out, edit) : append_replacement(out, edit);
    done = edit.end;
  }
  out += text(done, text_.size());
  return out;
}

void Edits::append_blank(std::string& out, const Edit& edit) const {
  bool first = true;
  for (char byte : text(edit.begin, edit.end)) {
    if (continues_character(byte)) continue;  // columns count characters, not bytes
    out += ends_line(byte) ? byte : first ? edit.replacement.front() : ' ';
    first = false;
  }
}

void Edits::append_replacement(std::string& out, const Edit& edit) const {
  out += edit.replacement;
  for (char byte : text(edit.begin, edit.end))
    if (ends_line(byte)) out += byte;
}

}  // namespace tidemark::script
