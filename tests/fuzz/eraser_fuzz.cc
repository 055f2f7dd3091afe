// Erasing types and lowering modules: any text comes out with the lines it had.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "source/script/eraser.h"
#include "source/script/module_syntax.h"

namespace tidemark::script {
namespace {

void expect_same_lines(std::string_view before, std::string_view after) {
  if (std::count(before.begin(), before.end(), '\n') !=
      std::count(after.begin(), after.end(), '\n'))
    std::abort();
}

void lower(std::string_view text, Language language) {
  ModuleSyntax syntax = lower_modules(text, language);
  expect_same_lines(text, syntax.code);
  for (const ImportedName& name : syntax.imports)
    if (name.request >= syntax.requests.size()) std::abort();
  for (std::size_t star : syntax.stars)
    if (star >= syntax.requests.size()) std::abort();
}

}  // namespace
}  // namespace tidemark::script

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tidemark::script;
  std::string_view text(reinterpret_cast<const char*>(data), size);
  lower(text, Language::javascript);
  for (Grammar grammar : {Grammar::typescript, Grammar::tsx}) {
    std::string erased = erase_types(text, grammar);
    expect_same_lines(text, erased);
    lower(erased, Language::typescript);
  }
  return 0;
}
