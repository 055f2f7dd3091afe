#include "studio/studio.h"

#include <fmt/format.h>

#include "base/interruption.h"
#include "engine/database.h"
#include "studio/api.h"
#include "studio/http_server.h"

namespace tidemark::studio {

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
