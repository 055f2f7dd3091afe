#include "engine/postgres_backup.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/process.h"
#include "base/text.h"
#include "connect/connect.h"
#include "engine/database.h"
#include "engine/postgres_objects.h"
#include "engine/postgres_tools.h"

namespace tidemark {
namespace {

namespace fs = std::filesystem;

/// Everything that users made, out of the way. `public` itself stays, with its owner and
/// its rights, and so do extensions in it. A lock is not waited for without end: others
/// would queue behind us.
constexpr std::string_view drop_everything_sql = R"sql(
SET LOCAL lock_timeout = '10s';
DO $tidemark$
DECLARE
  one record;
BEGIN
  FOR one IN SELECT n.nspname FROM pg_catalog.pg_namespace n
    WHERE n.nspname NOT IN ('public', 'information_schema') AND n.nspname NOT LIKE 'pg\_%'
      AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
        WHERE d.classid = 'pg_catalog.pg_namespace'::pg_catalog.regclass
          AND d.objid = n.oid AND d.deptype = 'e')
  LOOP
    EXECUTE pg_catalog.format('DROP SCHEMA IF EXISTS %I CASCADE', one.nspname);
  END LOOP;
  FOR one IN SELECT c.relname, CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
      WHEN 'S' THEN 'SEQUENCE' WHEN 'f' THEN 'FOREIGN TABLE' WHEN 'c' THEN 'TYPE' ELSE 'TABLE' END AS word
    FROM pg_catalog.pg_class c
    WHERE c.relnamespace = 'public'::pg_catalog.regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f', 'c')
      AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.objid = c.oid AND d.deptype IN ('e', 'i'))
    ORDER BY c.relkind = 'S'
  LOOP
    EXECUTE pg_catalog.format('DROP %s IF EXISTS public.%I CASCADE', one.word, one.relname);
  END LOOP;
  FOR one IN SELECT p.oid::pg_catalog.regprocedure AS it FROM pg_catalog.pg_proc p
    WHERE p.pronamespace = 'public'::pg_catalog.regnamespace
      AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.objid = p.oid AND d.deptype IN ('e', 'i'))
  LOOP
    IF EXISTS (SELECT FROM pg_catalog.pg_proc p WHERE p.oid = one.it) THEN
      EXECUTE pg_catalog.format('DROP ROUTINE %s CASCADE', one.it);
    END IF;
  END LOOP;
  FOR one IN SELECT t.typname FROM pg_catalog.pg_type t
    WHERE t.typnamespace = 'public'::pg_catalog.regnamespace AND t.typtype IN ('e', 'd', 'r')
      AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.objid = t.oid AND d.deptype = 'e')
  LOOP
    EXECUTE pg_catalog.format('DROP TYPE IF EXISTS public.%I CASCADE', one.typname);
  END LOOP;
END
$tidemark$;
)sql";

int server_version(Connection& database) {
  return std::stoi(database.query("SHOW server_version_num").rows[0][0].value_or("0")) / 10000;
}

std::uint64_t count_tables(Connection& database) {
  Rows rows = database.query(
      fmt::format("SELECT pg_catalog.count(*) FROM pg_catalog.pg_class o WHERE o.relkind = 'r' AND "
                  "o.relnamespace IN ({}) AND {}",
                  users_schemas, not_of_an_extension));
  return std::stoull(rows.rows[0][0].value_or("0"));
}

/// Keeps the last words of a program for the error, and tells how far it is.
class Watch {
 public:
  Watch(const CopySink& progress, std::uint64_t of) : progress_(progress), of_(of) {}

  void line(const std::string& line) {
    if (auto at = line.find("dumping contents of table "); at != line.npos)
      return tell(line.substr(at + 26));
    if (auto at = line.find("processing data for table "); at != line.npos)
      return tell(line.substr(at + 26));
    bool error = line.find("error:") != line.npos || line.find("ERROR:") != line.npos;
    bool more = !words_.empty() && (line.find("detail:") != line.npos ||
                                    line.find("DETAIL:") != line.npos || line.starts_with("HINT"));
    if (!error && !more) return;
    if (words_.size() < 1500) words_ += (words_.empty() ? "" : "\n  ") + line;
  }

