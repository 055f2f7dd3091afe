#include "folder/folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "base/crypto.h"
#include "base/files.h"
#include "base/text.h"

namespace tidemark {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view snapshot_ending = "_snapshot.json";

constexpr std::size_t edge = 1024;  // bytes read from either end of a snapshot

/// A file that is read in parts.
class Edges {
 public:
  explicit Edges(const fs::path& path) : fd_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
  ~Edges() {
    if (fd_ >= 0) ::close(fd_);
  }
  Edges(const Edges&) = delete;
  Edges& operator=(const Edges&) = delete;

  std::string beginning() const { return part(0); }
  std::string end() const {
    off_t size = fd_ < 0 ? 0 : ::lseek(fd_, 0, SEEK_END);
    return part(std::max<off_t>(0, size - static_cast<off_t>(edge)));
  }

 private:
  std::string part(off_t from) const {
    std::string bytes(edge, '\0');
    ssize_t got = fd_ < 0 ? -1 : ::pread(fd_, bytes.data(), bytes.size(), from);
    bytes.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
    return bytes;
  }
  int fd_;
};

/// Most snapshots begin with their ids, some end with them; a few have to be read.
SnapshotHeader header_of(const fs::path& path) {
  Edges edges(path);
  SnapshotHeader header = read_header(edges.beginning());
  if (header.ids.id.empty() || header.ids.previous.empty()) header.ids = read_last_ids(edges.end());
  if (header.ids.id.empty() || header.ids.previous.empty()) header = read_header(read_file(path));
  return header;
}

SnapshotFile read_edges(const fs::path& path) {
  std::string name = path.filename().string();
  return {.path = path,
          .prefix = name.substr(0, name.size() - snapshot_ending.size()),
          .header = header_of(path)};
}

/// What cannot be looked into must not pass for empty: everything would be made anew.
void require_folder(const fs::path& path) {
  std::error_code error;
  if (fs::exists(path, error) && !fs::is_directory(path, error))
    throw Error(Fault::failed, fmt::format("{} is a file, not a folder", path.string()))
        .hint("delete it, or point \"out\" at another folder");
  const fs::directory_iterator opened(path, error);
  if (error && error != std::errc::no_such_file_or_directory)
    throw Error(Fault::failed, fmt::format("cannot read {}: {}", path.string(), error.message()))
        .hint("let this user read the folder and write to it");
}

std::vector<SnapshotFile> list_snapshots(const fs::path& meta) {
  std::vector<fs::path> paths;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(meta, error)) {
    std::string name = entry.path().filename().string();
    if (name.ends_with(snapshot_ending) && name.front() != '_') paths.push_back(entry.path());
  }
  // With the prefix `none` Drizzle Kit writes every snapshot to this one name.
  if (paths.empty() && fs::exists(meta / "_snapshot.json", error))
    paths.push_back(meta / "_snapshot.json");
  std::ranges::sort(paths, {}, [](const fs::path& path) { return path.filename().string(); });
  std::vector<SnapshotFile> files;
  files.reserve(paths.size());
  for (const fs::path& path : paths) files.push_back(read_edges(path));
  return files;
}

/// `yyyyMMddHHmmss` at the beginning of a folder's name, in milliseconds.
std::optional<std::int64_t> time_of(std::string_view name) {
  if (name.size() < 14) return {};
  std::array<int, 6> part = {};
  std::size_t at = 0;
  for (std::size_t index = 0; index < part.size(); ++index)
    for (std::size_t digit = index == 0 ? 4 : 2; digit > 0; --digit, ++at) {
      if (name[at] < '0' || name[at] > '9') return {};
      part[index] = part[index] * 10 + (name[at] - '0');
    }
  using namespace std::chrono;
  sys_days day = year(part[0]) / part[1] / part[2];
  auto time = day + hours(part[3]) + minutes(part[4]) + seconds(part[5]);
  return duration_cast<milliseconds>(time.time_since_epoch()).count();
}

/// The names of version 1's migrations, in order.
std::vector<std::string> list_v1(const fs::path& out) {
  std::vector<std::string> names;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(out, error)) {
    std::string name = entry.path().filename().string();
    if (time_of(name) && fs::exists(entry.path() / "migration.sql", error)) names.push_back(name);
  }
  std::ranges::sort(names);
  return names;
}

bool belongs(const SnapshotFile& file, const JournalEntry& entry) {
  return entry.tag.starts_with(file.prefix + "_") ||
         file.prefix == fmt::format("{:04}", entry.idx) || file.prefix.ends_with("_" + entry.tag);
}

