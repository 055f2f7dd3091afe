#include "studio/guard.h"

#include <gtest/gtest.h>

namespace tidemark::studio {
namespace {

HttpRequest post(std::map<std::string, std::string> headers) {
  headers.try_emplace("host", "localhost:4983");
  headers.try_emplace("content-type", "application/json");
  return {.method = "POST", .path = "/api/rows", .headers = std::move(headers)};
}

HttpRequest get(const std::string& path, std::map<std::string, std::string> headers) {
  headers.try_emplace("host", "localhost:4983");
  return {.method = "GET", .path = path, .headers = std::move(headers)};
}

unsigned answer(const HttpRequest& request) {
  auto refusal = Guard("localhost", 4983).refuse(request);
  return refusal ? refusal->status : 200;
}

TEST(Guard, ItsOwnPageMayAsk) {
  EXPECT_EQ(answer(post({{"origin", "http://localhost:4983"}})), 200u);
  EXPECT_EQ(answer(post({{"host", "127.0.0.1:4983"}, {"origin", "http://127.0.0.1:4983"}})), 200u);
  EXPECT_EQ(answer(post({{"host", "[::1]:4983"}, {"origin", "http://[::1]:4983"}})), 200u);
  EXPECT_EQ(answer(post({{"origin", "http://localhost:4983"},
                         {"content-type", "application/json; charset=utf-8"},
                         {"sec-fetch-site", "same-origin"}})),
            200u);
}

TEST(Guard, AForeignPageMayNot) {
  EXPECT_EQ(answer(post({{"origin", "https://evil.example"}})), 403u);
  EXPECT_EQ(answer(post({{"origin", "http://localhost:4984"}})), 403u);
  EXPECT_EQ(answer(post({{"origin", "https://localhost:4983"}})), 403u);
  EXPECT_EQ(answer(post({{"origin", "null"}})), 403u);
  EXPECT_EQ(answer(post({{"origin", "http://localhost:4983.evil.example"}})), 403u);
  EXPECT_EQ(answer(post({})), 403u);
  EXPECT_EQ(answer(post({{"origin", "http://localhost:4983"}, {"sec-fetch-site", "cross-site"}})),
            403u);
  EXPECT_EQ(answer(post({{"origin", "http://localhost:4983"}, {"sec-fetch-site", "same-site"}})),
            403u);
}

TEST(Guard, ANameThatPointsHereIsNotUs) {
  EXPECT_EQ(answer(post({{"host", "evil.example:4983"}, {"origin", "http://evil.example:4983"}})),
            421u);
  EXPECT_EQ(answer(get("/", {{"host", "evil.example:4983"}})), 421u);
  EXPECT_EQ(answer(get("/", {{"host", "localhost"}})), 421u);
  EXPECT_EQ(answer(get("/", {{"host", "localhost:4983\nevil.example"}})), 421u);
}

TEST(Guard, NothingButJsonIsTaken) {
  for (const char* type : {"text/plain", "application/x-www-form-urlencoded",
                           "multipart/form-data; boundary=x", "application/json-patch+json", ""})
    EXPECT_EQ(answer(post({{"origin", "http://localhost:4983"}, {"content-type", type}})), 415u)
        << type;
}

TEST(Guard, NoSiteIsGivenLeaveBeforehand) {
  HttpRequest request = post({{"origin", "https://evil.example"}});
  request.method = "OPTIONS";
  EXPECT_EQ(answer(request), 403u);
  request.method = "PUT";
  EXPECT_EQ(answer(request), 405u);
  request.method = "DELETE";
  EXPECT_EQ(answer(request), 405u);
}

TEST(Guard, ALinkMayOpenThePageAndNothingElse) {
  std::map<std::string, std::string> clicked{{"sec-fetch-site", "cross-site"},
                                             {"sec-fetch-mode", "navigate"}};
  EXPECT_EQ(answer(get("/", clicked)), 200u);
  EXPECT_EQ(answer(get("/download/1", clicked)), 403u);
  EXPECT_EQ(
      answer(get("/main.js", {{"sec-fetch-site", "cross-site"}, {"sec-fetch-mode", "no-cors"}})),
      403u);
}

TEST(Guard, NoAnswerIsForOtherSites) {
  for (const auto& [name, value] : protective_headers())
    EXPECT_FALSE(name.starts_with("Access-Control")) << name;
}

TEST(Guard, KnowsLoopback) {
  EXPECT_TRUE(is_loopback("localhost"));
  EXPECT_TRUE(is_loopback("127.0.0.2"));
  EXPECT_TRUE(is_loopback("::1"));
  EXPECT_FALSE(is_loopback("0.0.0.0"));
  EXPECT_FALSE(is_loopback("192.168.0.2"));
  EXPECT_FALSE(is_loopback("::"));
  EXPECT_FALSE(is_loopback("127.example.com"));
}

}  // namespace
}  // namespace tidemark::studio
