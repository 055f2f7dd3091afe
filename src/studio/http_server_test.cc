// Clients that are slow, many, or send too much.
#include "studio/http_server.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <thread>

namespace tidemark::studio {
namespace {

class Client {
 public:
  explicit Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{.sin_family = AF_INET,
                        .sin_port = htons(port),
                        .sin_addr = {htonl(INADDR_LOOPBACK)},
                        .sin_zero = {}};
    timeval patience{.tv_sec = 20, .tv_usec = 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    connected_ = ::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  }
  ~Client() { ::close(socket_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  void send(std::string_view text) const {
    ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
  }
  /// What comes until the other side has said all, or ends.
  std::string read() const {
    std::string out;
    char buffer[4096];
    for (;;) {
      ssize_t size = ::recv(socket_, buffer, sizeof buffer, 0);
      if (size <= 0) return size == 0 || !out.empty() ? out : "no end";
      out.append(buffer, static_cast<std::size_t>(size));
      if (out.ends_with("hello")) return out;
    }
  }
  bool connected() const { return connected_; }

 private:
  int socket_;
  bool connected_ = false;
};

class HttpServerTest : public ::testing::Test {
 protected:
  void start(HttpLimits limits) {
    server_ = std::make_unique<HttpServer>(
        "127.0.0.1", 0,
        [](const HttpRequest&, const std::shared_ptr<Exchange>& exchange) {
          exchange->reply({.body = "hello"});
        },
        limits);
    thread_ = std::thread([this] { server_->run([this] { return !ended_; }); });
  }
  void TearDown() override {
    ended_ = true;
    thread_.join();
  }

  std::unique_ptr<HttpServer> server_;
  std::atomic<bool> ended_ = false;
  std::thread thread_;
};

constexpr std::string_view request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

TEST_F(HttpServerTest, AnswersOneRequestAfterTheOther) {
  start({});
  Client client(server_->port());
  for (int i = 0; i < 3; ++i) {
    client.send(request);
    EXPECT_TRUE(client.read().ends_with("hello"));
  }
}

TEST_F(HttpServerTest, AnAnswerToHeadHasNoBody) {
  start({});
  Client client(server_->port());
  client.send("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n");
  client.send(request);
  std::string both = client.read();
  EXPECT_THAT(both, ::testing::HasSubstr("Content-Length: 5\r\n\r\nHTTP/1.1 200"));
  EXPECT_TRUE(both.ends_with("\r\n\r\nhello"));
}

TEST_F(HttpServerTest, AClientThatDoesNotFinishIsLeft) {
  start({.slow_client = std::chrono::seconds(1)});
  Client client(server_->port());
  client.send("GET / HTTP/1.1\r\nHost:");
  EXPECT_EQ(client.read(), "");
}

TEST_F(HttpServerTest, NoMoreClientsThanThereIsRoomFor) {
  start({.connections = 2});
  Client one(server_->port()), two(server_->port());
  for (const Client* client : {&one, &two}) {
    client->send(request);
    EXPECT_TRUE(client->read().ends_with("hello"));
  }
  Client three(server_->port());
  three.send(request);
  EXPECT_FALSE(three.read().ends_with("hello"));
  one.send(request);
  EXPECT_TRUE(one.read().ends_with("hello"));
}

TEST_F(HttpServerTest, WhatIsTooLargeIsRefused) {
  start({.body = 10, .header = 200});
  Client body(server_->port()), header(server_->port());
  body.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\n\r\n");
  header.send("GET / HTTP/1.1\r\nHost: " + std::string(300, 'x') + "\r\n\r\n");
  EXPECT_TRUE(body.read().starts_with("HTTP/1.1 413 "));
  EXPECT_TRUE(header.read().starts_with("HTTP/1.1 431 "));
}

TEST_F(HttpServerTest, AHeaderThatIsSentTwiceIsEqualToNothingAllowed) {
  ended_ = true;
  std::string host;
  HttpServer server("127.0.0.1", 0,
                    [&](const HttpRequest& got, const std::shared_ptr<Exchange>& exchange) {
                      host = got.header("host");
                      exchange->reply({.body = "hello"});
                    });
  std::atomic<bool> ended = false;
  std::thread thread([&] { server.run([&] { return !ended.load(); }); });
  Client client(server.port());
  client.send("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n");
  client.read();
  ended = true;
  thread.join();
  thread_ = std::thread([] {});
  EXPECT_NE(host, "a");
  EXPECT_NE(host, "b");
}

}  // namespace
}  // namespace tidemark::studio
