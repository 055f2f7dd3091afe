#include "run/sessions.h"

#include "base/json.h"
#include "run/wire.h"
#include "tidemark/error.h"

namespace tidemark::run {
namespace {

json::value body_of(const std::string& text) {
  try {
    return parse_json(text);
  } catch (const std::exception&) {
    return nullptr;
  }
}

/// Loading a driver's library is not for two threads at once.
std::mutex& one_at_a_time() {
  static std::mutex mutex;
  return mutex;
}

std::string setting(const DatabaseUrl& url, std::string_view name) {
  for (const auto& [key, value] : url.settings)
    if (key == name) return value;
  return "";
}

std::string wire_numbers(const std::vector<std::uint32_t>& numbers) {
  return json::serialize(json::value_from(numbers));
}

std::vector<std::uint32_t> types_of(const json::object& request) {
  const json::value* types = request.if_contains("types");
  return types ? json::value_to<std::vector<std::uint32_t>>(*types) : std::vector<std::uint32_t>();
}

std::string answer_of_postgres(PostgresSession& session, const json::object& request) {
  std::string sql(request.at("sql").as_string());
  if (const json::value* given = request.if_contains("describe"))
    return wire_numbers(
        session.parameter_types(sql, json::value_to<std::vector<std::uint32_t>>(*given)));
  const json::value* values = request.if_contains("values");
  if (!values) return wire_results(session.query_text(sql));
  return wire_results(
      {session.query_typed(sql, text_values(values->as_array()), types_of(request))});
}

}  // namespace

void Answers::put(Answer answer) {
  std::lock_guard lock(mutex_);
  waiting_.push_back(std::move(answer));
  arrived_.notify_one();
}

std::optional<Answer> Answers::take(std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  arrived_.wait_for(lock, patience, [this] { return !waiting_.empty(); });
  if (waiting_.empty()) return std::nullopt;
  Answer answer = std::move(waiting_.front());
  waiting_.pop_front();
  return answer;
}

std::string Answers::take_of(int ticket) {
  std::unique_lock lock(mutex_);
  auto is_it = [ticket](const Answer& answer) { return answer.ticket == ticket; };
  auto found = waiting_.end();
  arrived_.wait(lock, [&] {
    found = std::ranges::find_if(waiting_, is_it);
    return found != waiting_.end();
  });
  std::string text = std::move(found->text);
  waiting_.erase(found);
  return text;
}

Session::Session(DatabaseUrl url, Answers& answers)
    : url_(std::move(url)), answers_(answers), thread_([this] { work(); }) {}

Session::~Session() {
  {
    std::lock_guard lock(mutex_);
    closing_ = true;
    changed_.notify_one();
  }
  thread_.join();
}

void Session::send(int ticket, std::string request) {
  std::lock_guard lock(mutex_);
  requests_.push_back({ticket, std::move(request)});
  changed_.notify_one();
}

void Session::work() {
  for (;;) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return closing_ || !requests_.empty(); });
    if (requests_.empty()) return;
    Answer request = std::move(requests_.front());
    requests_.pop_front();
    lock.unlock();
    answers_.put({request.ticket, answer_to(request.text)});
  }
}

std::string Session::answer_to(const std::string& request) {
  try {
    json::value parsed = parse_json(request);
    if (const json::value* pipeline = parsed.as_object().if_contains("pipeline"))
      return answer_of_libsql(*pipeline);
    if (!connection_) {
      std::lock_guard lock(one_at_a_time());
      connection_ = open_libpq(url_);
    }
    return answer_of_postgres(*connection_, parsed.as_object());
  } catch (const DatabaseError& error) {
    if (error.connection_lost) connection_.reset();
    return wire_error(error);
  } catch (const HttpFailure& failure) {
    DatabaseError lost(failure.message, "SERVER_ERROR");
    lost.connection_lost = true;
    return wire_error(lost);
  } catch (const std::exception& error) {
    DatabaseError failed(error.what(), "ECONNREFUSED");
    failed.connection_lost = true;
    return wire_error(failed);
  }
}

/// {"status", "body" (null where it is no JSON), "text"}
std::string Session::answer_of_libsql(const json::value& pipeline) {
  if (!http_) {
    std::lock_guard lock(one_at_a_time());
    http_ = std::make_unique<HttpClient>(setting(url_, "token"));
  }
  HttpResponse response =
      http_->post(setting(url_, "base") + "/v2/pipeline", json::serialize(pipeline));
  return json::serialize(json::object{
      {"status", response.status}, {"body", body_of(response.body)}, {"text", response.body}});
}

}  // namespace tidemark::run
