// A project in a folder of its own, for tests.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "base/error_message.h"
#include "base/files.h"
#include "base/text.h"
#include "source/script/host.h"

namespace tidemark::script {

class TestProject {
 public:
  /// Names and texts of its files.
  TestProject(std::initializer_list<std::pair<std::string, std::string>> files) {
    std::string pattern = std::filesystem::temp_directory_path() / "tidemark-script-XXXXXX";
    folder_ = std::filesystem::canonical(::mkdtemp(pattern.data()));
    write(".git/HEAD", "");  // the root of the project
    for (const auto& [name, text] : files) write(name, text);
  }
  ~TestProject() { std::filesystem::remove_all(folder_); }
  TestProject(const TestProject&) = delete;
  TestProject& operator=(const TestProject&) = delete;

  void write(const std::string& name, const std::string& text) { write_file(folder_ / name, text); }
  std::filesystem::path path(const std::string& name) const { return folder_ / name; }

  HostOptions options;  // its cwd is the project's unless set

  /// The default export of a file, as JSON text.
  std::string run(const std::string& name = "main.ts") {
    return json::serialize(host_options().load_config(path(name)));
  }

  /// The whole message of the error that running a file ends in, paths shortened.
  std::string error(const std::string& name = "main.ts") {
    try {
      return "no error, but " + run(name);
    } catch (const Error& error) {
      return replace_all(error_message(error, false), folder_.string() + "/", "");
    }
  }

  /// The document of schema files.
  json::object schema(const std::vector<std::string>& names, bool places = false) {
    std::vector<std::filesystem::path> files;
    for (const std::string& name : names) files.push_back(path(name));
    Host host = host_options();
    return json::parse(host.load_schema(files, Engine::postgresql, Casing::none, places))
        .as_object();
  }

 private:
  Host host_options() {
    HostOptions made = options;
    if (made.cwd.empty()) made.cwd = folder_;
    return Host(std::move(made));
  }

  std::filesystem::path folder_;
};

}  // namespace tidemark::script
