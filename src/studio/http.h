// HTTP as the studio sees it: plain values, and an exchange that is answered from any
// thread. Only http_server.cc knows the library.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tidemark::studio {

struct HttpRequest {
  std::string method;
  std::string path;                                 // without what follows a `?`
  std::map<std::string, std::string> headers = {};  // names in lower case
  std::string body = {};

  /// Empty when it was not sent.
  std::string_view header(const std::string& name) const {
    auto found = headers.find(name);
    return found == headers.end() ? std::string_view() : found->second;
  }
};

struct HttpReply {
  unsigned status = 200;
  std::string type = "text/plain; charset=utf-8";
  std::string body = {};
  std::vector<std::pair<std::string, std::string>> headers = {};
};

/// The answer to one request: whole, or piece by piece.
class Exchange {
 public:
  virtual ~Exchange() = default;
  virtual void reply(HttpReply whole) = 0;

  virtual void begin(HttpReply head) = 0;
  /// Waits until it is sent. False when nobody is there any more.
  virtual bool write(std::string piece) = 0;
  virtual void end() = 0;
};

using HttpHandler = std::function<void(HttpRequest, std::shared_ptr<Exchange>)>;

}  // namespace tidemark::studio
