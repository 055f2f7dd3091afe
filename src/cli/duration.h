#pragma once

#include <chrono>
#include <string>

namespace tidemark {

/// "200ms", "30s", "10m", "1h"; a bare number is seconds. Throws Error(Fault::usage)
/// that names the flag.
std::chrono::milliseconds parse_duration(const std::string& flag, const std::string& text);

/// "3 ms", "1.2 s", "2 m 5 s": for people.
std::string shown_duration(std::chrono::duration<double, std::milli> duration);

}  // namespace tidemark
