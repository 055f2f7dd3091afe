#include "studio/page.h"

#include <string>

#include "embedded/studio_page.h"

namespace tidemark::studio {
namespace {

std::string_view type_of(std::string_view path) {
  if (path.ends_with(".js")) return "text/javascript; charset=utf-8";
  if (path.ends_with(".css")) return "text/css; charset=utf-8";
  if (path.ends_with(".svg")) return "image/svg+xml";
  return "text/html; charset=utf-8";
}

}  // namespace

std::optional<PageFile> page_file(std::string_view path) {
  if (path == "/") path = "/index.html";
  std::string_view content = embedded::studio_page("page" + std::string(path));
  if (content.empty()) return std::nullopt;
  return PageFile{type_of(path), content};
}

}  // namespace tidemark::studio
