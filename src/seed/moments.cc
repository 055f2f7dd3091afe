#include "seed/moments.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <utility>

namespace tidemark::seed {
namespace {

using std::chrono::days;
using std::chrono::seconds;

/// Takes a number from the beginning of the text.
std::optional<int> take_number(std::string_view& text) {
  int out = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return out;
}

bool take(std::string_view& text, char c) {
  if (text.empty() || text[0] != c) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<seconds> take_time(std::string_view& text) {
  std::optional<int> hours = take_number(text), minutes, rest;
  if (!hours || !take(text, ':') || !(minutes = take_number(text))) return std::nullopt;
  if (take(text, ':')) rest = take_number(text);
  return std::chrono::hours(*hours) + std::chrono::minutes(*minutes) + seconds(rest.value_or(0));
}

constexpr std::pair<std::string_view, int> units[] = {{"year", 365 * 86'400},
                                                      {"mon", 30 * 86'400},
                                                      {"week", 7 * 86'400},
                                                      {"day", 86'400},
                                                      {"hour", 3'600},
                                                      {"min", 60},
                                                      {"sec", 1}};

std::optional<seconds> unit_of(std::string_view word) {
  for (const auto& [name, length] : units)
    if (word.starts_with(name)) return seconds(length);
  return std::nullopt;
}

}  // namespace

std::optional<std::chrono::sys_seconds> moment_of(std::string_view text) {
  std::optional<int> year = take_number(text), month, day;
  if (!year || !take(text, '-') || !(month = take_number(text))) return std::nullopt;
  if (!take(text, '-') || !(day = take_number(text))) return std::nullopt;
  std::chrono::year_month_day date(std::chrono::year(*year),
                                   std::chrono::month(static_cast<unsigned>(*month)),
                                   std::chrono::day(static_cast<unsigned>(*day)));
  if (!date.ok()) return std::nullopt;
  std::chrono::sys_seconds out = std::chrono::sys_days(date);
  if (take(text, ' ') || take(text, 'T')) out += take_time(text).value_or(seconds(0));
  return out;
}

std::string date_text(std::chrono::sys_seconds when) {
  std::chrono::year_month_day date(std::chrono::floor<days>(when));
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::string moment_text(std::chrono::sys_seconds when) {
  return date_text(when) + " " + time_text(when - std::chrono::floor<days>(when));
}

std::optional<seconds> time_of(std::string_view text) { return take_time(text); }

std::string time_text(seconds since_midnight) {
  std::chrono::hh_mm_ss time(since_midnight);
  return fmt::format("{:02}:{:02}:{:02}", time.hours().count(), time.minutes().count(),
                     time.seconds().count());
}

std::optional<seconds> interval_of(std::string_view text) {
  seconds out(0);
  while (!text.empty()) {
    std::string_view before = text;
    std::optional<int> number = take_number(text);
    if (!number) return std::nullopt;
    if (text.starts_with(':')) {
      std::optional<seconds> time = take_time(before);
      return time ? std::optional(out + *time) : std::nullopt;
    }
    if (!take(text, ' ')) return std::nullopt;
    std::optional<seconds> unit = unit_of(text);
    if (!unit) return std::nullopt;
    out += *number * *unit;
    text.remove_prefix(std::min(text.find(' '), text.size()));
    take(text, ' ');
  }
  return out;
}

}  // namespace tidemark::seed
