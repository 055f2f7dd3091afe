// Each of our migrations was a difference between two schemas. The same difference is
// made on top of theirs: the schema before and after it is merged with their schema,
// and where its plan comes out the same its SQL stays, hand-written parts and all.
#include "engine/rebase.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>

#include "base/crypto.h"
#include "base/errors.h"
#include "diff/diff.h"
#include "diff/merge.h"
#include "engine/branches.h"
#include "engine/earlier_renames.h"
#include "engine/migration_step.h"
#include "folder/unfinished.h"
#include "plan/planner.h"
#include "plan/proof.h"

namespace tidemark {
namespace {

/// A step as its files would be generated.
struct Generated {
  Plan plan;
  std::string sql, way_back;
};

Generated generated(const Branch& branch, const MigrationStep& step, bool breakpoints) {
  KnownRenames known(step.renames);
  DiffResult difference = diff(step.before, step.after, known);
  difference.renamed_earlier = renamed_earlier(branch.folder, step.before, difference);
  Generated out{.plan = make_plan(difference, step.after)};
  Plan back = plan_back(step.before, step.after, difference.renames, difference.renamed_earlier);
  out.sql = migration_sql(out.plan, breakpoints);
  out.way_back = way_back_sql(out.plan, back, breakpoints);
  return out;
}

/// The name without the number before it.
std::string bare_name(const Branch& branch, const JournalEntry& entry) {
  const SnapshotFile* file = snapshot_of(branch.folder, entry);
  std::string start = file->prefix + "_";
  return entry.tag.starts_with(start) ? entry.tag.substr(start.size()) : entry.tag;
}

class Rebasing {
 public:
  Rebasing(Branches& branches, Prefix prefix) : branches_(branches), prefix_(prefix) {
    Branch& theirs = branches_.theirs;
    top_ = theirs.own.empty() ? theirs.start() : theirs.snapshot(theirs.own.back());
  }

  RebasePlan run(Replacement& replacement) {
    RebasePlan plan;
    Branch &ours = branches_.ours, &theirs = branches_.theirs;
    replacement.journal_was = branches_.journal_text;
    replacement.journal = theirs.folder.journal;
    for (const JournalEntry& entry : theirs.own) {
      plan.theirs.push_back(entry.tag);
      replacement.migrations.push_back(as_it_is(entry));
    }
    base_ = ours.own.empty() ? top_ : ours.start();
    for (const JournalEntry& entry : ours.own) {
      const SnapshotFile* file = snapshot_of(ours.folder, entry);
      replacement.removed.push_back(entry.tag);
      if (std::ranges::find(replacement.migrations, file->prefix,
                            &ReplacingMigration::snapshot_prefix) == replacement.migrations.end())
        replacement.removed_snapshots.push_back(file->path.filename().string());
    }
    for (const JournalEntry& entry : ours.own) plan.ours.push_back(move(entry, replacement));
    if (!problems_.empty()) throw_all(problems_);
    return plan;
  }

 private:
  /// Their migration: written only where git left marks in its files.
  ReplacingMigration as_it_is(const JournalEntry& entry) const {
    const Branch& theirs = branches_.theirs;
    const SnapshotFile* file = snapshot_of(theirs.folder, entry);
    ReplacingMigration out{.entry = entry,
                           .snapshot_prefix = file->prefix,
                           .snapshot = theirs.text(file->path),
                           .sql = std::nullopt};
    if (theirs.texts.contains(theirs.folder.sql_path(entry.tag).string()))
      out.sql = theirs.text(theirs.folder.sql_path(entry.tag));
    if (theirs.texts.contains(theirs.folder.way_back_path(entry.tag).string()))
      out.way_back = theirs.text(theirs.folder.way_back_path(entry.tag));
    return out;
  }

  /// One migration of ours, on what stands on top now.
  RebasedMigration move(const JournalEntry& entry, Replacement& replacement) {
    Branch &ours = branches_.ours, &theirs = branches_.theirs;
    MigrationFile file = ours.migration(entry);
    Snapshot after = ours.snapshot(entry);
    RebasedMigration out{.was = entry.tag};
    MergeResult merged = merge(base_.catalog, after.catalog, top_.catalog);
    if (!merged.conflicts.empty()) note(entry, merged.conflicts);
    if (!problems_.empty()) return out;  // what follows would only follow from it

    Renames renames = renames_in(file, ours.folder.engine);
    Generated was = generated(ours, {base_.catalog, after.catalog, renames}, entry.breakpoints);
    Generated is = generated(theirs, {top_.catalog, merged.catalog, renames}, entry.breakpoints);
    std::optional<std::string> way_back = ours.text_if_exists(ours.folder.way_back_path(entry.tag));
    std::string sql = file.sql;
    if (is.sql != was.sql) {
      out.how = is.sql.empty() ? Rebased::left_out : Rebased::made_anew;
      if (!same_statements(file.sql, was.sql, ours.folder.engine)) return refuse_edited(entry, is);
      prove(top_.catalog, merged.catalog, is.plan);
      sql = is.sql;
      out.plan = is.plan;
    }
    if (is.way_back != was.way_back && way_back) way_back = is.way_back;
    base_ = std::move(after);
    if (out.how == Rebased::left_out) return out;
    out.tag = add(entry, merged.catalog, std::move(sql), std::move(way_back), replacement);
    return out;
  }

