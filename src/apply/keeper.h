// Keeps what a migration destroys, in its own transaction, just before the statement
// that does it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "apply/events.h"
#include "apply/kept_rows.h"
#include "apply/name_trail.h"
#include "apply/script.h"
#include "apply/table_facts.h"

namespace tidemark {

/// From how many rows on nothing is kept unless it is asked for.
inline constexpr std::uint64_t rows_kept = 100'000;

class Keeper {
 public:
  /// `limit`: 0 keeps nothing.
  Keeper(Connection& database, KeptTable list, std::uint64_t limit)
      : database_(database), list_(std::move(list)), limit_(limit) {}

  /// Looks at the database as it is before the migration. Says what will be lost all
  /// the same, and why.
  std::vector<Remark> plan(const Script& script);

  /// Whether something is to be kept at a statement.
  bool is_due(const Script& script, std::size_t statement) const;
  /// Inside the transaction, around that statement.
  void before(const Script& script, std::size_t statement);
  void after();

  /// What was kept since the transaction began; a new one begins.
  std::vector<KeptRows> take_kept() {
    changing_.clear();
    remarks_.clear();
    return std::exchange(kept_, {});
  }
  /// What only the statements themselves showed to be lost. To be taken before it.
  std::vector<Remark> take_remarks() { return std::exchange(remarks_, {}); }

 private:
  /// Something that a statement destroys.
  struct Loss {
    KeptRows::Kind kind;
    Path table;                  // as the statement calls it
    Path successor = {};         // of a rebuild
    KeptRows kept;               // what is known of it beforehand
    std::vector<Name> key = {};  // as the table calls it then
    std::vector<Name> bag = {};
    Name column = {};
  };

  /// Kept values whose new ones are not known yet.
  struct Changing {
    KeptRows kept;
    Path table;
    std::vector<Name> key;
    Name column;
    bool was_array = false;
  };

  void plan_statement(const Script& script, const NameTrail& trail, std::size_t at,
                      std::vector<Remark>& remarks);
  void keep_table(const Loss& loss);
  void keep_column(const Loss& loss, KeptRows::Kind kind);
  void keep_rebuilt(const Loss& loss);
  void keep_rebuilt_bag(const Loss& loss, const TableFacts& old, const TableFacts& made);
  void keep_changed(const Loss& loss, const TableFacts& old, const Name& column);
  void keep_left_out(const Loss& loss, const TableFacts& old);
  void forget_other_keys(const Changing& changed);
  void copy(KeptRows kept, const std::string& select);
  std::map<std::string, std::string> sequences(const TableFacts& facts);

  Connection& database_;
  KeptTable list_;
  std::uint64_t limit_;
  std::map<std::string, std::map<std::size_t, std::vector<Loss>>> losses_;  // by tag, statement
  std::vector<KeptRows> kept_;
  std::vector<Remark> remarks_;
  std::vector<Changing> changing_;
};

}  // namespace tidemark