  /// Throws Error(Fault::failed) unless the program ended well.
  void require(const ProgramResult& result, std::string_view what, std::string_view hint) const {
    if (result.code == 0) return;
    throw Error(Fault::failed,
                fmt::format("{}: {}", what,
                            words_.empty() ? fmt::format("exit code {}", result.code) : words_))
        .hint(std::string(hint));
  }

 private:
  void tell(std::string table) {
    std::erase(table, '"');
    if (progress_) progress_({std::move(table), ++done_, of_});
  }
  const CopySink& progress_;
  std::uint64_t done_ = 0, of_;
  std::string words_;
};

/// The server the programs must fit, and how much there is.
struct Look {
  PostgresTools tools;
  std::uint64_t tables = 0;
};

Look look_at(const DatabaseUrl& url) {
  return on_database([&] {
    std::unique_ptr<Connection> database = connect(url);
    return Look{find_postgres_tools(server_version(*database)), count_tables(*database)};
  });
}

/// Reads every byte of the archive, and sends it nowhere.
void verify(const PostgresTools& tools, const fs::path& file) {
  Watch watch({}, 0);
  ProgramResult result =
      run_program({tools.program("pg_restore"), {"--file=/dev/null", file.string()}},
                  [&](const std::string& line) { watch.line(line); });
  watch.require(
      result, fmt::format("{} cannot be read back", file.string()),
      "nothing was changed; is it a file of `tidemark backup` or `pg_dump -Fc`, and whole?");
}

}  // namespace

std::string database_name(const DatabaseUrl& url) {
  for (const char* key : {"dbname", "user"})
    for (const auto& [name, value] : url.settings)
      if (name == key && !value.empty()) return value;
  return "postgres";
}

std::string back_up_postgres(const DatabaseUrl& url, const fs::path& file, const CopySink& progress,
                             DumpedPart part) {
  Look look = look_at(url);
  Watch watch(progress, look.tables);
  std::vector<std::string> arguments = {"--format=custom", "--verbose", "--no-password",
                                        "--lock-wait-timeout=60000", "--file=" + file.string()};
  if (part == DumpedPart::schema) arguments.emplace_back("--schema-only");
  ProgramResult result =
      run_program({look.tools.program("pg_dump"), arguments, libpq_environment(url)},
                  [&](const std::string& line) { watch.line(line); });
  watch.require(result, fmt::format("pg_dump of {} failed", url.shown),
                "no backup was written; the database is as it was");
  verify(look.tools, file);
  return fmt::format("pg_dump {}: others went on meanwhile", look.tools.version);
}

bool postgres_is_empty(const DatabaseUrl& url) {
  std::unique_ptr<Connection> database = connect(url);
  return database
      ->query(fmt::format(
          "SELECT FROM pg_catalog.pg_class o WHERE o.relnamespace IN ({0}) AND {1} UNION ALL "
          "SELECT FROM pg_catalog.pg_proc o WHERE o.pronamespace IN ({0}) AND {1} UNION ALL "
          "SELECT FROM pg_catalog.pg_type o WHERE o.typnamespace IN ({0}) AND {1} LIMIT 1",
          users_schemas, not_of_an_extension))
      .rows.empty();
}

void restore_postgres(const DatabaseUrl& url, const RestoreRequest& request,
                      const CopySink& progress) {
  Look look = look_at(url);
  verify(look.tools, request.file);
  std::vector<std::string> arguments = {"--verbose", "--file=-"};
  if (!request.section.empty()) arguments.push_back("--section=" + request.section);
  if (request.no_owner) arguments.insert(arguments.end(), {"--no-owner", "--no-privileges"});
  arguments.push_back(request.file.string());
  ProgramCall psql{
      look.tools.program("psql"),
      {"--no-psqlrc", "--quiet", "--no-password", "--set=ON_ERROR_STOP=1", "--output=/dev/null"},
      libpq_environment(url)};
  Watch watch(progress, 0);
  PipedText text{.before = "BEGIN;\n", .after = "\n;COMMIT;\n"};
  if (request.force) text.before += drop_everything_sql;
  ProgramResult result = run_piped({look.tools.program("pg_restore"), arguments}, psql, text,
                                   [&](const std::string& line) { watch.line(line); });
  watch.require(result,
                fmt::format("{} cannot be restored into {}", request.file.string(), url.shown),
                "everything was rolled back; the database is as it was. Where a role of the backup "
                "does not exist here, `--no-owner` leaves owners and rights out.");
}

}  // namespace tidemark
