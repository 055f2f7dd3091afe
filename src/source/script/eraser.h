// TypeScript to JavaScript by erasing: types become spaces, so that every line
// and column stays where its author sees it. Only what has no counterpart in
// JavaScript (enums, parameter properties, namespaces) is written anew, on the
// lines where it stood. Imports and exports are left for module_syntax.h.
//
// The result is handed to the JavaScript parser, which finds the mistakes: an
// eraser that meets something it does not know leaves it where it is.
#pragma once

#include <string>
#include <string_view>

#include "source/script/syntax_tree.h"

namespace tidemark::script {

std::string erase_types(std::string_view text, Grammar grammar = Grammar::typescript);

}  // namespace tidemark::script
