#include "source/script/world.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/crypto.h"
#include "base/files.h"
#include "base/text.h"

namespace tidemark::script {

namespace fs = std::filesystem;

namespace {

// Questions are a word and what it is about: "kind /a/b.ts", "variable HOME".
constexpr std::string_view asks_kind = "kind", asks_text = "text", asks_names = "names",
                           asks_real = "real", asks_value = "variable", asks_all = "variables";

std::string kind(const fs::path& path) {
  std::error_code ignored;
  fs::file_status status = fs::status(path, ignored);
  if (fs::is_regular_file(status)) return "file";
  return fs::is_directory(status) ? "folder" : "";
}

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, ignored))
    names.push_back(entry.path().filename().string());
  std::ranges::sort(names);
  return names;
}

std::string digest_of_names(const std::vector<std::string>& names) {
  return sha256(join(names, "\n"));
}

std::string real_of(const fs::path& path) {
  std::error_code ignored;
  return fs::weakly_canonical(path, ignored).string();
}

}  // namespace

World::World(fs::path cwd, std::map<std::string, std::string> environment)
    : cwd_(std::move(cwd)), environment_(std::move(environment)) {}

void World::note(std::string_view kind, const std::string& what, std::string answer) {
  if (looks_) looks_->try_emplace(fmt::format("{} {}", kind, what), std::move(answer));
}

bool World::is_file(const fs::path& path) {
  std::string found = kind(path);
  note(asks_kind, path.string(), found);
  return found == "file";
}

bool World::is_folder(const fs::path& path) {
  std::string found = kind(path);
  note(asks_kind, path.string(), found);
  return found == "folder";
}

std::string World::read(const fs::path& path) {
  std::string text = read_file(path);
  if (looks_) note(asks_text, path.string(), sha256(text));
  return text;
}

std::vector<std::string> World::names(const fs::path& folder) {
  std::vector<std::string> names = names_in(folder);
  note(asks_names, folder.string(), digest_of_names(names));
  return names;
}

fs::path World::real(const fs::path& path) {
  std::string real = real_of(path);
  note(asks_real, path.string(), real);
  return real;
}

std::optional<std::string> World::variable(const std::string& name) {
  if (looks_) note(asks_value, name, answer(fmt::format("{} {}", asks_value, name)));
  auto found = environment_.find(name);
  return found == environment_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<std::string> World::variables() {
  note(asks_all, "", answer(asks_all));
  std::vector<std::string> names;
  for (const auto& [name, value] : environment_) names.push_back(name);
  return names;
}

const fs::path& World::root() {
  if (root_) return *root_;
  root_ = cwd_;
  for (fs::path folder = cwd_;; folder = folder.parent_path()) {
    if (is_folder(folder / ".git") || is_file(folder / ".git") ||
        is_file(folder / "pnpm-workspace.yaml")) {
      root_ = folder;
      break;
    }
    if (is_file(folder / "package.json")) root_ = folder;
    if (folder == folder.parent_path()) break;
  }
  return *root_;
}

/// What a look sees now, as it is noted.
std::string World::answer(std::string_view question) const {
  std::size_t space = question.find(' ');
  std::string_view word = question.substr(0, space);
  std::string what(space == std::string_view::npos ? "" : question.substr(space + 1));
  if (word == asks_kind) return kind(what);
  if (word == asks_text) {
    std::optional<std::string> text = read_file_if_exists(what);
    return text ? sha256(*text) : "";
  }
  if (word == asks_names) return digest_of_names(names_in(what));
  if (word == asks_real) return real_of(what);
  if (word == asks_value) {
    auto found = environment_.find(what);
    return found == environment_.end() ? "" : sha256(found->second);
  }
  std::vector<std::string> names;
  for (const auto& [name, value] : environment_) names.push_back(name);
  return digest_of_names(names);
}

bool World::still_sees(const std::map<std::string, std::string>& looks) {
  return std::ranges::all_of(
      looks, [this](const auto& look) { return answer(look.first) == look.second; });
}

bool World::gives_away(std::string_view text) const {
  constexpr std::size_t shortest = 6;  // what is shorter is no secret
  if (!looks_) return false;
  for (const auto& [question, digest] : *looks_) {
    if (!question.starts_with(asks_value) || !question.substr(asks_value.size()).starts_with(' '))
      continue;
    auto found = environment_.find(question.substr(asks_value.size() + 1));
    if (found != environment_.end() && found->second.size() >= shortest &&
        text.find(found->second) != std::string_view::npos)
      return true;
  }
  return false;
}

}  // namespace tidemark::script
