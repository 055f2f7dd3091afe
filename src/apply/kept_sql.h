#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "apply/kept_rows.h"
#include "apply/table_facts.h"

namespace tidemark {

/// The condition that joins rows of a kept table, called `k`, with those of the table
/// called `alias`, whose key has these names there.
std::string same_key(const KeptRows& kept, const std::string& alias, const std::vector<Name>& key);

/// The values of columns as one text that is equal where they are.
std::string bag_of(const std::vector<Name>& columns, Engine engine);
/// Which of the rows with the same bag a row is, in this order.
std::string number_in_bag(const std::string& bag, const std::string& order);
/// Where a row stands: no other has it until one of both is written.
std::string place_of_row(const TableFacts& facts, Engine engine);

/// PostgreSQL: until the transaction ends nobody else reads or writes these tables. What has
/// been read of them stays true.
void lock_tables(Connection& database, const std::vector<Path>& tables);

}  // namespace tidemark
