#include "studio/studio.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/interruption.h"
#include "engine/database.h"
#include "studio/api.h"
#include "studio/http_server.h"

namespace tidemark::studio {
namespace {

std::string host_of(const DatabaseUrl& url) {
  auto setting = [&](std::string_view key) -> std::string {
    for (const auto& [name, value] : url.settings)
      if (name == key) return value;
    return {};
  };
  if (url.driver == DatabaseUrl::Driver::libpq)
    return setting("hostaddr").empty() ? setting("host") : setting("hostaddr");
  std::string base = setting("base");
  std::size_t start = base.find("://");
  if (start == std::string::npos) return {};
  std::string host = base.substr(start + 3);
  if (host.starts_with('[')) return host.substr(1, host.find(']') - 1);
  return host.substr(0, host.find_first_of(":/"));
}

}  // namespace

bool is_remote(const DatabaseUrl& url) {
  if (url.driver == DatabaseUrl::Driver::sqlite3) return false;
  std::string host = host_of(url);
  return !host.empty() && !host.starts_with('/') && !is_loopback(host);
}

void serve_studio(const StudioOptions& options,
                  const std::function<void(const StudioStart&)>& ready,
                  const std::function<void(const std::string&)>& log,
                  const std::function<void(const std::string&)>& warn) {
  Project project(options.project);
  StudioStart start{.link = {}, .database = project.database()};
  require_same_engine(project.config(), start.database);
  start.remote = is_remote(start.database.url);
  catch_interruption();
  Api api(options, start.database, project.out());
  HttpServer server(options.host, options.port,
                    [&](HttpRequest request, const std::shared_ptr<Exchange>& exchange) {
                      if (log) log(request.method + " " + request.path);
                      api.handle(std::move(request), exchange);
                    });
  api.listen_on(server.port());
  bool v6 = options.host.find(':') != std::string::npos;
  start.link = fmt::format("http://{}:{}/#t={}", v6 ? "[" + options.host + "]" : options.host,
                           server.port(), api.new_link());
  ready(start);
  server.run([&] {
    api.tick();
    if (std::string text = api.take_warning(); !text.empty()) warn(text);
    return !interrupted();
  });
}

}  // namespace tidemark::studio
