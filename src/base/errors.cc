#include "base/errors.h"

#include "base/files.h"
#include "base/text.h"

namespace tidemark {
namespace {

Error with_line_text(const Error& error) {
  if (!error.range() || !error.range()->line_text.empty()) return error;
  SourceRange range = *error.range();
  std::vector<std::string> lines = split(read_file_if_exists(range.file).value_or(""), "\n");
  if (range.line >= 1 && range.line <= lines.size()) range.line_text = lines[range.line - 1];
  return Error(error).at(std::move(range));
}

}  // namespace

void throw_all(std::vector<Error> errors) {
  for (Error& error : errors) error = with_line_text(error);
  Error first = errors.front();
  errors.erase(errors.begin());
  throw std::move(first).and_also(std::move(errors));
}

}  // namespace tidemark
