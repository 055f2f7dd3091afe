// Two ways lead here. Git stopped: journal and equally named snapshots hold both texts
// between marks. Or somebody resolved the journal, or the names never met: then two
// snapshots follow the same one, and the chains that end in them are the branches.
#include "engine/branches.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/files.h"
#include "base/text.h"
#include "folder/conflict.h"

namespace tidemark {
namespace fs = std::filesystem;
namespace {

using Entries = std::vector<JournalEntry>;

bool has(const Entries& entries, const std::string& tag) {
  return std::ranges::find(entries, tag, &JournalEntry::tag) != entries.end();
}

/// During `git rebase` the label of what comes is a commit: `1a2b3c4 (its subject)`.
bool is_commit(const std::string& label) {
  std::size_t digits = label.find_first_not_of("0123456789abcdef");
  return digits != std::string::npos && digits >= 7 && label.substr(digits).starts_with(" (");
}

[[noreturn]] void refuse_tag(const std::string& tag, const Entries& one, const Entries& other) {
  std::vector<std::string> tags;
  for (const Entries* list : {&one, &other})
    for (const JournalEntry& entry : *list) tags.push_back(entry.tag);
  std::string near = did_you_mean(tag, tags);
  throw Error(Fault::usage, fmt::format("\"{}\" is not a migration of one branch alone", tag))
      .hint(near.empty() ? "one of: " + join(tags, ", ") : "did you mean " + near + "?");
}

/// The files of meta as one side of the marks has them, and the texts that differ.
void read_side(const Folder& disk, bool first, Branch& branch) {
  std::vector<fs::path> paths = {disk.journal_path()};
  for (const SnapshotFile& file : disk.snapshots) paths.push_back(file.path);
  std::error_code ignored;
  for (const fs::path& folder : {disk.out, disk.out / ".tidemark" / "down"})
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, ignored))
      if (entry.path().extension() == ".sql") paths.push_back(entry.path());
  for (const fs::path& path : paths)
    if (auto sides = split_conflict(read_file(path)))
      branch.texts[path.string()] = first ? sides->first : sides->second;
}

SnapshotHeader header_in(const std::string& text) {
  SnapshotHeader header = read_header(text);
  if (header.ids.id.empty() || header.ids.previous.empty()) header.ids = read_last_ids(text);
  return header;
}

/// Keeps the snapshots of the journal's migrations, with the ids of this side.
void keep_own_snapshots(Branch& branch) {
  for (SnapshotFile& file : branch.folder.snapshots)
    if (branch.texts.contains(file.path.string())) file.header = header_in(branch.text(file.path));
  std::vector<SnapshotFile> kept;
  for (const JournalEntry& entry : branch.folder.journal.entries())
    if (const SnapshotFile* file = snapshot_of(branch.folder, entry)) kept.push_back(*file);
  std::ranges::sort(kept, {}, [](const SnapshotFile& it) { return it.path.filename().string(); });
  branch.folder.snapshots = std::move(kept);
}

Branch side_of(const Folder& disk, bool first) {
  Branch branch{.folder = disk};
  read_side(disk, first, branch);
  branch.folder.layout = Layout::classic;
  branch.folder.journal =
      Journal::parse(branch.text(disk.journal_path()), disk.journal_path().string());
  keep_own_snapshots(branch);
  return branch;
}

std::size_t common_length(const Entries& one, const Entries& other) {
  std::size_t length = 0;
  while (length < one.size() && length < other.size() && one[length].tag == other[length].tag &&
         one[length].when == other[length].when)
    ++length;
  return length;
}

Branches split_by_marks(const Folder& disk, const ConflictSides& sides, const std::string& ours) {
  Branch first = side_of(disk, true), second = side_of(disk, false);
  const Entries& left = first.folder.journal.entries();
  const Entries& right = second.folder.journal.entries();
  auto common = static_cast<std::ptrdiff_t>(common_length(left, right));
  first.own = {left.begin() + common, left.end()};
  second.own = {right.begin() + common, right.end()};
  bool first_is_ours = !is_commit(sides.second_label);
  if (!ours.empty()) {
    if (has(first.own, ours) == has(second.own, ours)) refuse_tag(ours, first.own, second.own);
    first_is_ours = has(first.own, ours);
  }
  if (!first_is_ours) std::swap(first, second);
  return {.ours = std::move(first), .theirs = std::move(second)};
}

/// The entries whose snapshots lead to that of `last`, back to a snapshot in `forks`.
Entries chain_to(const Folder& folder, const JournalEntry& last, const std::string& fork) {
  Entries chain;
  const SnapshotFile* file = snapshot_of(folder, last);
  const Entries& entries = folder.journal.entries();
  for (std::size_t steps = 0; file && steps <= entries.size(); ++steps) {
    auto entry = std::ranges::find_if(
        entries, [&](const JournalEntry& it) { return snapshot_of(folder, it) == file; });
    if (entry == entries.end()) break;
    chain.insert(chain.begin(), *entry);
    if (file->header.ids.previous == fork) return chain;
    auto before = std::ranges::find_if(folder.snapshots, [&](const SnapshotFile& it) {
      return it.header.ids.id == file->header.ids.previous;
    });
    file = before == folder.snapshots.end() ? nullptr : &*before;
  }
  return {};
}

