#include "dialect/sqlite/altered_columns.h"

#include <algorithm>
#include <iterator>

#include "dialect/sql_writer.h"
#include "dialect/sqlite/keys.h"
#include "dialect/sqlite/sql_text.h"
#include "dialect/sqlite/table_sql.h"

namespace tidemark::sqlite_sql {
namespace {

struct TableIndex {
  const Table* table;
  const Index* index;
};

/// The indexes that are there before and after, as they are. That of a constraint cannot be
/// dropped, and holds what it held: its columns keep their form (`RebuildReason`).
std::vector<TableIndex> kept_indexes(const RenderInput& input) {
  std::vector<TableIndex> kept;
  for (const Table& table : input.after.tables) {
    const Table* before = input.before.table(table.path);
    if (!before) continue;
    for (const Index& index : table.indexes) {
      auto same = std::ranges::find(before->indexes, index);
      if (same != before->indexes.end() && same->kept.columns.empty())
        kept.push_back({&table, &index});
    }
  }
  return kept;
}

bool concerns(const Draft& alteration, const RenderInput& input, const TableIndex& kept) {
  const auto& change = std::get<Modify<Column>>(input.changes[alteration.change]);
  return kept.table->path == change.table && may_mention(*kept.index, change.after.name);
}

Draft draft_like(const Draft& alteration, std::string text, Step step) {
  return {.statement = {.sql = std::move(text),
                        .why = "indexes do not follow the change of a column",
                        .origin = alteration.statement.origin},
          .step = step,
          .change = alteration.change};
}

}  // namespace

bool is_cut_short(std::string_view definition) {
  int depth = 0;
  for (char c : definition) {
    depth += (c == '(') - (c == ')');
    if (c == ',' || depth < 0) return true;
  }
  return depth > 0;
}

bool alters_column(const RenderInput& input, const Draft& draft) {
  bool step = draft.step == Step::set_type || draft.step == Step::set_default ||
              draft.step == Step::drop_default || draft.step == Step::set_not_null ||
              draft.step == Step::drop_not_null;
  return step && std::holds_alternative<Modify<Column>>(input.changes[draft.change]);
}

void guard_indexes(const RenderInput& input, std::vector<Draft>& drafts) {
  auto alteration = [&](const Draft& draft) { return alters_column(input, draft); };
  auto first = std::ranges::find_if(drafts, alteration);
  if (first == drafts.end()) return;
  std::vector<TableIndex> kept = kept_indexes(input);
  if (kept.empty()) return;

  bool later_concerns = std::any_of(first + 1, drafts.end(), [&](const Draft& draft) {
    return alteration(draft) && std::ranges::any_of(kept, [&](const TableIndex& index) {
             return concerns(draft, input, index);
           });
  });
  // Rest, with all alterations brought to the place of the first where need be.
  auto end = first + 1;
  if (later_concerns) end = std::stable_partition(first, drafts.end(), alteration);

  std::vector<Draft> drops, creates;
  for (const auto& [table, index] : kept) {
    drops.push_back(
        draft_like(*first, standard_sql("DROP INDEX ", index->name, ";"), Step::drop_index));
    creates.push_back(
        draft_like(*first, create_index(table->path.name, *index), Step::create_index));
  }
  auto at = end - drafts.begin();
  auto start = first - drafts.begin();
  drafts.insert(drafts.begin() + at, std::make_move_iterator(creates.begin()),
                std::make_move_iterator(creates.end()));
  drafts.insert(drafts.begin() + start, std::make_move_iterator(drops.begin()),
                std::make_move_iterator(drops.end()));
}

}  // namespace tidemark::sqlite_sql
