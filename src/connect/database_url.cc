// URLs are taken apart by hand: libpq refuses parameters it does not know
// (`pgbouncer=true`, `schema=public`), which other drivers let pass, and passwords
// with unescaped characters are common in the wild.
#include "connect/database_url.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "tidemark/error.h"

namespace tidemark {
namespace {

using Settings = std::vector<std::pair<std::string, std::string>>;

struct Parts {
  std::string_view user_info, authority, path, query;
};

/// Where the part before the host ends: at the last @ of the authority. A password
/// with an unescaped slash or question mark hides it from the rules; then it is the
/// last @ of all.
std::size_t end_of_user_info(std::string_view rest) {
  std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
  if (std::size_t at = authority.rfind('@'); at != rest.npos) return at;
  std::size_t colon = authority.rfind(':');
  bool port =
      colon == rest.npos || authority.find_first_not_of("0123456789", colon + 1) == rest.npos;
  return port || authority.ends_with(']') ? rest.npos : rest.rfind('@');
}

/// scheme://user_info@authority/path?query; what is absent is empty.
Parts take_apart(std::string_view text) {
  Parts parts;
  std::string_view rest = text.substr(text.find(':') + 1);
  if (rest.starts_with("//")) rest.remove_prefix(2);
  if (std::size_t at = end_of_user_info(rest); at != rest.npos) {
    parts.user_info = rest.substr(0, at);
    rest.remove_prefix(at + 1);
  }
  rest = rest.substr(0, rest.find('#'));
  std::size_t mark = std::min(rest.find('?'), rest.size());
  parts.query = rest.substr(std::min(mark + 1, rest.size()));
  rest = rest.substr(0, mark);
  std::size_t slash = std::min(rest.find('/'), rest.size());
  parts.authority = rest.substr(0, slash);
  parts.path = rest.substr(slash);
  return parts;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// %41 becomes A. A percent sign that starts no such pair stays.
std::string decode(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    bool pair = text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 &&
                hex_digit(text[i + 2]) >= 0;
    if (!pair) {
      out += text[i];
      continue;
    }
    out += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
    i += 2;
  }
  return out;
}

Settings parameters(std::string_view query) {
  Settings out;
  if (query.empty()) return out;
  for (const std::string& pair : split(query, "&")) {
    std::size_t equals = std::min(pair.find('='), pair.size());
    std::string value = equals < pair.size() ? pair.substr(equals + 1) : "";
    out.emplace_back(decode(pair.substr(0, equals)), decode(value));
  }
  return out;
}

void set(Settings& settings, std::string_view key, std::string value) {
  auto found = std::ranges::find(settings, key, &Settings::value_type::first);
  if (found != settings.end())
    found->second = std::move(value);
  else
    settings.emplace_back(key, std::move(value));
}

/// What `ssl` and `sslmode` mean to the drivers of JavaScript, as libpq's sslmode.
/// Empty when nothing was asked for.
std::string ssl_mode(std::string_view asked) {
  static constexpr std::array known{"disable", "allow",     "prefer",
                                    "require", "verify-ca", "verify-full"};
  if (std::ranges::find(known, asked) != known.end()) return std::string(asked);
  if (asked == "true" || asked == "1" || asked == "no-verify") return "require";
  if (asked == "false" || asked == "0") return "disable";
  return {};
}

/// libpq's keywords that may stand in a URL; others belong to other tools.
bool is_setting(std::string_view key) {
  static constexpr std::array known{
      "host",
      "hostaddr",
      "port",
      "dbname",
      "user",
      "password",
      "passfile",
      "channel_binding",
      "connect_timeout",
      "options",
      "application_name",
      "client_encoding",
      "keepalives",
      "keepalives_idle",
      "keepalives_interval",
      "gssencmode",
      "keepalives_count",
      "tcp_user_timeout",
      "sslcert",
      "sslkey",
      "sslpassword",
      "sslrootcert",
      "sslcrl",
      "sslsni",
      "krbsrvname",
      "target_session_attrs",
      "ssl_min_protocol_version",
  };
  return std::ranges::find(known, key) != known.end();
}

void add_parameters(Settings& settings, std::string_view query) {
  for (auto& [key, value] : parameters(query)) {
    if (key == "ssl" || key == "sslmode") {
      if (std::string mode = ssl_mode(value); !mode.empty()) set(settings, "sslmode", mode);
    } else if (is_setting(key)) {
      set(settings, key, std::move(value));
    }
  }
}

/// `host`, `host:port`, `[::1]:port`, or several with commas between.
void add_hosts(Settings& settings, std::string_view authority) {
  if (authority.empty()) return;
  std::vector<std::string> hosts, ports;
  for (const std::string& one : split(authority, ",")) {
    std::size_t bracket = one.starts_with('[') ? std::min(one.find(']'), one.size() - 1) : 0;
    std::size_t colon = std::min(one.find(':', bracket), one.size());
    std::string host = one.substr(0, colon);
    if (bracket > 0) host = one.substr(1, bracket - 1);
    hosts.push_back(decode(host));
    ports.push_back(colon < one.size() ? one.substr(colon + 1) : "");
  }
  set(settings, "host", join(hosts, ","));
  if (std::ranges::any_of(ports, [](auto& port) { return !port.empty(); }))
    set(settings, "port", join(ports, ","));
}

DatabaseUrl parse_postgres(std::string_view text) {
  Parts parts = take_apart(text);
  DatabaseUrl url{.driver = DatabaseUrl::Driver::libpq, .shown = mask_secrets(text)};
  std::size_t colon = std::min(parts.user_info.find(':'), parts.user_info.size());
  if (colon > 0) set(url.settings, "user", decode(parts.user_info.substr(0, colon)));
  if (colon < parts.user_info.size())
    set(url.settings, "password", decode(parts.user_info.substr(colon + 1)));
  add_hosts(url.settings, parts.authority);
  if (parts.path.size() > 1) set(url.settings, "dbname", decode(parts.path.substr(1)));
  add_parameters(url.settings, parts.query);
  return url;
}

constexpr std::array file_modes = std::to_array<std::pair<std::string_view, DatabaseUrl::Access>>(
    {{"rwc", DatabaseUrl::Access::create},
     {"rw", DatabaseUrl::Access::write},
     {"ro", DatabaseUrl::Access::read}});

DatabaseUrl::Access access_of(std::string_view mode, std::string_view text) {
  for (const auto& [name, access] : file_modes)
    if (mode == name) return access;
  throw Error(Fault::usage,
              fmt::format("\"{}\" in {} is no mode of a file", mode, mask_secrets(text)))
      .hint("write ro (read only), rw, rwc (created where it is missing) or memory");
}

DatabaseUrl parse_file(std::string_view text, std::string_view path) {
  DatabaseUrl url{.shown = mask_secrets(text)};
  std::size_t mark = std::min(path.find('?'), path.size());
  for (const auto& [key, mode] : parameters(path.substr(std::min(mark + 1, path.size())))) {
    if (key != "mode") continue;
    if (mode == "memory") return {.path = ":memory:", .shown = url.shown};
    url.access = access_of(mode, text);
  }
  path = path.substr(0, mark);
  if (path.starts_with("//")) {
    path.remove_prefix(2);
    if (path.starts_with("localhost/")) path.remove_prefix(9);
  }
  if (path.empty())
    throw Error(Fault::usage, fmt::format("{} names no file", url.shown))
        .hint("write file:name.db, or :memory: for a database that nobody keeps");
  url.path = decode(path);
  return url;
}

/// The scheme in lower case; empty for a plain path (a drive letter is one too).
std::string scheme_of(std::string_view text) {
  std::size_t colon = text.find(':');
  if (colon == text.npos || colon < 2) return {};
  std::string scheme = lower(text.substr(0, colon));
  bool name = std::ranges::all_of(scheme, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
  });
  return name ? scheme : "";
}

bool is_remote(std::string_view scheme) {
  static constexpr std::array remote{"libsql", "http", "https", "ws", "wss"};
  return std::ranges::find(remote, scheme) != remote.end();
}

/// `libsql://` is https, or http with `?tls=0`; a WebSocket is the same server. What its own
/// client refuses is refused.
DatabaseUrl parse_libsql(std::string_view text, const std::string& scheme) {
  Parts parts = take_apart(text);
  DatabaseUrl url{.driver = DatabaseUrl::Driver::libsql_http, .shown = mask_secrets(text)};
  auto refuse = [&](const std::string& what, const char* hint) {
    const std::string shown = url.shown.substr(0, url.shown.find_first_of("?#"));
    throw Error(Fault::usage, fmt::format("{} of {} is nothing that libSQL knows", what, shown))
        .hint(hint);
  };
  if (!parts.user_info.empty()) refuse("the part before @", "give a token as `authToken`");
  if (text.find('#') != text.npos) refuse("the part after #", "leave it out");
  bool plain = scheme == "http" || scheme == "ws";
  for (auto& [key, value] : parameters(parts.query)) {
    if (key == "tls" && value != "0" && value != "1")
      refuse("this value of \"tls\"", "it is 0 or 1");
    else if (key == "tls" && scheme != "libsql" && plain != (value == "0"))
      refuse("\"tls=" + value + "\"", "the scheme says it: http:// is without TLS, https:// with");
    else if (key == "tls")
      plain = value == "0";
    else if (key != "authToken")
      refuse("\"" + key + "\"", "its parameters are `authToken` and `tls`");
    else if (!value.empty())
      set(url.settings, "token", std::move(value));
  }
  std::string_view path = parts.path;
  while (path.ends_with('/')) path.remove_suffix(1);
  set(url.settings, "base",
      fmt::format("{}://{}{}", plain ? "http" : "https", parts.authority, path));
  return url;
}

}  // namespace

