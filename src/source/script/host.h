// Runs the project's scripts in a child process, bounded in time and memory, so
// that an endless loop or a flood of strings ends in a message and not with us.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/json.h"
#include "source/config.h"
#include "source/script/evaluation_cache.h"
#include "source/script/world.h"
#include "tidemark/catalog.h"

namespace tidemark::script {

struct HostOptions {
  std::filesystem::path cwd;                        // absolute; decides which tsconfig.json counts
  std::map<std::string, std::string> environment;   // what scripts see as process.env
  std::chrono::milliseconds time_limit{10'000};     // of processor time, for each request
  std::size_t memory_limit = std::size_t{1} << 30;  // bytes
  std::filesystem::path cache = {};  // where answers are kept (evaluation_cache.h); empty: nowhere
  bool runs_decorations = false;     // see InterpreterOptions
};

/// One interpreter in one child, which starts when something has to be evaluated.
/// Mistakes in scripts arrive as Error with their place.
class Host {
 public:
  explicit Host(HostOptions options);
  ~Host();
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;

  /// The default export of a configuration file (or all of a JSON file). A value that comes
  /// through a package which is stood in for (zod and the like) is asked of the package itself,
  /// where it is installed.
  json::value load_config(const std::filesystem::path& file);
  /// Those for which the last configuration lacks a value, and what happened when they ran;
  /// empty where they are not installed.
  const std::vector<std::string>& missing_packages() const { return missing_packages_; }
  const std::string& packages_failure() const { return packages_failure_; }

  /// The same without `dbCredentials`, which are kept nowhere.
  json::value load_config_without_credentials(const std::filesystem::path& file);

  /// The schema as one JSON document, which js/serialize makes. Places of objects
  /// are in it when asked for, and where there are errors; they are dear, so ask
  /// for them once there is something to say about the objects.
  std::string load_schema(std::span<const std::filesystem::path> files, Engine engine,
                          Casing casing, bool places = false);

  /// The same in two steps, for work to be done meanwhile.
  void start_schema(std::span<const std::filesystem::path> files, Engine engine, Casing casing,
                    bool places = false);
  std::string finish_schema();

 private:
  class Child;
  Child& child();
  json::value ask_for_config(Child& child, const std::filesystem::path& file);
  std::optional<std::string> remembered(const std::string& request);
  void remember(const std::string& request, const std::string& answer);

  HostOptions options_;
  World world_;
  EvaluationCache cache_;
  std::unique_ptr<Child> child_;
  std::string receive_schema();

  std::vector<std::string> missing_packages_;
  std::string packages_failure_;
  std::string asked_;                    // what finish_schema is to answer
  bool awaited_ = false;                 // the child is at it
  std::optional<std::string> answered_;  // and its answer, when it is known already
};

}  // namespace tidemark::script
