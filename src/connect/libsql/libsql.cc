// A session over requests that each stand alone. The server keeps it for ten seconds
// between two of them, and takes a transaction away when somebody else waits to write.
// What comes after must then not run by itself, outside: each request inside a
// transaction begins by touching a savepoint, which is only there while the
// transaction is, and each statement runs only if the one before it went well.
#include "connect/libsql/libsql.h"
#include "connect/sqlite.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "base/json.h"
#include "base/text.h"
#include "connect/libsql/base_url.h"
#include "connect/libsql/error_place.h"
#include "connect/libsql/hrana.h"
#include "connect/libsql/http.h"
#include "tidemark/error.h"

namespace tidemark {
namespace {

constexpr int most_tries = 4;
constexpr const char* savepoint = "tidemark_transaction";

std::string setting(const DatabaseUrl& url, std::string_view key) {
  auto found = std::ranges::find(url.settings, key, &std::pair<std::string, std::string>::first);
  return found == url.settings.end() ? "" : found->second;
}

bool is_rollback_to(std::string_view sql) {
  return lower(trim(sql)).find(" to ") != std::string::npos;
}

bool says(std::string_view body, std::string_view words) {
  return body.find(words) != std::string_view::npos;
}

/// What a server or a proxy in front of it says: JSON `{error}`, a text, or a page.
std::string words_of(const HttpResponse& response) {
  boost::system::error_code ignored;
  json::value value = json::parse(response.body, ignored);
  if (const json::object* object = value.if_object())
    for (const char* key : {"error", "message"})
      if (const json::value* text = object->if_contains(key); text && text->is_string())
        return std::string(text->as_string());
  bool page = says(response.body, "<html") || says(response.body, "<HTML");
  if (page || response.body.empty()) return fmt::format("HTTP {}", response.status);
  return std::string(trim(response.body.substr(0, 300)));
}

/// An environment file easily leaves a line end at the end of it; one inside would
/// begin another header.
std::string token_of(const DatabaseUrl& url) {
  std::string token(trim(setting(url, "token")));
  auto strange = [](char c) { return c <= ' ' || c >= 0x7f; };
  if (std::ranges::none_of(token, strange)) return token;
  throw Error(Fault::usage,
              fmt::format("the token for {} has blanks or line breaks in it", url.shown))
      .hint(
          "Copy it again, as one line: `dbCredentials.authToken`, usually from "
          "TURSO_AUTH_TOKEN.");
}

std::string hint_for(const DatabaseError& error, bool has_token) {
  std::string_view where = "`dbCredentials.authToken`, usually from TURSO_AUTH_TOKEN";
  if (error.code == "HTTP_401" && !has_token) return fmt::format("give one: {}", where);
  if (error.code == "HTTP_401" || error.code == "HTTP_403")
    return fmt::format("check the token: {}; `turso db tokens create NAME` makes one", where);
  if (error.code == "HTTP_404")
    return "check the name of the database in the URL, and that the token is one for it";
  return "check the URL in the configuration, and that the server can be reached";
}

class LibsqlConnection final : public Connection, public ResultReader {
 public:
  explicit LibsqlConnection(const DatabaseUrl& url)
      : base_(setting(url, "base")), origin_(base_), token_(token_of(url)), http_(token_) {}

  ~LibsqlConnection() override {
    try {
      end_session();
    } catch (const std::exception&) {  // the server forgets it by itself
    }
  }

  Engine engine() const override { return Engine::turso; }

  Rows query(std::string_view sql, std::span<const Value> parameters) override {
    const Command command{std::string(sql), {parameters.begin(), parameters.end()}};
    return std::move(batch({&command, 1}, /*reads=*/true).at(0));
  }

  ResultEnd read(std::string_view sql, std::span<const Value> parameters,
                 const ResultSink& sink) override {
    const Command command{std::string(sql), {parameters.begin(), parameters.end()}};
    json::value result;
    batch({&command, 1}, /*reads=*/false, /*wants_rows=*/true, &result);
    return hrana::read_result(result, sink);
  }

