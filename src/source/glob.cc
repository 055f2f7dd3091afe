#include "source/glob.h"

#include <algorithm>
#include <set>

#include "base/text.h"

namespace tidemark {
namespace {

namespace fs = std::filesystem;

bool has_magic(std::string_view segment) {
  for (std::size_t at = 0; at < segment.size(); ++at) {
    if (segment[at] == '\\')
      ++at;
    else if (std::string_view("*?[").find(segment[at]) != std::string_view::npos)
      return true;
    else if (at + 1 < segment.size() && segment[at + 1] == '(' &&
             std::string_view("@!+").find(segment[at]) != std::string_view::npos)
      return true;
  }
  return false;
}

/// Walks the folders that one pattern without braces leads to.
class Walk {
 public:
  Walk(const fs::path& cwd, std::string_view pattern, std::set<std::string>& found)
      : cwd_(cwd), segments_(split(pattern, "/")), found_(found) {}

  void run() { visit("", 0); }

 private:
  /// `prefix` is the path so far, as it will be reported.
  void visit(std::string prefix, std::size_t segment) {
    while (segment < segments_.size() && !has_magic(segments_[segment])) {
      if (segment > 0) prefix += "/";
      prefix += replace_all(segments_[segment++], "\\", "");
    }
    if (segment == segments_.size()) {
      std::error_code ignored;
      if (fs::symlink_status(cwd_ / prefix, ignored).type() != fs::file_type::not_found)
        found_.insert(prefix);
    } else if (segments_[segment] == "**") {
      visit_deep(prefix, segment, false);
    } else {
      visit_matching(prefix, segment);
    }
  }

  void visit_matching(const std::string& prefix, std::size_t segment) {
    const std::string& pattern = segments_[segment];
    for (const std::string& name : names_in(prefix)) {
      if (name.starts_with('.') && !pattern.starts_with('.')) continue;
      if (!segment_matches(pattern, name)) continue;
      std::string path = below(prefix, name);
      if (segment + 1 == segments_.size())
        found_.insert(path);
      else if (fs::is_directory(cwd_ / path))
        visit(path, segment + 1);
    }
  }

  /// `**` is every folder below, this one included; a linked folder is looked into
  /// but not gone through, or a link to a parent would never end.
  void visit_deep(const std::string& prefix, std::size_t segment, bool entered) {
    bool last = segment + 1 == segments_.size();
    if (!last) visit(prefix, segment + 1);
    if (entered && fs::is_symlink(cwd_ / prefix)) return;
    for (const std::string& name : names_in(prefix)) {
      if (name.starts_with('.') || name == "node_modules") continue;
      std::string path = below(prefix, name);
      if (last) found_.insert(path);
      std::error_code ignored;
      if (fs::is_directory(cwd_ / path, ignored)) visit_deep(path, segment, true);
    }
  }

  std::vector<std::string> names_in(const std::string& prefix) const {
    std::vector<std::string> names;
    std::error_code error;
    fs::path folder = prefix.empty() && !segments_[0].empty() ? cwd_ : cwd_ / (prefix + "/");
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, error))
      names.push_back(entry.path().filename().string());
    return names;
  }

  /// An absolute pattern's first segment is empty, so its prefix is too.
  std::string below(const std::string& prefix, const std::string& name) const {
    if (prefix.empty()) return segments_[0].empty() ? "/" + name : name;
    return prefix + "/" + name;
  }

  const fs::path& cwd_;
  std::vector<std::string> segments_;
  std::set<std::string>& found_;
};

}  // namespace

std::vector<std::string> glob(const fs::path& cwd, std::string_view pattern) {
  std::set<std::string> found;
  for (const std::string& plain : expand_braces(pattern)) Walk(cwd, plain, found).run();
  std::vector<std::string> sorted(found.begin(), found.end());
  std::ranges::stable_sort(sorted, glob_less);
  return sorted;
}

}  // namespace tidemark
