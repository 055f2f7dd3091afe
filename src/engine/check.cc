#include "engine/check.h"

#include <fmt/format.h>

#include <optional>

#include "apply/splitter.h"
#include "diff/diff.h"
#include "folder/folder.h"

namespace tidemark {
namespace {

/// The schema files say more, or less, than the last snapshot. A rename that
/// nobody decided yet is a missing migration too.
void check_schema(Project& project, const Folder& folder, std::future<DocumentText> evaluation,
                  CheckReport& report) {
  DocumentText text = evaluation.get();
  if (text.is(read_newest(folder))) return;
  Document schema = text.read(folder.engine);
  NoRenames as_it_stands;
  std::size_t changes =
      diff(load_newest(folder).catalog, schema.catalog, as_it_stands).changes.size();
  if (changes == 0) return;
  report.problems.push_back(
      Error(Fault::found, fmt::format("the schema is ahead of the folder {}: {} {} in no migration",
                                      project.shown(folder.out), changes,
                                      changes == 1 ? "change is" : "changes are"))
          .hint("Run `tidemark generate` and commit what it writes."));
}

std::optional<Error> refusal(const MigrationFile& file, Engine engine) {
  try {
    split_migration(file.sql, file.path.string(), engine);
    return std::nullopt;
  } catch (Error& error) {
    return std::move(error).as(Fault::found);
  }
}

/// What cannot run in any migration, or not on this kind of server. Which kind that is has
/// to be known only for what one of them refuses.
void check_statements(Project& project, const Folder& folder, CheckReport& report) {
  for (const MigrationFile& file : read_migrations(folder)) {
    std::optional<Error> error = refusal(file, folder.engine);
    if (!error && folder.engine == Engine::sqlite) {
      error = refusal(file, Engine::turso);
      if (error && project.spoken() != Engine::turso) error.reset();
    }
    if (error) report.problems.push_back(std::move(*error));
  }
}

}  // namespace

CheckReport check_project(Project& project, const CheckOptions& options) {
  const Config& config = project.config();
  bool with_schema = options.schema && !config.schema.empty();
  std::future<DocumentText> evaluation;
  if (with_schema) evaluation = project.evaluate_schema(/*with_places=*/false);

  Folder folder = open_folder(project.out(), config.engine);
  bool v1 = folder.layout == Layout::v1;
  CheckReport report{.migrations =
                         v1 ? read_migrations(folder).size() : folder.journal.entries().size()};
  for (FolderFinding& finding : check_folder(folder))
    (finding.serious ? report.problems : report.remarks)
        .push_back(std::move(finding.error).as(Fault::found));
  if (report.problems.empty()) check_statements(project, folder, report);
  if (with_schema && v1) report.remarks.push_back(snapshots_not_read(folder).as(Fault::found));
  // Against a broken folder the schema would only give errors that follow from it.
  else if (with_schema && report.problems.empty())
    check_schema(project, folder, std::move(evaluation), report);
  return report;
}

}  // namespace tidemark
