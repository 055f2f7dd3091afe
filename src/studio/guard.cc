#include "studio/guard.h"

#include <fmt/format.h>

#include "base/text.h"

namespace tidemark::studio {
namespace {

std::string_view media_type(std::string_view header) {
  return trim(header.substr(0, header.find(';')));
}

}  // namespace

bool is_loopback(const std::string& host) {
  bool address = host.find_first_not_of("0123456789.") == host.npos;  // 127.example.com is none
  return host == "localhost" || host == "::1" || (address && host.starts_with("127."));
}

Guard::Guard(const std::string& host, std::uint16_t port) {
  auto add = [&](const std::string& name) {
    bool v6 = name.find(':') != std::string::npos;
    hosts_.insert(v6 ? fmt::format("[{}]:{}", name, port) : fmt::format("{}:{}", name, port));
  };
  add(host);
  if (is_loopback(host))
    for (const char* name : {"127.0.0.1", "localhost", "::1"}) add(name);
}

std::optional<Refusal> Guard::refuse(const HttpRequest& request) const {
  if (!hosts_.contains(request.header("host")))
    return Refusal{421, "this server answers to its own address only"};
  if (request.method == "OPTIONS") return Refusal{403, "no other site may ask here"};
  if (request.method != "GET" && request.method != "POST")
    return Refusal{405, "only GET and POST are known here"};
  if (auto refusal = refuse_origin(request)) return refusal;
  if (request.method == "POST" && media_type(request.header("content-type")) != "application/json")
    return Refusal{415, "only application/json is taken"};
  return std::nullopt;
}

std::optional<Refusal> Guard::refuse_origin(const HttpRequest& request) const {
  std::string_view site = request.header("sec-fetch-site");
  bool opened = request.method == "GET" && request.path == "/" &&
                request.header("sec-fetch-mode") == "navigate";
  if (!site.empty() && site != "same-origin" && site != "none" && !opened)
    return Refusal{403, "a page of another site asked"};
  std::string_view origin = request.header("origin");
  constexpr std::string_view scheme = "http://";
  bool own = origin.starts_with(scheme) && hosts_.contains(origin.substr(scheme.size()));
  if (!origin.empty() && !own) return Refusal{403, "a page of another site asked"};
  if (request.method == "POST" && !own) return Refusal{403, "nobody says which page asked"};
  return std::nullopt;
}

std::vector<std::pair<std::string, std::string>> protective_headers() {
  return {
      {"Content-Security-Policy",
       "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
       "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; "
       "require-trusted-types-for 'script'"},
      {"X-Content-Type-Options", "nosniff"},
      {"X-Frame-Options", "DENY"},
      {"Referrer-Policy", "no-referrer"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
      {"Cache-Control", "no-store"},
  };
}

}  // namespace tidemark::studio
