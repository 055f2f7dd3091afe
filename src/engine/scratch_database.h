// A copy of a database to try things on, gone when the object goes.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/new_file.h"
#include "connect/database_url.h"
#include "engine/backup.h"
#include "engine/postgres_sample.h"
#include "engine/turso_branch.h"

namespace tidemark {

/// Makes what one PostgreSQL database holds, or a sample of it, in another, empty one. Who is
/// no superuser owns all of it there. Returns how. Throws Error(Fault::failed).
std::string fill_by_dump(const DatabaseUrl& of, const DatabaseUrl& into,
                         const std::optional<SampleSize>& sample, const CopySink& progress);

class ScratchDatabase {
 public:
  /// SQLite: a file in the folder for temporary files. PostgreSQL: a database beside the
  /// first one, as its template, or by pg_dump where others are connected to it or only a
  /// sample is wanted. Turso: a branch, by the account. `warn` is told of a copy that could
  /// not be removed. Throws Error(Fault::failed).
  ScratchDatabase(const DatabaseUrl& of, const TursoAccount& account,
                  const std::optional<SampleSize>& sample, const CopySink& progress,
                  WarningSink warn);
  ~ScratchDatabase();
  ScratchDatabase(const ScratchDatabase&) = delete;
  ScratchDatabase& operator=(const ScratchDatabase&) = delete;

  const DatabaseUrl& url() const { return url_; }
  const std::string& how() const { return how_; }  // "CREATE DATABASE … TEMPLATE"

 private:
  void copy_sqlite(const CopySink& progress);
  void branch_turso(const TursoAccount& account);
  void copy_postgres(const std::optional<SampleSize>& sample, const CopySink& progress);
  bool make_by_template(Connection& database);
  void drop();

  DatabaseUrl of_, url_;
  WarningSink warn_;
  std::string how_, name_;         // the name of what has to be dropped
  std::unique_ptr<NewFile> file_;  // never kept
  std::unique_ptr<TursoBranch> branch_;
};

}  // namespace tidemark
