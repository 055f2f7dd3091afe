// PostgreSQL through libpq. Everything is sent without blocking, in the extended
// protocol: the one that pipelines, takes parameters, and can be cancelled while
// it waits. Errors become DatabaseError in one place, `translate`. The library is
// loaded on first use: with what it pulls in (TLS, Kerberos, LDAP) it costs more
// than the whole program's start.
#include "connect/libpq.h"

#include <fmt/format.h>
#include <libpq-fe.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <new>
#include <unordered_map>

#include "base/delay_load.h"
#include "base/interruption.h"
#include "base/text.h"
#include "connect/libpq_result.h"
#include "connect/result_reader.h"
#include "connect/row_writer.h"
#include "tidemark/error.h"

extern "C" tidemark::DelayedLibrary tidemark_delayed_pq;

namespace tidemark {
namespace {

using namespace libpq;

constexpr int poll_ms = 100;  // how soon an interruption is noticed

/// Appends a row in the text format of COPY.
void append_copied(std::string& out, const std::vector<Value>& row) {
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (i > 0) out += '\t';
    if (!row[i]) {
      out += "\\N";
      continue;
    }
    for (char c : *row[i]) {
      if (c == '\\' || c == '\n' || c == '\r' || c == '\t') out += '\\';
      out += c == '\n' ? 'n' : c == '\r' ? 'r' : c == '\t' ? 't' : c;
    }
  }
  out += '\n';
}

class LibpqConnection final : public PostgresSession, public ResultReader, public RowWriter {
 public:
  explicit LibpqConnection(PGconn* connection) : connection_(connection) {
    PQsetNoticeReceiver(connection_, &LibpqConnection::keep_notice, this);
    PQsetnonblocking(connection_, 1);
  }
  ~LibpqConnection() override { PQfinish(connection_); }
  LibpqConnection(const LibpqConnection&) = delete;
  LibpqConnection& operator=(const LibpqConnection&) = delete;

  Engine engine() const override { return Engine::postgresql; }

  Rows query(std::string_view sql, std::span<const Value> parameters) override {
    return query_typed(std::string(sql), parameters, {});
  }

  Rows query_typed(const std::string& text, std::span<const Value> parameters,
                   std::span<const std::uint32_t> types) override {
    send(text, parameters, types);
    Rows rows;
    std::optional<DatabaseError> error;
    while (Result result = next_result()) {
      if (failed(result.get()))
        error = translate(result.get(), text);
      else
        rows = rows_of(result.get());
    }
    if (error) throw std::move(*error);
    return rows;
  }

  ResultEnd read(std::string_view sql, std::span<const Value> parameters,
                 const ResultSink& sink) override {
    std::string text(sql);
    send(text, parameters);
    PQsetSingleRowMode(connection_);
    ResultEnd end;
    std::optional<DatabaseError> error;
    bool stopped = false;
    while (Result result = next_result()) {
      ExecStatusType status = PQresultStatus(result.get());
      if (status == PGRES_COPY_IN || status == PGRES_COPY_OUT || status == PGRES_COPY_BOTH)
        refuse_copy();
      if (status != PGRES_SINGLE_TUPLE && failed(result.get())) {
        error = translate(result.get(), text);
        continue;
      }
      if (!end.returns_rows && PQnfields(result.get()) > 0) {
        end.returns_rows = true;
        if (sink.head) sink.head(head_of(result.get()));
      }
      bool wanted = status == PGRES_SINGLE_TUPLE && !stopped && sink.row;
      if (wanted && !sink.row(row_of(result.get()))) {
        stopped = true;  // what is on its way already is read past
        cancel();        // once: each is a connection of its own
      }
      std::string_view count(PQcmdTuples(result.get()));
      if (!count.empty()) end.affected = std::stoull(std::string(count));
    }
    if (error && !(stopped && error->code == "57014")) throw std::move(*error);
    return end;
  }

  void cancel() override {
    std::array<char, 256> reason{};
    PGcancel* cancel = PQgetCancel(connection_);
    PQcancel(cancel, reason.data(), static_cast<int>(reason.size()));
    PQfreeCancel(cancel);
  }

