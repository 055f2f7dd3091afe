#include "studio/session_opener.h"

#include "connect/connect.h"
#include "tidemark/error.h"

namespace tidemark::studio {
namespace {

/// What the session is for decides what it may; all of them write values the same way.
void prepare_postgres(Connection& database, SessionUse use) {
  std::vector<Command> settings{{"SET datestyle = 'ISO, YMD'"},
                                {"SET intervalstyle = 'postgres'"},
                                {"SET bytea_output = 'hex'"},
                                {"SET application_name = 'tidemark-studio'"},
                                {"SET idle_in_transaction_session_timeout = '60s'"},
                                {"SET lock_timeout = '2s'"}};
  if (use.reads) settings.push_back({"SET default_transaction_read_only = on"});
  if (use.limited) settings.push_back({"SET statement_timeout = '30s'"});
  database.run(settings);
}

}  // namespace

DatabaseSession::Open opener(const DatabaseUrl& url, SessionUse use) {
  return [=] {
    DatabaseUrl target = use.reads ? to_look_at(url) : url;
    bool file = target.driver == DatabaseUrl::Driver::sqlite3 && target.path != ":memory:";
    auto connection = connect(target, {.create = false, .only_look = use.reads && file});
    if (connection->engine() == Engine::postgresql) prepare_postgres(*connection, use);
    return connection;
  };
}

DatabaseSession::Open no_session() {
  return []() -> std::unique_ptr<Connection> {
    throw Error(Fault::bug, "a session where there is none");
  };
}

}  // namespace tidemark::studio
