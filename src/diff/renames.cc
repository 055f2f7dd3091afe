#include "diff/renames.h"

#include <algorithm>

#include "base/text.h"

namespace tidemark {

std::string_view rename_kind_name(RenameKind kind) {
  switch (kind) {
    case RenameKind::schema:
      return "schema";
    case RenameKind::table:
      return "table";
    case RenameKind::column:
      return "column";
    case RenameKind::enumeration:
      return "enum";
    case RenameKind::sequence:
      return "sequence";
    case RenameKind::view:
      return "view";
    case RenameKind::role:
      return "role";
    case RenameKind::policy:
      return "policy";
  }
  return "";
}

namespace {

std::string dotted(const Path& path) {
  return path.schema.empty() ? path.name.text() : path.schema.text() + "." + path.name.text();
}

std::string flag(const RenameGroup& group, const Path& before, const Path& after) {
  bool moved = before.schema != after.schema;
  return std::string(rename_kind_name(group.kind)) + ":" + qualified_name(group, before) + "=" +
         (moved ? qualified_name(group, after) : after.name.text());
}

// The flags that could answer, the first few of them.
std::vector<std::string> possible_flags(const RenameGroup& group, std::size_t most) {
  std::vector<std::string> flags;
  for (const Path& created : group.created)
    for (const Path& deleted : group.deleted)
      if (flags.size() < most) flags.push_back("--rename " + flag(group, deleted, created));
  return flags;
}

std::string list(const RenameGroup& group, const std::vector<Path>& paths) {
  std::vector<std::string> names;
  for (const Path& path : paths) names.push_back(qualified_name(group, path));
  return join(names, ", ");
}

}  // namespace

Path path_before(const Renames& renames, RenameKind kind, Path after) {
  for (const RenameDecision& rename : renames)
    if (rename.kind == kind && rename.after == after) return rename.before;
  for (const RenameDecision& rename : renames)
    if (rename.kind == RenameKind::schema && rename.after.name == after.schema)
      after.schema = rename.before.name;
  return after;
}

std::string qualified_name(const RenameGroup& group, const Path& path) {
  if (group.table.name.empty()) return dotted(path);
  return dotted(group.table) + "." + path.name.text();
}

Renames NobodyToAsk::resolve(const RenameGroup& group) {
  if (group.created.empty() || group.deleted.empty()) return {};
  constexpr std::size_t shown = 4;
  std::vector<std::string> flags = possible_flags(group, shown);
  std::string kind(rename_kind_name(group.kind));
  throw Error(Fault::answer_needed, "is " + kind + " " + list(group, group.created) +
                                        " new, or renamed from " + list(group, group.deleted) + "?")
      .hint("answer with " + join(flags, " or ") +
            ", or with --rename-none if nothing was renamed");
}

namespace {
/// What goes, and has the name that something else gets: out of its way until it is dropped.
Renames out_of_the_way(const RenameGroup& group, const Renames& decided) {
  Renames found;
  for (const RenameDecision& it : decided) {
    bool taken = std::ranges::find(group.kept, it.after) != group.kept.end();
    if (!taken || std::ranges::find(decided, it.after, &RenameDecision::before) != decided.end())
      continue;
    Name aside("__tidemark_gone_" + std::to_string(found.size() + 1));
    found.push_back({group.kind, group.table, it.after, {it.after.schema, aside}});
  }
  return found;
}
}  // namespace

Renames KnownRenames::resolve(const RenameGroup& group) {
  auto has = [&](const std::vector<Path>& list, const Path& path) {
    return std::ranges::find(list, path) != list.end() ||
           std::ranges::find(group.kept, path) != group.kept.end();
  };
  Renames found;
  for (const RenameDecision& it : renames_)
    if (it.kind == group.kind && it.table == group.table && has(group.deleted, it.before) &&
        has(group.created, it.after))
      found.push_back(it);
  Renames aside = out_of_the_way(group, found);
  found.insert(found.end(), aside.begin(), aside.end());
  return found;
}

Renames inverted(const Renames& renames) {
  // A column's table goes by its new path, and the new path of the way back is
  // the old one of the way there.
  auto old_table = [&](const Path& table) {
    for (const RenameDecision& it : renames)
      if (it.kind == RenameKind::table && it.after == table) return it.before;
    return table;
  };
  auto old_schema = [&](Path path) {
    for (const RenameDecision& it : renames)
      if (it.kind == RenameKind::schema && it.after.name == path.schema)
        path.schema = it.before.name;
    return path;
  };
  Renames result;
  for (const RenameDecision& it : renames) {
    bool whole =
        it.kind == RenameKind::schema || it.kind == RenameKind::role || !it.table.name.empty();
    result.push_back({.kind = it.kind,
                      .table = it.table.name.empty() ? Path{} : old_schema(old_table(it.table)),
                      .before = whole ? it.after : old_schema(it.after),
                      .after = whole ? it.before : old_schema(it.before)});
  }
  return result;
}

}  // namespace tidemark