  std::vector<Rows> query_all(std::span<const Command> queries) override {
    std::vector<Rows> out(queries.size());
    if (queries.size() == 1)
      out[0] = query(queries[0].sql, queries[0].parameters);
    else
      run_pipeline(queries, {}, &out);
    return out;
  }

  void run(std::span<const Command> commands, const Progress& done) override {
    if (commands.size() == 1) {
      query(commands[0].sql, commands[0].parameters);  // some refuse to run in a pipeline
      if (done) done(0);
    } else {
      run_pipeline(commands, done);
    }
    if (std::ranges::any_of(commands, forgets_prepared)) prepared_.clear();
  }

  /// A pooler tells its clients another process id than the server's.
  bool pooled() override {
    if (!pooled_) {
      std::string pid = query("SELECT pg_catalog.pg_backend_pid()", {}).rows[0][0].value_or("");
      pooled_ = pid != std::to_string(PQbackendPID(connection_));
    }
    return *pooled_;
  }

  std::unique_ptr<RowStream> write_rows(const std::string& sql) override {
    if (!PQsendQuery(connection_, sql.c_str())) raise_lost();
    Result result = next_result();
    if (result && PQresultStatus(result.get()) == PGRES_COPY_IN)
      return std::make_unique<Copy>(*this, sql);
    DatabaseError error = translate(result.get(), sql);
    while (next_result()) continue;
    throw error;
  }

  std::vector<std::string> take_notices() override { return std::exchange(notices_, {}); }

  std::vector<Rows> query_text(const std::string& sql) override {
    if (!PQsendQuery(connection_, sql.c_str())) raise_lost();
    return all_results(sql);
  }

  std::vector<std::uint32_t> parameter_types(const std::string& sql,
                                             std::vector<std::uint32_t> given) override {
    if (!PQsendPrepare(connection_, "", sql.c_str(), static_cast<int>(given.size()), given.data()))
      raise_lost();
    all_results(sql);
    if (!PQsendDescribePrepared(connection_, "")) raise_lost();
    std::vector<std::uint32_t> types;
    while (Result result = next_result())
      for (int i = 0; i < PQnparams(result.get()); ++i)
        types.push_back(PQparamtype(result.get(), i));
    return types;
  }

 private:
  /// Rows are sent as they come, so the server takes them in while the next are made.
  class Copy final : public RowStream {
   public:
    Copy(LibpqConnection& connection, std::string sql)
        : connection_(connection), sql_(std::move(sql)) {}
    ~Copy() override {
      if (open_ && PQputCopyEnd(connection_.connection_, "not finished") > 0)
        connection_.forget_results();
    }
    Copy(const Copy&) = delete;
    Copy& operator=(const Copy&) = delete;

    void write(std::span<const std::vector<Value>> rows) override {
      for (const std::vector<Value>& row : rows) {
        append_copied(waiting_, row);
        if (waiting_.size() >= most_waiting) send();
      }
    }

    void finish() override {
      send();
      open_ = false;
      if (PQputCopyEnd(connection_.connection_, nullptr) < 0) connection_.raise_lost();
      connection_.all_results(sql_);
    }

   private:
    static constexpr std::size_t most_waiting = 64 << 10;
    static constexpr std::size_t largest_piece = 1 << 20;  // of one large value

    void send() {
      for (std::string_view rest = waiting_; !rest.empty();) {
        std::string_view piece = rest.substr(0, largest_piece);
        int taken =
            PQputCopyData(connection_.connection_, piece.data(), static_cast<int>(piece.size()));
        if (taken < 0) fail();
        if (taken == 0) throw std::bad_alloc();  // flushed before, so there is no room at all
        connection_.flush();
        rest.remove_prefix(piece.size());
      }
      waiting_.clear();
    }

    /// The server has ended the statement early, and says why.
    [[noreturn]] void fail() {
      open_ = false;
      connection_.all_results(sql_);
      connection_.raise_lost();
    }

    LibpqConnection& connection_;
    std::string sql_, waiting_;
    bool open_ = true;
  };

  /// In a destructor, where what went wrong is known already or of no interest.
  void forget_results() {
    try {
      while (next_result()) continue;
    } catch (const DatabaseError&) {
      return;
    }
  }

