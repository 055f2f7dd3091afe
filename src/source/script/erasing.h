// What the parts of the eraser share. Internal to the eraser.
#pragma once

#include "source/script/edits.h"
#include "source/script/syntax_tree.h"

namespace tidemark::script {

/// `enum`: a variable and a block that fills it, line by line.
void rewrite_enum(Edits& edits, Node declaration);

/// `namespace`: a variable and a block whose exports are copied onto it.
/// False when it holds nothing but types and must be erased instead.
bool rewrite_namespace(Edits& edits, Node declaration);

/// `constructor(private db: Db)`: assignments at the start of the body.
void rewrite_parameter_properties(Edits& edits, Node method);

/// A node, and the comma that follows it.
void blank_with_comma(Edits& edits, Node node);

/// A whole statement or class member. The semicolon keeps the lines before and
/// after from being read as one.
void blank_statement(Edits& edits, Node node);

}  // namespace tidemark::script