/// The id that several snapshots follow; empty where there is none.
std::string fork_of(const Folder& folder) {
  std::map<std::string, std::size_t> followers;
  for (const SnapshotFile& file : folder.snapshots)
    if (!file.header.ids.id.empty()) ++followers[file.header.ids.previous];
  std::string found;
  for (const auto& [id, count] : followers) {
    if (count < 2) continue;
    if (count > 2 || !found.empty())
      throw Error(Fault::failed, "more than two branches meet in this folder")
          .hint("merge one branch after the other, with a `tidemark rebase` after each");
    found = id;
  }
  return found;
}

Branch only(const Folder& folder, const Entries& own, const Entries& others) {
  Branch branch{.folder = folder, .own = own};
  for (const JournalEntry& entry : others) branch.folder.journal.remove(entry.tag);
  keep_own_snapshots(branch);
  return branch;
}

std::optional<Branches> split_by_chains(const Folder& disk, const std::string& ours) {
  Branch all{.folder = disk};
  keep_own_snapshots(all);  // what an interrupted command left behind is no branch
  std::string fork = fork_of(all.folder);
  if (fork.empty()) return std::nullopt;
  const Entries& entries = all.folder.journal.entries();
  auto last = std::ranges::find(entries, ours, &JournalEntry::tag);
  if (last == entries.end() && !ours.empty()) refuse_tag(ours, entries, {});
  Entries mine, others;
  // The chain that holds `ours`, to its end.
  for (const JournalEntry& entry : entries) {
    Entries chain = chain_to(all.folder, entry, fork);
    if (chain.empty()) continue;
    if (ours.empty() || has(chain, ours)) mine = chain;  // the last and longest one
  }
  for (const JournalEntry& entry : entries)
    if (!has(mine, entry.tag) && !chain_to(all.folder, entry, fork).empty())
      others.push_back(entry);
  if (mine.empty()) refuse_tag(ours, entries, {});
  return Branches{.ours = only(disk, mine, others), .theirs = only(disk, others, mine)};
}

void require_whole(const Branch& branch) {
  for (const JournalEntry& entry : branch.own)
    if (!snapshot_of(branch.folder, entry))
      throw Error(Fault::failed, fmt::format("the snapshot of {} is missing: what it did to the "
                                             "schema is not known",
                                             entry.tag))
          .hint("restore both branches' files in meta from version control; git's marks may stay");
}

}  // namespace

std::optional<std::string> Branch::text_if_exists(const fs::path& path) const {
  auto found = texts.find(path.string());
  return found == texts.end() ? read_file_if_exists(path) : found->second;
}

std::string Branch::text(const fs::path& path) const {
  auto found = texts.find(path.string());
  return found == texts.end() ? read_file(path) : found->second;
}

MigrationFile Branch::migration(const JournalEntry& entry) const {
  fs::path path = folder.sql_path(entry.tag);
  return {.tag = entry.tag, .when = entry.when, .path = path, .sql = text(path), .hash = {}};
}

Snapshot Branch::snapshot(const JournalEntry& entry) const {
  const SnapshotFile* file = snapshot_of(folder, entry);
  if (!file)
    throw Error(Fault::failed, fmt::format("the snapshot of {} is missing", entry.tag))
        .hint("restore it from version control");
  return parse_snapshot(text(file->path), folder.engine, file->path.string());
}

Snapshot Branch::start() const {
  const auto& entries = folder.journal.entries();
  if (entries.size() == own.size())
    return {.ids = {.id = std::string(no_snapshot_id)}, .catalog = {.engine = folder.engine}};
  // Between the common beginning and the first own one nothing else stands.
  const SnapshotFile* first = snapshot_of(folder, own.front());
  for (const JournalEntry& entry : entries) {
    const SnapshotFile* file = snapshot_of(folder, entry);
    if (file && first && file->header.ids.id == first->header.ids.previous) return snapshot(entry);
  }
  throw Error(Fault::failed,
              fmt::format("the snapshot that {} was made from is missing", own.front().tag))
      .hint("restore it from version control");
}

std::optional<Branches> find_branches(const fs::path& out, Engine engine, const std::string& ours) {
  Folder disk{.out = out, .engine = engine, .journal = Journal(engine)};
  std::optional<std::string> text = read_file_if_exists(disk.journal_path());
  if (!text) return std::nullopt;
  std::optional<Branches> found;
  if (auto sides = split_conflict(*text)) {
    disk.snapshots = list_snapshot_files(out);
    found = split_by_marks(disk, *sides, ours);
  } else {
    found = split_by_chains(open_folder(out, engine), ours);
  }
  if (!found) return std::nullopt;
  found->journal_text = *text;
  require_whole(found->ours);
  require_whole(found->theirs);
  return found;
}

}  // namespace tidemark
