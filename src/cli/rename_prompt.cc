#include "cli/rename_prompt.h"

#include <fmt/format.h>

#include "cli/terminal.h"

namespace tidemark {
namespace {

bool is_part(const RenameGroup& group) {
  return group.kind == RenameKind::column || group.kind == RenameKind::policy;
}

/// As people call it: the schema is left out where it is the default.
std::string shown(const Path& path) {
  if (path.schema.empty() || path.schema == "public") return path.name.text();
  return path.schema.text() + "." + path.name.text();
}

std::string question_text(const Console& console, const RenameGroup& group, const Path& created) {
  std::string_view kind = rename_kind_name(group.kind);
  std::string where =
      is_part(group) ? fmt::format(" in {} table", console.blue(shown(group.table))) : "";
  return fmt::format("Is {} {}{} created or renamed from another {}?", console.blue(shown(created)),
                     kind, where, kind);
}

}  // namespace

Renames RenamePrompt::resolve(const RenameGroup& group) {
  Renames decided;
  if (group.created.empty() || group.deleted.empty()) return decided;
  std::vector<Path> left = group.deleted;
  for (const Path& created : group.created) {
    if (left.empty()) break;
    auto chosen = ask_about(group, created, left);
    report(group, created, chosen ? &left[*chosen] : nullptr);
    if (!chosen) continue;
    decided.push_back(
        {.kind = group.kind, .table = group.table, .before = left[*chosen], .after = created});
    left.erase(left.begin() + static_cast<std::ptrdiff_t>(*chosen));
  }
  std::string_view kind = rename_kind_name(group.kind);
  console_.say(console_.dim(
      is_part(group)
          ? fmt::format("--- all {}s conflicts in {} table resolved ---", kind, shown(group.table))
          : fmt::format("--- all {} conflicts resolved ---", kind)));
  return decided;
}

std::optional<std::size_t> RenamePrompt::ask_about(const RenameGroup& group, const Path& created,
                                                   const std::vector<Path>& left) {
  std::string_view kind = rename_kind_name(group.kind);
  std::size_t width = 0;
  std::vector<std::string> titles = {shown(created)};
  for (const Path& before : left) titles.push_back(shown(before) + " › " + shown(created));
  for (std::size_t i = 0; i < titles.size(); ++i)
    width = std::max(width, titles[i].size() - (i > 0 ? 2 : 0));  // "›" is three bytes wide
  std::vector<std::string> answers;
  for (std::size_t i = 0; i < titles.size(); ++i) {
    std::size_t padding = width - titles[i].size() + (i > 0 ? 2 : 0);
    answers.push_back(
        fmt::format("{} {}{} {}", i == 0 ? console_.green("+") : console_.yellow("~"), titles[i],
                    std::string(padding, ' '),
                    console_.dim(fmt::format("{} {}", i == 0 ? "create" : "rename", kind))));
  }
  console_.flush();
  std::size_t chosen = ask({question_text(console_, group, created), answers});
  return chosen == 0 ? std::nullopt : std::optional(chosen - 1);
}

void RenamePrompt::report(const RenameGroup& group, const Path& created, const Path* before) {
  std::string_view kind = rename_kind_name(group.kind);
  if (!before)
    console_.say(fmt::format("{} {} {}", console_.green("+"), shown(created),
                             console_.dim(fmt::format("{} will be created", kind))));
  else
    console_.say(fmt::format(
        "{} {} › {} {}", console_.yellow("~"), shown(*before), shown(created),
        console_.dim(fmt::format("{} will be renamed{}", kind, is_part(group) ? "" : "/moved"))));
}

}  // namespace tidemark
