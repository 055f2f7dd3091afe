// HTTP requests that carry a token, one at a time over one kept connection.
#pragma once

#include <memory>
#include <string>

namespace tidemark {

struct HttpResponse {
  long status = 0;
  std::string body;
};

/// A request that got no whole answer. `sent`: the server may have acted on it.
struct HttpFailure {
  std::string message;
  bool sent = false;
  bool interrupted = false;
};

class HttpClient {
 public:
  /// `token` goes into every request and into no message.
  explicit HttpClient(std::string token);
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  /// Sends it once. Follows no redirect: the token would go with it. Throws HttpFailure.
  HttpResponse send(const char* method, const std::string& url, const std::string& body);
  HttpResponse post(const std::string& url, const std::string& body) {
    return send("POST", url, body);
  }

 private:
  struct Session;
  std::unique_ptr<Session> session_;
};

}  // namespace tidemark
