#include "diff/merge.h"

#include <algorithm>
#include <optional>
#include <type_traits>

#include "catalog/names.h"
#include "diff/merge_needs.h"

namespace tidemark {
namespace {

template <class Object>
auto key_of(const Object& object) {
  if constexpr (requires { object.path; })
    return object.path;
  else
    return object.name;
}

template <class Object>
const Object* find(const std::vector<Object>& list, const Object& like) {
  auto found = std::ranges::find_if(
      list, [&](const Object& other) { return key_of(other) == key_of(like); });
  return found == list.end() ? nullptr : &*found;
}

std::string text_of(const Name& name) { return name.text(); }
std::string text_of(const Path& path) { return plain_name(path); }

template <class Value>
const Value* either(const Value& base, const Value& ours, const Value& theirs) {
  if (ours == theirs || ours == base) return &theirs;
  return theirs == base ? &ours : nullptr;
}

class Merger {
 public:
  std::vector<MergeConflict> conflicts = {};

  /// One list of objects. `kind` and `owner` are for messages.
  template <class Object>
  std::vector<Object> list(const char* kind, const std::string& owner,
                           const std::vector<Object>& base, const std::vector<Object>& ours,
                           const std::vector<Object>& theirs) {
    std::vector<Object> out;
    for (const Object& it : theirs) {
      const Object *was = find(base, it), *our = find(ours, it);
      if (!our && !was)
        out.push_back(it);
      else if (!our && !(*was == it))
        conflict(kind, owner, it, "drops or renames it", "changes it");
      else if (our)
        out.push_back(both(kind, owner, was, *our, it));
    }
    add_ours(kind, owner, base, ours, theirs, out);
    return out;
  }

 private:
  template <class Object>
  void conflict(const char* kind, const std::string& owner, const Object& object, const char* ours,
                const char* theirs) {
    conflicts.push_back({std::string(kind) + " " + owner + text_of(key_of(object)), ours, theirs});
  }

  /// Each new object of ours goes behind the one that it follows in ours.
  template <class Object>
  void add_ours(const char* kind, const std::string& owner, const std::vector<Object>& base,
                const std::vector<Object>& ours, const std::vector<Object>& theirs,
                std::vector<Object>& out) {
    for (std::size_t at = 0; at < ours.size(); ++at) {
      const Object& it = ours[at];
      if (find(theirs, it)) continue;
      if (const Object* was = find(base, it)) {
        if (!(*was == it)) conflict(kind, owner, it, "changes it", "drops or renames it");
        continue;
      }
      const Object* before = at == 0 ? nullptr : find(out, ours[at - 1]);
      out.insert(before ? out.begin() + (before - out.data()) + 1 : out.end(), it);
    }
  }

  template <class Object>
  Object both(const char* kind, const std::string& owner, const Object* base, const Object& ours,
              const Object& theirs) {
    if (ours == theirs) return theirs;
    if (base) {
      if (const Object* one = either(*base, ours, theirs)) return *one;
      if constexpr (std::is_same_v<Object, Table>) return table(*base, ours, theirs);
      if constexpr (std::is_same_v<Object, Enum>)
        if (auto values = appended(*base, ours, theirs)) return *values;
    }
    const char* what = base ? "changes it" : "creates it";
    conflict(kind, owner, theirs, what, base ? "changes it otherwise" : "creates another one");
    return theirs;
  }

  /// Both only added values at the end.
  static std::optional<Enum> appended(const Enum& base, const Enum& ours, const Enum& theirs) {
    auto begins = [&](const Enum& it) {
      return it.values.size() >= base.values.size() &&
             std::equal(base.values.begin(), base.values.end(), it.values.begin());
    };
    if (!begins(ours) || !begins(theirs)) return std::nullopt;
    Enum out = theirs;
    for (const std::string& value : ours.values)
      if (std::ranges::find(out.values, value) == out.values.end()) out.values.push_back(value);
    return out;
  }

  Table table(const Table& base, const Table& ours, const Table& theirs) {
    Table out = theirs;
    const std::string owner = plain_name(theirs.path) + ".";
    auto part = [&](const char* kind, auto member) {
      out.*member = list(kind, owner, base.*member, ours.*member, theirs.*member);
    };
    part("column", &Table::columns);
    part("index", &Table::indexes);
    part("foreign key", &Table::foreign_keys);
    part("primary key", &Table::primary_keys);
    part("unique constraint", &Table::uniques);
    part("policy", &Table::policies);
    part("check", &Table::checks);
    // Two values only: where both changed it, both changed it to the same.
    if (ours.row_level_security != base.row_level_security)
      out.row_level_security = ours.row_level_security;
    return out;
  }
};

}  // namespace

MergeResult merge(const Catalog& base, const Catalog& ours, const Catalog& theirs) {
  MergeResult result{.catalog = {.engine = theirs.engine}};
  Merger merger;
  auto part = [&](const char* kind, auto member) {
    result.catalog.*member = merger.list(kind, "", base.*member, ours.*member, theirs.*member);
  };
  part("schema", &Catalog::schemas);
  part("enum", &Catalog::enums);
  part("sequence", &Catalog::sequences);
  part("role", &Catalog::roles);
  part("table", &Catalog::tables);
  part("policy", &Catalog::policies);
  part("view", &Catalog::views);
  result.conflicts = std::move(merger.conflicts);
  if (result.conflicts.empty()) {
    result.conflicts = torn_apart(result.catalog, ours);
    for (MergeConflict torn : torn_apart(result.catalog, theirs)) {
      std::swap(torn.ours, torn.theirs);
      result.conflicts.push_back(std::move(torn));
    }
  }
  return result;
}

}  // namespace tidemark
