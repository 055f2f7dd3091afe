#include "dialect/sqlite/table_changes.h"

#include <algorithm>
#include <optional>

#include "dialect/sqlite/rebuild_reason.h"

namespace tidemark::sqlite_sql {
namespace {

struct Placed {
  Name table;
  Move move;
};

/// Cuts changes into moves. Kinds that SQLite does not have give none.
class Cutter {
 public:
  explicit Cutter(const RenderInput& input) : input_(input) {}

  std::vector<Placed> cut() && {
    for (at_ = 0; at_ < input_.changes.size(); ++at_)
      std::visit([this](const auto& change) { (*this)(change); }, input_.changes[at_]);
    return std::move(placed_);
  }

  template <class Other>
  void operator()(const Other&) {}

  void operator()(const Create<Table>& c) {
    place(c.object.path, Phase::create_table);
    if (!c.object.indexes.empty()) place(c.object.path, Phase::index_of_new_table);
  }
  void operator()(const Drop<Table>& c) { place(c.object.path, Phase::drop_table); }
  void operator()(const Rename<Table>& c) { place(c.after, Phase::rename_table); }

  void operator()(const RenamePart<Column>& c) { place(c.table, Phase::rename_column); }
  void operator()(const Add<Column>& c) { place(c.table, Phase::add_column); }
  void operator()(const Remove<Column>& c) { place(c.table, Phase::drop_column); }
  void operator()(const Modify<Column>& c) { place(c.table, Phase::alter_column); }

  void operator()(const Add<Index>& c) { place(c.table, Phase::add_index); }
  void operator()(const Remove<Index>& c) { place(c.table, Phase::drop_index); }
  void operator()(const Modify<Index>& c) {
    place(c.table, Phase::drop_changed_index);
    place(c.table, Phase::add_changed_index);
  }

  void operator()(const Add<PrimaryKey>& c) { place(c.table, Phase::add_primary_key); }
  void operator()(const Remove<PrimaryKey>& c) { place(c.table, Phase::drop_primary_key); }
  void operator()(const Modify<PrimaryKey>& c) { place(c.table, Phase::alter_primary_key); }

  void operator()(const Add<ForeignKey>& c) { place(c.table, Phase::add_foreign_key); }
  void operator()(const Remove<ForeignKey>& c) { place(c.table, Phase::drop_foreign_key); }
  void operator()(const Modify<ForeignKey>& c) { place(c.table, Phase::drop_foreign_key); }

  void operator()(const Add<Check>& c) { place(c.table, Phase::add_check); }
  void operator()(const Remove<Check>& c) { place(c.table, Phase::drop_check); }
  void operator()(const Modify<Check>& c) { place(c.table, Phase::drop_check); }
  void operator()(const Add<Unique>& c) { place(c.table, Phase::add_check); }
  void operator()(const Remove<Unique>& c) { place(c.table, Phase::drop_check); }
  void operator()(const Modify<Unique>& c) { place(c.table, Phase::drop_check); }

  void operator()(const Create<View>&) { place({}, Phase::create_view); }
  void operator()(const Drop<View>&) { place({}, Phase::drop_view); }
  void operator()(const Rename<View>& c) {
    renamed_views_.push_back(c.after);
    place({}, Phase::drop_renamed_view);
    place({}, Phase::create_renamed_view);
  }
  void operator()(const Alter<View>& c) {
    if (std::ranges::find(renamed_views_, c.after.path) != renamed_views_.end()) return;
    place({}, Phase::drop_changed_view);
    place({}, Phase::create_changed_view);
  }

 private:
  void place(const Path& table, Phase phase) { placed_.push_back({table.name, {phase, at_}}); }

  const RenderInput& input_;
  std::vector<Placed> placed_;
  std::vector<Path> renamed_views_;
  std::size_t at_ = 0;
};

/// libSQL's generator has views before the foreign keys of altered tables.
int place_of(Phase phase, bool libsql) {
  if (libsql && phase >= Phase::drop_view)
    return static_cast<int>(Phase::add_check) * 100 + 1 + static_cast<int>(phase);
  return static_cast<int>(phase) * 100;
}

bool is_rename(const Move& move) {
  return move.phase == Phase::rename_table || move.phase == Phase::rename_column;
}

}  // namespace

std::vector<TableWork> arrange(const RenderInput& input, bool libsql) {
  std::vector<Placed> placed = Cutter(input).cut();
  std::ranges::stable_sort(placed, {},
                           [&](const Placed& it) { return place_of(it.move.phase, libsql); });
  std::vector<TableWork> work;
  RebuildReason reason(input, libsql);
  for (const auto& [table, move] : placed) {
    auto found = std::ranges::find(work, table, &TableWork::table);
    if (found == work.end()) found = work.insert(work.end(), TableWork{.table = table});
    if (found->rebuilt && !is_rename(move)) {
      if (!reason.nothing_to_do(input.changes[move.change])) found->others.push_back(move.change);
      continue;
    }
    std::optional<std::string> why = reason.of(input.changes[move.change]);
    if (!why) {
      if (!reason.nothing_to_do(input.changes[move.change])) found->moves.push_back(move);
      continue;
    }
    std::erase_if(found->moves, [&](const Move& other) {
      if (is_rename(other)) return false;
      found->others.push_back(other.change);
      return true;
    });
    found->rebuilt = true;
    found->cause = move.change;
    found->why = *why;
  }
  return work;
}

const ForeignKey* reference_of_new_column(const RenderInput& input, const Path& table,
                                          const Column& column) {
  for (const Change& change : input.changes) {
    const auto* added = std::get_if<Add<ForeignKey>>(&change);
    if (added && added->table == table && added->part.columns.size() == 1 &&
        added->part.target_columns.size() == 1 && added->part.columns[0] == column.name)
      return &added->part;
  }
  return nullptr;
}

}  // namespace tidemark::sqlite_sql
