#include "studio/lane.h"

#include <algorithm>
#include <utility>

namespace tidemark::studio {
namespace {

std::int64_t now() { return std::chrono::steady_clock::now().time_since_epoch().count(); }

}  // namespace

Connection& DatabaseSession::connection() {
  if (connection_) return *connection_;
  connection_ = open_();
  std::scoped_lock lock(mutex_);
  reader_ = dynamic_cast<ResultReader*>(connection_.get());
  return *connection_;
}

ResultEnd DatabaseSession::read(std::string_view sql, std::span<const Value> parameters,
                                const ResultSink& sink) {
  Connection& database = connection();
  if (cancelled_) throw DatabaseError("the query was cancelled", "57014");
  if (reader_) return reader_->read(sql, parameters, sink);
  Rows rows = database.query(sql, parameters);
  std::vector<ResultColumn> head;
  for (std::string& name : rows.columns) head.push_back({std::move(name), ""});
  ResultEnd end{.returns_rows = !head.empty()};
  if (end.returns_rows && sink.head) sink.head(head);
  for (std::vector<Value>& values : rows.rows) {
    ResultRow row{.values = std::move(values), .kinds = {}};
    for (const Value& value : row.values)
      row.kinds.push_back(value ? CellKind::text : CellKind::null);
    if (sink.row && !sink.row(row)) break;
  }
  return end;
}

void DatabaseSession::close() {
  std::scoped_lock lock(mutex_);
  reader_ = nullptr;
  connection_.reset();
}

void DatabaseSession::cancel() {
  cancelled_ = true;
  std::scoped_lock lock(mutex_);
  if (reader_) reader_->cancel();
}

Lane::Lane(DatabaseSession::Open open, std::chrono::seconds limit)
    : session_(std::move(open)), limit_(limit), thread_([this] { work(); }) {}

Lane::~Lane() {
  {
    std::scoped_lock lock(mutex_);
    stopping_ = true;
    tasks_.clear();
  }
  wake_.notify_one();
  if (busy_since_ != 0) session_.cancel();
  thread_.join();
}

void Lane::post(Task task, std::string id) {
  {
    std::scoped_lock lock(mutex_);
    tasks_.push_back({std::move(task), std::move(id)});
  }
  wake_.notify_one();
}

void Lane::cancel(const std::string& id) {
  std::scoped_lock lock(mutex_);  // so the next task does not begin, and is not hit
  if (busy_since_ != 0 && running_ == id) session_.cancel();
  for (Waiting& one : tasks_) one.cancelled |= one.id == id;
}

bool Lane::waits(const std::string& id) {
  std::scoped_lock lock(mutex_);
  return std::ranges::any_of(tasks_, [&](const Waiting& one) { return one.id == id; });
}

void Lane::cancel_if_overdue() {
  std::int64_t since = busy_since_;
  if (since == 0 || limit_.count() == 0) return;
  std::chrono::steady_clock::duration busy(now() - since);
  if (busy > limit_) session_.cancel();
}

void Lane::work() {
  for (;;) {
    Waiting next;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [&] { return stopping_ || !tasks_.empty(); });
      if (stopping_) return;
      next = std::exchange(tasks_.front(), {});
      tasks_.pop_front();
      begin(next);
    }
    next.task(session_);
    std::scoped_lock lock(mutex_);
    busy_since_ = 0;
  }
}

void Lane::begin(Waiting& next) {
  session_.allow();
  if (next.cancelled) session_.cancel();
  running_ = std::move(next.id);
  busy_since_ = now();
}

}  // namespace tidemark::studio
