#include "connect/turso/platform.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "base/interruption.h"
#include "base/json.h"
#include "base/text.h"
#include "connect/libsql/http.h"
#include "tidemark/error.h"

namespace tidemark {
namespace {

constexpr int most_requests = 4;

/// A part of a path.
std::string encoded(std::string_view text) {
  std::string out;
  for (char c : text) {
    bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                 c == '-' || c == '_' || c == '.' || c == '~';
    if (plain)
      out += c;
    else
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

std::string text_in(const json::value& value, std::string_view key) {
  const json::object* object = value.if_object();
  return object ? text_at(*object, key) : "";
}

TursoDatabase database_of(const json::value& value) {
  return {.name = text_in(value, "Name"),
          .hostname = text_in(value, "Hostname"),
          .group = text_in(value, "group")};
}

std::string token_of(const TursoAccount& account) {
  std::string token(trim(account.token));
  if (token.find_first_of(" \t\r\n") == std::string::npos) return token;
  throw Error(Fault::usage, "TURSO_API_TOKEN has blanks or line breaks in it")
      .hint("Copy it again, as one line; `turso auth api-tokens mint NAME` makes one.");
}

}  // namespace

struct TursoPlatform::Answer {
  long status = 0;
  json::value value;

  bool good() const { return status >= 200 && status < 300; }

  [[noreturn]] void refuse(std::string_view what) const {
    std::string words = text_in(value, "error");
    if (words.empty()) words = fmt::format("HTTP {}", status);
    Error error(Fault::failed, fmt::format("Turso's API: cannot {}: {}", what, words));
    if (status == 401 || status == 403)
      throw std::move(error).hint(
          "check TURSO_API_TOKEN; `turso auth api-tokens mint NAME` makes a token");
    if (status == 404)
      throw std::move(error).hint("check TURSO_ORG; `turso org list` shows its slug");
    throw std::move(error).hint("nothing was changed; try again later");
  }
};

TursoPlatform::TursoPlatform(const TursoAccount& account)
    : root_(account.base),
      organization_(account.organization),
      http_(std::make_unique<HttpClient>(token_of(account))) {
  while (root_.ends_with('/')) root_.pop_back();
  root_ += fmt::format("/v1/organizations/{}/", encoded(organization_));
}

TursoPlatform::~TursoPlatform() = default;

std::vector<TursoDatabase> TursoPlatform::databases(const std::string& group) {
  Answer answer = ask("GET", "databases" + (group.empty() ? "" : "?group=" + encoded(group)));
  const json::object* object = answer.value.if_object();
  const json::value* list = object ? object->if_contains("databases") : nullptr;
  if (!answer.good() || !list || !list->is_array())
    answer.refuse(fmt::format("list the databases of {}", organization_));
  std::vector<TursoDatabase> out;
  for (const json::value& one : list->as_array()) out.push_back(database_of(one));
  return out;
}

TursoDatabase TursoPlatform::create(const std::string& name, const TursoDatabase& source,
                                    const std::string& moment) {
  json::object seed{{"type", "database"}, {"name", source.name}};
  if (!moment.empty()) seed["timestamp"] = moment;
  json::object body{{"name", name}, {"group", source.group}, {"seed", std::move(seed)}};
  Answer answer = ask("POST", "databases", json::serialize(body));
  const json::object* object = answer.value.if_object();
  const json::value* made = object ? object->if_contains("database") : nullptr;
  TursoDatabase database = made ? database_of(*made) : TursoDatabase{};
  if (!answer.good() || database.hostname.empty())
    answer.refuse(fmt::format("make a database of {}", source.name));
  database.group = source.group;
  return database;
}

bool TursoPlatform::remove(const std::string& name) {
  Answer answer = ask("DELETE", "databases/" + encoded(name));
  if (answer.status == 404) return false;
  if (!answer.good()) answer.refuse("delete the database " + name);
  return true;
}

std::string TursoPlatform::make_token(const std::string& name, const std::string& expiration,
                                      bool read_only) {
  Answer answer = ask(
      "POST", fmt::format("databases/{}/auth/tokens?expiration={}&authorization={}", encoded(name),
                          encoded(expiration), read_only ? "read-only" : "full-access"));
  std::string token = text_in(answer.value, "jwt");
  if (!answer.good() || token.empty()) answer.refuse("make a token for " + name);
  return token;
}

/// What changes nothing, or the same when done again, is tried again.
TursoPlatform::Answer TursoPlatform::ask(const char* method, const std::string& path,
                                         const std::string& body) {
  bool repeatable = std::string_view(method) != "POST";
  for (int tries = 1;; ++tries) {
    try {
      HttpResponse response = http_->send(method, root_ + path, body);
      bool busy = response.status == 429 || (repeatable && response.status >= 500);
      if (!busy || tries == most_requests) {
        boost::system::error_code not_json;
        return {response.status, json::parse(response.body, not_json)};
      }
    } catch (const HttpFailure& failure) {
      if (failure.interrupted) throw Error(Fault::interrupted, "interrupted");
      if (tries == most_requests || (failure.sent && !repeatable))
        throw Error(Fault::failed, fmt::format("Turso's API: {}", failure.message))
            .hint("check the network; TURSO_API_BASEURL names another address");
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(100) * (1 << tries));
  }
}

}  // namespace tidemark