  /// Puts it on top. Gives its new name.
  std::string add(const JournalEntry& entry, Catalog catalog, std::string sql,
                  std::optional<std::string> way_back, Replacement& replacement) {
    Folder& folder = branches_.theirs.folder;
    MigrationName name = new_name(entry);
    SnapshotIds ids{.id = random_uuid(), .previous = top_.ids.id};
    std::string text = write_snapshot(catalog, ids, base_.meta);
    const auto& entries = folder.journal.entries();
    JournalEntry placed{.idx = name.idx,
                        .version = std::string(snapshot_version(folder.engine)),
                        .when = entry.when,
                        .tag = name.tag,
                        .breakpoints = entry.breakpoints};
    if (!entries.empty() && placed.when <= entries.back().when)
      placed.when =
          std::max<std::int64_t>(now().time_since_epoch().count(), entries.back().when + 1);
    folder.journal.append(placed);
    folder.snapshots.push_back(
        {.path = folder.out / "meta" / (name.snapshot_prefix + "_snapshot.json"),
         .prefix = name.snapshot_prefix,
         .header = {.ids = ids}});
    top_ = {.ids = ids, .catalog = std::move(catalog)};
    replacement.migrations.push_back({.entry = placed,
                                      .snapshot_prefix = name.snapshot_prefix,
                                      .snapshot = std::move(text),
                                      .sql = std::move(sql),
                                      .way_back = std::move(way_back)});
    return placed.tag;
  }

  /// Its old name where that still comes last.
  MigrationName new_name(const JournalEntry& entry) const {
    const Folder& folder = branches_.theirs.folder;
    const SnapshotFile* file = snapshot_of(branches_.ours.folder, entry);
    bool last = std::ranges::all_of(folder.snapshots, [&](const SnapshotFile& it) {
      return it.path.filename() < file->path.filename();
    });
    const auto& entries = folder.journal.entries();
    bool numbered = file->prefix == fmt::format("{:04}", entry.idx);
    std::int64_t next = entries.empty() ? 0 : entries.back().idx + 1;
    if (last && !folder.journal.has(entry.tag) && (!numbered || entry.idx == next))
      return {.idx = next, .tag = entry.tag, .snapshot_prefix = file->prefix};
    return name_migration(folder, prefix_, bare_name(branches_.ours, entry), now());
  }

  RebasedMigration refuse_edited(const JournalEntry& entry, const Generated& is) {
    problems_.push_back(
        Error(Fault::failed,
              fmt::format("{} was edited by hand, and its changes come out as other statements on "
                          "theirs",
                          branches_.ours.folder.sql_path(entry.tag).string()))
            .running(is.sql)
            .hint("make the file what `generate` wrote, rebase, and put your SQL back in; or "
                  "take it out and generate it again"));
    return {.was = entry.tag};
  }

  /// The first of theirs after which an object is in conflict.
  std::string who(const Catalog& ours, const MergeConflict& conflict) const {
    const Branch& theirs = branches_.theirs;
    Catalog start = theirs.own.empty() ? top_.catalog : theirs.start().catalog;
    for (const JournalEntry& entry : theirs.own)
      for (const MergeConflict& it : merge(start, ours, theirs.snapshot(entry).catalog).conflicts)
        if (it.object == conflict.object) return entry.tag;
    return "their branch";
  }

  void note(const JournalEntry& entry, const std::vector<MergeConflict>& conflicts) {
    Catalog ours = branches_.ours.snapshot(entry).catalog;
    for (const MergeConflict& it : conflicts)
      problems_.push_back(Error(Fault::failed, fmt::format("{}: {} {}, {} {}", it.object, entry.tag,
                                                           it.ours, who(ours, it), it.theirs)));
    problems_.back() = std::move(problems_.back())
                           .hint(
                               "settle in the schema files which it is to be; take ours out of "
                               "the folder, and generate it again");
  }

  Branches& branches_;
  Prefix prefix_;
  Snapshot base_, top_;  // the schema before the next of ours; and what it comes on top of
  std::vector<Error> problems_;
};

}  // namespace

Rebase::Rebase(Project& project, const std::string& ours)
    : folder_{.out = project.out(), .engine = project.config().engine},
      bundle_(project.bundle()),
      replacement_{.journal_was = {}, .journal = Journal(folder_.engine)} {
  remove_leftovers(folder_.out);
  std::optional<Branches> branches = find_branches(folder_.out, folder_.engine, ours);
  if (!branches) return;
  plan_ = Rebasing(*branches, project.config().prefix).run(replacement_);
}

void Rebase::apply() {
  if (!replacement_.journal_was.empty()) replace_migrations(folder_, replacement_, bundle_);
}

}  // namespace tidemark
