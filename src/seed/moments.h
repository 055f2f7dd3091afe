// Dates and times as texts.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace tidemark::seed {

/// Of "2024-02-01", or with " 12:30:00" behind it; what is smaller, and the zone, is passed over.
std::optional<std::chrono::sys_seconds> moment_of(std::string_view text);

std::string date_text(std::chrono::sys_seconds when);
std::string moment_text(std::chrono::sys_seconds when);  // of day and time

/// Of "08:30:00" or "08:30", from midnight.
std::optional<std::chrono::seconds> time_of(std::string_view text);
std::string time_text(std::chrono::seconds since_midnight);

/// Of "18 years" or "1 day 02:00:00": a year has 365 days here, a month 30.
std::optional<std::chrono::seconds> interval_of(std::string_view text);

}  // namespace tidemark::seed
