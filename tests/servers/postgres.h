// A database of its own for each test, on the private server of tests/servers.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>

#include "connect/connect.h"

namespace tidemark::tests {

/// The URL of the server's first database: TIDEMARK_TEST_PG, or what ctest started.
inline std::string postgres_url() {
  if (const char* url = std::getenv("TIDEMARK_TEST_PG")) return url;
  std::string url;
  std::getline(std::ifstream(TIDEMARK_POSTGRES_FILE), url);
  if (url.empty())
    throw std::runtime_error("no PostgreSQL: use ctest, or tests/servers/with_postgres COMMAND");
  return url;
}

/// An empty database, dropped with this object together with whoever is still in it.
class FreshPostgres {
 public:
  FreshPostgres() {
    static std::atomic<int> count = 0;
    name_ = "test_" + std::to_string(::getpid()) + "_" + std::to_string(count++);
    admin()->execute("create database " + name_);
  }
  ~FreshPostgres() {
    try {
      admin()->execute("drop database " + name_ + " with (force)");
    } catch (const std::exception& error) {
      ADD_FAILURE() << "cannot drop " << name_ << ": " << error.what();
    }
  }
  FreshPostgres(const FreshPostgres&) = delete;
  FreshPostgres& operator=(const FreshPostgres&) = delete;

  std::string url() const {
    std::string url = postgres_url();
    return url.replace(url.find("/postgres?"), 9, "/" + name_);
  }
  std::unique_ptr<Connection> open() const { return connect(parse_database_url(url())); }

 private:
  static std::unique_ptr<Connection> admin() { return connect(parse_database_url(postgres_url())); }
  std::string name_;
};

}  // namespace tidemark::tests
