// The one file that includes Beast, which takes long to compile. One thread does all
// input and output; handlers answer from threads of their own.
#include "studio/http_server.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <future>
#include <list>
#include <optional>
#include <set>

#include "base/text.h"
#include "tidemark/error.h"

namespace tidemark::studio {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using tcp = asio::ip::tcp;
using boost::system::error_code;

class Session;

struct Shared {
  asio::io_context io{1};
  HttpHandler handler;
  HttpLimits limits;
  std::set<Session*> sessions = {};
  std::atomic<bool> stopped = false;
};

/// Calls from handler threads, carried to the session's thread.
class SessionExchange final : public Exchange {
 public:
  explicit SessionExchange(std::shared_ptr<Session> session) : session_(std::move(session)) {}
  ~SessionExchange() override;
  void reply(HttpReply whole) override;
  void begin(HttpReply head) override;
  bool write(std::string piece) override;
  void end() override;

 private:
  std::shared_ptr<Session> session_;
  bool answered_ = false, streaming_ = false;
};

class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(tcp::socket socket, std::shared_ptr<Shared> shared)
      : stream_(std::move(socket)), shared_(std::move(shared)) {
    shared_->sessions.insert(this);
    stream_.socket().set_option(tcp::no_delay(true));
  }
  ~Session() { shared_->sessions.erase(this); }

  void read() {
    parser_.emplace();
    parser_->body_limit(shared_->limits.body);
    parser_->header_limit(shared_->limits.header);
    stream_.expires_after(shared_->limits.slow_client);
    http::async_read(
        stream_, buffer_, *parser_,
        [self = shared_from_this()](error_code error, std::size_t) { self->on_read(error); });
  }

  Shared& shared() { return *shared_; }

  void reply(HttpReply whole) {
    auto response = std::make_shared<http::response<http::string_body>>();
    fill(*response, whole);
    response->body() = std::move(whole.body);
    response->prepare_payload();
    if (is_head_) response->body().clear();  // its length is still told
    stream_.expires_after(shared_->limits.slow_client);
    http::async_write(stream_, *response,
                      [self = shared_from_this(), response](error_code error, std::size_t) {
                        self->finished(error);
                      });
  }

  using Done = std::shared_ptr<std::promise<bool>>;

  void begin(const HttpReply& head, const Done& done) {
    auto response = std::make_shared<http::response<http::empty_body>>();
    fill(*response, head);
    response->chunked(true);
    auto serializer = std::make_shared<http::response_serializer<http::empty_body>>(*response);
    stream_.expires_after(shared_->limits.slow_client);
    http::async_write_header(stream_, *serializer,
                             [self = shared_from_this(), response, serializer, done](
                                 error_code error, std::size_t) { done->set_value(!error); });
  }

  void write(std::string piece, const Done& done) {
    auto kept = std::make_shared<std::string>(std::move(piece));
    stream_.expires_after(shared_->limits.slow_client);
    asio::async_write(stream_, http::make_chunk(asio::buffer(*kept)),
                      [self = shared_from_this(), kept, done](error_code error, std::size_t) {
                        done->set_value(!error);
                      });
  }

  void end() {
    stream_.expires_after(shared_->limits.slow_client);
    asio::async_write(
        stream_, http::make_chunk_last(),
        [self = shared_from_this()](error_code error, std::size_t) { self->finished(error); });
  }

  /// The client sees that the answer is not whole.
  void drop() { stream_.close(); }

 private:
  void on_read(error_code error) {
    if (error == http::error::body_limit) return refuse(http::status::payload_too_large);
    if (error == http::error::header_limit)
      return refuse(http::status::request_header_fields_too_large);
    if (error) return;  // closed, slow, or no HTTP
    stream_.expires_never();
    keep_ = parser_->keep_alive();
    is_head_ = parser_->get().method() == http::verb::head;
    shared_->handler(request(parser_->release()),
                     std::make_shared<SessionExchange>(shared_from_this()));
  }

  static HttpRequest request(http::request<http::string_body> raw) {
    HttpRequest out{.method = std::string(raw.method_string()), .path = std::string(raw.target())};
    out.path = out.path.substr(0, out.path.find_first_of("?#"));
    for (const auto& field : raw) {
      std::string name = lower(std::string_view(field.name_string()));
      auto [at, fresh] = out.headers.try_emplace(name, field.value());
      if (!fresh) at->second += "\n";  // sent twice: equal to nothing that is allowed
    }
    out.body = std::move(raw.body());
    return out;
  }

  template <class Response>
  void fill(Response& response, const HttpReply& reply) const {
    response.version(11);
    response.result(reply.status);
    response.set(http::field::content_type, reply.type);
    for (const auto& [name, value] : reply.headers) response.insert(name, value);
    response.keep_alive(keep_);
  }

  void refuse(http::status status) {
    keep_ = false;
    reply({.status = static_cast<unsigned>(status), .body = "too large\n"});
  }

  void finished(error_code error) {
    if (error) return;
    if (keep_) return read();
    error_code ignored;
    stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
  }

  beast::tcp_stream stream_;
  std::shared_ptr<Shared> shared_;
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  bool keep_ = true;
  bool is_head_ = false;
};