  /// A request that is on its way cannot be taken back; the server bounds its time.
  void cancel() override {}

  std::vector<Rows> query_all(std::span<const Command> queries) override {
    bool begins = std::ranges::any_of(
        queries, [](const Command& one) { return first_word(one.sql) == "begin"; });
    return batch(queries, /*reads=*/!begins);
  }

  std::optional<double> took_ms() const override {
    return told_ < took_ms_.size() ? took_ms_[told_] : std::nullopt;
  }

  void run(std::span<const Command> commands, const Progress& done) override {
    if (commands.empty()) return;
    auto tell = [&] {
      for (std::size_t i = 0; done && i < ran_; ++i) {
        told_ = i;
        done(i);
      }
    };
    try {
      batch(commands, /*reads=*/false, /*wants_rows=*/false);
    } catch (const DatabaseError&) {
      tell();
      throw;
    }
    tell();
  }

 private:
  /// The rows of each; throws DatabaseError with the index of the one that failed.
  /// `last`, where given, takes the last result as the server sent it.
  std::vector<Rows> batch(std::span<const Command> commands, bool reads, bool wants_rows = true,
                          json::value* last = nullptr) {
    ran_ = 0;
    std::vector<Command> all = opening();
    std::size_t ours = all.size();
    all.insert(all.end(), commands.begin(), commands.end());
    if (opens_transaction(commands)) all.push_back({fmt::format("SAVEPOINT {}", savepoint)});
    bool whole = is_whole_transaction(commands);
    const hrana::BatchOptions options{.rolls_back = whole, .wants_rows = wants_rows};
    json::value answer = ask(hrana::batch_request(all, options), commands, reads);
    hrana::BatchOutcome outcome = outcome_in(answer, all.size());
    if (outcome.rows.size() > ours) ran_ = std::min(outcome.rows.size() - ours, commands.size());
    auto first_took = outcome.took_ms.begin() + static_cast<long>(ran_ > 0 ? ours : 0);
    took_ms_.assign(first_took, first_took + static_cast<long>(ran_));
    note(commands.first(ran_));
    if (whole) in_transaction_ = false;  // committed, or rolled back in the same request
    if (outcome.error) fail(std::move(*outcome.error), ours);
    if (last) *last = answer.at("step_results").at(ours + commands.size() - 1);
    std::vector<Rows> rows(std::make_move_iterator(outcome.rows.begin() + static_cast<long>(ours)),
                           std::make_move_iterator(outcome.rows.end()));
    rows.resize(commands.size());
    return rows;
  }

  hrana::BatchOutcome outcome_in(const json::value& answer, std::size_t statements) {
    try {
      return hrana::batch_outcome(answer, statements);
    } catch (const std::exception&) {
      not_understood();
    }
  }

  /// What has to come first, so that nothing runs outside of where it should.
  std::vector<Command> opening() const {
    if (in_transaction_)
      return {{fmt::format("RELEASE {}", savepoint)}, {fmt::format("SAVEPOINT {}", savepoint)}};
    if (foreign_keys_off_) return {{"PRAGMA foreign_keys = OFF"}};  // the session may be a new one
    return {};
  }

  bool opens_transaction(std::span<const Command> commands) const {
    bool inside = in_transaction_;
    for (const Command& one : commands) follow(one.sql, inside);
    return inside && !in_transaction_;
  }

  /// From BEGIN to COMMIT in one request.
  bool is_whole_transaction(std::span<const Command> commands) const {
    return !in_transaction_ && first_word(commands.front().sql) == "begin" &&
           first_word(commands.back().sql) == "commit";
  }

  static void follow(std::string_view sql, bool& inside) {
    std::string word = first_word(sql);
    if (word == "begin") inside = true;
    if (word == "commit" || word == "end" || (word == "rollback" && !is_rollback_to(sql)))
      inside = false;
  }

