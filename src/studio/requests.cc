#include "studio/requests.h"

#include <algorithm>

#include "tidemark/error.h"

namespace tidemark::studio {
namespace {

constexpr std::size_t most_rows = 1000;  // of one page

const json::array& list_of(const json::object& from, std::string_view key) {
  static const json::array nothing;
  const json::value* value = from.if_contains(key);
  return value && value->is_array() ? value->get_array() : nothing;
}

const json::object& object_of(const json::value& value) {
  if (const json::object* object = value.if_object()) return *object;
  throw Error(Fault::usage, "a list of something else than was expected");
}

std::vector<Filter> filters_of(const json::object& from) {
  std::vector<Filter> out;
  for (const json::value& one : list_of(from, "filters")) {
    const json::object& object = object_of(one);
    Filter filter{.column = text_of(object, "column"), .op = text_of(object, "op")};
    for (const json::value& value : list_of(object, "values"))
      if (value.is_string()) filter.values.emplace_back(value.get_string());
    filter.group = filters_of(object);
    filter.any = flag_of(object, "any");
    bool empty_group = object.contains("filters") && filter.group.empty();
    if (!empty_group) out.push_back(std::move(filter));
  }
  return out;
}

}  // namespace

std::string text_of(const json::object& from, std::string_view key) {
  const json::value* value = from.if_contains(key);
  return value && value->is_string() ? std::string(value->get_string()) : "";
}

bool flag_of(const json::object& from, std::string_view key) {
  const json::value* value = from.if_contains(key);
  return value && value->is_bool() && value->get_bool();
}

std::size_t number_of(const json::object& from, std::string_view key, std::size_t otherwise) {
  const json::value* value = from.if_contains(key);
  bool good = value && value->is_int64() && value->get_int64() >= 0;
  return good ? static_cast<std::size_t>(value->get_int64()) : otherwise;
}

Path path_of(const json::object& from) {
  return {Name(text_of(from, "schema")), Name(text_of(from, "table"))};
}

Selection selection_of(const json::object& from) {
  Selection out{
      .filters = filters_of(from), .any = flag_of(from, "any"), .where = text_of(from, "where")};
  for (const json::value& one : list_of(from, "sorts")) {
    const json::object& object = object_of(one);
    out.sorts.push_back({text_of(object, "column"), flag_of(object, "descending")});
  }
  return out;
}

PageRequest page_of(const json::object& from) {
  PageRequest out{.offset = number_of(from, "offset", 0)};
  out.limit = std::min(number_of(from, "limit", out.limit), most_rows);
  out.backwards = flag_of(from, "backwards");
  if (const json::value* after = from.if_contains("after"); after && after->is_array())
    out.after = encoded_list(from, "after");
  return out;
}

std::vector<Encoded> encoded_list(const json::object& from, std::string_view key) {
  std::vector<Encoded> out;
  for (const json::value& one : list_of(from, key))
    out.push_back(one.is_string() ? Encoded(std::string(one.get_string())) : Encoded());
  return out;
}

}  // namespace tidemark::studio
