#include "folder/journal.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "folder/json_fields.h"
#include "folder/json_place.h"
#include "tidemark/error.h"

namespace tidemark {
namespace {

std::int64_t number(Fields& fields, std::string_view key, bool required) {
  const json::value* value = fields.find(key);
  if (value && value->is_number()) return value->to_number<std::int64_t>();
  if (!required && !value) return 0;
  fields.node().fail(fmt::format("should have a number as \"{}\"", key));
}

JournalEntry read_entry(const Node& node) {
  Fields fields(node);
  JournalEntry entry;
  entry.idx = number(fields, "idx", false);
  entry.version = fields.text_or("version");
  entry.when = number(fields, "when", true);
  entry.tag = fields.text("tag");
  entry.breakpoints = fields.flag_or("breakpoints", true);
  if (entry.tag.empty()) node.fail("has an empty \"tag\"");
  return entry;
}

void write_value(JsonWriter& out, const json::value& value) {
  if (const json::object* object = value.if_object()) {
    out.begin_object();
    for (const json::key_value_pair& member : *object) {
      out.key(member.key());
      write_value(out, member.value());
    }
    out.end_object();
  } else if (const json::array* array = value.if_array()) {
    out.begin_array();
    for (const json::value& element : *array) write_value(out, element);
    out.end_array();
  } else {
    out.token(compact_json(value));
  }
}

}  // namespace

Journal::Journal(Engine engine) {
  document_ = {{"version", "7"},
               {"dialect", engine == Engine::postgresql ? "postgresql" : "sqlite"},
               {"entries", json::array{}}};
}

Journal Journal::parse(std::string_view text, const std::string& file) {
  json::value value = parse_json(text, file);
  try {
    const Node node(value);
    Fields fields(node);
    Journal journal;
    journal.entries_ = fields.list("entries", read_entry);
    journal.document_ = std::move(value.get_object());
    return journal;
  } catch (const Malformed& mistake) {
    throw Error(Fault::failed,
                fmt::format("{} is malformed: {} {}", file, path_text(mistake), mistake.what))
        .at(range_at(file, text, place_of(text, mistake.path)))
        .hint("restore the file from version control, or correct it by hand");
  }
}

bool Journal::has(std::string_view tag) const {
  return std::ranges::find(entries_, tag, &JournalEntry::tag) != entries_.end();
}

void Journal::append(const JournalEntry& entry) {
  entries_.push_back(entry);
  document_["entries"].get_array().push_back({{"idx", entry.idx},
                                              {"version", entry.version},
                                              {"when", entry.when},
                                              {"tag", entry.tag},
                                              {"breakpoints", entry.breakpoints}});
}

void Journal::remove(std::string_view tag) {
  auto found = std::ranges::find(entries_, tag, &JournalEntry::tag);
  if (found == entries_.end()) return;
  json::array& list = document_["entries"].get_array();
  list.erase(list.begin() + (found - entries_.begin()));
  entries_.erase(found);
}

std::string Journal::text() const {
  JsonWriter out;
  write_value(out, document_);
  return out.take();
}

}  // namespace tidemark
