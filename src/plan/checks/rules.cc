#include "plan/checks/rules.h"

namespace tidemark {

void judge(const Judged& it, Statement& statement) {
  loses_data(it, statement);
  may_fail_on_data(it, statement);
  rewrites_table(it, statement);
  blocks_others(it, statement);
  breaks_running_code(it, statement);
  irreversible(it, statement);
  not_transactional(it, statement);
  note_lock(it, statement);
}

const Path* table_of(const Change& change) {
  return std::visit(match{
                        [](const Create<Table>& it) { return &it.object.path; },
                        [](const Drop<Table>& it) { return &it.object.path; },
                        [](const Rename<Table>& it) { return &it.after; },
                        [](const Move<Table>& it) { return &it.after; },
                        [](const SetRowLevelSecurity& it) { return &it.table; },
                        []<class T>(const Add<T>& it) { return &it.table; },
                        []<class T>(const Remove<T>& it) { return &it.table; },
                        []<class T>(const Modify<T>& it) { return &it.table; },
                        []<class T>(const RenamePart<T>& it) { return &it.table; },
                        [](const auto&) -> const Path* { return nullptr; },
                    },
                    change);
}

bool table_is_old(const Judged& it) { return !std::holds_alternative<Create<Table>>(it.change); }

ColumnPair column_pair(const Change& change) {
  if (auto* modified = std::get_if<Modify<Column>>(&change))
    return {&modified->before, &modified->after};
  return {};
}

void add_finding(Statement& statement, Hazard hazard, std::string_view code, std::string message) {
  statement.findings.push_back({hazard, code, std::move(message)});
}

}  // namespace tidemark
