// Changes values of one row so that a check holds. It goes down the check's tree to a column
// and asks there for what is missing; where there are several ways, for one of them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "seed/evaluate.h"
#include "seed/table_plan.h"

namespace tidemark::seed {

/// Of the columns that checks speak of, by the names that they use: places in the row, without
/// those that hold what nobody looks into, such as arrays.
using Places = std::map<std::string, std::size_t>;

class Remedy {
 public:
  /// All must outlive it.
  Remedy(const TablePlan& plan, const Places& places, Evaluator& evaluator, std::vector<Value>& row,
         std::uint64_t number, Dice& dice);
  Remedy(const Remedy&) = delete;
  Remedy& operator=(const Remedy&) = delete;

  /// The row as it is at the time of the look.
  const Evaluator::Lookup& lookup() const { return lookup_; }

  /// Does what it can: whether it helped is to be seen.
  void make(const Expression& expression, bool wanted);

 private:
  /// A comparison that is to be so: what stands left of the sign, and what is known right of it.
  struct Goal {
    std::string sign;
    Datum value;
  };

  void make_joined(const Expression& expression, bool wanted, bool all);
  void make_null(const Expression& one, bool wanted);
  void make_member(const Expression& list, bool wanted);
  void make_matching(const Expression& test, bool wanted);
  void make_compared(const Expression& comparison, bool wanted);
  bool make_alike(const Expression& comparison, const std::string& sign);
  void make_call(const Expression& call, bool wanted);

  bool reach(const Expression& target, const Goal& goal);
  bool reach_call(const Expression& call, const Goal& goal);
  bool reach_sum(const Expression& sum, const Goal& goal);
  bool reach_remainder(const Expression& call, const Goal& goal);
  bool reach_length(const Expression& call, const Goal& goal);
  bool reach_place(const Expression& call, const Goal& goal);
  bool reach_count(const Expression& call, const Goal& goal);
  bool put_beside(std::size_t at, const Goal& goal);

  std::size_t place(const Expression& expression) const;  // nowhere unless it may be changed
  std::size_t place_inside(const Expression& expression) const;
  void put(std::size_t at, std::string text);
  void renew(std::size_t at);

  const TablePlan& plan_;
  Evaluator& evaluator_;
  std::vector<Value>& row_;
  std::uint64_t number_;
  Dice& dice_;
  Evaluator::Lookup lookup_;
};

}  // namespace tidemark::seed
