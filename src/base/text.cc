#include "base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>

namespace tidemark {

std::vector<std::string> split(std::string_view text, std::string_view separator) {
  std::vector<std::string> parts;
  for (std::size_t start = 0;;) {
    std::size_t end = text.find(separator, start);
    parts.emplace_back(text.substr(start, end - start));
    if (end == std::string_view::npos) return parts;
    start = end + separator.size();
  }
}

std::string join(std::span<const std::string> parts, std::string_view separator) {
  std::string out;
  for (const std::string& part : parts) {
    if (&part != parts.data()) out += separator;
    out += part;
  }
  return out;
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view white = " \t\r\n\f\v";
  std::size_t start = text.find_first_not_of(white);
  if (start == std::string_view::npos) return {};
  return text.substr(start, text.find_last_not_of(white) - start + 1);
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
  return out;
}

std::string replace_all(std::string text, std::string_view what, std::string_view with) {
  for (std::size_t at = text.find(what); at != std::string::npos;
       at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
  return text;
}

namespace {

/// Letters added, left out, replaced, or swapped with their neighbour.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> older(b.size() + 1), old(b.size() + 1), row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0);
  for (std::size_t i = 0; i < a.size(); ++i) {
    older.swap(old);
    old.swap(row);
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      row[j + 1] = std::min({old[j + 1] + 1, row[j] + 1, old[j] + (a[i] != b[j])});
      bool swapped = i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j];
      if (swapped) row[j + 1] = std::min(row[j + 1], older[j - 1] + 1);
    }
  }
  return row.back();
}

}  // namespace

std::string_view cut_text(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80) --bytes;
  return text.substr(0, bytes);
}

std::string counted(std::size_t number, std::string_view what) {
  return fmt::format("{} {}{}", number, what, number == 1 ? "" : "s");
}

std::string did_you_mean(std::string_view wrong, std::span<const std::string> candidates) {
  std::string best;
  std::size_t nearest = std::max<std::size_t>(wrong.size() / 3, 1) + 1;
  for (const std::string& candidate : candidates) {
    std::size_t distance = edit_distance(lower(wrong), lower(candidate));
    if (distance < nearest) {
      nearest = distance;
      best = candidate;
    }
  }
  if (!best.empty() || wrong.size() < 3) return best;
  // Cut short: the one that begins so, if it is only one.
  auto begins = [&](const std::string& candidate) {
    return lower(candidate).starts_with(lower(wrong));
  };
  if (std::ranges::count_if(candidates, begins) == 1)
    return *std::ranges::find_if(candidates, begins);
  return best;
}

SourceRange range_at(const std::string& file, std::string_view text, std::size_t offset,
                     std::size_t length) {
  offset = std::min(offset, text.size());
  std::size_t start = offset == 0 ? 0 : text.rfind('\n', offset - 1) + 1;
  std::size_t end = std::min(text.find('\n', offset), text.size());
  auto line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(start), '\n');
  return {.file = file,
          .line = static_cast<std::uint32_t>(line),
          .column = static_cast<std::uint32_t>(offset - start + 1),
          .length = static_cast<std::uint32_t>(std::max<std::size_t>(length, 1)),
          .line_text = std::string(text.substr(start, end - start))};
}

std::string shown_bytes(std::uint64_t bytes) {
  if (bytes < 1000) return fmt::format("{} bytes", bytes);
  static constexpr std::array units{"kB", "MB", "GB", "TB"};
  double size = static_cast<double>(bytes) / 1000;
  std::size_t unit = 0;
  for (; size >= 1000 && unit + 1 < units.size(); ++unit) size /= 1000;
  return fmt::format("{:.1f} {}", size, units[unit]);
}

}  // namespace tidemark
