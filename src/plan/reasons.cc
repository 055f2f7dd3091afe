#include "plan/reasons.h"

#include "catalog/names.h"

namespace tidemark {

namespace {

// What a kind of object is called.
template <class Object>
constexpr std::string_view word = "";
template <>
constexpr std::string_view word<Schema> = "schema";
template <>
constexpr std::string_view word<Enum> = "enum";
template <>
constexpr std::string_view word<Sequence> = "sequence";
template <>
constexpr std::string_view word<Role> = "role";
template <>
constexpr std::string_view word<Table> = "table";
template <>
constexpr std::string_view word<Column> = "column";
template <>
constexpr std::string_view word<Index> = "index";
template <>
constexpr std::string_view word<ForeignKey> = "foreign key";
template <>
constexpr std::string_view word<PrimaryKey> = "primary key";
template <>
constexpr std::string_view word<Unique> = "unique constraint";
template <>
constexpr std::string_view word<Check> = "check";
template <>
constexpr std::string_view word<Policy> = "policy";
template <>
constexpr std::string_view word<View> = "view";

template <class Object>
std::string name_of(const Object& object) {
  if constexpr (requires { object.path; })
    return plain_name(object.path);
  else
    return object.name.text();
}

/// SQLite has constraints without a name.
template <class Part>
std::string part_name(const Path& table, const Part& part) {
  if constexpr (requires { part.columns.front().text(); })
    if (part.name.empty()) {
      std::vector<std::string> columns;
      for (const Name& column : part.columns) columns.push_back(column.text());
      return plain_name(table) + " (" + join(columns, ", ") + ")";
    }
  return plain_name(table, part.name);
}

template <class Object>
std::string phrase(std::string_view verb, const std::string& name) {
  return std::string(verb) + " " + std::string(word<Object>) + " " + name;
}

}  // namespace

std::string reason(const Change& change) {
  return std::visit(
      match{
          []<class T>(const Create<T>& it) { return phrase<T>("create", name_of(it.object)); },
          []<class T>(const Drop<T>& it) { return phrase<T>("drop", name_of(it.object)); },
          []<class T>(const Alter<T>& it) { return phrase<T>("change", name_of(it.after)); },
          []<class T>(const Rename<T>& it) {
            return phrase<T>("rename", plain_name(it.before)) + " to " + it.after.name.text();
          },
          []<class T>(const Move<T>& it) {
            return phrase<T>("move", plain_name(it.before)) + " to schema " +
                   it.after.schema.text();
          },
          []<class T>(const Add<T>& it) { return phrase<T>("add", part_name(it.table, it.part)); },
          []<class T>(const Remove<T>& it) {
            return phrase<T>("drop", part_name(it.table, it.part));
          },
          []<class T>(const Modify<T>& it) {
            return phrase<T>("change", part_name(it.table, it.after));
          },
          []<class T>(const RenamePart<T>& it) {
            return phrase<T>("rename", plain_name(it.table, it.before)) + " to " + it.after.text();
          },
          [](const AddEnumValue& it) {
            return "add value '" + it.value + "' to enum " + plain_name(it.path);
          },
          [](const SetRowLevelSecurity& it) {
            return std::string(it.enabled ? "enable" : "disable") + " row security on " +
                   plain_name(it.table);
          },
      },
      change);
}

Origin origin(const Change& change) {
  return std::visit(match{
                        []<class T>(const Create<T>& it) { return it.object.origin; },
                        []<class T>(const Alter<T>& it) { return it.after.origin; },
                        []<class T>(const Add<T>& it) { return it.part.origin; },
                        []<class T>(const Modify<T>& it) { return it.after.origin; },
                        [](const auto&) { return Origin{}; },
                    },
                    change);
}

}  // namespace tidemark