  /// What the statements that ran leave behind.
  void note(std::span<const Command> ran) {
    for (const Command& one : ran) {
      follow(one.sql, in_transaction_);
      std::string text = lower(one.sql);
      if (first_word(text) == "pragma" && says(text, "foreign_keys") && says(text, "="))
        foreign_keys_off_ = says(text, "off") || says(text, "= 0") || says(text, "=0");
    }
  }

  [[noreturn]] void fail(DatabaseError error, std::size_t ours) {
    bool lost = in_transaction_ && error.index < ours;
    error.index = error.index < ours ? 0 : error.index - ours;
    if (lost || error.code == "SQLITE_BUSY") forget_session();
    if (lost) error = DatabaseError("the server has ended the transaction", "SQLITE_BUSY");
    throw error;
  }

  void forget_session() {
    baton_.clear();
    in_transaction_ = false;
  }

  /// The result of a batch. One that the server refused before anything ran is told
  /// with the statement that it refused.
  json::value ask(const json::object& request, std::span<const Command> commands, bool reads) {
    json::array results = insist({&request, 1}, reads);
    const json::value& result = results.at(0);
    if (is_ok(result)) return result.at("response").at("result");
    DatabaseError error = hrana::error_of(result.at("error"));
    if (!refused_unread(error)) {
      error.connection_lost = in_transaction_;
      end_session();  // some of it may have run, and its transaction may be open
      throw error;
    }
    error.index = commands.size() > 1 ? refused_statement(commands) : 0;
    if (error.position == 0) error.position = error_place(error.message, commands[error.index].sql);
    throw error;
  }

  /// By the server's parser, before anything ran.
  static bool refused_unread(const DatabaseError& error) {
    return error.code.starts_with("SQL_") || error.code.starts_with("ARGS_");
  }

  void end_session() {
    try {
      const json::object request = hrana::close_request();
      if (!baton_.empty()) send({&request, 1});
    } catch (const HttpFailure&) {  // the server forgets it by itself
    }
    forget_session();
  }

  std::size_t refused_statement(std::span<const Command> commands) {
    std::vector<json::object> requests;
    for (const Command& one : commands) requests.push_back(hrana::parse_request(one.sql));
    json::array results = insist(requests, /*reads=*/true);
    auto refused = std::ranges::find_if_not(results, is_ok);
    return refused == results.end() ? 0 : static_cast<std::size_t>(refused - results.begin());
  }

  /// Tries again what is safe to try again: what the server has refused for now, and
  /// reads outside of a transaction.
  json::array insist(std::span<const json::object> requests, bool reads) {
    for (int tries = 1;; ++tries) {
      bool again = tries < most_tries && !in_transaction_;
      try {
        if (!reads && baton_.empty()) open_session();
        HttpResponse response = send(requests);
        if (response.status == 200) return results_of(response, requests.size());
        bool expired = response.status == 400 && says(response.body, "STREAM_EXPIRED");
        if (!again || (!expired && !may_pass(response.status, reads))) refuse(response);
      } catch (const HttpFailure& failure) {
        bool safe = !failure.sent || (reads && tries == 1);
        if (!safe || !again || failure.interrupted) raise(failure);
      }
      baton_.clear();  // it may be used up; a new session is told all that this one knew
      std::this_thread::sleep_for(std::chrono::milliseconds(100) * (1 << tries));
    }
  }

  static bool may_pass(long status, bool reads) {
    return status == 429 || (reads && status >= 500);
  }

  void open_session() {
    const Command look{"SELECT 1"};
    const json::object request = hrana::batch_request({&look, 1});
    insist({&request, 1}, /*reads=*/true);
  }

