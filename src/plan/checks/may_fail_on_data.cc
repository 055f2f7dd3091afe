#include <algorithm>

#include "catalog/columns.h"
#include "catalog/names.h"
#include "dialect/postgres/types.h"
#include "plan/checks/rules.h"
#include "plan/reasons.h"

namespace tidemark {

namespace {

// What the rows that are there have to satisfy, as the end of a sentence.
std::string_view demand(const Judged& it) {
  switch (it.draft.step) {
    case Step::set_not_null:
      return "a row holds NULL";
    case Step::add_unique:
      return "two rows are alike";
    case Step::add_primary_key:
      return "two rows are alike or one holds NULL";
    case Step::add_foreign_key:
      return "a row points at nothing";
    case Step::add_check:
      return "a row does not satisfy it";
    case Step::create_index: {
      auto* added = std::get_if<Add<Index>>(&it.change);
      auto* changed = std::get_if<Modify<Index>>(&it.change);
      bool unique = (added && added->part.unique) ||
                    (changed && changed->after.unique && !changed->before.unique);
      return unique ? "two rows are alike" : "";
    }
    case Step::add_column: {
      auto* added = std::get_if<Add<Column>>(&it.change);
      return added && added->part.not_null && !fills_itself(added->part) ? "the table has rows"
                                                                         : "";
    }
    case Step::set_type: {
      auto [before, after] = column_pair(it.change);
      bool refused = before && it.on_postgres() &&
                     postgres_dialect::may_refuse_values(before->type, after->type);
      return refused ? "a value does not fit the new type" : "";
    }
    default:
      return "";
  }
}

std::string_view code(Step step) {
  switch (step) {
    case Step::set_not_null:
      return "set_not_null";
    case Step::add_unique:
      return "add_unique";
    case Step::add_primary_key:
      return "add_primary_key";
    case Step::add_foreign_key:
      return "add_foreign_key";
    case Step::add_check:
      return "add_check";
    case Step::create_index:
      return "unique_index";
    case Step::add_column:
      return "add_not_null_column";
    default:
      return "type_refuses_values";
  }
}

/// What a rebuild asks of the rows that it copies, whatever change was its cause.
class Rebuilt {
 public:
  Rebuilt(const Table& before, const Table& after, Statement& statement)
      : before_(before), after_(after), path_(after.path), statement_(statement) {}

  void copied() {
    for (const Column& column : after_.columns) judge(column);
    for (const PrimaryKey& key : after_.primary_keys)
      if (is_new(key, before_.primary_keys))
        add("add_primary_key", "two rows are alike or one holds NULL", Add<PrimaryKey>{path_, key});
    for (const ForeignKey& key : after_.foreign_keys)
      if (is_new(key, before_.foreign_keys))
        add("add_foreign_key", "a row points at nothing", Add<ForeignKey>{path_, key});
    for (const Check& check : after_.checks)
      if (is_new(check, before_.checks))
        add("add_check", "a row does not satisfy it", Add<Check>{path_, check});
  }

  void indexed() {
    for (const Index& index : after_.indexes) {
      bool made_here =
          statement_.sql.find(" INDEX `" + index.name.text() + "` ON ") != std::string::npos;
      if (made_here && index.unique && is_new(index, before_.indexes))
        add("unique_index", "two rows are alike", Add<Index>{path_, index});
    }
  }

 private:
  template <class Part>
  static bool is_new(const Part& part, const std::vector<Part>& before) {
    return std::ranges::find(before, part) == before.end();
  }

  void judge(const Column& column) {
    const Column* was = before_.column(column.name);
    if (!was) {
      if (column.not_null && !fills_itself(column))
        add("add_not_null_column", "the table has rows", Add<Column>{path_, column});
      return;
    }
    Modify<Column> change{path_, *was, column};
    bool to_key = column.primary_key && !was->primary_key;
    if (to_key && column.type.text == "integer")
      add("add_primary_key", "two rows are alike (NULL becomes a new number)", change);
    else if (to_key)
      add("add_primary_key", "two rows are alike or one holds NULL", change);
    else if (column.not_null && !was->not_null)
      add("set_not_null", "a row holds NULL", change);
  }

  void add(std::string_view code, std::string_view if_so, const Change& change) {
    add_finding(statement_, Hazard::may_fail_on_data, code,
                "fails if " + std::string(if_so) + ": " + reason(change));
  }

  const Table &before_, &after_;
  const Path& path_;
  Statement& statement_;
};

void judge_rebuild(const Judged& it, Statement& statement) {
  const Path* path = it.on_postgres() ? nullptr : table_of(it.change);
  const Table* before = path ? it.before.table(*path) : nullptr;
  const Table* after = path ? it.after.table(*path) : nullptr;
  if (!before || !after) return;
  Rebuilt rebuilt(*before, *after, statement);
  if (it.draft.step == Step::rebuild_table && statement.sql.starts_with("INSERT INTO "))
    rebuilt.copied();
  if (it.draft.step == Step::create_index && it.draft.group != 0) rebuilt.indexed();
}

}  // namespace

void may_fail_on_data(const Judged& it, Statement& statement) {
  if (auto* shrunk = std::get_if<Alter<Enum>>(&it.change);
      shrunk && it.draft.step == Step::recreate_enum &&
      statement.sql.find(" USING ") != std::string::npos)
    add_finding(statement, Hazard::may_fail_on_data, "enum_loses_values",
                "fails if a row holds a value that enum " + plain_name(shrunk->after.path) +
                    " no longer has");
  if (!table_is_old(it)) return;
  if (std::string_view if_so = demand(it); !if_so.empty())
    add_finding(statement, Hazard::may_fail_on_data, code(it.draft.step),
                "fails if " + std::string(if_so) + ": " + reason(it.change));
  judge_rebuild(it, statement);
}

}  // namespace tidemark