Engine DatabaseUrl::engine() const {
  switch (driver) {
    case Driver::libpq:
      return Engine::postgresql;
    case Driver::sqlite3:
      return Engine::sqlite;
    case Driver::libsql_http:
      return Engine::turso;
  }
  return Engine::sqlite;
}

DatabaseUrl parse_database_url(std::string_view text) {
  text = trim(text);
  if (text.empty())
    throw Error(Fault::usage, "the database URL is empty")
        .hint(
            "set it in `dbCredentials.url` of the configuration, or in the environment variable "
            "that it reads");
  std::string scheme = scheme_of(text);
  if (scheme == "postgres" || scheme == "postgresql") return parse_postgres(text);
  if (scheme == "file" || scheme == "sqlite")
    return parse_file(text, text.substr(scheme.size() + 1));
  if (is_remote(scheme)) return parse_libsql(text, scheme);
  if (scheme.empty()) return {.path = std::string(text), .shown = std::string(text)};
  throw Error(Fault::usage, fmt::format("{}:// is no kind of database that is known here", scheme))
      .hint("use postgresql://user:password@host/database, or file:name.db for SQLite");
}

bool is_libsql_url(std::string_view text) { return is_remote(scheme_of(trim(text))); }

bool has_token(const DatabaseUrl& url) {
  return std::ranges::find(url.settings, "token", &Settings::value_type::first) !=
         url.settings.end();
}

