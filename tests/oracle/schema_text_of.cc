// schema_text_of SNAPSHOT postgresql|sqlite|turso camel|preserve FOLDER
//
// Writes the schema.ts and relations.ts of a snapshot, for the oracle to compare.
#include <cstdio>
#include <filesystem>
#include <string_view>

#include "base/files.h"
#include "folder/snapshot.h"
#include "schema_text/schema_text.h"
#include "tidemark/error.h"

namespace {

using namespace tidemark;

Engine engine_named(std::string_view name) {
  if (name == "postgresql") return Engine::postgresql;
  return name == "turso" ? Engine::turso : Engine::sqlite;
}

void write_files(const std::string& file, Engine engine, std::string_view casing,
                 const std::filesystem::path& folder) {
  using Casing = SchemaTextOptions::Casing;
  Catalog catalog = parse_snapshot(read_file(file), engine, file).catalog;
  SchemaTextOptions options{.casing = casing == "preserve" ? Casing::preserve : Casing::camel};
  write_file(folder / "schema.ts", schema_ts(catalog, options));
  write_file(folder / "relations.ts", relations_ts(catalog, options));
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 5) return 2;
  try {
    write_files(arguments[1], engine_named(arguments[2]), arguments[3], arguments[4]);
    return 0;
  } catch (const Error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
