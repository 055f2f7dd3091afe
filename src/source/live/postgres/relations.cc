// Tables and views. Partitions belong to their table and extensions' own to them.
#include <algorithm>
#include <cctype>

#include "base/text.h"
#include "source/live/postgres/reading.h"

namespace tidemark::postgres_live {
namespace {

constexpr std::string_view query = R"(
SELECT c.oid, n.nspname, c.relname, c.relkind, c.relrowsecurity, c.relpersistence,
  pg_get_viewdef(c.oid), array_to_json(c.reloptions), am.amname, ts.spcname, c.relispopulated,
  pg_get_partkeydef(c.oid), (SELECT json_agg(i.inhparent::regclass::text) FROM pg_inherits i
    WHERE i.inhrelid = c.oid)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_am am ON am.oid = c.relam AND c.relkind = 'm' AND am.amname <> 'heap'
  LEFT JOIN pg_tablespace ts ON ts.oid = c.reltablespace AND c.relkind = 'm'
WHERE c.relkind IN ('r', 'p', 'v', 'm') AND NOT c.relispartition AND n.nspname = ANY ($1::text[])
  AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass
    AND d.objid = c.oid AND d.deptype = 'e')
ORDER BY n.nspname, c.relname)";

bool is_ours(const LiveScope& scope, const Path& path) {
  return path.name.text().starts_with("__tidemark_") ||
         std::ranges::find(scope.bookkeeping, path) != scope.bookkeeping.end();
}

/// `security_barrier` → `securityBarrier`, as snapshots name options.
std::string camel_case(std::string_view name) {
  std::string out;
  for (std::size_t i = 0; i < name.size(); ++i) {
    bool hump = name[i] == '_' && i + 1 < name.size();
    out += hump ? static_cast<char>(std::toupper(static_cast<unsigned char>(name[++i]))) : name[i];
  }
  return out;
}

/// `key=value` as the options of a view.
std::vector<StorageOption> options_of(const std::vector<std::string>& texts) {
  std::vector<StorageOption> out;
  for (const std::string& text : texts) {
    std::size_t equals = text.find('=');
    std::string value = text.substr(equals + 1);
    bool quoted = value != "true" && value != "false" &&
                  value.find_first_not_of("0123456789.") != std::string::npos;
    out.push_back({camel_case(text.substr(0, equals)), {value, quoted}});
  }
  return out;
}

/// Without the semicolon, and without the line ends that the server puts between words.
std::string on_one_line(std::string_view definition) {
  std::string out;
  char quote = 0;  // that of the constant or the name around the character
  bool space = false;
  for (char c : trim(definition)) {
    if (quote == 0 && (c == ' ' || c == '\n')) {
      space = true;
      continue;
    }
    if (space) out += ' ';
    space = false;
    if (quote == 0 && (c == '\'' || c == '"'))
      quote = c;
    else if (c == quote)
      quote = 0;
    out += c;
  }
  if (out.ends_with(';')) out.pop_back();
  return out;
}

void read_view(Reading& reading, const Fields& row, const Path& path) {
  View view{.path = path, .definition = on_one_line(row.text(6))};
  view.materialized = row.text(3) == "m";
  if (auto options = options_of(row.texts(7)); !options.empty()) view.with = std::move(options);
  if (view.materialized && !row.flag(10)) view.with_no_data = true;
  view.access_method = row.text(8);
  view.tablespace = row.text(9);
  reading.views[row.text(0)] = reading.live.catalog.views.size();
  reading.live.catalog.views.push_back(std::move(view));
}

void read(Reading& reading, const Fields& row) {
  std::string oid = row.text(0), kind = row.text(3);
  Path path{row.name(1), row.name(2)};
  if (is_ours(reading.scope, path) || !reading.scope.has_table(path.name)) return;
  reading.relations[oid] = path;
  if (kind == "v" || kind == "m") return read_view(reading, row, path);
  reading.tables[oid] = reading.live.catalog.tables.size();
  reading.live.catalog.tables.push_back({.path = path, .columns = {}});
  reading.live.catalog.tables.back().row_level_security = row.flag(4);
  if (row.text(5) == "u") reading.beyond(oid, {}, "unlogged", "UNLOGGED");
  if (row.has(11)) reading.beyond(oid, {}, "partitioned", "PARTITION BY " + row.text(11));
  for (const std::string& parent : row.texts(12)) reading.beyond(oid, {}, "inherits", parent);
  for (const std::string& option : row.texts(7)) reading.beyond(oid, {}, "with", option);
}

}  // namespace

Reader relations() { return {query, read}; }

}  // namespace tidemark::postgres_live
