// Paths by pattern, as the package glob 8 finds them.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {

/// The paths that a pattern matches, relative to `cwd` unless the pattern is
/// absolute, in the order of `glob_less`. Knows `*`, `?`, `[…]`, `{a,b}`, `{1..3}`,
/// `@(a|b)` and its kin, and `**`, which enters neither hidden folders nor
/// node_modules.
std::vector<std::string> glob(const std::filesystem::path& cwd, std::string_view pattern);

/// `{a,b}` and `{1..3}` written out.
std::vector<std::string> expand_braces(std::string_view pattern);

/// Does one path segment match one pattern segment?
bool segment_matches(std::string_view pattern, std::string_view text);

/// The order of JavaScript's `a.localeCompare(b, "en")`: punctuation, digits,
/// letters; case decides only between words that are otherwise equal.
bool glob_less(std::string_view a, std::string_view b);

}  // namespace tidemark
