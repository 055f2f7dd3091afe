// JavaScript that was parsed when the program was built: the functions that the
// engine has written in JavaScript, and ours in js/. It is of use only to the very
// build of the engine that parsed it; with any other it is left alone and the text
// is parsed, which takes some milliseconds more.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace tidemark::script {

inline constexpr std::string_view self_hosted_entry = "self-hosted";
inline constexpr std::string_view build_id_entry = "build-id";

/// What was parsed under a name; empty when there is nothing that fits the engine.
std::span<const std::uint8_t> cached_script(std::string_view name);

/// The build-id of the loaded engine, from its ELF notes; empty when it has none.
std::string engine_build_id();

/// Tells the engine its build-id, without which it refuses to read or write a cache.
void set_engine_build_id();

/// A module of js/ as a function expression (exports, require, module, $native);
/// empty when there is no such module.
std::string embedded_function(const std::string& path);

}  // namespace tidemark::script
