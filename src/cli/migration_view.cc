#include "cli/migration_view.h"

#include <fmt/format.h>

#include "base/text.h"
#include "cli/duration.h"

namespace tidemark {
void MigrationView::show(const Event& event) {
  std::visit([this](const auto& kind) { on(kind); }, event);
}

void MigrationView::on(const RunStarted& event) {
  console_.event("run_started", {{"pending", event.pending}});
}

void MigrationView::on(const WaitingForLock& event) {
  console_.event("waiting_for_lock",
                 {{"holder", event.holder}, {"waited_ms", event.waited.count()}});
  std::string text = fmt::format("waiting for another migrator: {} ({})", event.holder,
                                 shown_duration(event.waited));
  if (console_.live())
    console_.progress(text);
  else if (event.waited.count() < 1)
    console_.notice(text);  // once is enough for a log
}

void MigrationView::on(const MigrationStarted& event) {
  console_.event(
      "migration_started",
      {{"tag", event.tag}, {"statements", event.statements}, {"resumed_at", event.resumed_at}});
  if (event.resumed_at > 0)
    console_.say(fmt::format("{} {}: resumed at statement {} of {}", console_.yellow("↻"),
                             event.tag, event.resumed_at, event.statements));
  console_.progress(fmt::format("{} …", event.tag));
}

void MigrationView::on(const StatementDone& event) {
  console_.event("statement_done", {{"tag", event.tag},
                                    {"number", event.number},
                                    {"of", event.of},
                                    {"took_ms", event.took.count()},
                                    {"sql", event.sql}});
  console_.progress(fmt::format("{} … {}/{}", event.tag, event.number, event.of));
}

void MigrationView::on(const Retrying& event) {
  console_.event("retrying", {{"tag", event.tag},
                              {"reason", event.reason},
                              {"attempt", event.attempt},
                              {"delay_ms", event.delay.count()}});
  console_.notice(fmt::format("{}: {}; rolled back, trying again in {}", event.tag, event.reason,
                              shown_duration(event.delay)));
}

void MigrationView::on(const MigrationDone& event) {
  console_.event(
      "migration_done",
      {{"tag", event.tag}, {"statements", event.statements}, {"took_ms", event.took.count()}});
  console_.say(fmt::format("[{}] {} {}", console_.green("✓"), event.tag,
                           console_.dim(fmt::format("{}, {}", counted(event.statements, "statement"),
                                                    shown_duration(event.took)))));
}

void MigrationView::on(const Remark& event) {
  console_.event("remark", {{"tag", event.tag}, {"text", event.text}});
  if (!console_.json())
    console_.warn(event.tag.empty() ? event.text : fmt::format("{}: {}", event.tag, event.text));
}

void MigrationView::on(const RunFinished& event) {
  console_.event("run_finished", {{"applied", event.applied}, {"took_ms", event.took.count()}});
  console_.say(event.applied == 0
                   ? "Nothing to apply: the database is up to date."
                   : fmt::format("[{}] {} applied successfully!", console_.green("✓"),
                                 counted(event.applied, "migration")));
}

}  // namespace tidemark
