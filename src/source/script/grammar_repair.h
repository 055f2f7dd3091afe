// Valid TypeScript that version 0.23.2 of the grammar cannot parse, rewritten
// into something of the same length that it can.
#pragma once

#include <string>
#include <string_view>

namespace tidemark::script {

/// `` sql<number>`…` ``, which the grammar takes for two comparisons, without its
/// type arguments. Lines and columns stay.
std::string erase_template_arguments(std::string_view text);

// Each of these gives the text to parse in place of `text`. Every byte keeps its offset;
// what was changed is either erased afterwards or taken from the original.

/// The known gaps: `export type * from`, `<in out T>`, `import("x").Y`.
std::string repair_for_grammar(std::string_view text);

/// The last resort: types of aliases and type arguments of calls, which can be
/// told from code by their brackets alone, become the simplest type there is.
std::string simplify_types(std::string_view text);

}  // namespace tidemark::script
