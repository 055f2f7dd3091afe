// What was typed, as files of the project:
//
//   {out}/.tidemark/queries/NAME.sql       a query that was given a name, for everybody
//   {out}/.tidemark/console/history.jsonl  what was run here; private, and never committed
//   {out}/.tidemark/console/written.sql    each change that was made here, with its time; as
//   private
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace tidemark::studio {

struct SavedQuery {
  std::string name;
  std::string sql;
  bool operator==(const SavedQuery&) const = default;
};

/// Each call looks at the files anew: editors and Git change them too.
class QueryFiles {
 public:
  explicit QueryFiles(const std::filesystem::path& out);

  std::vector<SavedQuery> saved() const;  // by name
  /// Both throw Error(Fault::usage) for a name that is no plain file name.
  void save(const SavedQuery& query) const;
  void remove(const std::string& name) const;

  std::vector<std::string> history() const;  // the newest first, each once
  void remember(const std::string& sql) const;

  /// Adds to `written.sql`; nothing in it is ever changed but by its owner.
  void note_written(const std::vector<std::string>& statements) const;

 private:
  std::filesystem::path queries_, console_;
};

}  // namespace tidemark::studio
