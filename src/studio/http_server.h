#pragma once

#include <chrono>
#include <cstdint>
#include <memory>

#include "studio/http.h"

namespace tidemark::studio {

struct HttpLimits {
  std::size_t body = 32u << 20;
  std::uint32_t header = 16u << 10;
  std::size_t connections = 64;
  std::chrono::seconds slow_client{20};  // to send a request, or to take a piece of the answer
};

class HttpServer {
 public:
  /// Listens on the address; "localhost" is both loopback addresses. Port 0: a free one.
  /// Throws Error(Fault::usage) where it is taken or no address of this machine.
  HttpServer(const std::string& host, std::uint16_t port, HttpHandler handler,
             HttpLimits limits = {});
  ~HttpServer();

  std::uint16_t port() const;

  /// Serves until `tick`, which is called about five times a second, says false.
  void run(const std::function<bool()>& tick);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tidemark::studio
