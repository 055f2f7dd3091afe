#include "base/text_edits.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace tidemark {
namespace {

constexpr std::size_t context = 3;

using Lines = std::vector<std::string_view>;  // each with its line end

Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    std::size_t length = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  return lines;
}

std::string applied(std::span<const TextEdit> edits, std::string_view text, std::size_t begin,
                    std::size_t end) {
  std::string out;
  for (const TextEdit& edit : edits) {
    out.append(text.substr(begin, edit.begin - begin)).append(edit.text);
    begin = edit.end;
  }
  return out.append(text.substr(begin, end - begin));
}

/// Lines of the old text, and what stands there now.
struct Block {
  std::size_t first, last;  // `last` is the first line that stays
  std::vector<std::string> lines;

  /// Leaves out what is the same at both ends.
  void trim(const Lines& old) {
    auto same = [&](std::size_t was, std::size_t now) { return old[was] == lines[now]; };
    std::size_t head = 0, most = std::min(last - first, lines.size());
    while (head < most && same(first + head, head)) ++head;
    std::size_t tail = 0;
    while (tail < most - head && same(last - 1 - tail, lines.size() - 1 - tail)) ++tail;
    lines.erase(lines.end() - static_cast<std::ptrdiff_t>(tail), lines.end());
    lines.erase(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(head));
    first += head, last -= tail;
  }
};

class Blocks {
 public:
  explicit Blocks(std::string_view text) : text_(text) {
    std::size_t begin = 0;
    for (std::string_view line : lines_of(text)) starts_.push_back(begin), begin += line.size();
  }

  /// Changes that share a line are one block.
  std::vector<Block> of(std::span<const TextEdit> edits) const {
    std::vector<Block> blocks;
    for (std::size_t i = 0, next = 0; i < edits.size(); i = next) {
      std::size_t first = line_at(edits[i].begin), last = after(edits[i]);
      for (next = i + 1; next < edits.size() && line_at(edits[next].begin) < last; ++next)
        last = std::max(last, after(edits[next]));
      std::string now = applied(edits.subspan(i, next - i), text_, start(first), start(last));
      Lines lines = lines_of(now);
      blocks.push_back({first, last, {lines.begin(), lines.end()}});
    }
    return blocks;
  }

 private:
  std::size_t start(std::size_t line) const {
    return line < starts_.size() ? starts_[line] : text_.size();
  }
  std::size_t line_at(std::size_t offset) const {
    if (offset == text_.size() && text_.ends_with('\n')) return starts_.size();
    auto next = std::ranges::upper_bound(starts_, offset);
    return next == starts_.begin() ? 0 : static_cast<std::size_t>(next - starts_.begin()) - 1;
  }
  std::size_t after(const TextEdit& edit) const {
    std::size_t last = line_at(edit.end > edit.begin ? edit.end - 1 : edit.end);
    return std::min(last + 1, starts_.size());
  }

  std::string_view text_;
  std::vector<std::size_t> starts_;
};

class Writer {
 public:
  explicit Writer(const Lines& old) : old_(old) {}

  /// Blocks that are near each other share a hunk.
  std::string write(std::span<const Block> blocks) {
    std::string out;
    std::ptrdiff_t shift = 0;
    for (std::size_t i = 0, next = 0; i < blocks.size(); i = next) {
      for (next = i + 1; next < blocks.size(); ++next)
        if (blocks[next].first > blocks[next - 1].last + 2 * context) break;
      out += hunk(blocks.subspan(i, next - i), shift);
    }
    return out;
  }

 private:
  std::string hunk(std::span<const Block> blocks, std::ptrdiff_t& shift) {
    std::size_t first = blocks.front().first - std::min(blocks.front().first, context);
    std::size_t last = std::min(blocks.back().last + context, old_.size());
    std::string body;
    std::size_t at = first, before = last - first, now = before;
    for (const Block& block : blocks) {
      for (; at < block.first; ++at) put(body, ' ', old_[at]);
      for (; at < block.last; ++at) put(body, '-', old_[at]);
      for (std::string_view line : block.lines) put(body, '+', line);
      now += block.lines.size();
      now -= block.last - block.first;
    }
    for (; at < last; ++at) put(body, ' ', old_[at]);
    auto start = [](std::ptrdiff_t line, std::size_t count) {
      return count == 0 ? line : line + 1;
    };
    auto line = static_cast<std::ptrdiff_t>(first);
    std::string head = fmt::format("@@ -{},{} +{},{} @@\n", start(line, before), before,
                                   start(line + shift, now), now);
    shift += static_cast<std::ptrdiff_t>(now) - static_cast<std::ptrdiff_t>(before);
    return head + body;
  }

  static void put(std::string& out, char sign, std::string_view line) {
    out.append(1, sign).append(line);
    if (!line.ends_with('\n')) out += "\n\\ No newline at end of file\n";
  }

  const Lines& old_;
};

}  // namespace

bool TextEdits::add(TextEdit edit) {
  auto next = std::ranges::find_if(edits_, [&](const TextEdit& it) {
    return it.begin > edit.begin || (it.begin == edit.begin && it.end > it.begin);
  });
  if (next != edits_.end() && next->begin < edit.end) return false;
  if (next != edits_.begin() && std::prev(next)->end > edit.begin) return false;
  edits_.insert(next, std::move(edit));
  return true;
}

std::string TextEdits::applied_to(std::string_view text) const {
  return applied(edits_, text, 0, text.size());
}

std::string TextEdits::unified_diff(std::string_view text, const std::string& name) const {
  Lines old = lines_of(text);
  std::vector<Block> blocks = Blocks(text).of(edits_);
  for (Block& block : blocks) block.trim(old);
  std::erase_if(blocks, [](const Block& it) { return it.first == it.last && it.lines.empty(); });
  if (blocks.empty()) return {};
  return fmt::format("--- {0}\n+++ {0}\n", name) + Writer(old).write(blocks);
}

}  // namespace tidemark
