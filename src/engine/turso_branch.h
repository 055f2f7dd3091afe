// A branch: a new database on Turso that begins as another one is now.
#pragma once

#include <string>

#include "connect/database_url.h"
#include "connect/turso/platform.h"
#include "engine/backup.h"
#include "source/environment.h"

namespace tidemark {

/// TURSO_API_TOKEN and TURSO_ORG (or TURSO_ORGANIZATION), from where the configuration's
/// variables come from.
TursoAccount turso_account(const Environment& environment);

/// Whether the organisation has a database at this URL.
bool is_on_turso(const DatabaseUrl& url, const TursoAccount& account);

class TursoBranch {
 public:
  /// Throws Error(Fault::failed): the organisation has no database at this URL, or the
  /// API refuses. Then there is no branch.
  TursoBranch(const DatabaseUrl& of, const TursoAccount& account, WarningSink warn);
  /// Deletes it. Where the API does not, `warn` is told what is left over.
  ~TursoBranch();
  TursoBranch(const TursoBranch&) = delete;
  TursoBranch& operator=(const TursoBranch&) = delete;

  const DatabaseUrl& url() const { return url_; }
  const std::string& name() const { return name_; }

 private:
  void make(const DatabaseUrl& of, const TursoDatabase& source);
  void wait_until_it_answers() const;
  void drop();

  TursoPlatform platform_;
  WarningSink warn_;
  DatabaseUrl url_;
  std::string name_;  // of what has to be deleted
};

}  // namespace tidemark
