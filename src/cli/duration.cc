#include "cli/duration.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <string_view>

#include "tidemark/error.h"

namespace tidemark {

std::chrono::milliseconds parse_duration(const std::string& flag, const std::string& text) {
  struct Unit {
    std::string_view name;
    double milliseconds;
  };
  constexpr std::array<Unit, 5> units = {
      {{"ms", 1}, {"s", 1000}, {"m", 60'000}, {"h", 3'600'000}, {"", 1000}}};
  double number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
  for (const Unit& known : units) {
    double milliseconds = number * known.milliseconds;
    if (error == std::errc() && unit == known.name && number >= 0 && milliseconds < 1e12)
      return std::chrono::milliseconds(static_cast<std::int64_t>(milliseconds));
  }
  throw Error(Fault::usage, fmt::format("{} takes a time, not \"{}\"", flag, text))
      .hint("Such as 200ms, 30s, 10m or 1h.");
}

std::string shown_duration(std::chrono::duration<double, std::milli> duration) {
  double ms = duration.count();
  if (ms < 1) return "<1 ms";
  if (ms < 1000) return fmt::format("{:.0f} ms", ms);
  if (ms < 60'000) return fmt::format("{:.1f} s", ms / 1000);
  auto seconds = static_cast<std::int64_t>(ms / 1000);
  return fmt::format("{} m {} s", seconds / 60, seconds % 60);
}

}  // namespace tidemark
