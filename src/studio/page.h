#pragma once

#include <optional>
#include <string_view>

namespace tidemark::studio {

struct PageFile {
  std::string_view type, content;
};

/// A file of the page by its path, `/` for the page itself. All are in the program.
std::optional<PageFile> page_file(std::string_view path);

}  // namespace tidemark::studio
