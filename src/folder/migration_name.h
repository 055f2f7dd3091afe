// How a new migration is called.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "folder/folder.h"

namespace tidemark {

enum class Prefix : std::uint8_t { index, timestamp, supabase, unix_time, none };

/// index, timestamp, supabase, unix, none. Throws Error(Fault::usage).
Prefix prefix_named(std::string_view name);

using Time = std::chrono::sys_time<std::chrono::milliseconds>;

/// The time by which a migration made at this moment is ordered.
inline Time now() {
  return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

struct MigrationName {
  std::int64_t idx = 0;
  std::string tag;              // of the SQL file and the journal
  std::string snapshot_prefix;  // of the snapshot's file
};

/// A name that no file has yet and whose snapshot sorts after all others, so that
/// both tools find it again. `name` may be empty: then it is a random one.
/// Throws Error(Fault::usage) for a name that cannot be a file's.
MigrationName name_migration(const Folder& folder, Prefix prefix, std::string_view name, Time now);

/// "calm_tide": an adjective and a noun.
std::string random_name();

}  // namespace tidemark
