// A session of the database with a thread of its own. Grid, counting and the console
// each have one, so that a slow query holds up nobody else.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "connect/connection.h"
#include "connect/result_reader.h"

namespace tidemark::studio {

/// Opened when first needed, and again when it was lost.
class DatabaseSession {
 public:
  using Open = std::function<std::unique_ptr<Connection>()>;
  explicit DatabaseSession(Open open) : open_(std::move(open)) {}

  Connection& connection();
  /// Through the driver's own reader; where it has none, all rows at once.
  ResultEnd read(std::string_view sql, std::span<const Value> parameters, const ResultSink& sink);
  void close();
  /// From any thread: what `read` does fails, and what it is to do until `allow`.
  void cancel();
  void allow() { cancelled_ = false; }

 private:
  Open open_;
  std::atomic<bool> cancelled_ = false;
  std::unique_ptr<Connection> connection_;
  std::mutex mutex_;  // `reader_` may be asked to cancel while it is closed
  ResultReader* reader_ = nullptr;
};

class Lane {
 public:
  using Task = std::function<void(DatabaseSession&)>;

  /// What runs longer than `limit` is cancelled; zero: nothing is.
  Lane(DatabaseSession::Open open, std::chrono::seconds limit);
  ~Lane();
  Lane(const Lane&) = delete;
  Lane& operator=(const Lane&) = delete;

  /// Tasks run one after the other, and throw nothing. By its `id` one can be cancelled.
  void post(Task task, std::string id = {});
  /// Those of this id: the one that runs now, or is still to run.
  void cancel(const std::string& id);
  /// Whether another task has to end before the one of this id.
  bool waits(const std::string& id);
  void cancel_if_overdue();

 private:
  struct Waiting {
    Task task;
    std::string id;
    bool cancelled = false;
  };

  void work();
  void begin(Waiting& next);

  DatabaseSession session_;
  std::chrono::seconds limit_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Waiting> tasks_;
  std::string running_;  // the id of what runs now
  bool stopping_ = false;
  std::atomic<std::int64_t> busy_since_ = 0;  // 0: idle; steady clock
  std::thread thread_;
};

}  // namespace tidemark::studio
