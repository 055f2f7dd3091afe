#include "engine/seed.h"

#include <fmt/format.h>

#include <algorithm>

#include "apply/splitter.h"
#include "base/files.h"
#include "base/text.h"
#include "dialect/sql_writer.h"
#include "engine/database.h"
#include "seed/checks.h"
#include "seed/domains.h"
#include "seed/files.h"
#include "seed/inserter.h"
#include "seed/key_checks.h"
#include "seed/limits.h"
#include "seed/order.h"
#include "seed/reset.h"

namespace tidemark {

namespace fs = std::filesystem;

namespace {

/// The database, in a transaction that ends with `finish` or with the connection.
class Work {
 public:
  Work(Project& project, const SeedOptions& options)
      : options_(options),
        target_(open_live(project, options.dry_run ? Purpose::look : Purpose::correct)) {
    on_database([&] {
      read();
      if (!options_.dry_run)
        database().execute(catalog_.engine == Engine::postgresql ? "BEGIN" : "BEGIN IMMEDIATE");
      if (options_.reset) reset();
    });
  }

  Connection& database() { return *target_.connection; }
  const Catalog& catalog() const { return catalog_; }

  void run(const std::vector<Command>& commands, const std::string& origin) {
    if (!commands.empty()) change(origin, [&] { database().run(commands); });
  }

  void insert(const seed::TableRows& rows, const seed::Insertion& insertion = {}) {
    if (rows.origin != origin_) finish_rows();
    origin_ = rows.origin;
    change(origin_, [&] { inserter_.insert(rows, insertion); });
  }

  void copy(const seed::CopiedRows& rows, const std::string& origin) {
    change(origin, [&] { inserter_.copy(rows); });
  }

  /// What is wrong with rows is shown in the file that they come from.
  void set_file(fs::path file) { file_ = std::move(file); }

  /// What comes after must find the rows there.
  void finish_rows() {
    change(origin_, [&] { inserter_.finish(); });
  }

  /// For rows that are made up: what a column's values may be is said by its domain too.
  void look_under_domains() {
    if (catalog_.engine != Engine::postgresql) return;
    Rows domains = on_database([&] { return database().query(seed::domains_query()); });
    catalog_ = seed::without_domains(std::move(catalog_), domains);
  }

  /// For rows that refer to each other alone, in tables that were empty: nobody else can take
  /// away what they lead to.
  void let_keys_wait() {
    if (options_.dry_run || catalog_.engine != Engine::postgresql) return;
    on_database([&] {
      keys_wait_ = database().query(seed::may_keys_wait()).rows[0][0] == "t";
      if (keys_wait_) database().execute(seed::let_keys_wait());
    });
  }

  SeedReport finish(SeedReport report) {
    finish_rows();
    if (keys_wait_) check_keys();
    if (!options_.dry_run) on_database([&] { commit(database()); });
    report.database = target_.source;
    report.emptied = std::move(emptied_);
    return report;
  }

 private:
  /// What the server refuses is told with `origin` before it.
  template <typename Body>
  void change(const std::string& origin, Body body) {
    if (options_.dry_run) return;
    try {
      body();
    } catch (const seed::RefusedRow& error) {
      throw refusal(error, origin);
    } catch (const DatabaseError& error) {
      throw Error(Fault::failed, fmt::format("{}: {} [{}]", origin, error.message, error.code))
          .hint(error.detail.empty() ? "Nothing was changed." : error.detail);
    }
  }

  Error refusal(const seed::RefusedRow& error, const std::string& origin) const {
    std::optional<Error> unmet;
    if (file_.empty()) unmet = seed::unmet_by(catalog_, error);
    if (unmet) return *unmet;
    std::string before = error.offset ? "" : origin + ": ";
    if (!error.column.empty()) before += error.column + ": ";
    Error out = Error(Fault::failed, fmt::format("{}{} [{}]", before, error.message, error.code))
                    .hint(error.detail.empty() ? "Nothing was changed." : error.detail);
    if (!error.offset) return out;
    return std::move(out).at(range_at(origin, read_file(file_), *error.offset));
  }

  void check_keys() {
    std::vector<seed::KeyCheck> checks = seed::key_checks(catalog_);
    std::vector<Command> queries;
    for (seed::KeyCheck& check : checks) queries.push_back(std::move(check.query));
    std::vector<Rows> found = on_database([&] { return database().query_all(queries); });
    for (std::size_t i = 0; i < found.size(); ++i)
      if (!found[i].rows.empty())
        throw Error(Fault::failed,
                    fmt::format("{}: what was made up leads nowhere", checks[i].name))
            .hint("Nothing was changed.");
  }

  void read() { catalog_ = in_plain_words(read_live(database(), target_.scope).catalog); }

  void reset() {
    for (const Table& table : catalog_.tables) emptied_.push_back(table.path.name.text());
    run(seed::reset_commands(catalog_), "the tables cannot be emptied");
  }