/// Waits for the session's thread, which may be gone for good.
bool outcome(Session& session, std::future<bool> done) {
  using namespace std::chrono_literals;
  while (done.wait_for(100ms) != std::future_status::ready)
    if (session.shared().stopped) return false;
  try {
    return done.get();
  } catch (const std::future_error&) {
    return false;
  }
}

SessionExchange::~SessionExchange() {
  if (answered_) return;
  bool started = streaming_;
  asio::post(session_->shared().io, [session = session_, started] {
    if (started)
      session->drop();
    else
      session->reply({.status = 500, .body = "no answer\n"});
  });
}

void SessionExchange::reply(HttpReply whole) {
  answered_ = true;
  asio::post(session_->shared().io, [session = session_, whole = std::move(whole)]() mutable {
    session->reply(std::move(whole));
  });
}

void SessionExchange::begin(HttpReply head) {
  streaming_ = true;
  auto done = std::make_shared<std::promise<bool>>();
  std::future<bool> wait = done->get_future();
  asio::post(session_->shared().io,
             [session = session_, head = std::move(head), done] { session->begin(head, done); });
  outcome(*session_, std::move(wait));
}

bool SessionExchange::write(std::string piece) {
  if (piece.empty()) return true;  // an empty chunk would be the end
  auto done = std::make_shared<std::promise<bool>>();
  std::future<bool> wait = done->get_future();
  asio::post(session_->shared().io, [session = session_, piece = std::move(piece), done]() mutable {
    session->write(std::move(piece), done);
  });
  return outcome(*session_, std::move(wait));
}

void SessionExchange::end() {
  answered_ = true;
  asio::post(session_->shared().io, [session = session_] { session->end(); });
}

/// The addresses of a host name without asking anybody.
std::vector<asio::ip::address> addresses_of(const std::string& host) {
  if (host == "localhost")
    return {asio::ip::make_address("127.0.0.1"), asio::ip::address_v6::loopback()};
  error_code error;
  asio::ip::address address = asio::ip::make_address(host, error);
  if (error)
    throw Error(Fault::usage, fmt::format("--host: \"{}\" is no address", host))
        .hint("Give localhost, or an IP address of this machine.");
  return {address};
}

}  // namespace

class HttpServer::Impl {
 public:
  Impl(const std::string& host, std::uint16_t port, HttpHandler handler, HttpLimits limits)
      : shared_(std::make_shared<Shared>()), timer_(shared_->io) {
    shared_->handler = std::move(handler);
    shared_->limits = limits;
    for (const asio::ip::address& address : addresses_of(host)) {
      try {
        listen(address, port_ ? port_ : port);
      } catch (const boost::system::system_error& error) {
        if (!acceptors_.empty()) continue;  // there may be no IPv6 here
        throw Error(Fault::usage, fmt::format("cannot listen on {} port {}: {}", host, port,
                                              error.code().message()))
            .hint("Choose another with --port; 0 takes a free one.");
      }
    }
  }
  /// What still waits owns its session, and each session what it waits in.
  ~Impl() {
    shared_->stopped = true;
    for (Session* session : shared_->sessions) session->drop();
    acceptors_.clear();
    timer_.cancel();
    shared_->io.restart();
    shared_->io.poll();
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  std::uint16_t port() const { return port_; }

  void run(const std::function<bool()>& tick) {
    for (tcp::acceptor& acceptor : acceptors_) accept(acceptor);
    wait(tick);
    shared_->io.run();
    shared_->stopped = true;
  }

 private:
  void listen(const asio::ip::address& address, std::uint16_t port) {
    tcp::acceptor acceptor(shared_->io);
    tcp::endpoint endpoint(address, port);
    acceptor.open(endpoint.protocol());
    acceptor.set_option(asio::socket_base::reuse_address(true));
    if (address.is_v6()) acceptor.set_option(asio::ip::v6_only(true));
    acceptor.bind(endpoint);
    acceptor.listen();
    port_ = acceptor.local_endpoint().port();
    acceptors_.push_back(std::move(acceptor));
  }

  void accept(tcp::acceptor& acceptor) {
    acceptor.async_accept([this, &acceptor](error_code error, tcp::socket socket) {
      if (error == asio::error::operation_aborted) return;  // `this` is gone
      bool room = shared_->sessions.size() < shared_->limits.connections;
      if (!error && room) std::make_shared<Session>(std::move(socket), shared_)->read();
      accept(acceptor);
    });
  }

  void wait(const std::function<bool()>& tick) {
    timer_.expires_after(std::chrono::milliseconds(200));
    timer_.async_wait([this, &tick](error_code error) {
      if (error) return;
      if (!tick()) return shared_->io.stop();
      wait(tick);
    });
  }

  std::shared_ptr<Shared> shared_;
  asio::steady_timer timer_;
  std::list<tcp::acceptor> acceptors_;
  std::uint16_t port_ = 0;
};

HttpServer::HttpServer(const std::string& host, std::uint16_t port, HttpHandler handler,
                       HttpLimits limits)
    : impl_(std::make_unique<Impl>(host, port, std::move(handler), limits)) {}
HttpServer::~HttpServer() = default;
std::uint16_t HttpServer::port() const { return impl_->port(); }
void HttpServer::run(const std::function<bool()>& tick) { impl_->run(tick); }

}  // namespace tidemark::studio
