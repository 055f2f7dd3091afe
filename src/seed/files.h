// Seeds without code: a folder of .sql, .csv and .json files, run in the order of their
// names. Rows of `02_users.csv` and `users.json` are for the table `users`; a JSON file
// that holds an object has the rows of several tables by their names.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "seed/rows.h"

namespace tidemark::seed {

/// None when there is no such folder. Other files are passed over.
std::vector<std::filesystem::path> seed_files(const std::filesystem::path& folder);

/// The rows of a .csv or .json file. The first line of a CSV names its columns; an empty
/// field is NULL, `""` an empty text. What a field is as a value: field_value.h. Throws
/// Error(Fault::failed) with the place of what is wrong: a table or column that is not there,
/// a row of another length, broken JSON, a text where SQLite keeps numbers.
std::vector<TableRows> read_rows(const std::filesystem::path& file, const std::string& shown,
                                 const Catalog& catalog);

}  // namespace tidemark::seed
