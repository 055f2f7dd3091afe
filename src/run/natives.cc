#include "run/natives.h"

#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <span>

#include "apply/splitter.h"
#include "base/crypto.h"
#include "base/files.h"
#include "base/json.h"
#include "run/wire.h"
#include "source/script/project_files.h"
#include "tidemark/error.h"

namespace tidemark::run {

namespace fs = std::filesystem;

namespace {

using Arguments = std::span<const std::string>;
using Natives = std::map<std::string, script::NativeFunction>;

constexpr const char* nothing = "";

int number(const std::string& text) { return static_cast<int>(std::strtod(text.c_str(), nullptr)); }

// --- the process -------------------------------------------------------------

std::string milliseconds_now() {
  auto now = std::chrono::steady_clock::now().time_since_epoch();
  return js_number(std::chrono::duration<double, std::milli>(now).count());
}

void write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;  // whoever read it is gone
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

/// wait(milliseconds): [ticket, answer], or undefined when none came in that time.
std::string wait(Powers& powers, int milliseconds) {
  std::optional<Answer> answer = powers.answers.take(std::chrono::milliseconds(milliseconds));
  powers.new_turn();
  return answer ? "[" + std::to_string(answer->ticket) + "," + answer->text + "]" : nothing;
}

/// The bytes that a password is turned into, as text of hexadecimal digits.
std::string derive_key(Arguments given) {
  std::string password = from_hex(given[1]), salt = from_hex(given[2]);
  auto size = static_cast<std::size_t>(number(given[3]));
  auto whole = [&](std::size_t index) { return static_cast<std::uint64_t>(number(given[index])); };
  std::optional<std::string> key =
      given[0] == "scrypt" ? scrypt(password, salt, {whole(4), whole(5), whole(6)}, size)
                           : pbkdf2(password, salt, number(given[4]), given[5], size);
  if (!key) throw Error(Fault::failed, given[0] + " refuses these settings");
  return json_string(to_hex(*key));
}

void add_process(Natives& natives, Powers& powers) {
  // leave(text): "+3" for exit code 3, or "-" and an error as JSON.
  natives["leave"] = [&powers](Arguments given) {
    powers.leave(given[0]);
    return nothing;
  };
  natives["write"] = [](Arguments given) {
    write_all(number(given[0]), given[1]);
    return nothing;
  };
  natives["now"] = [](Arguments) { return milliseconds_now(); };
  natives["deriveKey"] = derive_key;
  natives["wait"] = [&powers](Arguments given) { return wait(powers, number(given[0])); };
}

// --- files -------------------------------------------------------------------

/// change(what, path, other): makes, removes and moves inside the project.
void change_file(script::World& world, Arguments given) {
  std::string what = given[0];
  auto inside = [&](std::size_t index) { return script::inside_project(world, given[index]); };
  constexpr auto copying = fs::copy_options::recursive | fs::copy_options::overwrite_existing;
  if (what == "write") write_file(inside(1), from_hex(given[2]));
  if (what == "mkdir") fs::create_directories(inside(1));
  if (what == "remove") fs::remove_all(inside(1));
  if (what == "rename") fs::rename(inside(1), inside(2));
  if (what == "copy") fs::copy(inside(1), inside(2), copying);
}

/// Size and time of change.
std::string stat_file(const fs::path& path) {
  auto age = fs::file_time_type::clock::now() - fs::last_write_time(path);
  auto since = (std::chrono::system_clock::now() - age).time_since_epoch();
  std::uintmax_t size = fs::is_regular_file(path) ? fs::file_size(path) : 0;
  return json::serialize(
      json::array{size, std::chrono::duration_cast<std::chrono::milliseconds>(since).count()});
}

void add_files(Natives& natives, Powers& powers) {
  natives["readBytes"] = [&powers](Arguments given) {
    return json_string(to_hex(read_file(script::inside_project(*powers.world, given[0]))));
  };
  natives["changeFile"] = [&powers](Arguments given) {
    change_file(*powers.world, given);
    return nothing;
  };
  natives["statFile"] = [&powers](Arguments given) {
    return stat_file(script::inside_project(*powers.world, given[0]));
  };
}

// --- servers -----------------------------------------------------------------

/// { url } or the fields of PostgreSQL; { over: {…} } are keywords of libpq that come before
/// those of the URL, { under: {…} } come after them.
DatabaseUrl database_of(const json::object& settings) {
  auto text = [&](const char* name) {
    const json::value* value = settings.if_contains(name);
    return value && value->is_string() ? std::string(value->as_string()) : std::string();
  };
  DatabaseUrl url = settings.contains("url")
                        ? with_token(parse_database_url(text("url")), text("token"))
                        : postgres_database({.host = text("host"),
                                             .port = text("port"),
                                             .user = text("user"),
                                             .password = text("password"),
                                             .database = text("database"),
                                             .ssl = text("ssl")});
  if (url.driver != DatabaseUrl::Driver::libpq) return url;
  for (const char* which : {"over", "under"})
    if (const json::value* given = settings.if_contains(which))
      for (const auto& [key, value] : given->as_object())
        set_keyword(url, std::string(key), std::string(value.as_string()), *which == 'o');
  return url;
}

void add_servers(Natives& natives, Powers& powers) {
  // serverOpen(settings) → its number. Nothing is sent yet.
  natives["serverOpen"] = [&powers](Arguments given) {
    int id = ++powers.last_id;
    DatabaseUrl url = database_of(json::parse(given[0]).as_object());
    powers.sessions.emplace(id, std::make_unique<Session>(std::move(url), powers.answers));
    return std::to_string(id);
  };
  // serverKey(settings): the same for two that name one database as one user.
  natives["serverKey"] = [](Arguments given) {
    return json_string(identity_of(database_of(json::parse(given[0]).as_object())));
  };
  // serverSend(session, ticket, request): its answer comes from `wait`.
  natives["serverSend"] = [&powers](Arguments given) {
    powers.sessions.at(number(given[0]))->send(number(given[1]), given[2]);
    return nothing;
  };
  // The same, and waits for it alone.
  natives["serverAsk"] = [&powers](Arguments given) {
    powers.sessions.at(number(given[0]))->send(number(given[1]), given[2]);
    return powers.answers.take_of(number(given[1]));
  };
  natives["serverClose"] = [&powers](Arguments given) {
    powers.sessions.erase(number(given[0]));
    return nothing;
  };
}

// --- SQL as text ------------------------------------------------------------------

void add_sql(Natives& natives) {
  // statements(engine, text) → each without comments around it
  natives["statements"] = [](Arguments given) {
    Engine engine = given[0] == "postgresql" ? Engine::postgresql : Engine::sqlite;
    return json::serialize(json::value_from(split_statements(given[1], engine)));
  };
}

// --- files of SQLite -----------------------------------------------------------

/// What the database refuses is given as {"error":…}, which the driver throws.
template <typename Body>
script::NativeFunction on_file(Body body) {
  return [body](Arguments given) -> std::string {
    try {
      return body(given);
    } catch (const DatabaseError& error) {
      return wire_error(error);
    }
  };
}

std::string open_file(Powers& powers, Arguments given) {
  json::value parsed = json::parse(given[1]);
  auto flag = [&](const char* name) {
    const json::value* value = parsed.as_object().if_contains(name);
    return value && value->is_bool() && value->as_bool();
  };
  fs::path folder = fs::path(given[0]).parent_path();
  if (!folder.empty() && !given[0].starts_with("file:") && !fs::is_directory(folder))
    throw DatabaseError("Cannot open database because the directory does not exist", "NO_FOLDER");
  SqliteSessionOptions options{.read_only = flag("readonly"), .must_exist = flag("mustExist")};
  int id = ++powers.last_id;
  powers.files.emplace(id, std::make_unique<SqliteSession>(given[0], options));
  return std::to_string(id);
}

json::value or_null(const std::string& text) {
  return text.empty() ? json::value() : json::value(text);
}

/// prepare(file, sql) → {"id", "reader", "readonly", "columns", "parameters"}
std::string prepare(Powers& powers, Arguments given) {
  int file = number(given[0]), id = ++powers.last_id;
  auto statement = powers.files.at(file)->prepare(given[1]);
  json::array columns;
  for (const SqliteColumn& column : statement->columns())
    columns.push_back({{"name", column.name},
                       {"type", or_null(column.type)},
                       {"table", or_null(column.table)},
                       {"column", or_null(column.column)}});
  json::object out{{"id", id},
                   {"reader", statement->gives_rows()},
                   {"readonly", statement->only_reads()},
                   {"columns", std::move(columns)},
                   {"parameters", json::value_from(statement->parameters())}};
  powers.statements.emplace(id, Powers::Prepared{file, std::move(statement)});
  return json::serialize(out);
}

std::vector<SqliteValue> parameters_of(const std::string& text) {
  return sqlite_values(parse_json(text).as_array());
}

/// query(statement, values, first only) → rows
std::string query(Powers& powers, Arguments given) {
  Powers::Prepared& prepared = powers.statements.at(number(given[0]));
  return wire_rows(powers.files.at(prepared.file)
                       ->query(*prepared.statement, parameters_of(given[1]), given[2] == "true"));
}

/// run(statement, values) → [[changed rows, last rowid]]
std::string run(Powers& powers, Arguments given) {
  Powers::Prepared& prepared = powers.statements.at(number(given[0]));
  SqliteSession::Change change =
      powers.files.at(prepared.file)->run(*prepared.statement, parameters_of(given[1]));
  return wire_rows({{change.rows, change.last_rowid}});
}

void close_file(Powers& powers, int id) {
  std::erase_if(powers.statements, [id](const auto& one) { return one.second.file == id; });
  powers.files.erase(id);
}

void add_sqlite(Natives& natives, Powers& powers) {
  natives["sqliteOpen"] = on_file([&powers](Arguments given) { return open_file(powers, given); });
  natives["sqlitePrepare"] = on_file([&powers](Arguments given) { return prepare(powers, given); });
  natives["sqliteQuery"] = on_file([&powers](Arguments given) { return query(powers, given); });
  natives["sqliteRun"] = on_file([&powers](Arguments given) { return run(powers, given); });
  natives["sqliteExecute"] = on_file([&powers](Arguments given) {
    powers.files.at(number(given[0]))->execute(given[1]);
    return nothing;
  });
  natives["sqliteInTransaction"] = on_file([&powers](Arguments given) {
    return powers.files.at(number(given[0]))->in_transaction() ? "true" : "false";
  });
  natives["sqliteForget"] = on_file([&powers](Arguments given) {
    powers.statements.erase(number(given[0]));
    return nothing;
  });
  natives["sqliteClose"] = on_file([&powers](Arguments given) {
    close_file(powers, number(given[0]));
    return nothing;
  });
}

}  // namespace

Natives natives_of(Powers& powers) {
  Natives natives;
  add_process(natives, powers);
  add_files(natives, powers);
  add_servers(natives, powers);
  add_sql(natives);
  add_sqlite(natives, powers);
  return natives;
}

}  // namespace tidemark::run
