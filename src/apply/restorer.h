// Puts back what was kept, while the way back runs. By the rules: rows are found by
// their key; what was deleted since stays deleted; what arrived since gets the default
// or NULL, or nothing begins; a changed value returns only where it is still what the
// migration made of it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "apply/kept_rows.h"
#include "apply/script.h"
#include "apply/table_facts.h"

namespace tidemark {

class Restorer {
 public:
  Restorer(Connection& database, const KeptTable& list, std::string tag)
      : database_(database), list_(list), tag_(std::move(tag)) {}

  /// Before the way back. Throws Error(Fault::failed) where rows arrived since that
  /// would have no value.
  void open();

  /// Runs one statement of the way back, changed where it would not take the rows that
  /// are there and those that come back.
  void run(const MigrationStatement& statement);

  /// After it: puts back what no statement has asked for, and forgets what was kept.
  void close();

  /// What was put back, for events.
  const std::vector<KeptRows>& put_back() const { return put_back_; }
  /// What could not be, and stays kept.
  const std::vector<KeptRows>& left() const { return left_; }

 private:
  struct Item {
    KeptRows kept;
    bool done = false;
    bool lost = false;  // its rows cannot be found again
  };

  void lock();
  void index(const KeptRows& kept);
  void require_values(const KeptRows& kept);
  void find_by_bag(Item& item);
  Path full(Path table);
  void number_rows(const Path& table);
  void forget_numbers();
  void forget_changed(const KeptRows& kept);
  Item* column_item(const Path& table, const Name& column);
  bool add_column(const MigrationStatement& statement);
  void add_to_filled_table(const MigrationStatement& statement, Item& item, const Path& table);
  bool fill_successor(const MigrationStatement& statement);
  void created_table(const MigrationStatement& statement);
  void put(Item& item, const TableFacts& facts);
  void put_rows(Item& item, const TableFacts& facts);
  void put_values(Item& item, const TableFacts& facts);
  void set_sequences(const KeptRows& kept, const TableFacts& facts);
  std::optional<TableFacts> table_of(const KeptRows& kept);

  bool postgres() const { return database_.engine() == Engine::postgresql; }

  Connection& database_;
  const KeptTable& list_;
  std::string tag_;
  std::vector<Item> items_;
  std::vector<KeptRows> put_back_, left_;
  std::vector<Path> numbered_;  // tables that have a key of ours meanwhile
};

}  // namespace tidemark
