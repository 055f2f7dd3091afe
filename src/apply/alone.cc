#include "apply/alone.h"

#include <algorithm>
#include <array>

#include "apply/sql_lexer.h"
#include "apply/token_reader.h"
#include "base/text.h"
#include "dialect/sql_writer.h"

namespace tidemark {
namespace {

/// A statement about indexes, run concurrently with others.
struct IndexStatement {
  enum class Kind : std::uint8_t { none, creates, drops, renews };
  Kind kind = Kind::none;
  Path index = {}, table = {};  // empty where the statement does not name it
  bool unique = false;
  std::string keys = {};  // quoted names of columns; nothing stands for an expression
};

/// One key for each item up to the closing parenthesis.
std::string keys_of(TokenReader& reader) {
  std::vector<std::string> keys;
  while (!reader.done() && !reader.take(')')) {
    std::span<const Token> item = reader.rest();
    bool column = item[0].kind == Token::Kind::word || item[0].kind == Token::Kind::name;
    column = column && item.size() > 1 && !item[1].is('(') && !item[1].is('.');
    keys.push_back(column ? standard_sql(reader.name()) : "");
    for (int depth = 0; !reader.done(); reader.next()) {
      const Token& token = reader.rest()[0];
      if (depth == 0 && (token.is(',') || token.is(')'))) break;
      depth += token.is('(') ? 1 : token.is(')') ? -1 : 0;
    }
    reader.take(',');
  }
  return join(keys, ",");
}

/// CREATE [UNIQUE] INDEX CONCURRENTLY [[IF NOT EXISTS] name] ON [ONLY] table [USING way] (…)
IndexStatement read_create(TokenReader reader) {
  IndexStatement out{.kind = IndexStatement::Kind::creates, .unique = reader.take("unique")};
  if (!reader.take("index") || !reader.take("concurrently")) return {};
  reader.skip({"if", "not", "exists"});
  if (!reader.at("on")) out.index = reader.path();
  reader.skip({"on", "only"});
  out.table = reader.path();
  if (!out.index.name.empty()) out.index.schema = out.table.schema;
  if (reader.take("using")) reader.next();
  if (reader.take('(')) out.keys = keys_of(reader);
  return out;
}

/// DROP INDEX CONCURRENTLY [IF EXISTS] name
IndexStatement read_drop(TokenReader reader) {
  if (!reader.take("index") || !reader.take("concurrently")) return {};
  reader.skip({"if", "exists"});
  return {.kind = IndexStatement::Kind::drops, .index = reader.path()};
}

/// REINDEX [(…)] INDEX | TABLE | SCHEMA | DATABASE | SYSTEM [CONCURRENTLY] name
IndexStatement read_renewal(TokenReader reader) {
  IndexStatement out{.kind = IndexStatement::Kind::renews};
  if (reader.take('(')) keys_of(reader);
  bool index = reader.take("index"), table = reader.take("table");
  if (!index && !table) return out;
  reader.take("concurrently");
  (index ? out.index : out.table) = reader.path();
  return out;
}

IndexStatement read_statement(const MigrationStatement& statement) {
  std::vector<Token> tokens = tokenize(statement.sql, Engine::postgresql);
  TokenReader reader(tokens, Engine::postgresql);
  if (reader.take("create")) return read_create(reader);
  if (reader.take("drop")) return read_drop(reader);
  if (reader.take("reindex") && waits_harmlessly(statement)) return read_renewal(reader);
  return {};
}

Value text_of(const Path& path) {
  return path.name.empty() ? std::nullopt : Value(standard_sql(path));
}

/// `$1` is the index and `$2` the table. An invalid one of the name that is to be made is
/// what an earlier try left.
constexpr const char* before_creation =
    "SELECT json_build_object('copies', false, 'tables', json_build_array(to_regclass($2)::oid::"
    "bigint), 'indexes', (SELECT coalesce(json_agg(indexrelid::bigint), '[]') FROM "
    "pg_catalog.pg_index WHERE indrelid = to_regclass($2) AND (indisvalid OR indexrelid IS "
    "DISTINCT FROM to_regclass($1)::oid)))";

constexpr const char* before_drop =
    "SELECT json_build_object('copies', false, 'tables', '[]'::json, 'indexes', (SELECT "
    "coalesce(json_agg(indexrelid::bigint), '[]') FROM pg_catalog.pg_index WHERE indexrelid = "
    "to_regclass($1) OR indexrelid = to_regclass($2)))";

/// Neither name: any table.
constexpr const char* before_renewal =
    "WITH named AS (SELECT to_regclass($2)::oid AS it UNION SELECT indrelid FROM "
    "pg_catalog.pg_index WHERE indexrelid = to_regclass($1)), tables AS (SELECT it FROM named "
    "WHERE it IS NOT NULL UNION SELECT relid::oid FROM named, pg_partition_tree(it::regclass)) "
    "SELECT json_build_object('copies', true, 'tables', (SELECT json_agg(it::bigint) FROM tables), "
    "'indexes', (SELECT coalesce(json_agg(indexrelid::bigint), '[]') FROM pg_catalog.pg_index "
    "WHERE NOT indisvalid))";

/// REINDEX calls its copies so. Whoever builds an index holds such a lock on its table; the
/// server's own cleaning does too.
constexpr const char* left_behind =
    "SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname) FROM (SELECT $1::jsonb AS it) "
    "AS before, pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid JOIN "
    "pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE NOT i.indisvalid AND c.relkind = "
    "'i' AND n.nspname <> 'pg_toast' AND (it->'tables' = 'null' OR it->'tables' @> "
    "to_jsonb(i.indrelid::bigint)) AND NOT it->'indexes' @> to_jsonb(i.indexrelid::bigint) AND "
    "(it->'copies' = 'false' OR c.relname ~ '_cc(new|old)[0-9]*$') AND NOT EXISTS (SELECT FROM "
    "pg_catalog.pg_locks l JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid WHERE l.relation = "
    "i.indrelid AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = "
    "current_database()) AND l.pid <> pg_backend_pid() AND l.granted AND l.mode = "
    "'ShareUpdateExclusiveLock' AND a.backend_type IS DISTINCT FROM 'autovacuum worker')";

constexpr const char* made_since =
    "SELECT 1 FROM (SELECT $1::jsonb AS it) AS before, pg_catalog.pg_index i WHERE i.indisvalid "
    "AND i.indrelid = to_regclass($2) AND NOT it->'indexes' @> to_jsonb(i.indexrelid::bigint) AND "
    "i.indexrelid = coalesce(to_regclass($3)::oid, CASE WHEN $3 IS NULL THEN i.indexrelid END) "
    "AND i.indisunique = $4::boolean AND $5 = (SELECT string_agg(coalesce('\"' || "
    "replace(a.attname, '\"', '\"\"') || '\"', ''), ',' ORDER BY k.n) FROM "
    "unnest(i.indkey::int2[]) WITH ORDINALITY AS k(attribute, n) LEFT JOIN "
    "pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attribute WHERE k.n <= "
    "i.indnkeyatts)";

constexpr const char* gone_since =
    "SELECT 1 WHERE $1::jsonb->'indexes' <> '[]' AND to_regclass($2) IS NULL";

const char* look_for(IndexStatement::Kind kind) {
  if (kind == IndexStatement::Kind::creates) return before_creation;
  return kind == IndexStatement::Kind::drops ? before_drop : before_renewal;
}

/// Whether it came, or went, since then.
bool is_as_wanted(Connection& database, const IndexStatement& it, const std::string& before) {
  std::vector<Value> values{before};
  if (it.kind == IndexStatement::Kind::drops) {
    values.push_back(text_of(it.index));
    return !database.query(gone_since, values).rows.empty();
  }
  if (it.kind != IndexStatement::Kind::creates) return false;
  values.insert(values.end(),
                {text_of(it.table), text_of(it.index), it.unique ? "true" : "false", it.keys});
  return !database.query(made_since, values).rows.empty();
}

}  // namespace

std::string indexes_before(Connection& database, const MigrationStatement& statement) {
  if (database.engine() != Engine::postgresql) return {};
  IndexStatement it = read_statement(statement);
  if (it.kind == IndexStatement::Kind::none) return {};
  std::array<Value, 2> names{text_of(it.index), text_of(it.table)};
  return database.query(look_for(it.kind), names).rows.at(0).at(0).value_or("");
}

bool took_effect(Connection& database, const MigrationStatement& statement,
                 const std::string& before) {
  return !before.empty() && is_as_wanted(database, read_statement(statement), before);
}

bool is_done(Connection& database, const MigrationStatement& statement) {
  if (database.engine() != Engine::postgresql) return false;
  IndexStatement it = read_statement(statement);
  bool named = !it.index.name.empty();
  return named && is_as_wanted(database, it, R"({"indexes": [0]})");
}

void clear_away(Connection& database, const std::string& before) {
  if (before.empty()) return;
  std::array<Value, 1> values{before};
  for (const std::vector<Value>& row : database.query(left_behind, values).rows)
    database.execute("DROP INDEX CONCURRENTLY IF EXISTS " + row.at(0).value_or(""));
}

bool waits_harmlessly(const MigrationStatement& statement) {
  std::vector<Token> tokens = tokenize(statement.sql, Engine::postgresql);
  return std::ranges::any_of(tokens, [](const Token& token) { return token.is("concurrently"); });
}

}  // namespace tidemark
