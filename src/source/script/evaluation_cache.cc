#include "source/script/evaluation_cache.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include "base/build_id.h"
#include "base/crypto.h"
#include "base/files.h"
#include "base/json.h"

namespace tidemark::script {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t most_files = 100;

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

/// What answers depend on beside looks: the program, and what dates and texts of the
/// place are.
std::string key_of(const std::string& request, const fs::path& cwd) {
  std::error_code ignored;
  std::string zone = fs::read_symlink("/etc/localtime", ignored).string();
  std::string key = build_id("") + '\n' + cwd.string() + '\n' + request + '\n' + zone;
  for (const char* name : {"TZ", "LANG", "LC_ALL", "LC_TIME"}) key += '\n' + variable(name);
  return sha256(key);
}

/// Others must be able neither to read what schemas say nor to put answers here.
bool is_ours_alone(const fs::path& folder) {
  struct stat info {};
  return ::lstat(folder.c_str(), &info) == 0 && S_ISDIR(info.st_mode) &&
         info.st_uid == ::geteuid() && (info.st_mode & 077) == 0;
}

void forget_oldest(const fs::path& folder) {
  std::error_code ignored;
  std::vector<fs::directory_entry> files;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, ignored))
    files.push_back(entry);
  if (files.size() <= most_files) return;
  auto age = [&](const fs::directory_entry& entry) { return entry.last_write_time(ignored); };
  std::ranges::sort(files, {}, age);
  files.resize(files.size() - most_files / 2);
  for (const fs::directory_entry& entry : files) fs::remove(entry, ignored);
}

/// The lines of a file: a digest of the rest, the looks as JSON, the answer.
struct Kept {
  std::map<std::string, std::string> looks;
  std::string answer;
};

std::string written(const std::map<std::string, std::string>& looks, const std::string& answer) {
  std::string body = json::serialize(json::value_from(looks)) + '\n' + answer;
  return sha256(body) + '\n' + body;
}

std::optional<Kept> read_kept(const fs::path& file) {
  std::optional<std::string> text = read_file_if_exists(file);
  if (!text) return {};
  std::size_t first = text->find('\n'), second = text->find('\n', first + 1);
  if (second == std::string::npos) return {};
  std::string_view body = std::string_view(*text).substr(first + 1);
  if (text->compare(0, first, sha256(body)) != 0) return {};
  json::value looks = json::parse(std::string_view(*text).substr(first + 1, second - first - 1));
  return Kept{json::value_to<std::map<std::string, std::string>>(looks), text->substr(second + 1)};
}

}  // namespace

fs::path cache_folder() {
  std::string own = variable("TIDEMARK_CACHE"), xdg = variable("XDG_CACHE_HOME");
  if (own == "off") return {};
  if (!own.empty()) return own;
  if (xdg.starts_with('/')) return fs::path(xdg) / "tidemark";
  std::string home = variable("HOME");
  return home.starts_with('/') ? fs::path(home) / ".cache" / "tidemark" : fs::path();
}

std::optional<std::string> EvaluationCache::find(const std::string& request, World& world) const {
  if (folder_.empty() || !is_ours_alone(folder_)) return {};
  try {
    std::optional<Kept> kept = read_kept(folder_ / key_of(request, world.cwd()));
    if (kept && world.still_sees(kept->looks)) return std::move(kept->answer);
  } catch (const std::exception&) {
    // Not readable is as good as not there.
  }
  return {};
}

void EvaluationCache::keep(const std::string& request, const fs::path& cwd,
                           const std::map<std::string, std::string>& looks,
                           const std::string& answer) const {
  if (folder_.empty()) return;
  std::error_code ignored;
  fs::create_directories(folder_.parent_path(), ignored);
  ::mkdir(folder_.c_str(), 0700);
  if (!is_ours_alone(folder_)) return;
  fs::path file = folder_ / key_of(request, cwd);
  fs::path draft = fmt::format("{}.{}", file.string(), ::getpid());
  std::ofstream out(draft, std::ios::binary);
  out << written(looks, answer);
  out.close();
  if (out)
    fs::rename(draft, file, ignored);
  else
    fs::remove(draft, ignored);
  forget_oldest(folder_);
}

}  // namespace tidemark::script
