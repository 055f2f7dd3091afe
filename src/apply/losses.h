// What the statements of a migration destroy, and what is known of it beforehand.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "apply/events.h"
#include "apply/kept_rows.h"
#include "apply/name_trail.h"
#include "apply/script.h"
#include "apply/table_facts.h"

namespace tidemark {

/// Something that a statement destroys.
struct Loss {
  KeptRows::Kind kind;
  std::size_t when = 0;        // the statement before which it is kept
  Path table;                  // as it is called then
  Path successor = {};         // of a rebuild
  KeptRows kept;               // what is known of it beforehand
  bool was_empty = false;      // when it was planned: it is looked at again
  std::vector<Name> key = {};  // as the table calls it then
  std::vector<Name> bag = {};
  Name column = {};
};

/// "rows of users", "values of users.name".
std::string what_is_lost(const KeptRows& kept);

/// `rows` is what stands after FROM.
std::uint64_t count_of(Connection& database, const std::string& rows);
/// Reads no more of them than it has to.
bool has_more_rows(Connection& database, const Path& table, std::uint64_t limit);

class Losses {
 public:
  /// Tables of more rows than `limit` are not kept; 0 keeps nothing.
  Losses(Connection& database, std::uint64_t limit) : database_(database), limit_(limit) {}

  /// Looks at the database as it is before the migration. Says what cannot be kept, and why.
  std::vector<Remark> plan(const Script& script);

  /// What is to be kept just before a statement.
  const std::vector<Loss>& before(const std::string& tag, std::size_t statement) const;

  /// A column, or the whole table for none, that went with other `dropped` ones and of which
  /// nothing was known beforehand.
  Loss gone(const std::string& tag, const TableFacts& facts, const Name& column,
            const std::vector<Name>& dropped) const;

  /// Why it cannot be kept, and what to do; empty where it can.
  std::pair<std::string, std::string> why_not(const Loss& loss, const TableFacts& facts) const;

 private:
  void plan_statement(const Script& script, const NameTrail& trail, std::size_t at,
                      std::vector<Remark>& remarks);
  void plan_loss(Loss loss, const TableFacts& facts, std::vector<Remark>& remarks);
  void plan_children(const Script& script, const NameTrail& trail, std::size_t at,
                     const Path& parent, std::vector<Remark>& remarks);
  bool is_planned(const std::string& tag, const Path& table) const;
  Loss loss_of(const Script& script, const NameTrail& trail, std::size_t at, const Destroyed& it,
               const TableFacts& facts);
  bool postgres() const { return database_.engine() == Engine::postgresql; }

  Connection& database_;
  std::uint64_t limit_;
  std::map<std::string, std::map<std::size_t, std::vector<Loss>>> planned_;  // by tag, statement
};

}  // namespace tidemark
