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

void MigrationView::on(const StatementRunning& event) {
  console_.event("statement_running", {{"tag", event.tag},
                                       {"number", event.number},
                                       {"of", event.of},
                                       {"running_ms", event.running.count()},
                                       {"written", event.written}});
  console_.progress(fmt::format("{} … {}/{}, {}, {} written", event.tag, event.number, event.of,
                                shown_duration(event.running), shown_bytes(event.written)));
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
  console_.say(
      fmt::format("[{}] {} {}", console_.green("✓"), event.tag,
                  console_.dim(fmt::format("{}, {}", counted(event.statements, "statement"),
                                           shown_duration(event.took)))));
}

void MigrationView::on(const Remark& event) { show_remark(console_, event); }

void MigrationView::on(const RunFinished& event) {
  console_.event(
      "run_finished",
      {{"applied", event.applied}, {"edited", event.edited}, {"took_ms", event.took.count()}});
  if (event.applied > 0)
    console_.say(fmt::format("[{}] {} applied successfully!", console_.green("✓"),
                             counted(event.applied, "migration")));
  else
    console_.say(event.edited == 0
                     ? "Nothing to apply: the database is up to date."
                     : fmt::format("Nothing to apply, but {} edited since.",
                                   event.edited == 1 ? "one file was" : "some files were"));
}

void MigrationView::on(const RowsKept& event) {
  console_.event("kept", {{"tag", event.tag}, {"what", event.what}, {"rows", event.rows}});
  console_.say(console_.dim(fmt::format("    {}: keeps {}", event.tag, event.what)));
}

void MigrationView::on(const PutBack& event) {
  console_.event("put_back", {{"tag", event.tag}, {"what", event.what}, {"rows", event.rows}});
  console_.say(console_.dim(fmt::format("    {}: puts back {}", event.tag, event.what)));
}

void MigrationView::on(const RolledBack& event) {
  console_.event(
      "rolled_back",
      {{"tag", event.tag}, {"statements", event.statements}, {"took_ms", event.took.count()}});
  console_.say(
      fmt::format("[{}] {} {}", console_.green("↺"), event.tag,
                  console_.dim(fmt::format("{}, {}", counted(event.statements, "statement"),
                                           shown_duration(event.took)))));
}

void MigrationView::on(const RollbackFinished& event) {
  console_.event("rollback_finished",
                 {{"rolled_back", event.rolled_back}, {"took_ms", event.took.count()}});
  console_.say(fmt::format("[{}] {} rolled back.", console_.green("✓"),
                           counted(event.rolled_back, "migration")));
}

void show_remark(Console& console, const Remark& remark) {
  json::object fields{{"tag", remark.tag}, {"text", remark.text}};
  if (!remark.hint.empty()) fields["hint"] = remark.hint;
  console.event("remark", std::move(fields));
  if (console.json()) return;
  console.warn((remark.tag.empty() ? "" : remark.tag + ": ") + remark.text +
               (remark.hint.empty() ? "" : "\n  help: " + remark.hint));
}

}  // namespace tidemark
