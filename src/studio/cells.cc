#include "studio/cells.h"

#include <charconv>

#include "base/text.h"

namespace tidemark::studio {
namespace {

/// How many bytes the character at the start has; 0 for what is no UTF-8.
std::size_t character_size(std::string_view text) {
  auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  unsigned char first = byte(0);
  std::size_t size = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  if (first > 0xF4 || size == 0 || size > text.size()) return 0;
  for (std::size_t i = 1; i < size; ++i)
    if ((byte(i) & 0xC0) != 0x80) return 0;
  if (size == 3 && ((first == 0xE0 && byte(1) < 0xA0) || (first == 0xED && byte(1) > 0x9F)))
    return 0;
  if (size == 4 && ((first == 0xF0 && byte(1) < 0x90) || (first == 0xF4 && byte(1) > 0x8F)))
    return 0;
  return size;
}

std::size_t number(std::string_view text) {
  std::size_t out = 0;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

json::object long_text(std::string_view beginning) { return {{"t", valid_text(beginning)}}; }

/// Of what `cell_sql` writes for bytes.
json::object described_bytes(std::string_view text, std::size_t most_digits) {
  std::size_t colon = std::min(text.find(':'), text.size());
  std::string hex = lower(text.substr(std::min(colon + 1, text.size()), most_digits));
  return {{"b", std::move(hex)}, {"n", number(text.substr(0, colon))}};
}

/// The place after so many characters, or the end.
std::size_t after_characters(std::string_view text, std::size_t count) {
  std::size_t at = 0;
  for (; count > 0 && at < text.size(); --count)
    at += std::max<std::size_t>(character_size(text.substr(at)), 1);
  return std::min(at, text.size());
}

json::value page_cell(const Value& value, CellKind kind, bool bytes, std::size_t most) {
  if (!value) return nullptr;
  if (bytes || kind == CellKind::blob) return described_bytes(*value, most / 2 * 2);
  std::size_t end = after_characters(*value, most);
  if (end < value->size()) return long_text(std::string_view(*value).substr(0, end));
  return json::string(valid_text(*value));
}

}  // namespace

std::string hex_of(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (char c : bytes) {
    out += digits[static_cast<unsigned char>(c) >> 4];
    out += digits[static_cast<unsigned char>(c) & 15];
  }
  return out;
}

std::string valid_text(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    std::size_t size = character_size(text);
    if (size == 0)
      out += "\xEF\xBF\xBD";
    else
      out += text.substr(0, size);
    text.remove_prefix(std::max<std::size_t>(size, 1));
  }
  return out;
}

json::value cell_of(const Value& value, CellKind kind, std::size_t most_characters) {
  if (!value) return nullptr;
  if (kind == CellKind::blob)
    return json::object{{"b", hex_of(std::string_view(*value).substr(0, cell_bytes))},
                        {"n", value->size()}};
  if (value->size() > most_characters) return long_text(cut_text(*value, most_characters));
  return json::string(valid_text(*value));
}

json::object page_row(const PageSql& page, const ResultRow& row, Engine engine,
                      std::size_t most_characters) {
  json::array cells;
  std::string kinds;
  std::size_t columns = page.bytes.size();
  for (std::size_t i = 0; i < columns; ++i) {
    cells.push_back(page_cell(row.values[i], row.kinds[i], page.bytes[i], most_characters));
    kinds += static_cast<char>(row.kinds[i]);
  }
  auto values = [&](std::size_t from, std::size_t size) {
    json::array out;
    for (std::size_t i = from; i < from + size; ++i)
      out.push_back(encoded(row.values[i], row.kinds[i], engine));
    return out;
  };
  json::object out{{"c", std::move(cells)}, {"k", values(columns, page.place_size)}};
  if (page.key_size > 0) out["key"] = values(page.key_at, page.key_size);
  if (engine != Engine::postgresql) out["t"] = kinds;
  return out;
}

json::value encoded(const Value& value, CellKind kind, Engine engine) {
  if (!value) return nullptr;
  if (engine == Engine::postgresql) return json::string(*value);
  std::string content = kind == CellKind::blob ? hex_of(*value) : *value;
  return json::string(static_cast<char>(kind) + content);
}

}  // namespace tidemark::studio
