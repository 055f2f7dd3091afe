// ES modules lowered to CommonJS, as the peer's loader does it, without renaming
// anything: imported names are found in an environment around the module's
// function, whose getters keep them live; exports are getters over the module's
// own variables. Statements become spaces, so lines and columns stay.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark::script {

/// One `from '…'`, in the order of the text, which is the order of loading.
struct ModuleRequest {
  std::string specifier;
  std::size_t offset = 0;  // of the specifier, quotes included
  std::size_t length = 0;
  bool is_json = false;  // with { type: 'json' }
};

/// What `imported` of a request is called here. "*" is the whole module.
struct ImportedName {
  std::size_t request = 0;
  std::string imported;
  std::string local;
  std::size_t offset = 0;
};

/// An export of the module's own. `local` is an expression.
struct ExportedName {
  std::string exported;
  std::string local;
  std::size_t offset = 0;  // where it is exported
  bool settled = false;    // a constant, function or class: nothing else once its module has run
};

struct ModuleSyntax {
  bool is_module = false;  // has `import` or `export`; else it is CommonJS
  std::vector<ModuleRequest> requests;
  std::vector<ImportedName> imports;
  std::vector<ExportedName> exports;      // in the order of their names' bytes
  std::vector<ImportedName> reexports;    // `local` is the name it is exported by
  std::vector<std::size_t> stars;         // requests of `export * from`
  bool awaits = false;                    // the word `await` was seen
  bool may_hold_types = false;            // a `<`, or a statement that only TypeScript has
  std::optional<ExportedName> duplicate;  // a name exported for two different things
  std::string code;                       // the text without its module statements
};

enum class Language : std::uint8_t { javascript, typescript };

/// Whether the value of `export const table = pgTable(…)` becomes a function of its own.
/// The engine finds the line of a call by walking through its function from the start: in
/// one that holds thousands of tables, asking for the place of each takes minutes.
enum class ExportedCalls : std::uint8_t { in_place, apart };

/// In TypeScript an imported name that the code never uses is taken for a type,
/// and an import without used names is left out.
ModuleSyntax lower_modules(std::string_view text, Language language,
                           ExportedCalls calls = ExportedCalls::in_place);

}  // namespace tidemark::script
