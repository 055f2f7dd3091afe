#include "apply/image_object.h"

#include <algorithm>

#include "base/text.h"

namespace tidemark {

ImageObject::ImageObject(std::string_view text) {
  for (std::string_view word : {"materialized view", "comment on"})
    if (text.starts_with(word)) kind = word;
  if (kind.empty()) kind = text.substr(0, text.find(' '));
  text.remove_prefix(std::min(text.size(), kind.size() + 1));
  described = text;
  std::size_t end = kind == "function" ? text.find('(') : text.size();
  arguments = text.substr(std::min(end, text.size()));
  for (const std::string& name : split(text.substr(0, end), ".")) names.emplace_back(name);
}

std::string image_object(std::string_view kind, const Path& path, const Name& part) {
  std::string text = std::string(kind) + " " + path.schema.text() + "." + path.name.text();
  return part.empty() ? text : text + "." + part.text();
}

}  // namespace tidemark