MigrationFile read_migration(std::string tag, std::int64_t when, const fs::path& path,
                             std::string sql) {
  MigrationFile file{.tag = std::move(tag), .when = when, .path = path, .sql = std::move(sql)};
  file.hash = sha256(file.sql);
  bool foreign_lines = file.sql.find('\r') != std::string::npos;
  file.hash_of_lines = foreign_lines ? sha256(replace_all(file.sql, "\r\n", "\n")) : file.hash;
  return file;
}

std::vector<MigrationFile> read_classic(const Folder& folder) {
  std::vector<MigrationFile> files;
  std::vector<std::string> missing;
  for (const JournalEntry& entry : folder.journal.entries()) {
    fs::path path = folder.sql_path(entry.tag);
    std::optional<std::string> sql = read_file_if_exists(path);
    if (!sql)
      missing.push_back(path.string());
    else
      files.push_back(read_migration(entry.tag, entry.when, path, std::move(*sql)));
  }
  if (!missing.empty())
    throw Error(Fault::failed, fmt::format("{} names migrations that are not there: {}",
                                           folder.journal_path().string(), join(missing, ", ")))
        .hint("restore them from version control, or take them out with `tidemark drop`");
  return files;
}

}  // namespace

fs::path Folder::sql_path(std::string_view tag) const { return out / fmt::format("{}.sql", tag); }

fs::path Folder::way_back_path(std::string_view tag) const {
  return out / ".tidemark" / "down" / fmt::format("{}.sql", tag);
}

Folder open_folder(const fs::path& out, Engine engine) {
  require_folder(out);
  require_folder(out / "meta");
  Folder folder{.out = out, .engine = engine, .journal = Journal(engine)};
  std::optional<std::string> journal = read_file_if_exists(folder.journal_path());
  folder.snapshots = list_snapshots(out / "meta");
  if (journal) {
    folder.layout = Layout::classic;
    folder.journal = Journal::parse(*journal, folder.journal_path().string());
  } else if (!list_v1(out).empty()) {
    folder.layout = Layout::v1;
  }
  return folder;
}

std::vector<SnapshotFile> list_snapshot_files(const fs::path& out) {
  return list_snapshots(out / "meta");
}

const SnapshotFile* newest_snapshot(const Folder& folder) {
  const auto& entries = folder.journal.entries();
  for (auto file = folder.snapshots.rbegin(); file != folder.snapshots.rend(); ++file)
    if (std::ranges::any_of(entries, [&](const auto& entry) { return belongs(*file, entry); }) ||
        file->prefix.empty())
      return &*file;
  return nullptr;
}

const SnapshotFile* snapshot_of(const Folder& folder, const JournalEntry& entry) {
  auto found = std::ranges::find_if(folder.snapshots, [&](const SnapshotFile& file) {
    return entry.tag.starts_with(file.prefix + "_");
  });
  if (found == folder.snapshots.end())
    found = std::ranges::find_if(folder.snapshots,
                                 [&](const SnapshotFile& file) { return belongs(file, entry); });
  return found == folder.snapshots.end() ? nullptr : &*found;
}

Snapshot load_snapshot(const Folder& folder, const SnapshotFile& file) {
  return parse_snapshot(read_file(file.path), folder.engine, file.path.string());
}

std::string read_newest(const Folder& folder) {
  const SnapshotFile* newest = newest_snapshot(folder);
  return newest ? read_file(newest->path) : "";
}

Snapshot load_newest(const Folder& folder) {
  if (const SnapshotFile* newest = newest_snapshot(folder)) return load_snapshot(folder, *newest);
  return {.ids = {.id = std::string(no_snapshot_id)}, .catalog = {.engine = folder.engine}};
}

std::optional<Catalog> schema_before(const MigrationFile& file, Engine engine) {
  try {
    Folder folder = open_folder(file.path.parent_path(), engine);
    const SnapshotFile* before = nullptr;
    for (const JournalEntry& entry : folder.journal.entries()) {
      if (entry.tag == file.tag) break;
      if (const SnapshotFile* snapshot = snapshot_of(folder, entry)) before = snapshot;
    }
    if (before) return load_snapshot(folder, *before).catalog;
  } catch (const Error&) {  // of what nobody asked to read
  }
  return std::nullopt;
}

std::vector<MigrationFile> read_migrations(const Folder& folder) {
  if (folder.layout != Layout::v1) return read_classic(folder);
  std::vector<MigrationFile> files;
  for (const std::string& name : list_v1(folder.out)) {
    fs::path path = folder.out / name / "migration.sql";
    files.push_back(read_migration(name, time_of(name).value(), path, read_file(path)));
  }
  return files;
}

std::optional<std::string> read_way_back(const Folder& folder, std::string_view tag) {
  return read_file_if_exists(folder.way_back_path(tag));
}

}  // namespace tidemark
