// Two migrations of the same second, or the prefix `none`, make Drizzle Kit
// overwrite one snapshot with another and lose the chain. Here a name is taken
// only when it is free, and the file of a snapshot always sorts last, because the
// last one by name is the one that both tools continue from.
#include "folder/migration_name.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <random>

#include "base/text.h"

namespace tidemark {
namespace fs = std::filesystem;
namespace {

constexpr std::array adjectives = {
    "amber",  "bold",   "brave",  "bright", "brisk",  "calm",  "clear",   "cool",   "crisp",
    "deep",   "early",  "eager",  "fair",   "fast",   "fine",  "firm",    "free",   "fresh",
    "gentle", "glad",   "golden", "grand",  "green",  "happy", "high",    "honest", "icy",
    "keen",   "kind",   "late",   "light",  "lively", "long",  "lucky",   "mellow", "merry",
    "mild",   "misty",  "neat",   "noble",  "open",   "pale",  "patient", "plain",  "proud",
    "quick",  "quiet",  "rapid",  "ready",  "rich",   "rosy",  "round",   "salty",  "sharp",
    "shiny",  "silent", "silver", "slow",   "smooth", "solid", "spare",   "steady", "still",
    "strong", "sunny",  "sure",   "swift",  "tall",   "tidy",  "tiny",    "true",   "vast",
    "vivid",  "warm",   "white",  "wide",   "wild",   "wise",  "young",   "zesty"};

constexpr std::array nouns = {
    "anchor",  "bay",    "beach",   "bell",  "boat",  "breeze", "bridge",  "buoy",    "cabin",
    "canal",   "cape",   "channel", "cliff", "cloud", "coast",  "compass", "coral",   "cove",
    "crane",   "crest",  "current", "deck",  "delta", "dock",   "dolphin", "drift",   "dune",
    "eddy",    "ferry",  "fjord",   "foam",  "fog",   "gale",   "gull",    "harbor",  "heron",
    "horizon", "island", "jetty",   "keel",  "kelp",  "lagoon", "lake",    "lantern", "lighthouse",
    "mast",    "mist",   "moon",    "oar",   "ocean", "otter",  "pearl",   "pebble",  "pelican",
    "pier",    "port",   "quay",    "raft",  "rain",  "reef",   "ripple",  "river",   "rudder",
    "sail",    "sand",   "seal",    "shell", "shore", "spray",  "spring",  "star",    "storm",
    "strait",  "stream", "surf",    "swan",  "tide",  "wave",   "whale",   "wharf"};

bool is_usable(std::string_view name) {
  if (name == "." || name == "..") return false;
  return std::ranges::none_of(name,
                              [](unsigned char c) { return c < 0x20 || c == '/' || c == '\\'; });
}

std::string stamp(Prefix prefix, Time now) {
  auto seconds = std::chrono::floor<std::chrono::seconds>(now);
  if (prefix == Prefix::unix_time) return std::to_string(seconds.time_since_epoch().count());
  std::time_t time = seconds.time_since_epoch().count();
  return fmt::format("{:%Y%m%d%H%M%S}", fmt::gmtime(time));
}

/// Would a snapshot with this prefix be the last by name, and a new file?
bool sorts_last(const Folder& folder, const std::string& prefix) {
  const SnapshotFile* newest = newest_snapshot(folder);
  std::string_view newest_id = newest ? std::string_view(newest->header.ids.id) : no_snapshot_id;
  bool named = newest && !newest->prefix.empty();
  if (named && prefix + "_snapshot.json" <= newest->path.filename().string()) return false;
  return std::ranges::none_of(folder.snapshots, [&](const SnapshotFile& file) {
    bool left_behind = &file != newest && file.header.ids.previous == newest_id;
    return file.prefix == prefix && !left_behind;  // by an interrupted run; it is replaced
  });
}

std::string free_stamp(const Folder& folder, Prefix prefix, Time now) {
  for (int tries = 0; tries < 100; ++tries, now += std::chrono::seconds(1))
    if (std::string text = stamp(prefix, now); sorts_last(folder, text)) return text;
  return {};
}

std::string free_index(const Folder& folder, std::int64_t idx) {
  for (int tries = 0; tries < 100; ++tries, ++idx)
    if (std::string text = fmt::format("{:04}", idx); sorts_last(folder, text)) return text;
  return {};
}

/// The wanted prefix, or where its snapshot would not come last (the folder was
/// numbered otherwise before) a time stamp, which does.
std::string choose_prefix(const Folder& folder, Prefix prefix, std::int64_t idx, Time now) {
  bool index = prefix == Prefix::index || prefix == Prefix::none;
  std::string chosen = index ? free_index(folder, idx) : free_stamp(folder, prefix, now);
  if (chosen.empty()) chosen = free_stamp(folder, Prefix::timestamp, now);
  if (!chosen.empty()) return chosen;
  throw Error(Fault::failed,
              fmt::format("no snapshot can be added to {}: {} sorts after any name",
                          folder.out.string(), folder.snapshots.back().path.filename().string()))
      .hint("rename that snapshot so that it begins with a number");
}

bool is_taken(const Folder& folder, const std::string& tag) {
  std::error_code ignored;
  return folder.journal.has(tag) || fs::exists(folder.sql_path(tag), ignored);
}

}  // namespace

Prefix prefix_named(std::string_view name) {
  static const std::array<std::pair<std::string_view, Prefix>, 5> known = {
      {{"index", Prefix::index},
       {"timestamp", Prefix::timestamp},
       {"supabase", Prefix::supabase},
       {"unix", Prefix::unix_time},
       {"none", Prefix::none}}};
  for (const auto& [word, prefix] : known)
    if (word == name) return prefix;
  throw Error(Fault::usage, fmt::format("\"{}\" is not a prefix", name))
      .hint("use index, timestamp, supabase, unix or none");
}

std::string random_name() {
  std::random_device random;
  return fmt::format("{}_{}", adjectives[random() % adjectives.size()],
                     nouns[random() % nouns.size()]);
}

MigrationName name_migration(const Folder& folder, Prefix prefix, std::string_view name, Time now) {
  if (!is_usable(name))
    throw Error(Fault::usage, fmt::format("\"{}\" cannot be the name of a file", name))
        .hint("use letters, digits, - and _");
  const auto& entries = folder.journal.entries();
  MigrationName chosen{.idx = entries.empty() ? 0 : entries.back().idx + 1};
  std::string number = choose_prefix(folder, prefix, chosen.idx, now);
  std::string wanted = name.empty() ? random_name() : std::string(name);
  std::string start = prefix == Prefix::none ? "" : number + "_";
  chosen.tag = start + wanted;
  for (int copy = 2; is_taken(folder, chosen.tag); ++copy)
    chosen.tag = fmt::format("{}{}_{}", start, name.empty() ? random_name() : wanted, copy);
  bool numbered = number == fmt::format("{:04}", chosen.idx);
  chosen.snapshot_prefix = prefix == Prefix::none && !numbered ? number + "_" + chosen.tag : number;
  return chosen;
}

}  // namespace tidemark
