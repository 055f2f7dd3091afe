#include "engine/changelog.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "catalog/columns.h"
#include "diff/diff.h"
#include "engine/migration_step.h"
#include "plan/reasons.h"

namespace tidemark {
namespace {

std::string column_words(const Column& column) {
  std::string text = column.type.text;
  if (column.not_null) text += ", not null";
  if (column.default_value) text += ", default " + column.default_value->text;
  return text;
}

std::string column_changes(const Column& before, const Column& after) {
  std::vector<std::string> parts;
  if (before.type != after.type) parts.push_back(before.type.text + " → " + after.type.text);
  if (before.not_null != after.not_null)
    parts.emplace_back(after.not_null ? "not null" : "may be null");
  if (before.default_value != after.default_value)
    parts.push_back(after.default_value ? "default " + after.default_value->text : "no default");
  return join(parts, ", ");
}

/// What `reason` leaves out and readers of a changelog ask for.
std::string details(const Change& change) {
  return std::visit(
      match{
          [](const Create<Table>& it) {
            std::vector<std::string> names;
            for (const Column& column : it.object.columns) names.push_back(column.name.text());
            return join(names, ", ");
          },
          [](const Create<Enum>& it) { return join(it.object.values, ", "); },
          [](const Add<Column>& it) { return column_words(it.part); },
          [](const Modify<Column>& it) { return column_changes(it.before, it.after); },
          [](const auto&) { return std::string(); },
      },
      change);
}

constexpr const char* old_use = "programs that still use it fail";
constexpr const char* old_name = "programs that use the old name fail until they are replaced";

std::vector<std::string> column_breaks(const Modify<Column>& it) {
  std::vector<std::string> out;
  if (it.before.type != it.after.type)
    out.emplace_back("programs that count on the old type may fail");
  if (!it.before.not_null && it.after.not_null)
    out.emplace_back("programs that still write NULL fail");
  if (!it.before.generated && it.after.generated)
    out.emplace_back("programs that write it fail; its values are replaced by computed ones");
  return out;
}

bool old_inserts_fail(const Column& column) { return column.not_null && !fills_itself(column); }

/// By the change and not by its statements: of a table that SQLite rebuilds these say
/// nothing of a single column.
std::vector<std::string> breaks_of(const Change& change) {
  using Sentences = std::vector<std::string>;
  return std::visit(match{
                        [](const Drop<Table>&) -> Sentences {
                          return {old_use, "all its rows are deleted"};
                        },
                        [](const Drop<View>&) -> Sentences { return {old_use}; },
                        [](const Drop<Schema>&) -> Sentences { return {old_use}; },
                        [](const Drop<Sequence>&) -> Sentences { return {old_use}; },
                        [](const Remove<Column>& it) -> Sentences {
                          if (it.part.generated) return {old_use};
                          return {old_use, "its values are deleted"};
                        },
                        [](const Modify<Column>& it) { return column_breaks(it); },
                        [](const Add<Column>& it) -> Sentences {
                          if (!old_inserts_fail(it.part)) return {};
                          return {"programs that do not know it cannot insert rows"};
                        },
                        [](const Alter<Enum>&) -> Sentences {
                          return {"programs that still write a value that was removed fail"};
                        },
                        [](const Rename<Schema>&) -> Sentences { return {old_name}; },
                        [](const Rename<Table>&) -> Sentences { return {old_name}; },
                        [](const Move<Table>&) -> Sentences { return {old_name}; },
                        [](const Rename<View>&) -> Sentences { return {old_name}; },
                        [](const Move<View>&) -> Sentences { return {old_name}; },
                        [](const RenamePart<Column>&) -> Sentences { return {old_name}; },
                        [](const auto&) -> Sentences { return {}; },
                    },
                    change);
}

std::vector<ChangelogLine> lines_of(const MigrationStep& step) {
  KnownRenames known(step.renames);
  std::vector<ChangelogLine> lines;
  for (const Change& change : diff(step.before, step.after, known).changes) {
    std::string more = details(change);
    lines.push_back({.text = more.empty() ? reason(change) : reason(change) + ": " + more,
                     .breaks = breaks_of(change)});
  }
  return lines;
}

/// How many of the oldest migrations are left out.
std::size_t first_after(const std::vector<MigrationFile>& migrations, const std::string& since) {
  if (since.empty()) return 0;
  auto found = std::ranges::find(migrations, since, &MigrationFile::tag);
  if (found != migrations.end()) return static_cast<std::size_t>(found - migrations.begin()) + 1;
  std::vector<std::string> tags;
  for (const MigrationFile& migration : migrations) tags.push_back(migration.tag);
  std::string near = did_you_mean(since, tags);
  throw Error(Fault::usage, fmt::format("there is no migration \"{}\"", since))
      .hint(near.empty() ? "`tidemark status` lists them" : "did you mean " + near + "?");
}

}  // namespace

bool ChangelogEntry::is_breaking() const {
  return std::ranges::any_of(lines, [](const ChangelogLine& line) { return !line.breaks.empty(); });
}

std::vector<ChangelogEntry> changelog_of(Project& project, const std::string& since) {
  Folder folder = open_folder(project.out(), project.config().engine);
  std::vector<MigrationFile> migrations = read_migrations(folder);
  std::vector<ChangelogEntry> entries;
  for (std::size_t at = first_after(migrations, since); at < migrations.size(); ++at) {
    const MigrationFile& migration = migrations[at];
    ChangelogEntry entry{.tag = migration.tag, .when = migration.when};
    std::optional<MigrationStep> step = step_of(folder, migration);
    entry.has_snapshots = step.has_value();
    if (step) entry.lines = lines_of(*step);
    entry.own_sql = unknown_to_snapshots(migration, folder.engine);
    entries.push_back(std::move(entry));
  }
  std::ranges::reverse(entries);
  return entries;
}

}  // namespace tidemark
