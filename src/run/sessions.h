// The databases that a script is connected to. A session waits for its server in a
// thread of its own, so that one that waits for a lock does not keep the script from
// giving it free.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "base/json.h"
#include "connect/database_url.h"
#include "connect/libpq.h"
#include "connect/libsql/http.h"

namespace tidemark::run {

/// What came of something that was sent: JSON text (wire.h).
struct Answer {
  int ticket;
  std::string text;
};

/// Where all sessions put their answers.
class Answers {
 public:
  void put(Answer answer);
  /// The oldest, waiting for one; nothing when the time is up.
  std::optional<Answer> take(std::chrono::milliseconds patience);
  /// That of one ticket, however long it takes. The others stay.
  std::string take_of(int ticket);

 private:
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<Answer> waiting_;
};

/// One connection to a server in its thread. Opened with the first request; what keeps it
/// from opening is the answer to that.
class Session {
 public:
  Session(DatabaseUrl url, Answers& answers);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  /// `request` is JSON: {"sql", "values"?, "describe"?}, or {"pipeline"} for a libSQL server.
  void send(int ticket, std::string request);

 private:
  void work();
  std::string answer_to(const std::string& request);
  std::string answer_of_libsql(const json::value& pipeline);

  DatabaseUrl url_;
  Answers& answers_;
  std::unique_ptr<PostgresSession> connection_;
  std::unique_ptr<HttpClient> http_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Answer> requests_;  // with their tickets
  bool closing_ = false;
  std::thread thread_;
};

}  // namespace tidemark::run
