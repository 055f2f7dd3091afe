// What schema_ts writes, read back, is the catalog that it was written from: for the
// schemas of the oracle and for the snapshots of the peer's cases.
#include "schema_text/schema_text.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>

#include "base/text.h"
#include "source/project.h"
#include "tests/cases/peer_cases.h"

namespace tidemark::tests {
namespace {

namespace fs = std::filesystem;

const fs::path schemas_folder = TIDEMARK_SOURCE_DIR "/tests/oracle/schemas";

struct Schema {
  Engine engine;
  fs::path path;  // a file, or a folder of files
};
void PrintTo(const Schema& it, std::ostream* out) { *out << it.path.string(); }

std::vector<Schema> oracle_schemas() {
  std::vector<Schema> found;
  for (std::string dialect : {"postgresql", "sqlite", "turso"})
    for (const auto& pair : fs::directory_iterator(schemas_folder / dialect))
      for (const auto& entry : fs::directory_iterator(pair.path()))
        if (entry.path().filename() != "options.json")
          found.push_back({engine_of(dialect), entry.path()});
  std::ranges::sort(found, {}, &Schema::path);
  return found;
}

Casing casing_of(const fs::path& schema) {
  auto options = read_file_if_exists(schema.parent_path() / "options.json");
  if (!options || options->find("\"casing\"") == std::string::npos) return Casing::none;
  return options->find("snake_case") == std::string::npos ? Casing::camel_case : Casing::snake_case;
}

std::vector<fs::path> files_of(const fs::path& schema) {
  std::vector<fs::path> files;
  if (!fs::is_directory(schema)) return {schema};
  for (const auto& entry : fs::recursive_directory_iterator(schema))
    if (entry.is_regular_file()) files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

Catalog evaluated(const std::vector<fs::path>& files, Engine engine, Casing casing) {
  Project project({.cwd = files[0].parent_path()});
  return project.evaluate(files, engine, casing, false).get().read(engine).catalog;
}

// A file lists what it exports by the names of its constants.
Catalog in_any_order(Catalog catalog) {
  auto by_path = [](auto& objects) {
    std::ranges::sort(objects, {}, [](const auto& object) { return object.path; });
  };
  by_path(catalog.tables);
  by_path(catalog.enums);
  by_path(catalog.sequences);
  by_path(catalog.views);
  auto by_name = [](auto& objects) {
    std::ranges::sort(objects, {}, [](const auto& object) { return object.name; });
  };
  by_name(catalog.schemas);
  by_name(catalog.roles);
  by_name(catalog.policies);
  return catalog;
}

std::string snapshot_of(const Catalog& catalog) {
  return write_snapshot(in_any_order(catalog), {.id = "id"});
}

class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / fresh_name()) { fs::create_directories(path_); }
  ~Folder() { fs::remove_all(path_); }
  const fs::path& path() const { return path_; }

 private:
  static std::string fresh_name() {
    static int count = 0;
    return "schema_text_" + std::to_string(getpid()) + "_" + std::to_string(count++);
  }
  fs::path path_;
};

Catalog read_back(const Catalog& catalog, const SchemaTextOptions& options) {
  Folder folder;
  write_file(folder.path() / "schema.ts", schema_ts(catalog, options));
  return evaluated({folder.path() / "schema.ts"}, catalog.engine, Casing::none);
}

void expect_same_when_read_back(const Catalog& catalog, const SchemaTextOptions& options = {}) {
  Catalog again = read_back(catalog, options);
  EXPECT_EQ(snapshot_of(again), snapshot_of(catalog)) << schema_ts(catalog, options);
  EXPECT_TRUE(in_any_order(again) == in_any_order(catalog));
}

class OracleSchemas : public ::testing::TestWithParam<Schema> {};

TEST_P(OracleSchemas, AreTheSameWhenWrittenAndReadBack) {
  const Schema& schema = GetParam();
  Catalog catalog = evaluated(files_of(schema.path), schema.engine, casing_of(schema.path));
  expect_same_when_read_back(catalog);
  expect_same_when_read_back(catalog, {.casing = SchemaTextOptions::Casing::preserve});
}

std::string name_of_schema(const ::testing::TestParamInfo<Schema>& info) {
  return test_name(fs::relative(info.param.path, schemas_folder).string(), info.index);
}

INSTANTIATE_TEST_SUITE_P(SchemaText, OracleSchemas, ::testing::ValuesIn(oracle_schemas()),
                         name_of_schema);

class PeerSnapshots : public ::testing::TestWithParam<PeerCase> {};

TEST_P(PeerSnapshots, AreTheSameWhenWrittenAndReadBack) {
  expect_same_when_read_back(GetParam().before);
  expect_same_when_read_back(GetParam().after);
}

std::string name_of(const ::testing::TestParamInfo<PeerCase>& info) {
  return test_name(info.param.name, info.index);
}

INSTANTIATE_TEST_SUITE_P(Postgres, PeerSnapshots, ::testing::ValuesIn(peer_cases("postgresql")),
                         name_of);
INSTANTIATE_TEST_SUITE_P(Sqlite, PeerSnapshots, ::testing::ValuesIn(peer_cases("sqlite")), name_of);
INSTANTIATE_TEST_SUITE_P(Turso, PeerSnapshots, ::testing::ValuesIn(peer_cases("turso")), name_of);

}  // namespace
}  // namespace tidemark::tests