  /// The rows of every statement of one text.
  std::vector<Rows> all_results(const std::string& sql) {
    std::vector<Rows> out;
    std::optional<DatabaseError> error;
    while (Result result = next_result()) {
      if (failed(result.get()))
        error = translate(result.get(), sql);
      else
        out.push_back(rows_of(result.get()));
    }
    if (error) throw std::move(*error);
    return out;
  }

  static void keep_notice(void* self, const PGresult* result) {
    static_cast<LibpqConnection*>(self)->notices_.push_back(field(result, PG_DIAG_SEVERITY) + ": " +
                                                            field(result, PG_DIAG_MESSAGE_PRIMARY));
  }

  /// `rows`, where given, takes the rows of each command.
  void run_pipeline(std::span<const Command> commands, const Progress& done,
                    std::vector<Rows>* rows = nullptr) {
    bool keep = !pooled();
    if (!PQenterPipelineMode(connection_)) raise_lost();
    std::vector<std::size_t> owners;  // of the results to come
    for (std::size_t i = 0; i < commands.size(); ++i) {
      const Command& command = commands[i];
      if (keep && !command.parameters.empty()) {
        if (send_prepared(command)) owners.push_back(preparation);
      } else {
        send(command.sql, command.parameters);
      }
      owners.push_back(i);
      // Otherwise the server keeps its answers until the end of the batch.
      bool last = i + 1 == commands.size();
      if (command.timed && !last && !PQsendFlushRequest(connection_)) raise_lost();
    }
    if (!PQpipelineSync(connection_)) raise_lost();
    std::optional<DatabaseError> error = read_pipeline(commands, owners, done, rows);
    PQexitPipelineMode(connection_);
    if (!error) return;
    prepared_.clear();  // what came after the error was never prepared
    throw std::move(*error);
  }

  static bool forgets_prepared(const Command& command) {
    std::string start = lower(std::string_view(command.sql).substr(0, 10));
    return start.starts_with("discard") || start.starts_with("deallocate");
  }

  static std::vector<const char*> values_of(std::span<const Value> parameters) {
    std::vector<const char*> values;
    values.reserve(parameters.size());
    for (const Value& value : parameters) {
      // libpq would send what stands before it.
      if (value && value->find('\0') != std::string::npos)
        throw DatabaseError("invalid byte sequence for encoding \"UTF8\": 0x00", "22021");
      values.push_back(value ? value->c_str() : nullptr);
    }
    return values;
  }

  void send(const std::string& sql, std::span<const Value> parameters,
            std::span<const std::uint32_t> types = {}) {
    std::vector<const char*> values = values_of(parameters);
    if (!PQsendQueryParams(connection_, sql.c_str(), static_cast<int>(values.size()),
                           types.size() == values.size() ? types.data() : nullptr, values.data(),
                           nullptr, nullptr, 0))
      raise_lost();
  }

  /// Returns whether it had to be prepared first.
  bool send_prepared(const Command& command) {
    auto [kept, fresh] = prepared_.try_emplace(command.sql);
    if (fresh) {
      kept->second = fmt::format("tidemark_{}", ++prepared_count_);
      if (!PQsendPrepare(connection_, kept->second.c_str(), command.sql.c_str(), 0, nullptr))
        raise_lost();
    }
    std::vector<const char*> values = values_of(command.parameters);
    if (!PQsendQueryPrepared(connection_, kept->second.c_str(), static_cast<int>(values.size()),
                             values.data(), nullptr, nullptr, 0))
      raise_lost();
    return fresh;
  }

  /// The results of a pipeline up to its end. After an error the rest was skipped
  /// by the server and is skipped here.
  std::optional<DatabaseError> read_pipeline(std::span<const Command> commands,
                                             std::span<const std::size_t> owners,
                                             const Progress& done, std::vector<Rows>* rows) {
    std::optional<DatabaseError> error;
    for (std::size_t slot = 0;;) {
      Result result = next_result();
      if (!result) {  // the end of one statement's results
        ++slot;
        continue;
      }
      ExecStatusType status = PQresultStatus(result.get());
      if (status == PGRES_PIPELINE_SYNC) return error;
      if (status == PGRES_PIPELINE_ABORTED || (error && !error->connection_lost)) continue;
      std::size_t index = owners[std::min(slot, owners.size() - 1)];
      if (failed(result.get())) {
        if (index == preparation) index = owners[slot + 1];
        error = translate(result.get(), commands[index].sql);
        error->index = index;
        if (error->connection_lost) return error;
      } else if (index != preparation) {
        if (rows) (*rows)[index] = rows_of(result.get());
        if (done) done(index);
      }
    }
  }

