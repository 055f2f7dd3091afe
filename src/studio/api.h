// What the page asks for. Every request is a POST of JSON, except the page itself and a
// download that was ordered before.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>

#include "connect/connect.h"
#include "studio/guard.h"
#include "studio/http.h"
#include "studio/lane.h"
#include "studio/passes.h"
#include "studio/studio.h"
#include "studio/tables.h"

namespace tidemark::studio {

class Api {
 public:
  /// `out` is the folder of the project's migrations.
  Api(StudioOptions options, DatabaseSource database, std::filesystem::path out);

  /// From when the port is known requests are answered.
  void listen_on(std::uint16_t port);
  std::string new_link();

  /// Called on the server's thread; answers there or on a lane's.
  void handle(HttpRequest request, const std::shared_ptr<Exchange>& exchange);
  void tick();
  /// What read-only cannot hold back; empty while that is not known, and once it was taken.
  std::string take_warning();

 private:
  using Parameters = json::object;
  using Answer = std::function<json::object(DatabaseSession&, const Parameters&)>;
  struct Route {
    Lane* lane;
    Answer answer;
  };

  void serve_page(const HttpRequest& request, Exchange& exchange) const;
  void open_session(const HttpRequest& request, Exchange& exchange);
  void download(const HttpRequest& request, const std::shared_ptr<Exchange>& exchange);
  void call(const HttpRequest& request, const std::shared_ptr<Exchange>& exchange);
  void stream(const std::string& path, const Parameters& parameters,
              const std::shared_ptr<Exchange>& exchange);
  HttpReply answer(const Route& route, DatabaseSession& session, const Parameters& parameters);
  void write_export(DatabaseSession& session, const Parameters& order, Exchange& exchange);
  void add_routes();

  json::object info() const;
  json::object role(DatabaseSession& session, const Parameters& parameters);
  json::object list_tables(DatabaseSession& session, const Parameters& parameters);
  json::object show_edits(DatabaseSession& session, const Parameters& parameters);
  json::object save_edits(DatabaseSession& session, const Parameters& parameters);
  json::object run_typed(DatabaseSession& session, const Parameters& parameters);
  json::object order_export(DatabaseSession& session, const Parameters& parameters);
  json::object export_outcome(const std::string& path);

  std::shared_ptr<const Tables> tables(DatabaseSession& session);
  void forget_tables();
  void connect_anew();
  void require_writing() const;
  void require_condition(const Parameters& from) const;
  void note_written(const std::vector<std::string>& statements) const;
  std::string cookie_name() const;
  std::string_view cookie(const HttpRequest& request) const;

  StudioOptions options_;
  std::filesystem::path out_;
  DatabaseSource database_;
  std::optional<Guard> guard_;
  std::uint16_t port_ = 0;
  Passes passes_;

  struct Ticket {
    std::string cookie;
    Parameters order;
  };
  std::mutex mutex_;  // what lanes share: tickets, exports, tables and the warning
  std::string warning_;
  std::map<std::string, Ticket> tickets_;
  std::map<std::string, json::object> exports_;  // by their tickets, how they ended
  std::shared_ptr<const Tables> tables_;

  // The console has a session of its own: what is set there concerns nothing else.
  Lane browsing_, counting_, console_, saving_, exporting_, project_;
  std::map<std::string, Route, std::less<>> routes_;
};

}  // namespace tidemark::studio