  const SeedOptions& options_;
  LiveTarget target_;
  Catalog catalog_;
  seed::Inserter inserter_{*target_.connection, catalog_};
  std::string origin_;      // of the rows that go in
  fs::path file_;           // that is it, if it is one
  bool keys_wait_ = false;  // until the end
  std::vector<std::string> emptied_;
};

void run_statement(Work& work, const MigrationStatement& one, const std::string& shown,
                   const std::string& text) {
  try {
    work.database().execute(one.sql);
  } catch (const DatabaseError& error) {
    throw Error(Fault::failed, fmt::format("{} [{}]", error.message, error.code))
        .at(range_at(shown, text, one.offset))
        .hint(error.detail.empty() ? "Nothing was changed." : error.detail);
  }
}

/// Statement by statement, so that a mistake has its place.
std::size_t run_sql(Work& work, const fs::path& file, const std::string& shown, bool dry_run) {
  const std::string text = read_file(file);
  std::string sql = text;
  std::vector<seed::CopiedRows> copies;
  if (work.catalog().engine == Engine::postgresql) copies = seed::take_copied_rows(sql);
  std::size_t count = copies.size();
  auto copy = copies.begin();
  auto copy_up_to = [&](std::size_t offset) {
    for (; copy != copies.end() && copy->offset < offset; ++copy) work.copy(*copy, shown);
  };
  for (const MigrationStatement& one : split_migration(sql, shown, work.catalog().engine)) {
    if (is_ours(one.handling)) continue;
    ++count;
    if (dry_run) continue;
    copy_up_to(one.offset);
    run_statement(work, one, shown, text);
  }
  copy_up_to(text.size());
  return count;
}

seed::Insertion insertion_of(const Table& table, const seed::TableRows& rows, bool upsert) {
  if (!upsert) return {};
  auto is_given = [&](const std::vector<Name>& key) {
    return std::ranges::all_of(key, [&](const Name& name) {
      return std::ranges::find(rows.columns, name) != rows.columns.end();
    });
  };
  std::vector<std::vector<Name>> keys = seed::keys_of(table);
  auto key = std::ranges::find_if(keys, is_given);
  if (key == keys.end())
    throw Error(Fault::failed, fmt::format("{}: without a key that its rows have, {} cannot be "
                                           "updated",
                                           rows.origin, table.path.name.text()))
        .hint("Give the columns of its primary key or of a unique one, or leave --upsert out.");
  return {seed::Collision::update, std::move(*key)};
}

/// The first number that is behind everything in each table.
std::map<Path, std::uint64_t> first_numbers(Work& work) {
  std::vector<Command> queries;
  for (const Table& table : work.catalog().tables) {
    std::vector<Name> key = seed::key_of(table);
    const Column* column = key.size() == 1 ? table.column(key[0]) : nullptr;
    bool counts = column && seed::is_whole_number(column->type.text);
    queries.push_back(
        {counts ? standard_sql("SELECT coalesce(max(", key[0], "), 0) + 1 FROM ", table.path)
                : standard_sql("SELECT count(*) + 1 FROM ", table.path)});
  }
  std::map<Path, std::uint64_t> out;
  std::vector<Rows> answers = work.database().query_all(queries);
  for (std::size_t i = 0; i < answers.size(); ++i)
    out[work.catalog().tables[i].path] = std::stoull(answers[i].rows[0][0].value_or("1"));
  return out;
}

}  // namespace

std::vector<fs::path> seed_files_in(const fs::path& folder) { return seed::seed_files(folder); }

SeedReport seed_from_files(Project& project, const std::vector<fs::path>& files,
                           const SeedOptions& options) {
  Work work(project, options);
  SeedReport report;
  std::vector<Path> filled;
  for (const fs::path& file : files) {
    std::string shown = project.shown(file);
    work.set_file(file);
    if (file.extension() == ".sql") {
      report.parts.push_back({shown, run_sql(work, file, shown, options.dry_run), true});
      continue;
    }
    for (const seed::TableRows& rows : seed::read_rows(file, shown, work.catalog())) {
      const Table& table = *work.catalog().table(rows.table);
      if (options.progress) options.progress(table.path.name.text(), 0);
      work.insert(rows, insertion_of(table, rows, options.upsert));
      report.parts.push_back({table.path.name.text(), rows.rows.size()});
      filled.push_back(rows.table);
    }
    work.finish_rows();
  }
  if (work.catalog().engine == Engine::postgresql)
    for (const Path& path : filled)
      work.run(seed::counter_commands(*work.catalog().table(path)), path.name.text());
  return work.finish(std::move(report));
}

SeedReport seed_made_up(Project& project, const seed::Profile& profile, std::uint64_t number,
                        const SeedOptions& options) {
  Work work(project, options);
  work.look_under_domains();
  seed::require_known(profile, work.catalog());
  SeedReport report;
  std::map<Path, std::uint64_t> first;
  if (!options.reset || options.dry_run) first = on_database([&] { return first_numbers(work); });
  if (std::ranges::all_of(first, [](const auto& one) { return one.second == 1; }))
    work.let_keys_wait();
  std::optional<Path> last;
  auto sink = [&](const seed::TableRows& rows) {
    if (last != rows.table) report.parts.push_back({rows.table.name.text(), 0});
    last = rows.table;
    report.parts.back().count += rows.rows.size();
    work.insert(rows);
    if (options.progress) options.progress(report.parts.back().what, report.parts.back().count);
  };
  seed::Generation made = seed::generate(work.catalog(), profile, number, first, sink);
  work.finish_rows();
  work.run(made.afterwards, "keys that lead in a circle");
  report.notes = std::move(made.notes);
  return work.finish(std::move(report));
}

SeedReport reset_tables(Project& project, const SeedOptions& options) {
  Work work(project, options);
  return work.finish({});
}

std::pair<run::Beginning, std::size_t> reset_beginning(Project& project) {
  LiveTarget target = open_live(project, Purpose::look);
  Catalog catalog = on_database(
      [&] { return in_plain_words(read_live(*target.connection, target.scope).catalog); });
  DatabaseUrl url = target.source.url;
  if (url.driver == DatabaseUrl::Driver::sqlite3)
    url.path = fs::absolute(project.cwd() / url.path).lexically_normal();
  run::Beginning beginning{identity_of(url)};
  for (Command& command : seed::reset_commands(catalog))
    beginning.statements.push_back(std::move(command.sql));
  return {std::move(beginning), catalog.tables.size()};
}

}  // namespace tidemark
