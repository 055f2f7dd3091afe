#include "tests/cases/case_file.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <stdexcept>

#include "base/files.h"
#include "base/text.h"
#include "tests/cases/catalog_text.h"

namespace tidemark::tests {

namespace {

using Lines = std::vector<std::string>;

constexpr std::array section_names = {"before", "after",    "renames",
                                      "plan",   "findings", "unprovable"};

// Every run of white space is one space, none at the ends.
std::string one_line(std::string_view text) {
  std::string result;
  for (char c : trim(text)) {
    bool space = c == ' ' || c == '\n' || c == '\t';
    if (!space || !result.ends_with(' ')) result += space ? ' ' : c;
  }
  return result;
}

std::map<std::string, Lines> sections(const std::string& text) {
  std::map<std::string, Lines> result;
  std::string current;
  for (const std::string& line : split(text, "\n")) {
    if (line.empty() || line[0] == '#') continue;
    if (line[0] != ' ')
      result[current = line];
    else
      result[current].push_back(line);
  }
  return result;
}

// A statement ends with the line that ends with a semicolon.
Lines statements(const Lines& lines) {
  Lines result;
  std::string current;
  for (const std::string& line : lines) {
    current += line + " ";
    if (!line.ends_with(";")) continue;
    result.push_back(one_line(current));
    current.clear();
  }
  if (!current.empty()) throw std::runtime_error("no semicolon at the end: " + current);
  return result;
}

Lines trimmed(const Lines& lines) {
  Lines result;
  for (const std::string& line : lines) result.emplace_back(trim(line));
  return result;
}

CaseFile read_case(const std::filesystem::path& path, Engine engine) {
  auto parts = sections(read_file(path));
  for (const auto& [name, lines] : parts)
    if (std::ranges::find(section_names, name) == section_names.end())
      throw std::runtime_error(path.string() + ": what is " + name + "?");
  return {.name = path.stem(),
          .before = parse_catalog(parts["before"], engine),
          .after = parse_catalog(parts["after"], engine),
          .renames = trimmed(parts["renames"]),
          .plan = statements(parts["plan"]),
          .findings = trimmed(parts["findings"]),
          .unprovable = trimmed(parts["unprovable"])};
}

}  // namespace

DiffResult CaseFile::changes() const {
  NoRenames otherwise;
  GivenRenames given(renames, otherwise);
  return diff(before, after, given);
}

std::vector<CaseFile> case_files(const std::string& dialect, Engine engine) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry :
       std::filesystem::directory_iterator(TIDEMARK_SOURCE_DIR "/tests/cases/" + dialect))
    if (entry.path().extension() == ".case") paths.push_back(entry.path());
  std::ranges::sort(paths);
  std::vector<CaseFile> cases;
  for (const auto& path : paths) cases.push_back(read_case(path, engine));
  return cases;
}

std::vector<std::string> statements_of(const Plan& plan) {
  Lines result;
  for (const Statement& it : plan.statements) result.push_back(one_line(it.sql));
  return result;
}

std::vector<std::string> findings_of(const Plan& plan) {
  Lines result;
  for (const Statement& statement : plan.statements)
    for (const Finding& it : statement.findings)
      result.push_back(std::string(hazard_name(it.hazard)) + " " + std::string(it.code));
  return result;
}

}  // namespace tidemark::tests
