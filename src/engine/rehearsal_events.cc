#include "engine/rehearsal_events.h"

#include <set>

namespace tidemark {
namespace {

json::array texts(const std::set<std::string>& items) {
  json::array out;
  for (const std::string& one : items) out.push_back(json::value(one));
  return out;
}

json::value number(const std::optional<std::uint64_t>& count) {
  return count ? json::value(*count) : json::value(nullptr);
}

RehearsalEvent statement_event(const std::string& tag, const RehearsedStatement& one) {
  return {"rehearsed_statement",
          {{"tag", tag},
           {"number", one.number},
           {"sql", one.sql},
           {"took_ms", one.seen.took_ms},
           {"locks", texts(one.seen.locks)},
           {"rewritten", texts(one.seen.rewritten)}}};
}

RehearsalEvent rows_event(const std::string& tag, const std::string& table, const RowCount& rows) {
  return {"rehearsed_rows",
          {{"tag", tag},
           {"table", table},
           {"before", number(rows.before)},
           {"after", number(rows.after)}}};
}

RehearsalEvent obstacle_event(const std::string& tag, const MeasuredImpact& one) {
  return {"rehearsed_obstacle",
          {{"tag", tag},
           {"text", "it " + impact_text(one)},
           {"count", number(one.count)},
           {"remedy", one.impact.remedy}}};
}

RehearsalEvent return_event(const std::string& tag, const RehearsedReturn& back) {
  json::array losses;
  for (const Consent& one : back.losses) losses.push_back(json::value(one.text));
  RehearsalEvent event{"rehearsed_return",
                       {{"tag", tag}, {"proof", back.proof}, {"losses", std::move(losses)}}};
  if (back.error) event.fields["error"] = back.error->message();
  return event;
}

}  // namespace

RehearsalEvent event_of(const CopyStep& step) {
  return {"copying", {{"what", step.what}, {"done", step.done}, {"of", step.of}}};
}

std::vector<RehearsalEvent> events_of(const RehearsedMigration& migration) {
  std::vector<RehearsalEvent> out;
  for (const RehearsedStatement& one : migration.statements)
    out.push_back(statement_event(migration.tag, one));
  for (const auto& [table, rows] : migration.rows)
    out.push_back(rows_event(migration.tag, table, rows));
  for (const MeasuredImpact& one : migration.obstacles)
    out.push_back(obstacle_event(migration.tag, one));
  if (migration.back) out.push_back(return_event(migration.tag, *migration.back));
  return out;
}

RehearsalEvent event_of(const Rehearsal& rehearsal) {
  return {"rehearsal_finished",
          {{"database", rehearsal.database},
           {"how", rehearsal.how},
           {"migrations", rehearsal.migrations.size()},
           {"passed", rehearsal.passed()}}};
}

}  // namespace tidemark
