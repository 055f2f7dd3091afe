// Snapshots: the JSON files of a migrations folder that hold the whole schema as
// it is after a migration. Read in any key order; written in the bytes that
// Drizzle Kit writes (version 7 for PostgreSQL, 6 for SQLite and libSQL).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.h"
#include "tidemark/catalog.h"
#include "tidemark/error.h"

namespace tidemark {

/// The first snapshot's predecessor.
inline constexpr std::string_view no_snapshot_id = "00000000-0000-0000-0000-000000000000";

struct SnapshotIds {
  std::string id;
  std::string previous{no_snapshot_id};
  bool operator==(const SnapshotIds&) const = default;
};

/// The renames that led to a snapshot, as SQLite snapshots record them:
/// `"old"` → `"new"`, `"table"."old"` → `"table"."new"`.
struct SnapshotMeta {
  using Pairs = std::vector<std::pair<std::string, std::string>>;
  Pairs schemas = {}, tables = {}, columns = {};
  bool operator==(const SnapshotMeta&) const = default;
};

struct Snapshot {
  SnapshotIds ids;
  SnapshotMeta meta = {};
  Catalog catalog;
};

/// What can be said of a snapshot without reading its objects; each is empty when
/// it was not found.
struct SnapshotHeader {
  SnapshotIds ids;
  std::string version, dialect;
};

/// The version that is written for an engine: "7" or "6".
std::string_view snapshot_version(Engine engine);

/// Reads a whole file. Throws Error with the file's line: for what is malformed,
/// and for another version ("run tidemark up"; or "written by a newer version").
Snapshot parse_snapshot(std::string_view text, Engine engine, const std::string& file);

/// The objects of a snapshot that was parsed already; `id` and `prevId` may be
/// absent. Errors name `file` and the JSON path.
Catalog read_snapshot(const json::value& snapshot, Engine engine, const std::string& file);

/// Whether two snapshots' texts say the same, ids apart: token by token, whatever the
/// white space. Sure of a yes only: a no may be due to another order of members.
bool same_text(std::string_view snapshot, std::string_view other);

/// id, prevId, version and dialect from the beginning of a text, as far as they
/// are there.
SnapshotHeader read_header(std::string_view text);

/// id and prevId from the end of an indented text, empty unless both are there.
SnapshotIds read_last_ids(std::string_view text);

/// The bytes of a snapshot file.
std::string write_snapshot(const Catalog& catalog, const SnapshotIds& ids,
                           const SnapshotMeta& meta = {});

/// The bytes of an older snapshot in the version of today; empty when it is one
/// already. Throws like parse_snapshot, and for versions too old to be known.
std::optional<std::string> upgrade_snapshot(std::string_view text, Engine engine,
                                            const std::string& file);

}  // namespace tidemark