DatabaseUrl with_token(DatabaseUrl url, const std::string& token) {
  if (url.driver == DatabaseUrl::Driver::libsql_http && !has_token(url) && !token.empty())
    set(url.settings, "token", token);
  return url;
}

DatabaseUrl postgres_database(const PostgresFields& fields) {
  DatabaseUrl url{.driver = DatabaseUrl::Driver::libpq};
  auto give = [&](std::string_view key, const std::string& value) {
    if (!value.empty()) set(url.settings, key, value);
  };
  give("host", fields.host);
  give("port", fields.port);
  give("user", fields.user);
  give("password", fields.password);
  give("dbname", fields.database);
  give("sslmode", ssl_mode(fields.ssl));
  std::string port = fields.port.empty() ? "" : ":" + fields.port;
  std::string password = fields.password.empty() ? "" : ":****";
  std::string user = fields.user.empty() ? "" : fields.user + password + "@";
  url.shown = fmt::format("postgresql://{}{}{}/{}", user, fields.host, port, fields.database);
  return url;
}

void set_keyword(DatabaseUrl& url, const std::string& key, const std::string& value,
                 bool replaced) {
  bool there =
      std::ranges::find(url.settings, key, &Settings::value_type::first) != url.settings.end();
  if (!there || replaced) set(url.settings, key, value);
}

std::string identity_of(const DatabaseUrl& url) {
  if (url.driver == DatabaseUrl::Driver::sqlite3) return url.path;
  auto setting = [&](std::string_view key, std::string_view otherwise) {
    auto found = std::ranges::find(url.settings, key, &Settings::value_type::first);
    return std::string(found == url.settings.end() ? otherwise : found->second);
  };
  if (url.driver == DatabaseUrl::Driver::libsql_http) return setting("base", "");
  std::string host = setting("host", "localhost"), user = setting("user", "");
  if (host == "127.0.0.1" || host == "::1") host = "localhost";
  return join(std::vector{host, setting("port", "5432"), user, setting("dbname", user)}, "\n");
}