  /// Sends all that waits to be sent.
  void flush() {
    while (int unsent = PQflush(connection_)) {
      if (unsent < 0) raise_lost();
      wait(true);
      if (!PQconsumeInput(connection_)) raise_lost();
    }
  }

  /// Sends what waits to be sent and takes in what comes, until there is a result
  /// or the end of one statement's results (null).
  Result next_result() {
    for (;;) {
      int unsent = PQflush(connection_);
      if (unsent < 0) raise_lost();
      if (!PQisBusy(connection_)) return Result(PQgetResult(connection_));
      wait(unsent > 0);
      if (!PQconsumeInput(connection_)) raise_lost();
    }
  }

  void wait(bool to_send) {
    pollfd socket{.fd = PQsocket(connection_),
                  .events = static_cast<short>(to_send ? POLLIN | POLLOUT : POLLIN)};
    while (::poll(&socket, 1, poll_ms) <= 0) cancel_if_interrupted();
    cancel_if_interrupted();
  }

  void cancel_if_interrupted() {
    if (!interrupted() || cancelled_) return;
    cancelled_ = true;  // once: the rollback that follows must be able to run
    cancel();
  }

  /// The protocol is then in the middle of data that nobody sends or takes.
  [[noreturn]] void refuse_copy() {
    PQreset(connection_);
    PQsetnonblocking(connection_, 1);
    throw DatabaseError("COPY to or from the client is not possible here", "0A000");
  }

  DatabaseError translate(const PGresult* result, std::string_view sql) const {
    DatabaseError error = error_of(result, sql);
    error.connection_lost = PQstatus(connection_) == CONNECTION_BAD;
    return error;
  }

  [[noreturn]] void raise_lost() const {
    DatabaseError error(std::string(trim(PQerrorMessage(connection_))), "08006");
    error.connection_lost = true;
    throw error;
  }

  static constexpr std::size_t preparation = static_cast<std::size_t>(-1);

  PGconn* connection_;
  std::unordered_map<std::string, std::string> prepared_;  // SQL to the statement's name
  std::size_t prepared_count_ = 0;
  std::optional<bool> pooled_;
  bool cancelled_ = false;
  std::vector<std::string> notices_;
};

/// What the user did not set and libpq would leave open for ever.
void add_defaults(std::vector<std::pair<std::string, std::string>>& settings) {
  auto give = [&](const char* key, const char* value) {
    if (std::ranges::find(settings, key, [](auto& s) { return s.first; }) == settings.end())
      settings.emplace_back(key, value);
  };
  give("fallback_application_name", "tidemark");
  give("client_encoding", "UTF8");
  give("connect_timeout", "15");
  give("keepalives_idle", "30");
  give("keepalives_interval", "10");
}

}  // namespace

std::unique_ptr<PostgresSession> open_libpq(const DatabaseUrl& url) {
  load(tidemark_delayed_pq);
  auto settings = url.settings;
  add_defaults(settings);
  std::vector<const char*> keys, values;
  for (const auto& [key, value] : settings) {
    keys.push_back(key.c_str());
    values.push_back(value.c_str());
  }
  keys.push_back(nullptr);
  values.push_back(nullptr);
  PGconn* connection = PQconnectdbParams(keys.data(), values.data(), 0);
  if (PQstatus(connection) == CONNECTION_OK) return std::make_unique<LibpqConnection>(connection);
  std::string reason(trim(PQerrorMessage(connection)));
  PQfinish(connection);
  throw Error(Fault::failed, fmt::format("cannot connect to {}: {}", url.shown, reason))
      .hint(
          "check that the server runs and that host, port, user, password and database in the "
          "URL are right");
}

}  // namespace tidemark
