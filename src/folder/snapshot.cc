#include "folder/snapshot.h"

#include <fmt/format.h>

#include <array>
#include <charconv>

#include "base/text.h"
#include "folder/json_place.h"
#include "folder/snapshot_parts.h"

namespace tidemark {
namespace {

std::string_view dialect_of(Engine engine) {
  return engine == Engine::postgresql ? "postgresql" : "sqlite";
}

SnapshotMeta read_meta(Fields& top) {
  SnapshotMeta meta;
  const json::value* value = top.find("_meta");
  if (!value) top.node().fail("has no \"_meta\"");
  const Node node(*value, top.node(), "_meta");
  Fields fields(node);
  auto pair = [](const Node& member) {
    return std::pair(std::string(member.key()), member.text());
  };
  meta.schemas = fields.map_or_empty("schemas", pair);
  meta.tables = fields.map_or_empty("tables", pair);
  meta.columns = fields.map_or_empty("columns", pair);
  return meta;
}

Snapshot read_top(const json::value& value, Engine engine) {
  const Node node(value);
  Fields top(node);
  Snapshot snapshot;
  snapshot.ids = {top.text_or("id"), top.text_or("prevId")};
  top.ignore("version");
  top.ignore("dialect");
  snapshot.catalog =
      engine == Engine::postgresql ? read_postgres_objects(top) : read_sqlite_objects(top, engine);
  snapshot.meta = read_meta(top);
  top.end();
  return snapshot;
}

Error malformed(const Malformed& mistake, const std::string& file) {
  return Error(Fault::failed,
               fmt::format("{} is malformed: {} {}", file, path_text(mistake), mistake.what))
      .hint("restore the file from version control, or correct it by hand");
}

int number_of(std::string_view version) {
  int number = -1;
  std::from_chars(version.data(), version.data() + version.size(), number);
  return number;
}

SourceRange place_in(std::string_view text, const std::string& file,
                     const std::vector<std::string>& path) {
  return range_at(file, text, place_of(text, path));
}

/// A snapshot of another version or dialect cannot be read, and there is
/// something better to say about it than what is malformed.
void require_current(std::string_view text, Engine engine, const std::string& file) {
  SnapshotHeader header = read_header(text);
  std::string_view expected = snapshot_version(engine);
  if (header.version.empty()) return;  // malformed; the reader says what is missing
  if (header.dialect == "pg" && engine == Engine::postgresql) header.dialect = "postgresql";
  if (!header.dialect.empty() && header.dialect != dialect_of(engine))
    throw Error(Fault::failed, fmt::format("{} is a snapshot of dialect \"{}\", not \"{}\"", file,
                                           header.dialect, dialect_of(engine)))
        .at(place_in(text, file, {"dialect"}))
        .hint("check \"dialect\" and \"out\" in the configuration");
  if (header.version == expected) return;
  bool older = number_of(header.version) < number_of(expected);
  throw Error(Fault::failed, fmt::format("{} is a snapshot of version {}; this needs version {}",
                                         file, header.version, expected))
      .at(place_in(text, file, {"version"}))
      .hint(older ? "run `tidemark up`" : "upgrade tidemark: a newer tool wrote this folder");
}

}  // namespace

std::string_view snapshot_version(Engine engine) {
  return engine == Engine::postgresql ? "7" : "6";
}

SnapshotHeader read_header(std::string_view text) {
  static constexpr std::array<std::string_view, 4> keys = {"id", "prevId", "version", "dialect"};
  std::vector<std::optional<std::string>> found = top_strings(text, keys);
  auto value = [&](std::size_t index) { return found[index].value_or(""); };
  return {.ids = {value(0), value(1)}, .version = value(2), .dialect = value(3)};
}

SnapshotIds read_last_ids(std::string_view text) {
  // A line that is indented once holds a top-level member: JSON has no line ends
  // inside strings.
  auto member = [&](std::string_view key) -> std::string {
    for (std::string_view indent : {"  ", "\t"}) {
      std::string start = fmt::format("\n{}\"{}\": \"", indent, key);
      std::size_t at = text.rfind(start);
      if (at == std::string_view::npos) continue;
      std::string_view rest = text.substr(at + start.size());
      return std::string(rest.substr(0, std::min(rest.find('"'), rest.size())));
    }
    return {};
  };
  return {.id = member("id"), .previous = member("prevId")};
}

Snapshot parse_snapshot(std::string_view text, Engine engine, const std::string& file) {
  require_current(text, engine, file);
  json::monotonic_resource arena(text.size() * 4 + 1024);
  json::value value = parse_json(text, file, &arena);
  try {
    Snapshot snapshot = read_top(value, engine);
    if (snapshot.ids.id.empty()) throw Malformed{{}, "has no \"id\""};
    return snapshot;
  } catch (const Malformed& mistake) {
    throw malformed(mistake, file).at(place_in(text, file, mistake.path));
  }
}

Catalog read_snapshot(const json::value& snapshot, Engine engine, const std::string& file) {
  try {
    return read_top(snapshot, engine).catalog;
  } catch (const Malformed& mistake) {
    throw malformed(mistake, file);
  }
}

std::string write_snapshot(const Catalog& catalog, const SnapshotIds& ids,
                           const SnapshotMeta& meta) {
  JsonWriter out;
  std::string_view version = snapshot_version(catalog.engine);
  out.begin_object();
  if (catalog.engine == Engine::postgresql) {
    out.key("id").string(ids.id).key("prevId").string(ids.previous);
    out.key("version").string(version).key("dialect").string("postgresql");
    write_postgres_objects(out, catalog);
    out.key("_meta").begin_object();
    for (std::string_view kind : {"columns", "schemas", "tables"})
      out.key(kind).begin_object().end_object();
    out.end_object();
  } else {
    out.key("version").string(version).key("dialect").string("sqlite");
    out.key("id").string(ids.id).key("prevId").string(ids.previous);
    write_sqlite_objects(out, catalog, meta);
  }
  out.end_object();
  return out.take();
}

}  // namespace tidemark
