// Answers are matched by spelling, not parsed: names may hold dots and equal
// signs, and the names that can be meant are known.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "diff/renames.h"

namespace tidemark {

namespace {

constexpr std::array kinds = {RenameKind::schema,      RenameKind::table,    RenameKind::column,
                              RenameKind::enumeration, RenameKind::sequence, RenameKind::view,
                              RenameKind::role,        RenameKind::policy};

bool is_default_schema(const Name& schema) { return schema.empty() || schema == Name("public"); }

// `"public"."users".name` and `public.users.name` are one spelling.
std::string unquoted(std::string_view answer) { return replace_all(std::string(answer), "\"", ""); }

void check_shape(const std::string& answer) {
  if (answer.find("->") != std::string::npos) return;
  std::vector<std::string> words;
  for (RenameKind kind : kinds) {
    words.emplace_back(rename_kind_name(kind));
    if (answer.starts_with(words.back() + ":") && answer.find('=') != std::string::npos) return;
  }
  throw Error(Fault::usage, "--rename " + answer + " does not read KIND:OLD=NEW")
      .hint("write for example --rename column:public.users.name=full_name; KIND is one of " +
            join(words, ", "));
}

// The ways in which `path` of `list` can be written.
std::vector<std::string> spellings(const RenameGroup& group, const Path& path,
                                   const std::vector<Path>& list, bool bare_part) {
  std::vector<std::string> result = {qualified_name(group, path)};
  bool is_part = !group.table.name.empty();
  const Name& schema = is_part ? group.table.schema : path.schema;
  if (is_part && is_default_schema(schema))
    result.push_back(group.table.name.text() + "." + path.name.text());
  bool only_one = std::ranges::count(list, path.name, &Path::name) == 1;
  if (is_part ? bare_part : only_one || is_default_schema(schema))
    result.push_back(path.name.text());
  if (schema.empty() && group.kind != RenameKind::schema && group.kind != RenameKind::role)
    result.push_back("public." + result.front());
  return result;
}

bool says(const std::string& answer, const RenameGroup& group, const Path& before,
          const Path& after) {
  std::string prefix = std::string(rename_kind_name(group.kind)) + ":";
  for (const std::string& old : spellings(group, before, group.deleted, false))
    for (const std::string& now : spellings(group, after, group.created, true))
      if (answer == prefix + old + "=" + now || answer == old + "->" + now ||
          unquoted(answer) == old + "->" + now)
        return true;
  return false;
}

}  // namespace

GivenRenames::GivenRenames(std::vector<std::string> answers, RenameResolver& otherwise)
    : otherwise_(otherwise) {
  for (std::string& answer : answers) {
    check_shape(answer);
    answers_.push_back({std::move(answer)});
  }
}

bool GivenRenames::take(const RenameGroup& group, const Path& before, const Path& after) {
  auto answer = std::ranges::find_if(answers_, [&](const Answer& it) {
    bool possible = it.text.find(before.name.text()) != std::string::npos &&
                    it.text.find(after.name.text()) != std::string::npos;
    return possible && !it.used && says(it.text, group, before, after);
  });
  if (answer == answers_.end()) return false;
  return answer->used = true;
}

Renames GivenRenames::given(const RenameGroup& group) {
  Renames found;
  if (answers_.empty()) return found;
  RenameGroup all = group;  // among these a bare name must be the only one
  all.created.insert(all.created.end(), group.kept.begin(), group.kept.end());
  all.deleted.insert(all.deleted.end(), group.kept.begin(), group.kept.end());
  for (const Path& after : all.created)
    for (const Path& before : all.deleted)
      if (before != after && take(all, before, after))
        found.push_back({group.kind, group.table, before, after});
  for (const Path& created : group.created)
    for (const Path& deleted : group.deleted)
      possible_.push_back(std::string(rename_kind_name(group.kind)) + ":" +
                          qualified_name(group, deleted) + "=" + created.name.text());
  return found;
}

Renames GivenRenames::resolve(const RenameGroup& group) {
  Renames found = given(group);
  RenameGroup rest = group;
  for (const RenameDecision& it : found) {
    std::erase(rest.created, it.after);
    std::erase(rest.deleted, it.before);
  }
  Renames asked = otherwise_.resolve(rest);
  found.insert(found.end(), asked.begin(), asked.end());
  return found;
}

void GivenRenames::finish() {
  otherwise_.finish();
  for (const Answer& answer : answers_) {
    if (answer.used) continue;
    std::string near = did_you_mean(answer.text, possible_);
    std::string hint = !near.empty()       ? "did you mean --rename " + near + "?"
                       : possible_.empty() ? "leave it out: nothing was renamed"
                                           : "the names that changed allow --rename " +
                                                 join(possible_, " or --rename ");
    throw Error(Fault::usage, "--rename " + answer.text + " fits no name that came or went")
        .hint(hint);
  }
}

}  // namespace tidemark
