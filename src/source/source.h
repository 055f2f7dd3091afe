// The places a catalog comes from, as the command line names them: `schema`,
// `folder`, `folder@TAG`, `empty`, the path of a snapshot or of a schema file.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "folder/document.h"
#include "source/project.h"
#include "tidemark/catalog.h"

namespace tidemark {

struct Source {
  enum class Kind { schema, folder, empty, snapshot_file, schema_file };
  Kind kind;
  std::string tag = {};             // of `folder@TAG`
  std::filesystem::path file = {};  // of the two last

  bool needs_configuration() const { return kind == Kind::schema || kind == Kind::folder; }
};

/// Throws Error(Fault::usage) for what is no source, and for live databases, which
/// cannot be read yet.
Source parse_source(const std::string& text, const std::filesystem::path& cwd);

/// The engine that sources speak: that of the configuration when one of them needs
/// it, else what a snapshot file says. `--dialect` is part of the configuration.
Engine engine_of(Project& project, std::initializer_list<const Source*> sources);

/// Sources other than schema files fill in the catalog alone.
Document read_source(Project& project, const Source& source, Engine engine);

}  // namespace tidemark
