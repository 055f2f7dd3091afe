// `studio`: the database, its schema and its migrations in a browser on this machine.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "engine/engine.h"

namespace tidemark::studio {

struct StudioOptions {
  ProjectRequest project;
  std::string host = "localhost";
  std::uint16_t port = 4983;
  bool read_only = false;
  std::string version = {};
};

struct StudioStart {
  std::string link;  // opens it once
  DatabaseSource database;
  bool remote = false;  // the database is not on this machine
};

/// Serves until it is interrupted. `ready` is called when it listens; `log`, where it is
/// given, with a line for each request; `warn` with what --read-only cannot hold back. Throws
/// Error(Fault::usage) for an address that is taken and a configuration without a database.
void serve_studio(const StudioOptions& options,
                  const std::function<void(const StudioStart&)>& ready,
                  const std::function<void(const std::string&)>& log,
                  const std::function<void(const std::string&)>& warn);

}  // namespace tidemark::studio
