#include "source/script/json_files.h"

namespace tidemark::script {

namespace fs = std::filesystem;

namespace {

std::size_t end_of_string(std::string_view text, std::size_t begin) {
  std::size_t end = begin + 1;
  while (end < text.size() && text[end] != '"') end += text[end] == '\\' ? 2 : 1;
  return std::min(end + 1, text.size());
}

std::size_t end_of_comment(std::string_view text, std::size_t begin) {
  bool line = text.substr(begin, 2) == "//";
  std::size_t end = text.find(line ? "\n" : "*/", begin + 2);
  if (end == std::string_view::npos) return text.size();
  return line ? end : end + 2;
}

}  // namespace

std::string without_comments(std::string_view text) {
  std::string out(text);
  std::size_t comma = std::string::npos;  // the last one, while only blanks follow it
  for (std::size_t i = text.starts_with("\xEF\xBB\xBF") ? 3 : 0; i < text.size();) {
    std::size_t end = i + 1;
    bool comment = text.substr(i, 2) == "//" || text.substr(i, 2) == "/*";
    if (comment) {
      end = end_of_comment(text, i);
      out.replace(i, end - i, end - i, ' ');
    } else if (text[i] == '"') {
      end = end_of_string(text, i);
      comma = std::string::npos;
    } else if (text[i] == ',') {
      comma = i;
    } else if (text[i] == '}' || text[i] == ']') {
      if (comma != std::string::npos) out[comma] = ' ';
      comma = std::string::npos;
    } else if (text[i] != ' ' && text[i] != '\n' && text[i] != '\r' && text[i] != '\t') {
      comma = std::string::npos;
    }
    i = end;
  }
  if (out.starts_with("\xEF\xBB\xBF")) out.replace(0, 3, 3, ' ');
  return out;
}

const json::object* JsonFiles::read(const fs::path& file) {
  auto [entry, fresh] = files_.try_emplace(file);
  if (fresh) {
    if (world_.is_file(file)) {
      boost::system::error_code mistake;
      entry->second = json::parse(without_comments(world_.read(file)), mistake);
      if (mistake) entry->second = nullptr;
    }
  }
  return entry->second.if_object();
}

fs::path JsonFiles::nearest(fs::path folder, const char* name) {
  for (;; folder = folder.parent_path()) {
    if (read(folder / name)) return folder / name;
    if (folder == folder.parent_path()) return {};
  }
}

std::string text_member(const json::object& object, std::string_view key) {
  const json::value* member = object.if_contains(key);
  return member && member->is_string() ? std::string(member->as_string()) : "";
}

}  // namespace tidemark::script
