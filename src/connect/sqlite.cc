#include "connect/sqlite.h"

#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <filesystem>
#include <optional>
#include <thread>
#include <unordered_map>

#include "base/interruption.h"
#include "base/text.h"
#include "connect/result_reader.h"
#include "connect/row_writer.h"
#include "tidemark/error.h"

namespace tidemark {
namespace {

// How long a statement waits for others: in steps, with a report after each, or at once.
constexpr auto step_of_waiting = std::chrono::milliseconds(1000);
constexpr auto longest_wait = std::chrono::milliseconds(10'000);
constexpr auto busy_interval = std::chrono::milliseconds(10);
constexpr auto look_interval = std::chrono::milliseconds(500);
constexpr int steps_per_look = 1'000'000;  // virtual machine steps between looks at Ctrl-C

/// Pragmas that tell and change nothing, also with an argument.
bool only_tells(std::string_view pragma) {
  constexpr auto telling = std::to_array<std::string_view>(
      {"table_info", "table_xinfo", "table_list", "index_list", "index_info", "index_xinfo",
       "foreign_key_list", "foreign_key_check", "database_list", "collation_list", "function_list",
       "integrity_check", "quick_check", "compile_options"});
  return std::ranges::find(telling, lower(pragma)) != telling.end();
}

/// How SQLite is to take what stands in double quotes and names nothing.
struct Strings {
  bool in_data, in_definitions;
};

/// A misspelt column would be taken for a string, and a rebuild could fill a column with its own
/// name: so there are none in what a statement itself says. What SQLite reads again for it, the
/// triggers that it fires and all tables where one gets another name, was taken as it is. Nothing
/// for what touches neither, because each change makes SQLite prepare its statements anew.
std::optional<Strings> double_quoted_strings(std::string_view sql) {
  constexpr auto data = std::to_array<std::string_view>(
      {"insert", "replace", "update", "delete", "select", "with", "values", "explain"});
  const std::string word = first_word(sql);
  if (std::ranges::find(data, word) != data.end())
    return Strings{.in_data = word == "explain" || sql.find('"') == std::string_view::npos,
                   .in_definitions = false};
  if (word != "create" && word != "alter") return std::nullopt;
  const std::string text = word == "alter" ? lower(sql) : "";
  bool reads_again =
      text.find("rename") != std::string::npos || text.find("drop") != std::string::npos;
  return Strings{.in_data = reads_again, .in_definitions = reads_again};
}

/// For who only looks: `mode=ro` alone would still attach and make other files.
int allow_looking(void* /*unused*/, int action, const char* first, const char* second,
                  const char* /*unused*/, const char* /*unused*/) {
  switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_RECURSIVE:
    case SQLITE_TRANSACTION:
    case SQLITE_SAVEPOINT:
      return SQLITE_OK;
    // A pragma that is read as a table declares one; the schema itself is protected.
    case SQLITE_UPDATE:
      return first && std::string_view(first) == "sqlite_master" ? SQLITE_OK : SQLITE_DENY;
    case SQLITE_FUNCTION:
      return second && lower(second) == "load_extension" ? SQLITE_DENY : SQLITE_OK;
    case SQLITE_PRAGMA:
      return first && (!second || only_tells(first)) ? SQLITE_OK : SQLITE_DENY;
    default:
      return SQLITE_DENY;
  }
}

class SqliteConnection final : public Connection, public ResultReader, public RowWriter {
 public:
  SqliteConnection(sqlite3* database, bool patient)
      : database_(database), patience_(patient ? longest_wait : step_of_waiting) {
    sqlite3_extended_result_codes(database_, 1);
    sqlite3_busy_handler(database_, &SqliteConnection::wait_for_others, this);
    sqlite3_db_config(database_, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    sqlite3_db_config(database_, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(database_, SQLITE_DBCONFIG_ENABLE_FKEY, 1, nullptr);
    sqlite3_progress_handler(database_, steps_per_look, &SqliteConnection::stop_now, this);
  }
  ~SqliteConnection() override {
    kept_.clear();
    sqlite3_close_v2(database_);
  }
  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;

  Engine engine() const override { return Engine::sqlite; }

  Rows query(std::string_view sql, std::span<const Value> parameters) override {
    Rows rows;
    Prepared prepared = prepare(sql);
    bind(prepared.get(), parameters);
    for (int c = 0; c < sqlite3_column_count(prepared.get()); ++c)
      rows.columns.emplace_back(sqlite3_column_name(prepared.get(), c));
    while (step(prepared.get())) rows.rows.push_back(row(prepared.get()));
    return rows;
  }

  void only_look() {
    sqlite3_db_config(database_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_limit(database_, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_set_authorizer(database_, &allow_looking, nullptr);
  }

  ResultEnd read(std::string_view sql, std::span<const Value> parameters,
                 const ResultSink& sink) override {
    Prepared prepared = prepare(sql);
    sqlite3_stmt* statement = prepared.get();
    bind(statement, parameters);
    int columns = sqlite3_column_count(statement);
    ResultEnd end{.returns_rows = columns > 0};
    if (columns > 0 && sink.head) sink.head(head(statement));
    int before = sqlite3_total_changes(database_);
    while (step(statement))
      if (sink.row && !sink.row(result_row(statement))) break;
    end.affected = static_cast<std::uint64_t>(sqlite3_total_changes(database_) - before);
    return end;
  }

  void cancel() override { sqlite3_interrupt(database_); }

  std::unique_ptr<RowStream> write_rows(const std::string& sql) override {
    // Indexes get their entries all over: what does not fit is written and read again.
    execute_once("PRAGMA cache_size = -65536");
    return std::make_unique<Inserts>(*this, prepare(sql));
  }

  std::optional<std::uint64_t> room() override {
    const char* file = sqlite3_db_filename(database_, "main");
    if (!file || !*file) return std::nullopt;
    std::error_code error;
    std::uint64_t room = std::filesystem::space(file, error).available;
    if (error) return std::nullopt;
    rlimit limit{};
    std::uint64_t size = std::filesystem::file_size(file, error);
    if (!error && getrlimit(RLIMIT_FSIZE, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY)
      room = std::min<std::uint64_t>(room, limit.rlim_cur > size ? limit.rlim_cur - size : 0);
    return room;
  }

  void while_running(std::function<void(std::uint64_t)> look) override {
    look_ = std::move(look);
    if (look_ && page_size_ == 0)
      page_size_ = std::stoull(query("PRAGMA page_size", {}).rows.at(0)[0].value_or("0"));
  }

  void run(std::span<const Command> commands, const Progress& done) override {
    for (std::size_t i = 0; i < commands.size(); ++i) {
      try {
        begin_statement();
        if (stop_now(this)) throw DatabaseError("interrupted", "SQLITE_INTERRUPT");
        if (commands[i].parameters.empty())
          execute_once(commands[i].sql);
        else
          execute_again(commands[i]);
      } catch (DatabaseError& error) {
        error.index = i;
        throw;
      }
      if (done) done(i);
    }
  }

 private:
  struct Finalizer {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  using Prepared = std::unique_ptr<sqlite3_stmt, Finalizer>;

  class Inserts final : public RowStream {
   public:
    Inserts(SqliteConnection& connection, Prepared insert)
        : connection_(connection), insert_(std::move(insert)) {}

    void write(std::span<const std::vector<Value>> rows) override {
      for (const std::vector<Value>& row : rows) write_one(row);
    }
    void finish() override {}

   private:
    void write_one(const std::vector<Value>& row) {
      try {
        connection_.execute_with(insert_.get(), row);
      } catch (DatabaseError& error) {
        error.index = count_;
        throw;
      }
      ++count_;
    }

    SqliteConnection& connection_;
    Prepared insert_;
    std::size_t count_ = 0;  // of rows
  };

  /// Counts from the first look after a statement began.
  void look() {
    auto now = std::chrono::steady_clock::now();
    if (!look_ || now - looked_ < look_interval) return;
    looked_ = now;
    int pages = 0, highest = 0;
    sqlite3_db_status(database_, SQLITE_DBSTATUS_CACHE_WRITE, &pages, &highest, 0);
    look_(page_size_ * static_cast<std::uint64_t>(std::max(0, pages - pages_before_)));
  }

  void begin_statement() {
    if (!look_) return;
    looked_ = std::chrono::steady_clock::now();
    int highest = 0;
    sqlite3_db_status(database_, SQLITE_DBSTATUS_CACHE_WRITE, &pages_before_, &highest, 0);
  }

  /// Whether to try again. `tries` begins anew with each statement.
  static int wait_for_others(void* self, int tries) {
    auto* connection = static_cast<SqliteConnection*>(self);
    if (tries * busy_interval >= connection->patience_ || interrupted()) return 0;
    std::this_thread::sleep_for(busy_interval);
    return 1;
  }

  /// True once after an interruption: the rollback that follows must be able to run.
  static int stop_now(void* self) {
    auto* connection = static_cast<SqliteConnection*>(self);
    connection->look();
    if (!interrupted() || connection->stopped_) return 0;
    connection->stopped_ = true;
    return 1;
  }

  Prepared prepare(std::string_view sql) {
    if (std::optional<Strings> strings = double_quoted_strings(sql)) {
      sqlite3_db_config(database_, SQLITE_DBCONFIG_DQS_DML, strings->in_data, nullptr);
      sqlite3_db_config(database_, SQLITE_DBCONFIG_DQS_DDL, strings->in_definitions, nullptr);
    }
    sqlite3_stmt* statement = nullptr;
    int code = sqlite3_prepare_v3(database_, sql.data(), static_cast<int>(sql.size()), 0,
                                  &statement, nullptr);
    if (code != SQLITE_OK) raise(code);
    return Prepared(statement);  // null for white space and comments
  }

  void execute_once(const std::string& sql) {
    Prepared prepared = prepare(sql);
    while (step(prepared.get())) continue;
  }

  /// A statement with parameters comes again with others, so it is kept prepared.
  void execute_again(const Command& command) {
    auto kept = kept_.find(command.sql);
    if (kept == kept_.end()) kept = kept_.emplace(command.sql, prepare(command.sql)).first;
    execute_with(kept->second.get(), command.parameters);
  }

  void execute_with(sqlite3_stmt* statement, std::span<const Value> parameters) {
    bind(statement, parameters);
    try {
      while (step(statement)) continue;
    } catch (...) {
      sqlite3_reset(statement);
      throw;
    }
    sqlite3_reset(statement);
  }

  void bind(sqlite3_stmt* statement, std::span<const Value> parameters) {
    for (std::size_t i = 0; i < parameters.size(); ++i) {
      int at = static_cast<int>(i) + 1;
      const Value& value = parameters[i];
      int code = value ? sqlite3_bind_text(statement, at, value->data(),
                                           static_cast<int>(value->size()), SQLITE_STATIC)
                       : sqlite3_bind_null(statement, at);
      if (code != SQLITE_OK) raise(code);
    }
  }

  /// Whether there is another row.
  bool step(sqlite3_stmt* statement) {
    if (!statement) return false;
    int code = sqlite3_step(statement);
    if (code != SQLITE_ROW && code != SQLITE_DONE) raise(code);
    return code == SQLITE_ROW;
  }

  static std::vector<Value> row(sqlite3_stmt* statement) {
    std::vector<Value> out(static_cast<std::size_t>(sqlite3_column_count(statement)));
    for (std::size_t c = 0; c < out.size(); ++c) {
      int at = static_cast<int>(c);
      if (sqlite3_column_type(statement, at) == SQLITE_NULL) continue;
      bool blob = sqlite3_column_type(statement, at) == SQLITE_BLOB;
      const auto* text = static_cast<const char*>(
          blob ? sqlite3_column_blob(statement, at)
               : static_cast<const void*>(sqlite3_column_text(statement, at)));
      if (!text) text = "";  // an empty blob
      out[c].emplace(text, static_cast<std::size_t>(sqlite3_column_bytes(statement, at)));
    }
    return out;
  }

  static std::vector<ResultColumn> head(sqlite3_stmt* statement) {
    std::vector<ResultColumn> out;
    for (int c = 0; c < sqlite3_column_count(statement); ++c) {
      const char* type = sqlite3_column_decltype(statement, c);
      out.push_back({sqlite3_column_name(statement, c), type ? type : ""});
    }
    return out;
  }

  static ResultRow result_row(sqlite3_stmt* statement) {
    ResultRow out{.values = row(statement), .kinds = {}};
    for (std::size_t c = 0; c < out.values.size(); ++c) {
      int at = static_cast<int>(c);
      out.kinds.push_back(kind(sqlite3_column_type(statement, at)));
      if (out.kinds.back() == CellKind::real)
        out.values[c] = shortest(sqlite3_column_double(statement, at));
    }
    return out;
  }

  static CellKind kind(int type) {
    switch (type) {
      case SQLITE_INTEGER:
        return CellKind::integer;
      case SQLITE_FLOAT:
        return CellKind::real;
      case SQLITE_BLOB:
        return CellKind::blob;
      case SQLITE_NULL:
        return CellKind::null;
      default:
        return CellKind::text;
    }
  }

  /// SQLite prints 15 digits, which is not always the same number.
  static std::string shortest(double number) {
    std::array<char, 32> digits{};
    auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    std::string text(digits.data(), end);
    bool whole = text.find_first_not_of("-0123456789") == std::string::npos;
    return whole ? text + ".0" : text;
  }

  [[noreturn]] void raise(int code) const {
    int offset = sqlite3_error_offset(database_);
    DatabaseError error(sqlite3_errmsg(database_), sqlite_code_name(code));
    if (offset >= 0) error.position = static_cast<std::uint32_t>(offset) + 1;
    throw error;
  }

  sqlite3* database_;
  std::chrono::milliseconds patience_;
  std::unordered_map<std::string, Prepared> kept_;
  bool stopped_ = false;
  std::function<void(std::uint64_t)> look_;
  std::chrono::steady_clock::time_point looked_;
  std::uint64_t page_size_ = 0;
  int pages_before_ = 0;
};

/// What stands in the way of a file that SQLite only calls "unable to open".
std::string why_not(const std::filesystem::path& path, bool create) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) return "it is a folder";
  if (path.has_parent_path() && !std::filesystem::exists(path.parent_path(), error))
    return fmt::format("the folder {} does not exist", path.parent_path().string());
  if (!create && !std::filesystem::exists(path, error)) return "the file does not exist";
  return "the file or its folder cannot be written by this user";
}

}  // namespace

std::string first_word(std::string_view sql) {
  std::string_view text = trim(sql);
  return lower(text.substr(0, text.find_first_of(" \t\r\n;(")));
}

std::string sqlite_code_name(int code) {
  switch (code) {
#define TIDEMARK_CODE(name) \
  case name:                \
    return #name;
    // clang-format off
    TIDEMARK_CODE(SQLITE_ERROR)
    TIDEMARK_CODE(SQLITE_INTERNAL)
    TIDEMARK_CODE(SQLITE_PERM)
    TIDEMARK_CODE(SQLITE_ABORT)
    TIDEMARK_CODE(SQLITE_BUSY)
    TIDEMARK_CODE(SQLITE_LOCKED)
    TIDEMARK_CODE(SQLITE_NOMEM)
    TIDEMARK_CODE(SQLITE_READONLY)
    TIDEMARK_CODE(SQLITE_INTERRUPT)
    TIDEMARK_CODE(SQLITE_IOERR)
    TIDEMARK_CODE(SQLITE_CORRUPT)
    TIDEMARK_CODE(SQLITE_FULL)
    TIDEMARK_CODE(SQLITE_CANTOPEN)
    TIDEMARK_CODE(SQLITE_SCHEMA)
    TIDEMARK_CODE(SQLITE_TOOBIG)
    TIDEMARK_CODE(SQLITE_CONSTRAINT)
    TIDEMARK_CODE(SQLITE_MISMATCH)
    TIDEMARK_CODE(SQLITE_AUTH)
    TIDEMARK_CODE(SQLITE_NOTADB)
    TIDEMARK_CODE(SQLITE_CONSTRAINT_CHECK)
    TIDEMARK_CODE(SQLITE_CONSTRAINT_FOREIGNKEY)
    TIDEMARK_CODE(SQLITE_CONSTRAINT_NOTNULL)
    TIDEMARK_CODE(SQLITE_CONSTRAINT_PRIMARYKEY)
    TIDEMARK_CODE(SQLITE_CONSTRAINT_TRIGGER)
    TIDEMARK_CODE(SQLITE_CONSTRAINT_UNIQUE)
    TIDEMARK_CODE(SQLITE_CONSTRAINT_ROWID)
    TIDEMARK_CODE(SQLITE_CONSTRAINT_DATATYPE)
    TIDEMARK_CODE(SQLITE_BUSY_RECOVERY)
    TIDEMARK_CODE(SQLITE_BUSY_SNAPSHOT)
    TIDEMARK_CODE(SQLITE_BUSY_TIMEOUT)
    TIDEMARK_CODE(SQLITE_LOCKED_SHAREDCACHE)
    TIDEMARK_CODE(SQLITE_READONLY_DBMOVED)
    TIDEMARK_CODE(SQLITE_READONLY_DIRECTORY)
    TIDEMARK_CODE(SQLITE_IOERR_WRITE)
    TIDEMARK_CODE(SQLITE_IOERR_FSYNC)
    TIDEMARK_CODE(SQLITE_IOERR_READ)
#undef TIDEMARK_CODE
    default:
      return fmt::format("SQLITE_{}", code);
      // clang-format on
  }
}

std::unique_ptr<Connection> open_sqlite(const DatabaseUrl& url, SqliteUse use, bool patient) {
  bool create = use == SqliteUse::create;
  // Nobody reads the statistics of its memory, and each allocation would lock for them.
  static const int once = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  static_cast<void>(once);
  sqlite3* database = nullptr;
  bool reads = use == SqliteUse::look || use == SqliteUse::read;
  int flags = reads ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  flags |= SQLITE_OPEN_NOMUTEX | (create ? SQLITE_OPEN_CREATE : 0);
  int code = sqlite3_open_v2(url.path.c_str(), &database, flags, nullptr);
  if (code == SQLITE_OK) {
    auto connection = std::make_unique<SqliteConnection>(database, reads || patient);
    if (use == SqliteUse::look) connection->only_look();
    return connection;
  }
  std::string reason = code == SQLITE_CANTOPEN ? why_not(url.path, create) : sqlite3_errstr(code);
  sqlite3_close_v2(database);
  throw Error(Fault::failed, fmt::format("cannot open the database {}: {}", url.shown, reason))
      .hint("check the URL in the configuration; a relative path starts at the current folder");
}

}  // namespace tidemark
