#include "studio/api.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "base/crypto.h"
#include "base/text.h"
#include "engine/database.h"
#include "studio/cells.h"
#include "studio/console.h"
#include "studio/edits.h"
#include "studio/export.h"
#include "studio/grid.h"
#include "studio/migrations.h"
#include "studio/page.h"
#include "studio/project_answers.h"
#include "studio/query_files.h"
#include "studio/read_only.h"
#include "studio/reading_calls.h"
#include "studio/requests.h"
#include "studio/role.h"
#include "studio/session_opener.h"
#include "studio/table_answers.h"

namespace tidemark::studio {
namespace {

constexpr std::chrono::seconds patience{30};  // with what the page asks by itself
constexpr std::size_t export_piece = 64u << 10;
constexpr std::size_t most_tickets = 32;
constexpr const char* new_link_hint =
    "Open the newest link that `tidemark studio` printed in its terminal: each works once, and "
    "after a restart only new ones do.";

HttpReply json_reply(unsigned status, const json::object& body) {
  return {.status = status,
          .type = "application/json",
          .body = json::serialize(body),
          .headers = protective_headers()};
}

HttpReply refusal_reply(const Refusal& refusal) {
  return json_reply(refusal.status, {{"error", refusal.reason}});
}

json::object error_json(const Error& error) {
  json::object out{{"error", valid_text(mask_secrets(error.message()))}};
  if (!error.hint().empty()) out["hint"] = valid_text(mask_secrets(error.hint()));
  if (!error.sql().empty()) out["sql"] = valid_text(error.sql());
  if (error.range()) out["place"] = fmt::format("{}:{}", error.range()->file, error.range()->line);
  return out;
}

json::object error_json(const DatabaseError& error) {
  return {{"error", valid_text(mask_secrets(error.message))},
          {"code", error.code},
          {"detail", valid_text(error.detail)},
          {"hint", valid_text(error.hint)}};
}

std::vector<std::pair<std::string, std::string>> attachment(const std::string& table,
                                                            Format format) {
  std::string name;
  for (char c : table)
    if (std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-') name += c;
  auto headers = protective_headers();
  headers.emplace_back("Content-Disposition",
                       fmt::format("attachment; filename=\"{}.{}\"", name.empty() ? "table" : name,
                                   file_ending(format)));
  return headers;
}

Explain explain_of(const json::object& from) {
  std::string wanted = text_of(from, "explain");
  if (wanted.empty()) return Explain::nothing;
  return wanted == "analyze" ? Explain::analyze : Explain::plan;
}

/// Tabs name their queries, and know no others than their own.
std::string query_id(const HttpRequest& request, const json::object& parameters) {
  return fmt::format("{}/{}", request.header("x-studio-token"), text_of(parameters, "query"));
}

json::object parse_body(const std::string& body) {
  boost::system::error_code error;
  json::value value = json::parse(body.empty() ? "{}" : body, error);
  if (error || !value.is_object()) throw Error(Fault::usage, "the request is no JSON object");
  return std::move(value.as_object());
}

}  // namespace

Api::Api(StudioOptions options, DatabaseSource database, std::filesystem::path out)
    : options_(std::move(options)),
      out_(std::move(out)),
      database_(std::move(database)),
      browsing_(opener(database_.url, {.reads = true, .limited = true}), patience),
      counting_(opener(database_.url, {.reads = true, .limited = true}), patience),
      console_(opener(database_.url, {.reads = options_.read_only}), std::chrono::seconds(0)),
      saving_(opener(database_.url, {.reads = options_.read_only}), std::chrono::seconds(0)),
      exporting_(opener(database_.url, {.reads = true}), std::chrono::seconds(0)),
      project_(no_session(), std::chrono::seconds(0)) {
  add_routes();
}

void Api::listen_on(std::uint16_t port) {
  port_ = port;
  guard_.emplace(options_.host, port);
  if (!options_.read_only || database_.url.engine() != Engine::postgresql) return;
  counting_.post([this](DatabaseSession& session) {
    try {
      std::string found = powers_beyond_reading(session.connection());
      std::scoped_lock lock(mutex_);
      warning_ = std::move(found);
    } catch (const std::exception&) {  // there is no database yet: the page will ask
    }
  });
}

std::string Api::take_warning() {
  std::scoped_lock lock(mutex_);
  return std::exchange(warning_, {});
}

json::object Api::role(DatabaseSession& session, const Parameters&) {
  bool asks = options_.read_only && session.connection().engine() == Engine::postgresql;
  return {{"warning", asks ? powers_beyond_reading(session.connection()) : ""}};
}

std::string Api::new_link() { return passes_.new_link(); }

void Api::tick() {
  for (Lane* lane : {&browsing_, &counting_}) lane->cancel_if_overdue();
}

std::string Api::cookie_name() const { return fmt::format("tidemark-studio-{}", port_); }

std::string_view Api::cookie(const HttpRequest& request) const {
  std::string start = cookie_name() + "=";
  std::string_view rest = request.header("cookie");
  while (!rest.empty()) {
    std::string_view one = trim(rest.substr(0, rest.find(';')));
    if (one.starts_with(start)) return one.substr(start.size());
    rest.remove_prefix(
        std::min(rest.size(), rest.find(';') == rest.npos ? rest.size() : rest.find(';') + 1));
  }
  return {};
}

void Api::handle(HttpRequest request, const std::shared_ptr<Exchange>& exchange) {
  if (auto refusal = guard_->refuse(request)) return exchange->reply(refusal_reply(*refusal));
  try {
    if (request.method == "GET" && request.path.starts_with("/download/"))
      return download(request, exchange);
    if (request.method == "GET") return serve_page(request, *exchange);
    if (request.path == "/api/session") return open_session(request, *exchange);
    if (!passes_.lets_in(cookie(request), request.header("x-studio-token")))
      return exchange->reply(refusal_reply({401, "this browser has no session here"}));
    call(request, exchange);
  } catch (const Error& error) {
    exchange->reply(json_reply(400, error_json(error)));
  }
}

void Api::serve_page(const HttpRequest& request, Exchange& exchange) const {
  auto file = page_file(request.path);
  if (!file) return exchange.reply(refusal_reply({404, "there is no such page"}));
  exchange.reply({.type = std::string(file->type),
                  .body = std::string(file->content),
                  .headers = protective_headers()});
}

void Api::open_session(const HttpRequest& request, Exchange& exchange) {
  std::string link = text_of(parse_body(request.body), "link");
  auto session = link.empty() ? passes_.reopen(cookie(request)) : passes_.open(link);
  if (!session)
    return exchange.reply(
        json_reply(401, {{"error", link.empty() ? "this browser has no session here"
                                                : "the link was used already, or is too old"},
                         {"hint", new_link_hint}}));
  HttpReply reply = json_reply(200, {{"token", session->token}});
  reply.headers.emplace_back("Set-Cookie",
                             fmt::format("{}={}; HttpOnly; SameSite=Strict; Path=/; Max-Age=43200",
                                         cookie_name(), session->cookie));
  exchange.reply(std::move(reply));
}

void Api::call(const HttpRequest& request, const std::shared_ptr<Exchange>& exchange) {
  Parameters parameters = parse_body(request.body);
  if (request.path == "/api/info") return exchange->reply(json_reply(200, info()));
  if (request.path == "/api/cancel") {
    console_.cancel(query_id(request, parameters));
    return exchange->reply(json_reply(200, {}));
  }
  if (request.path == "/api/waiting")
    return exchange->reply(
        json_reply(200, {{"waits", console_.waits(query_id(request, parameters))}}));
  if (request.path == "/api/link")
    return exchange->reply(json_reply(200, {{"link", "/#t=" + new_link()}}));
  if (request.path == "/api/export-outcome")
    return exchange->reply(json_reply(200, export_outcome(text_of(parameters, "path"))));
  if (request.path == "/api/order-export") parameters["cookie"] = std::string(cookie(request));
  if (request.path == "/api/migrate" || request.path == "/api/rollback" ||
      request.path == "/api/rehearse")
    return stream(request.path, parameters, exchange);
  auto route = routes_.find(request.path);
  if (route == routes_.end())
    return exchange->reply(refusal_reply({404, "there is nothing of that name"}));
  std::string id = query_id(request, parameters);
  route->second.lane->post(
      [this, route = route->second, parameters = std::move(parameters),
       exchange](DatabaseSession& session) { exchange->reply(answer(route, session, parameters)); },
      std::move(id));
}

HttpReply Api::answer(const Route& route, DatabaseSession& session, const Parameters& parameters) {
  try {
    try {
      return json_reply(200, route.answer(session, parameters));
    } catch (const DatabaseError& error) {
      forget_tables();
      if (error.connection_lost) session.close();
      bool reads = route.lane == &browsing_ || route.lane == &counting_;
      if (!error.connection_lost || !reads) return json_reply(422, error_json(error));
    }
    return json_reply(200, route.answer(session, parameters));  // the server may be back
  } catch (const DatabaseError& error) {
    session.close();
    return json_reply(422, error_json(error));
  } catch (const Error& error) {
    return json_reply(400, error_json(error));
  } catch (const std::exception& error) {
    return json_reply(500, {{"error", valid_text(error.what())}});
  }
}

void Api::add_routes() {
  auto add = [&](const char* path, Lane& lane, auto method) {
    routes_[path] = {&lane, [this, method](DatabaseSession& session, const Parameters& parameters) {
                       return (this->*method)(session, parameters);
                     }};
  };
  add("/api/tables", browsing_, &Api::list_tables);
  add("/api/preview", browsing_, &Api::show_edits);
  add("/api/role", counting_, &Api::role);
  add("/api/save", saving_, &Api::save_edits);
  add("/api/console", console_, &Api::run_typed);
  add("/api/order-export", browsing_, &Api::order_export);
  for (const auto& [path, answer] : table_answers())
    routes_[path] = {answer.counts ? &counting_ : &browsing_,
                     [this, &answer](DatabaseSession& session, const Parameters& from) {
                       if (flag_of(from, "refresh")) forget_tables();
                       require_condition(from);
                       return answer.work(session, *tables(session), from);
                     }};
  for (const auto& [path, work] : project_answers())
    routes_[path] = {&project_, [this, &work](DatabaseSession&, const Parameters& from) {
                       Project project(options_.project);
                       return work(project, from);
                     }};
}

/// Migrations report what they do as they do it, one event a line.
void Api::stream(const std::string& path, const Parameters& parameters,
                 const std::shared_ptr<Exchange>& exchange) {
  require_writing();
  project_.post([=, this](DatabaseSession&) {
    exchange->begin({.type = "application/x-ndjson", .headers = protective_headers()});
    auto tell = [&](const json::object& line) { exchange->write(json::serialize(line) + "\n"); };
    EventSink events = [&](const Event& event) { tell(event_json(event)); };
    try {
      Project project(options_.project);
      std::vector<std::string> tags;
      for (Encoded& tag : encoded_list(parameters, "tags")) tags.push_back(tag.value_or(""));
      if (path == "/api/migrate")
        run_migrate(project, tags, options_.version, events);
      else if (path == "/api/rehearse")
        run_rehearse(project, tell);
      else
        run_rollback(project, tags, events);
      tell({{"event", "ok"}});
    } catch (const Error& error) {
      json::object line = error_json(error);
      line["event"] = "failed";
      tell(line);
    } catch (const std::exception& error) {
      tell({{"event", "failed"}, {"error", valid_text(error.what())}});
    }
    forget_tables();
    exchange->end();
  });
  connect_anew();
}

/// A file may have come to be, or another one have taken its place.
void Api::connect_anew() {
  for (Lane* lane : {&browsing_, &counting_, &exporting_})
    lane->post([](DatabaseSession& session) { session.close(); });
}

json::object Api::info() const {
  const DatabaseUrl& url = database_.url;
  return {{"database", url.shown},
          {"from", database_.from},
          {"engine", url.engine() == Engine::postgresql ? "postgresql"
                     : url.engine() == Engine::turso    ? "turso"
                                                        : "sqlite"},
          {"remote", is_remote(url)},
          {"readOnly", options_.read_only},
          {"version", options_.version}};
}

std::shared_ptr<const Tables> Api::tables(DatabaseSession& session) {
  {
    std::scoped_lock lock(mutex_);
    if (tables_) return tables_;
  }
  auto fresh = std::make_shared<const Tables>(read_tables(session.connection()));
  std::scoped_lock lock(mutex_);
  return tables_ = fresh;
}

void Api::forget_tables() {
  std::scoped_lock lock(mutex_);
  tables_.reset();
}

/// What was done is done: a folder that cannot be written to is no reason to call it failed.
void Api::note_written(const std::vector<std::string>& statements) const {
  if (statements.empty() || options_.read_only) return;
  try {
    QueryFiles(out_).note_written(statements);
  } catch (const std::exception&) {
  }
}

/// What was typed may only read where the studio does. A file, and PostgreSQL in a transaction of
/// that mode, see to it themselves.
void Api::require_condition(const Parameters& from) const {
  if (options_.read_only && database_.url.engine() == Engine::turso)
    require_known_calls(text_of(from, "where"));
}

void Api::require_writing() const {
  if (options_.read_only)
    throw Error(Fault::usage, "this studio only reads").hint("Start it without --read-only.");
}

json::object Api::list_tables(DatabaseSession& session, const Parameters& parameters) {
  if (flag_of(parameters, "refresh")) {
    session.close();
    forget_tables();
    connect_anew();
  }
  return {{"tables", tables_json(*tables(session))}};
}

json::object Api::show_edits(DatabaseSession& session, const Parameters& parameters) {
  auto known = tables(session);
  json::array out;
  const json::value* list = parameters.if_contains("edits");
  for (const Edit& edit : parse_edits(list ? *list : json::value(json::array())))
    out.push_back(json::string(preview(*known, edit)));
  return {{"statements", std::move(out)}};
}

json::object Api::save_edits(DatabaseSession& session, const Parameters& parameters) {
  require_writing();
  const json::value* list = parameters.if_contains("edits");
  std::vector<Edit> edits = parse_edits(list ? *list : json::value(json::array()));
  if (edits.empty()) return {{"saved", 0}};
  EditOutcome outcome = apply_edits(session.connection(), *tables(session), edits);
  if (!outcome.failed) {
    std::vector<std::string> written;
    for (const Edit& edit : edits) written.push_back(preview(*tables(session), edit));
    note_written(written);
    return {{"saved", edits.size()}};
  }
  return {{"failed", *outcome.failed},
          {"conflict", outcome.conflict},
          {"unknown", outcome.unknown},
          {"error", valid_text(outcome.message)},
          {"detail", valid_text(outcome.detail)}};
}

json::object Api::run_typed(DatabaseSession& session, const Parameters& parameters) {
  ConsoleOptions options{.read_only = options_.read_only};
  options.most_rows = std::min<std::size_t>(number_of(parameters, "rows", 1000), 10'000);
  options.explain = explain_of(parameters);
  auto statements =
      read_statements(text_of(parameters, "sql"), session.connection().engine(), options.explain);
  if (parameters.contains("at"))
    statements = statement_at(std::move(statements), number_of(parameters, "at", 0));
  if (!options.read_only && !flag_of(parameters, "confirmed"))
    if (json::array dangers = dangers_json(session, statements); !dangers.empty())
      return {{"dangers", std::move(dangers)}};
  json::array results;
  std::vector<std::string> written;
  auto done = [&](json::object result) {
    const TypedStatement& one = statements[results.size()];
    if (!one.reads_only && options.explain != Explain::plan && !result.contains("error"))
      written.push_back(one.sql);
    results.push_back(std::move(result));
  };
  bool rolled_back = run_console(session, statements, options, done);
  if (rolled_back) written.emplace_back("ROLLBACK");
  note_written(written);
  bool wrote = options.explain != Explain::plan &&
               std::ranges::any_of(statements, [](const auto& one) { return !one.reads_only; });
  if (wrote) forget_tables();
  return {{"results", std::move(results)},
          {"statements", statements.size()},
          {"rolledBack", rolled_back},
          {"wrote", wrote}};
}

/// What the database refuses it refuses here, where somebody is told.
json::object Api::order_export(DatabaseSession& session, const Parameters& parameters) {
  auto known = tables(session);
  parse_format(text_of(parameters, "format"));
  require_condition(parameters);
  {
    ReadOnlyTransaction guard(session, true);
    PageSql nothing = page_sql(known->find(path_of(parameters)), known->engine,
                               selection_of(parameters), {.limit = 0});
    ResultSink sink{.head = {}, .row = [](const ResultRow&) { return true; }};
    session.read(nothing.query.sql, nothing.query.parameters, sink);
  }
  std::string ticket = random_secret();
  std::scoped_lock lock(mutex_);
  if (tickets_.size() >= most_tickets) tickets_.clear();
  tickets_[ticket] = {text_of(parameters, "cookie"), parameters};
  return {{"path", "/download/" + ticket}};
}

void Api::download(const HttpRequest& request, const std::shared_ptr<Exchange>& exchange) {
  std::string name = request.path.substr(std::string_view("/download/").size());
  Parameters order;
  {
    std::scoped_lock lock(mutex_);
    auto ticket = tickets_.find(name);
    bool theirs = ticket != tickets_.end() && passes_.knows(cookie(request)) &&
                  same_secret(ticket->second.cookie, cookie(request));
    if (!theirs) return exchange->reply(refusal_reply({404, "this download was not ordered"}));
    order = std::move(ticket->second.order);
    tickets_.erase(ticket);
    if (exports_.size() >= most_tickets) exports_.clear();
    exports_[name] = {{"begun", true}, {"ended", false}};
  }
  exporting_.post([=, this](DatabaseSession& session) {
    json::object outcome{{"begun", true}, {"ended", true}};
    try {
      write_export(session, order, *exchange);
    } catch (const DatabaseError& error) {  // what was sent is cut off, and seen to be
      outcome.insert_or_assign("error", error_json(error).at("error"));
      if (error.connection_lost) session.close();
    } catch (const std::exception& error) {
      outcome["error"] = valid_text(error.what());
    }
    std::scoped_lock lock(mutex_);
    exports_[name] = std::move(outcome);
  });
}

/// A download tells a page nothing of how it went.
json::object Api::export_outcome(const std::string& path) {
  std::scoped_lock lock(mutex_);
  auto found = exports_.find(path.substr(path.rfind('/') + 1));
  if (found != exports_.end()) return found->second;
  return {{"begun", false}, {"ended", false}};
}

namespace {

/// A libSQL server answers with 10 MB at most, and says so before any row is there: then fewer
/// rows are asked for at once.
void read_all(DatabaseSession& session, Engine engine, const GridSql& sql, const ResultSink& sink) {
  if (engine != Engine::turso) {
    session.read(sql.sql, sql.parameters, sink);
    return;
  }
  std::size_t page = 10'000, done = 0;
  for (std::size_t got = page; got == page;) {
    got = 0;
    bool goes_on = true;
    ResultSink counted;
    counted.row = [&](const ResultRow& row) {
      ++got;
      return goes_on = sink.row(row);
    };
    try {
      session.read(fmt::format("{}\nLIMIT {} OFFSET {}", sql.sql, page, done), sql.parameters,
                   counted);
    } catch (const DatabaseError& error) {
      if (error.code != "RESPONSE_TOO_LARGE" || page == 1) throw;
      got = page = std::max<std::size_t>(page / 4, 1);
      continue;
    }
    if (!goes_on) return;
    done += got;
  }
}

}  // namespace

void Api::write_export(DatabaseSession& session, const Parameters& order, Exchange& exchange) {
  auto known = tables(session);
  const Relation& relation = known->find(path_of(order));
  ExportOptions options{.format = parse_format(text_of(order, "format")),
                        .for_spreadsheets = flag_of(order, "forSpreadsheets")};
  GridSql sql = export_sql(relation, known->engine, selection_of(order));
  ReadOnlyTransaction guard(session, true);
  Exporter exporter(relation, known->engine, options);
  exchange.begin({.type = std::string(media_type(options.format)),
                  .headers = attachment(relation.path.name.text(), options.format)});
  std::string piece = exporter.begin();
  bool there = true;
  ResultSink sink;
  sink.row = [&](const ResultRow& row) {
    piece += exporter.row(row);
    if (piece.size() >= export_piece) there = exchange.write(std::exchange(piece, {}));
    return there;
  };
  read_all(session, known->engine, sql, sink);
  if (there && exchange.write(piece + exporter.end())) exchange.end();
}

}  // namespace tidemark::studio
