// Which imports never run the package they name.
#pragma once

#include <string>
#include <string_view>

namespace tidemark::script {

/// Our module for a package that we bring: "drizzle-orm/pg-core/index.js",
/// "node/path.js", "packages/dotenv.js"; empty when it is not ours.
std::string own_module(const std::string& specifier);

/// The same for a program: parts of Node with all their powers, drivers, dotenv. Empty for
/// what the project brings itself, drizzle-orm before all.
std::string program_module(const std::string& specifier);

/// Whether Node has a module of that name.
bool is_of_node(const std::string& specifier);

/// Packages that only decorate a schema: stood in for even where installed.
bool always_stood_in(const std::string& package);

}  // namespace tidemark::script
