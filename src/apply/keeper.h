// Keeps what a migration destroys, in its own transaction, just before the statement
// that does it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "apply/events.h"
#include "apply/kept_rows.h"
#include "apply/losses.h"
#include "apply/script.h"
#include "apply/table_facts.h"

namespace tidemark {

/// From how many rows on nothing is kept unless it is asked for.
inline constexpr std::uint64_t rows_kept = 100'000;

/// A table's number and a column's, and what they are called.
using ColumnsByNumber = std::map<std::pair<std::string, int>, std::pair<Path, Name>>;

class Keeper {
 public:
  /// `limit`: 0 keeps nothing.
  Keeper(Connection& database, KeptTable list, std::uint64_t limit)
      : database_(database), list_(std::move(list)), losses_(database, limit), keeps_(limit > 0) {}

  /// Looks at the database as it is before the migration. Says what will be lost all
  /// the same, and why.
  std::vector<Remark> plan(const Script& script) { return losses_.plan(script); }

  /// Whether something is to be kept at a statement.
  bool is_due(const Script& script, std::size_t statement) const {
    return !losses_.before(script.file->tag, statement).empty();
  }
  /// Inside the transaction, around that statement.
  void before(const Script& script, std::size_t statement);
  void after();

  /// Whether only running a statement shows what it destroys: PostgreSQL's CASCADE, and code.
  bool has_to_see(const MigrationStatement& statement) const;
  /// The columns of tables by their number, to be compared.
  ColumnsByNumber columns();
  /// Keeps what was there `before` and is not in `after`. Both were read around the statement,
  /// which has been taken back.
  void keep_gone(const std::string& tag, const ColumnsByNumber& before,
                 const ColumnsByNumber& after);

  /// What was kept since the transaction began; a new one begins.
  std::vector<KeptRows> take_kept() {
    changing_.clear();
    leaving_.clear();
    remarks_.clear();
    return std::exchange(kept_, {});
  }
  /// What only the statements themselves showed to be lost. To be taken before it.
  std::vector<Remark> take_remarks() { return std::exchange(remarks_, {}); }

 private:
  /// Kept values whose new ones are not known yet.
  struct Changing {
    KeptRows kept;
    Path table;
    std::vector<Name> key;
    Name column = {};
    bool was_array = false;
  };

  bool holds_rows(const Loss& loss);
  void keep(const Loss& loss);
  void keep_table(const Loss& loss);
  void keep_column(const Loss& loss, KeptRows::Kind kind);
  void keep_rebuilt(const Loss& loss);
  void keep_rebuilt_bag(const Loss& loss, const TableFacts& old, const TableFacts& made);
  void keep_changed(const Loss& loss, const TableFacts& old, const Name& column);
  void keep_left_out(const Loss& loss, const TableFacts& old);
  void forget_other_keys(const Changing& changed, bool other_form);
  void copy(KeptRows kept, const std::string& select);
  std::map<std::string, std::string> sequences(const TableFacts& facts);
  bool postgres() const { return database_.engine() == Engine::postgresql; }

  Connection& database_;
  KeptTable list_;
  Losses losses_;
  bool keeps_;
  std::vector<KeptRows> kept_;
  std::vector<Remark> remarks_;
  std::vector<Changing> changing_;
  std::vector<Changing> leaving_;  // rows that may go
};

}  // namespace tidemark
