// Turso's Platform API: the databases of an organisation, not what is in them.
// Source: https://docs.turso.tech/api-reference
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tidemark {

class HttpClient;

struct TursoAccount {
  std::string organization, token;
  std::string base = "https://api.turso.tech";

  bool known() const { return !organization.empty() && !token.empty(); }
};

struct TursoDatabase {
  std::string name, hostname, group;
};

/// All throw Error(Fault::failed) for what the API refuses. The token is in no message.
class TursoPlatform {
 public:
  explicit TursoPlatform(const TursoAccount& account);
  ~TursoPlatform();
  TursoPlatform(const TursoPlatform&) = delete;
  TursoPlatform& operator=(const TursoPlatform&) = delete;

  /// Those of a group; of all groups when it is empty.
  std::vector<TursoDatabase> databases(const std::string& group = {});

  /// A new database in the group of `source`, with what that holds: now, or at a moment
  /// (`2026-01-31T12:00:00Z`) that the plan still keeps.
  TursoDatabase create(const std::string& name, const TursoDatabase& source,
                       const std::string& moment = {});

  /// False when there is none of that name.
  bool remove(const std::string& name);

  /// For the database alone. `expiration` is a duration: `1h`, `2w1d`.
  std::string make_token(const std::string& name, const std::string& expiration,
                         bool read_only = false);

 private:
  struct Answer;
  Answer ask(const char* method, const std::string& path, const std::string& body = {});

  std::string root_;
  std::string organization_;
  std::unique_ptr<HttpClient> http_;
};

}  // namespace tidemark
