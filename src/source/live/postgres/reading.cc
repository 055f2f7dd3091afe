#include "source/live/postgres/reading.h"

namespace tidemark::postgres_live {

json::array Fields::list(std::size_t at) const {
  return has(at) ? json::parse(*row_[at]).as_array() : json::array();
}

std::vector<std::string> Fields::texts(std::size_t at) const {
  return json::value_to<std::vector<std::string>>(json::value(list(at)));
}

std::vector<Name> Fields::names(std::size_t at) const {
  std::vector<Name> out;
  for (std::string& text : texts(at)) out.emplace_back(std::move(text));
  return out;
}

Table* Reading::table(const std::string& oid) {
  auto found = tables.find(oid);
  return found == tables.end() ? nullptr : &live.catalog.tables[found->second];
}

std::vector<Column>* Reading::columns(const std::string& oid) {
  if (Table* found = table(oid)) return &found->columns;
  auto view = views.find(oid);
  return view == views.end() ? nullptr : &live.catalog.views[view->second].columns;
}

void Reading::beyond(const std::string& oid, Name object, std::string what, std::string text) {
  auto found = relations.find(oid);
  if (found == relations.end()) return;
  live.beyond.push_back({found->second, std::move(object), std::move(what), std::move(text)});
}

}  // namespace tidemark::postgres_live
