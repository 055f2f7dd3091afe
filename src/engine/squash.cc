#include "engine/squash.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/crypto.h"
#include "base/errors.h"
#include "base/files.h"
#include "base/text.h"
#include "diff/diff.h"
#include "engine/earlier_renames.h"
#include "engine/migration_step.h"
#include "folder/file_statements.h"
#include "folder/unfinished.h"
#include "plan/planner.h"

namespace tidemark {
namespace {

std::size_t index_of(const std::vector<MigrationFile>& files, const std::string& tag,
                     std::size_t otherwise) {
  if (tag.empty()) return otherwise;
  auto found = std::ranges::find(files, tag, &MigrationFile::tag);
  if (found != files.end()) return static_cast<std::size_t>(found - files.begin());
  std::vector<std::string> tags;
  for (const MigrationFile& file : files) tags.push_back(file.tag);
  std::string near = did_you_mean(tag, tags);
  throw Error(Fault::usage, fmt::format("there is no migration \"{}\"", tag))
      .hint(near.empty() ? "`tidemark status` lists them" : "did you mean " + near + "?");
}

/// What came of `names` by one more rename.
void follow(Renames& names, const RenameDecision& next) {
  if (next.kind == RenameKind::table)
    for (RenameDecision& it : names)
      if (it.table == next.before) it.table = next.after;
  for (RenameDecision& it : names)
    if (it.kind == next.kind && it.table == next.table && it.after == next.before) {
      it.after = next.after;
      return;
    }
  names.push_back(next);
}

[[noreturn]] void no_snapshot(const std::string& tag) {
  throw Error(
      Fault::failed,
      fmt::format("the folder lacks a snapshot of {}, so the schema there is not known", tag))
      .hint("squash a part that it is not in");
}

/// All of them as one.
MigrationStep step_over(const Folder& folder, std::span<const MigrationFile> files) {
  MigrationStep whole;
  for (const MigrationFile& file : files) {
    std::optional<MigrationStep> step = step_of(folder, file);
    if (!step) no_snapshot(file.tag);
    if (&file == &files.front()) whole.before = std::move(step->before);
    whole.after = std::move(step->after);
    for (const RenameDecision& rename : step->renames) follow(whole.renames, rename);
  }
  return whole;
}

std::vector<std::string> own_sql(std::span<const MigrationFile> files, Engine engine,
                                 OwnSql choice) {
  std::vector<std::string> all;
  std::vector<Error> problems;
  for (const MigrationFile& file : files)
    for (std::string& sql : own_statements(file, engine)) {
      problems.push_back(Error(
          Fault::answer_needed,
          fmt::format("{}: no snapshot knows of this statement: {}", file.tag, first_line(sql))));
      all.push_back(std::move(sql));
    }
  if (choice == OwnSql::leave_out) return {};
  if (choice == OwnSql::keep || all.empty()) return all;
  problems.back() = std::move(problems.back())
                        .hint(
                            "Say `--keep-sql` to put these after the others, as they are, or "
                            "`--leave-out-sql`.");
  throw_all(std::move(problems));
}

std::string free_tag(const Folder& folder, const std::string& prefix, const std::string& name) {
  std::string start = prefix.empty() ? "" : prefix + "_";
  std::string tag = start + name;
  std::error_code ignored;
  for (int copy = 2;
       folder.journal.has(tag) || std::filesystem::exists(folder.sql_path(tag), ignored); ++copy)
    tag = fmt::format("{}{}_{}", start, name, copy);
  return tag;
}

std::string with_own_sql(std::string sql, const std::vector<std::string>& own, bool breakpoints) {
  for (const std::string& statement : own) {
    if (!sql.empty()) {
      if (!sql.ends_with('\n')) sql += "\n";
      if (breakpoints) sql += std::string(statement_breakpoint) + "\n";
    }
    sql += statement + ";\n";
  }
  return sql;
}

/// Later migrations stay as they are, behind the new one.
ReplacingMigration as_it_is(const Folder& folder, const JournalEntry& entry) {
  const SnapshotFile* file = snapshot_of(folder, entry);
  if (!file) no_snapshot(entry.tag);
  return {.entry = entry,
          .snapshot_prefix = file->prefix,
          .snapshot = read_file(file->path),
          .sql = std::nullopt};
}

Folder open_tidy_folder(Project& project) {
  remove_leftovers(project.out());
  return open_folder(project.out(), project.config().engine);
}

}  // namespace

Squash::Squash(Project& project, const SquashOptions& options)
    : folder_(open_tidy_folder(project)),
      bundle_(project.bundle()),
      replacement_{.journal_was = {}, .journal = folder_.journal} {
  require_writable(folder_);
  if (folder_.layout == Layout::classic) decide(options);
}

void Squash::decide(const SquashOptions& options) {
  std::vector<MigrationFile> files = read_migrations(folder_);
  if (files.empty()) return;
  std::size_t first = index_of(files, options.from, 0);
  std::size_t last = index_of(files, options.to, files.size() - 1);
  if (first > last)
    throw Error(Fault::usage, fmt::format("{} comes after {}", options.from, options.to))
        .hint("name the older one with --from");
  if (first == last) return;
  std::span<const MigrationFile> range(&files[first], last - first + 1);
  plan_.own_sql = own_sql(range, folder_.engine, options.own_sql);

  MigrationStep step = step_over(folder_, range);
  KnownRenames known(step.renames);
  DiffResult difference = diff(step.before, step.after, known);
  difference.renamed_earlier = renamed_earlier(folder_, step.before, difference);
  plan_.plan = make_plan(difference, step.after);
  Plan back = plan_back(step.before, step.after, difference.renames, difference.renamed_earlier);

  const std::vector<JournalEntry> entries = folder_.journal.entries();
  const SnapshotFile* head = snapshot_of(folder_, entries[first]);
  const SnapshotFile* tail = snapshot_of(folder_, entries[last]);
  JournalEntry entry = entries[last];
  bool breakpoints = entry.breakpoints || !plan_.own_sql.empty();
  entry.idx = entries[first].idx;
  entry.breakpoints = breakpoints;
  bool numbered = entries[first].tag.starts_with(head->prefix + "_");
  entry.tag = plan_.tag = free_tag(folder_, numbered ? head->prefix : "", options.name);
  Snapshot after = load_snapshot(folder_, *tail);
  SnapshotIds ids{.id = tail->header.ids.id, .previous = head->header.ids.previous};

  replacement_.journal_was = read_file(folder_.journal_path());
  for (std::size_t at = first; at < entries.size(); ++at)
    replacement_.journal.remove(entries[at].tag);
  for (std::size_t at = first; at <= last; ++at) {
    plan_.squashed.push_back(entries[at].tag);
    replacement_.removed.push_back(entries[at].tag);
    replacement_.removed_snapshots.push_back(
        snapshot_of(folder_, entries[at])->path.filename().string());
  }
  std::string sql =
      with_own_sql(migration_sql(plan_.plan, breakpoints), plan_.own_sql, breakpoints);
  replacement_.migrations.push_back({.entry = entry,
                                     .snapshot_prefix = numbered ? head->prefix : tail->prefix,
                                     .snapshot = write_snapshot(after.catalog, ids, after.meta),
                                     .sql = sql,
                                     .way_back = way_back_sql(plan_.plan, back, breakpoints)});
  for (std::size_t at = last + 1; at < entries.size(); ++at)
    replacement_.migrations.push_back(as_it_is(folder_, entries[at]));

  std::vector<MigrationFile> is = files;
  is[first] = {.tag = entry.tag,
               .when = entry.when,
               .path = folder_.sql_path(entry.tag),
               .sql = sql,
               .hash = sha256(sql)};
  is.erase(is.begin() + static_cast<std::ptrdiff_t>(first) + 1,
           is.begin() + static_cast<std::ptrdiff_t>(last) + 1);
  plan_.proof = prove_folders(files, is, folder_.engine, options.scratch);
}

void Squash::apply() {
  if (!plan_.empty()) replace_migrations(folder_, replacement_, bundle_);
}

}  // namespace tidemark
