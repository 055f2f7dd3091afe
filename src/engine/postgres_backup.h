// A PostgreSQL database as a file of pg_dump's custom format, and back.
#pragma once

#include <filesystem>
#include <string>

#include "connect/connection.h"
#include "engine/backup.h"

namespace tidemark {

/// The name of the database that a URL leads to, or what stands for it.
std::string database_name(const DatabaseUrl& url);

enum class DumpedPart { everything, schema };

/// Writes into an existing file and reads all of it back. Returns what to tell.
std::string back_up_postgres(const DatabaseUrl& url, const std::filesystem::path& file,
                             const CopySink& progress, DumpedPart part = DumpedPart::everything);

/// Whether nobody has made anything in it.
bool postgres_is_empty(const DatabaseUrl& url);

/// In one transaction: what is there is dropped, what the file holds is made.
void restore_postgres(const DatabaseUrl& url, const RestoreRequest& request,
                      const CopySink& progress);

}  // namespace tidemark
