// The places a catalog comes from, as the command line names them: `schema`,
// `folder`, `folder@TAG`, `db`, `empty`, a database URL, the path of a snapshot or of a
// schema file.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "connect/connection.h"
#include "folder/document.h"
#include "source/live/live.h"
#include "source/project.h"
#include "tidemark/catalog.h"

namespace tidemark {

struct Source {
  enum class Kind { schema, folder, empty, snapshot_file, schema_file, database };
  Kind kind;
  std::string tag = {};             // of `folder@TAG`
  std::filesystem::path file = {};  // of the files
  std::string url = {};             // of a database; empty for the configured one

  bool needs_configuration() const {
    return kind == Kind::schema || kind == Kind::folder || (kind == Kind::database && url.empty());
  }
};

/// What was read. A live database stays open, to be asked what its words mean.
struct SourceContent {
  Document document;  // of sources other than schema files the catalog alone
  LiveScope scope = {};
  std::unique_ptr<Connection> database = {};  // null unless the source is live
};

/// Throws Error(Fault::usage) for what is no source.
Source parse_source(const std::string& text, const std::filesystem::path& cwd);

/// The engine that sources speak: that of the configuration when one of them needs
/// it, else what a snapshot file says. `--dialect` is part of the configuration.
Engine engine_of(Project& project, std::initializer_list<const Source*> sources);

SourceContent read_source(Project& project, const Source& source, Engine engine);

/// Two sources as they are to be compared: a live database in the other's words, and the
/// other without what is not looked at. Both may be live.
void settle_sources(SourceContent& a, SourceContent& b);

}  // namespace tidemark
