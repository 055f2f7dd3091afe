#include "cli/rehearsal_page.h"

#include <fmt/format.h>

#include "base/error_message.h"
#include "base/text.h"
#include "cli/duration.h"

namespace tidemark {
namespace {

constexpr std::string_view head =
    "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Rehearsal</title>\n"
    "<style>body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 "
    "1rem}table{border-collapse:collapse;width:100%}td,th{border:1px solid "
    "#8884;padding:.3rem .6rem;text-align:left;vertical-align:top}pre{margin:0;white-space:"
    "pre-wrap}.bad{color:#b00020}.good{color:#0a7d33}:root{color-scheme:light "
    "dark}</style></head><body>\n";

std::string escaped(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '"')
      out += "&quot;";
    else
      out += c;
  }
  return out;
}

std::string list(const std::set<std::string>& items) {
  return escaped(join(std::vector(items.begin(), items.end()), ", "));
}

std::string error_block(const Error& error) {
  return fmt::format("<pre class=\"bad\">{}</pre>\n", escaped(error_message(error, false)));
}

std::string statements_table(const RehearsedMigration& migration) {
  std::string out =
      "<table><tr><th>#<th>statement<th>time<th>locks taken<th>tables rewritten</tr>\n";
  for (const RehearsedStatement& one : migration.statements)
    out += fmt::format("<tr><td>{}<td><pre>{}</pre><td>{}<td>{}<td>{}</tr>\n", one.number,
                       escaped(one.sql), shown_duration(Duration(one.seen.took_ms)),
                       list(one.seen.locks), list(one.seen.rewritten));
  return out + "</table>\n";
}

std::string migration_section(const RehearsedMigration& migration) {
  std::string out =
      fmt::format("<h2>{}</h2>\n{}", escaped(migration.tag), statements_table(migration));
  for (const auto& [table, count] : migration.rows)
    out += fmt::format("<p>rows of {}: {}</p>\n", escaped(table), row_text(count));
  for (const MeasuredImpact& one : migration.obstacles)
    out += fmt::format("<p class=\"bad\">it {}: {}</p>\n", escaped(impact_text(one)),
                       escaped(one.impact.remedy));
  if (!migration.back) return out;
  bool bad = migration.back->error.has_value();
  out += fmt::format("<p class=\"{}\">back: {}</p>\n", bad ? "bad" : "good",
                     escaped(return_text(*migration.back)));
  for (const Consent& one : migration.back->losses)
    out += fmt::format("<p>back, it {}</p>\n", escaped(one.text));
  if (bad) out += error_block(*migration.back->error);
  return out;
}

}  // namespace

std::string row_text(const RowCount& count) {
  if (!count.before) return fmt::format("new: {}", counted(count.after.value_or(0), "row"));
  if (!count.after) return fmt::format("gone: {}", counted(*count.before, "row"));
  return fmt::format("{} → {}", *count.before, *count.after);
}

std::string return_text(const RehearsedReturn& back) {
  if (back.error) return "it does not lead back";
  if (back.proof == "recorded") return "proved by the catalog as it was recorded";
  if (back.proof == "replayed") return "proved by the folder, run again in memory";
  if (back.proof == "snapshots") return "proved by the snapshots of the folder";
  return "it ran, and nothing proves where it led";
}

std::string rehearsal_page(const Rehearsal& report) {
  std::string page(head);
  page += fmt::format("<h1>Rehearsal on {}</h1>\n<p>{}</p>\n", escaped(report.database),
                      escaped(report.how));
  page += fmt::format("<p class=\"{}\">{}</p>\n", report.passed() ? "good" : "bad",
                      report.passed() ? "Everything ran, and led back." : "Not everything worked.");
  for (const RehearsedMigration& one : report.migrations) page += migration_section(one);
  if (report.error) page += error_block(*report.error);
  return page + "</body></html>\n";
}

}  // namespace tidemark
