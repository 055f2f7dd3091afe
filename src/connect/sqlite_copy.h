// Whole SQLite databases, copied by SQLite's backup API.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

struct sqlite3;

namespace tidemark {

/// Pages that are copied, of how many.
using CopyProgress = std::function<void(std::uint64_t done, std::uint64_t of)>;

/// A file to copy from, under one read transaction: what is copied is the database at
/// one moment, and a writer never makes the copy start again.
class SqliteSource {
 public:
  /// Nobody writes to a file that is at rest, so nothing is written beside it.
  enum class Use : bool { at_rest, in_use };

  /// Throws Error(Fault::failed) where it cannot be read.
  SqliteSource(const std::filesystem::path& file, Use use);
  ~SqliteSource();
  SqliteSource(const SqliteSource&) = delete;
  SqliteSource& operator=(const SqliteSource&) = delete;

  /// In WAL mode others go on writing meanwhile; otherwise they wait.
  bool writers_go_on() const { return wal_; }

  /// Into a new file, or an empty one.
  void copy_to(const std::filesystem::path& file, const CopyProgress& progress) const;

  /// In place of everything in a database that others may have open: in one
  /// transaction of theirs, so that nobody sees half of it.
  void replace(const std::filesystem::path& target, const CopyProgress& progress) const;

  /// Reads every page. Throws Error(Fault::failed) for a damaged database.
  void verify() const;

 private:
  void begin(Use use);

  sqlite3* database_ = nullptr;
  std::filesystem::path file_;
  bool wal_ = false;
};

}  // namespace tidemark