namespace {

bool is_local(std::string_view host) {
  bool address = !host.empty() && host.find_first_not_of("0123456789.") == host.npos;
  return host.empty() || host.starts_with('/') || host.starts_with('@') || host == "localhost" ||
         (address && host.starts_with("127.")) || host == "::1" || host == "[::1]" ||
         host == "0.0.0.0";
}

/// What stands in the URL, else in the environment.
std::string host_setting(const DatabaseUrl& url, std::string_view key, const char* variable) {
  auto found = std::ranges::find(url.settings, key, &Settings::value_type::first);
  if (found != url.settings.end()) return found->second;
  const char* value = std::getenv(variable);
  return value ? value : "";
}

}  // namespace

std::string remote_host(const DatabaseUrl& url) {
  std::vector<std::string> hosts;
  if (url.driver == DatabaseUrl::Driver::libsql_http) {
    for (const auto& [key, value] : url.settings)
      if (key == "base") hosts = {std::string(take_apart(value).authority)};
    if (!hosts.empty())  // without its port
      hosts[0] = hosts[0].substr(
          0, hosts[0].find(':', hosts[0].starts_with('[') ? hosts[0].find(']') : 0));
  }
  if (url.driver == DatabaseUrl::Driver::libpq) {
    std::string addresses = host_setting(url, "hostaddr", "PGHOSTADDR");
    hosts = split(addresses.empty() ? host_setting(url, "host", "PGHOST") : addresses, ",");
  }
  auto remote = std::ranges::find_if_not(hosts, is_local);
  return remote == hosts.end() ? "" : *remote;
}

namespace {

/// The end of the URL that starts at `start`: white space, a closing quote, or the colon
/// of a sentence that goes on.
std::size_t end_of_url(std::string_view text, std::size_t start) {
  std::size_t end = std::min(text.find_first_of(" \t\r\n\"'`<>", start), text.size());
  bool goes_on = end < text.size() && text[end] == ' ' && text[end - 1] == ':';
  return goes_on ? end - 1 : end;
}

/// The values of parameters that are secret, wherever there are any.
std::string mask_parameters(std::string_view text) {
  static constexpr std::array secret{"password", "sslpassword", "authtoken", "token",
                                     "apikey",   "jwt",         "secret"};
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = std::min(text.find_first_of("?& \t\r\n\"'`<>", at + 1), text.size());
    std::string_view pair = text.substr(at, end - at);
    std::size_t equals = std::min(pair.find('='), pair.size());
    bool parameter = pair.starts_with('?') || pair.starts_with('&');
    bool hidden =
        parameter && equals < pair.size() &&
        std::ranges::find(secret, lower(decode(pair.substr(1, equals - 1)))) != secret.end();
    out += pair.substr(0, hidden ? equals + 1 : pair.size());
    if (hidden) out += pair.ends_with(':') ? "****:" : "****";  // of a sentence that goes on
    at = end;
  }
  return out;
}

std::string mask_url(std::string_view url) {
  std::size_t start = url.find("://") + 3;
  std::string out(url.substr(0, start));
  std::string_view rest = url.substr(start);
  if (std::size_t at = rest.rfind('@'); at != rest.npos) {
    std::size_t colon = rest.find(':');
    // Servers of libSQL know no users: what stands there is a token in the wrong place.
    if (is_libsql_url(url))
      out += "****@";
    else
      out += colon < at ? std::string(rest.substr(0, colon)) + ":****@"
                        : std::string(rest.substr(0, at + 1));
    rest.remove_prefix(at + 1);
  }
  return out.append(rest);
}

}  // namespace

std::string mask_secrets(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t mark = text.find("://", at);
    if (mark == text.npos) return mask_parameters(out.append(text.substr(at)));
    std::size_t start = mark;
    while (start > at && std::isalnum(static_cast<unsigned char>(text[start - 1]))) --start;
    std::size_t end = end_of_url(text, mark);
    out.append(text.substr(at, start - at));
    out += mask_url(text.substr(start, end - start));
    at = end;
  }
  return mask_parameters(out);
}

}  // namespace tidemark
