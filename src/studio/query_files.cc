#include "studio/query_files.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <fstream>

#include "base/files.h"
#include "base/json.h"
#include "tidemark/error.h"

namespace tidemark::studio {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t most_remembered = 200;
constexpr std::size_t longest_name = 80;
constexpr std::string_view name_letters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 _-.";

bool is_plain(std::string_view name) {
  return !name.empty() && name.size() <= longest_name && name.front() != '.' &&
         name.front() != ' ' && name.find_first_not_of(name_letters) == name.npos;
}

fs::path file_of(const fs::path& folder, const std::string& name) {
  if (!is_plain(name))
    throw Error(Fault::usage, fmt::format("\"{}\" is no name for a query", name))
        .hint(fmt::format("Up to {} letters, digits, spaces and _-., not a dot first.",
                          longest_name));
  return folder / (name + ".sql");
}

/// It may hold passwords that were typed.
void make_private(const fs::path& folder) {
  if (fs::exists(folder / ".gitignore")) return;
  fs::create_directories(folder);
  fs::permissions(folder, fs::perms::owner_all);
  write_file(folder / ".gitignore", "*\n");
}

}  // namespace

QueryFiles::QueryFiles(const fs::path& out)
    : queries_(out / ".tidemark" / "queries"), console_(out / ".tidemark" / "console") {}

std::vector<SavedQuery> QueryFiles::saved() const {
  std::vector<SavedQuery> out;
  std::error_code missing;
  for (const fs::directory_entry& entry : fs::directory_iterator(queries_, missing)) {
    std::string name = entry.path().stem().string();
    if (entry.path().extension() == ".sql" && is_plain(name) && entry.is_regular_file())
      out.push_back({name, read_file(entry.path())});
  }
  std::ranges::sort(out, {}, &SavedQuery::name);
  return out;
}

void QueryFiles::save(const SavedQuery& query) const {
  write_file(file_of(queries_, query.name), query.sql);
}

void QueryFiles::remove(const std::string& name) const { fs::remove(file_of(queries_, name)); }

std::vector<std::string> QueryFiles::history() const {
  std::vector<std::string> out;
  std::string text = read_file_if_exists(console_ / "history.jsonl").value_or("");
  for (std::string_view rest = text; !rest.empty();) {
    std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    boost::system::error_code damaged;
    json::value sql = json::parse(line, damaged);
    if (!damaged && sql.is_string()) out.emplace_back(sql.get_string());
  }
  std::ranges::reverse(out);
  return out;
}

void QueryFiles::remember(const std::string& sql) const {
  std::vector<std::string> all = history();
  std::erase(all, sql);
  all.insert(all.begin(), sql);
  if (all.size() > most_remembered) all.resize(most_remembered);
  std::string text;
  for (auto one = all.rbegin(); one != all.rend(); ++one) text += json_string(*one) + "\n";
  make_private(console_);
  write_file(console_ / "history.jsonl", text);
}

void QueryFiles::note_written(const std::vector<std::string>& statements) const {
  make_private(console_);
  std::ofstream file(console_ / "written.sql", std::ios::app);
  auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  file << fmt::format("-- {:%Y-%m-%dT%H:%M:%SZ}\n", fmt::gmtime(now));
  for (const std::string& sql : statements) file << sql << (sql.ends_with(';') ? "\n" : ";\n");
}

}  // namespace tidemark::studio
