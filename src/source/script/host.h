// Runs the project's scripts in a child process, bounded in time and memory, so
// that an endless loop or a flood of strings ends in a message and not with us.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/json.h"
#include "source/config.h"
#include "tidemark/catalog.h"

namespace tidemark::script {

struct HostOptions {
  std::filesystem::path cwd;                        // absolute; decides which tsconfig.json counts
  std::map<std::string, std::string> environment;   // what scripts see as process.env
  std::chrono::milliseconds time_limit{10'000};     // of processor time, for each request
  std::size_t memory_limit = std::size_t{1} << 30;  // bytes
};

/// One interpreter in one child. The child starts warming up when the host is
/// made, so make it early. Mistakes in scripts arrive as Error with their place.
class Host {
 public:
  explicit Host(HostOptions options);
  ~Host();
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;

  /// The default export of a configuration file (or all of a JSON file).
  json::value load_config(const std::filesystem::path& file);

  /// The schema as one JSON document, which js/serialize makes. Places of objects
  /// are in it when asked for, and where there are errors; they are dear, so ask
  /// for them once there is something to say about the objects.
  std::string load_schema(std::span<const std::filesystem::path> files, Engine engine,
                          Casing casing, bool places = false);

  /// The same in two steps, for work to be done meanwhile.
  void start_schema(std::span<const std::filesystem::path> files, Engine engine, Casing casing,
                    bool places = false);
  std::string finish_schema();

  /// Packages that were stood in for so far: "zod", ….
  std::vector<std::string> standins();

 private:
  class Child;
  std::unique_ptr<Child> child_;
};

}  // namespace tidemark::script
