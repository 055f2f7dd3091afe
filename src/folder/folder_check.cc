// What can be wrong with a folder. What stops Drizzle Kit is serious; what it does
// not look at, and what leads to surprises later, is told as well.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <unordered_set>

#include "base/files.h"
#include "base/text.h"
#include "folder/folder.h"
#include "folder/json_place.h"

namespace tidemark {
namespace fs = std::filesystem;
namespace {

using Findings = std::vector<FolderFinding>;

std::string file_name(const SnapshotFile& file) { return file.path.filename().string(); }

/// Two snapshots that follow the same one: two branches were merged, and the
/// newer of their migrations does not know what the other did.
std::vector<Error> collisions(const Folder& folder) {
  std::map<std::string, std::vector<const SnapshotFile*>> by_previous;
  for (const SnapshotFile& file : folder.snapshots)
    if (!file.header.ids.id.empty()) by_previous[file.header.ids.previous].push_back(&file);
  std::vector<Error> errors;
  for (const auto& [previous, files] : by_previous) {
    if (files.size() < 2) continue;
    std::vector<std::string> names;
    for (const SnapshotFile* file : files) names.push_back(file_name(*file));
    std::string text = read_file(files.back()->path);
    SourceRange place = range_at(files.back()->path.string(), text,
                                 place_of(text, std::vector<std::string>{"prevId"}));
    errors.push_back(
        Error(Fault::failed, fmt::format("{} follow the same snapshot: their migrations were made "
                                         "on different branches",
                                         join(names, " and ")))
            .at(std::move(place))
            .hint("run `tidemark rebase`: it puts one branch on top of the other"));
  }
  return errors;
}

void check_entries(const Folder& folder, Findings& findings) {
  std::unordered_set<std::string> tags;
  const std::string journal = folder.journal_path().string();
  const JournalEntry* last = nullptr;
  for (const JournalEntry& entry : folder.journal.entries()) {
    if (!tags.insert(entry.tag).second)
      findings.push_back(
          {true, Error(Fault::failed, fmt::format("{} names {} twice", journal, entry.tag))
                     .hint("correct the journal by hand")});
    std::error_code ignored;
    if (!fs::exists(folder.sql_path(entry.tag), ignored))
      findings.push_back(
          {true,
           Error(Fault::failed, fmt::format("{} is missing", folder.sql_path(entry.tag).string()))
               .hint("restore it from version control")});
    if (last && entry.when <= last->when)
      findings.push_back(
          {false,
           Error(Fault::failed,
                 fmt::format("{} is not newer than {}, which runs before it", entry.tag, last->tag))
               .hint("tidemark applies it all the same; drizzle-kit skips it where the other "
                     "one is applied")});
    last = &entry;
  }
}

void check_snapshots(const Folder& folder, Findings& findings) {
  for (const SnapshotFile& file : folder.snapshots) {
    try {
      load_snapshot(folder, file);
    } catch (Error& error) {
      findings.push_back({true, std::move(error)});
    }
  }
  for (Error& error : collisions(folder)) findings.push_back({true, std::move(error)});
  const SnapshotFile* newest = newest_snapshot(folder);
  if (!folder.snapshots.empty() && newest != &folder.snapshots.back())
    findings.push_back(
        {false, Error(Fault::failed, fmt::format("{} belongs to no migration of the journal",
                                                 file_name(folder.snapshots.back())))
                    .hint("an interrupted `generate` left it; the next one replaces it")});
}

void check_stray_files(const Folder& folder, Findings& findings) {
  std::error_code ignored;
  std::vector<std::string> stray;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder.out, ignored))
    if (entry.path().extension() == ".sql" && !folder.journal.has(entry.path().stem().string()))
      stray.push_back(entry.path().filename().string());
  std::ranges::sort(stray);
  for (const std::string& name : stray)
    findings.push_back(
        {false,
         Error(Fault::failed, fmt::format("{} is not in the journal, so it never runs", name))
             .hint("delete it, or make it a migration with `tidemark generate --custom`")});
}

}  // namespace

std::vector<FolderFinding> check_folder(const Folder& folder) {
  Findings findings;
  if (folder.layout != Layout::classic) return findings;
  check_entries(folder, findings);
  check_snapshots(folder, findings);
  check_stray_files(folder, findings);
  return findings;
}

Error snapshots_not_read(const Folder& folder) {
  return Error(Fault::usage,
               fmt::format("{} has the layout of Drizzle Kit 1, whose snapshots are not read: its "
                           "schema is not known",
                           std::filesystem::proximate(folder.out).string()))
      .hint("`tidemark drift` compares a database that it was applied to with the schema");
}

void require_writable(const Folder& folder) {
  if (folder.layout == Layout::v1)
    throw Error(Fault::usage, fmt::format("{} has the layout of Drizzle Kit 1 (a folder for each "
                                          "migration), which can be applied but not added to yet",
                                          std::filesystem::proximate(folder.out).string()))
        .hint(
            "point \"out\" at another folder, or generate with drizzle-kit and apply with "
            "tidemark");
  // One snapshot alone is what an interrupted first run leaves behind.
  if (folder.layout == Layout::none && folder.snapshots.size() > 1)
    throw Error(Fault::failed,
                fmt::format("{} has snapshots but no journal", (folder.out / "meta").string()))
        .hint("restore meta/_journal.json from version control");
  for (Error& error : collisions(folder)) throw std::move(error);
}

}  // namespace tidemark