  HttpResponse send(std::span<const json::object> requests) {
    json::array list;
    for (const json::object& one : requests) list.push_back(one);
    json::object body{{"requests", std::move(list)}};
    if (!baton_.empty()) body["baton"] = baton_;
    std::string text = json::serialize(body);
    HttpResponse response = http_.post(base_ + version_ + "/pipeline", text);
    if (response.status == 404 && version_ == "/v3" && !says(response.body, "amespace")) {
      version_ = "/v2";
      response = http_.post(base_ + version_ + "/pipeline", text);
    }
    return response;
  }

  static bool is_ok(const json::value& result) { return result.at("type").as_string() == "ok"; }

  static bool is_result(const json::value& result) {
    return is_ok(result) ? result.at("response").is_object()
                         : result.at("error").at("message").is_string();
  }

  json::array results_of(const HttpResponse& response, std::size_t requests) {
    json::value value;
    std::string next;
    try {
      value = parse_json(response.body);
      const json::value& baton = value.at("baton");
      baton_ = baton.is_string() ? baton.as_string().c_str() : "";
      const json::array& results = value.at("results").as_array();
      if (results.size() != requests || !std::ranges::all_of(results, is_result)) not_understood();
      const json::value* base = value.as_object().if_contains("base_url");
      if (base && base->is_string()) next = base->as_string();
    } catch (const std::exception&) {
      not_understood();
    }
    if (!next.empty()) move_to(std::move(next));
    return std::move(value.at("results").as_array());
  }

  [[noreturn]] void not_understood() {
    lose("the server's answer was cut short or is no answer of a libSQL server");
  }

  /// What was sent may have been run.
  [[noreturn]] void lose(std::string why, std::string code = {}) {
    forget_session();
    DatabaseError error(std::move(why), std::move(code));
    error.connection_lost = true;
    throw error;
  }

  void move_to(std::string next) {
    while (next.ends_with('/')) next.pop_back();
    if (next == base_) return;
    if (!may_follow(origin_, next))
      lose(fmt::format("the server sends its clients on to {}, where the token must not go", next));
    base_ = std::move(next);
  }

  [[noreturn]] void refuse(const HttpResponse& response) {
    forget_session();
    if (response.status >= 300 && response.status < 400)
      throw DatabaseError(fmt::format(
          "the server redirects to another place (HTTP {}), where the token must not go",
          response.status));
    std::string words = words_of(response);
    if (!token_.empty()) words = replace_all(words, token_, "****");
    if (response.status == 401) throw DatabaseError(refusal_of_token(words), "HTTP_401");
    if (response.status == 403) words = "the token does not allow this: " + words;
    DatabaseError error(words, fmt::format("HTTP_{}", response.status));
    // Nobody knows what a server that broke has done, or one that has seen this already.
    error.connection_lost =
        response.status >= 500 || (response.status == 400 && says(response.body, "baton"));
    throw error;
  }

  std::string refusal_of_token(const std::string& words) const {
    if (token_.empty()) return "the server asks for a token, and none is given";
    if (says(words, "expired")) return "the token has expired";
    return "the server refuses the token: " + words;
  }

  [[noreturn]] void raise(const HttpFailure& failure) {
    if (failure.interrupted) lose("interrupted", "SQLITE_INTERRUPT");
    lose(failure.message);
  }

  std::string base_, origin_;  // without a slash at the end
  std::string version_ = "/v3";
  std::string token_;
  HttpClient http_;
  std::string baton_;
  std::size_t ran_ = 0;  // statements of the last batch, without those that we add
  std::vector<std::optional<double>> took_ms_;
  std::size_t told_ = 0;
  bool in_transaction_ = false;
  bool foreign_keys_off_ = false;
};

}  // namespace

std::unique_ptr<Connection> open_libsql(const DatabaseUrl& url) {
  auto connection = std::make_unique<LibsqlConnection>(url);
  try {
    connection->query("SELECT 1", {});
  } catch (const DatabaseError& error) {
    Error told(Fault::failed, fmt::format("cannot connect to {}: {}", url.shown, error.message));
    throw std::move(told).hint(hint_for(error, !setting(url, "token").empty()));
  }
  return connection;
}

}  // namespace tidemark
