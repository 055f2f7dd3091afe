// The checks of a table while its rows are made: values are changed until they hold.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "seed/evaluate.h"
#include "seed/remedy.h"
#include "seed/table_plan.h"
#include "tidemark/error.h"

namespace tidemark::seed {

class RowChecks {
 public:
  /// Both must outlive it.
  RowChecks(const TablePlan& plan, Engine engine);

  /// Null where every check holds, as far as that can be told; else one that does not.
  const Check* meet(std::vector<Value>& row, std::uint64_t number, Dice& dice);

 private:
  struct Known {
    const Check* check;
    Expression expression;
  };

  void find_places(const Expression& check);

  const TablePlan& plan_;
  Evaluator evaluator_;
  std::vector<Known> checks_ = {};
  Places places_ = {};
};

/// Names the table, the columns and the check, and what helps.
Error unmet(const Table& table, const Check& check);

/// The same where the database says so; empty for another refusal.
std::optional<Error> unmet_by(const Catalog& catalog, const DatabaseError& error);

}  // namespace tidemark::seed
