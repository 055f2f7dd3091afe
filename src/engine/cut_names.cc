#include "engine/cut_names.h"

#include <fmt/format.h>

#include <map>
#include <set>

#include "base/errors.h"
#include "base/text.h"
#include "dialect/dialect.h"

namespace tidemark {
namespace {

struct NamedObject {
  std::string_view kind;
  const Name* name;
  const Origin* origin;
};

/// Where a name has to be unique, and what is left of it there.
using Place = std::pair<std::string, std::string>;

struct Collision {
  Place place;
  NamedObject first, second;
};

class NameCollector {
 public:
  explicit NameCollector(std::size_t longest) : longest_(longest) {}

  void add(std::string scope, NamedObject object) {
    Place place{std::move(scope), std::string(cut_text(object.name->text(), longest_))};
    auto [at, added] = seen_.emplace(place, object);
    if (added || at->second.name->text() == object.name->text()) return;
    collisions_.push_back({std::move(place), at->second, object});
  }

  const std::vector<Collision>& collisions() const { return collisions_; }

 private:
  std::size_t longest_;
  std::map<Place, NamedObject> seen_;
  std::vector<Collision> collisions_;
};

template <class Part>
void add_parts(NameCollector& names, const std::string& scope, std::string_view kind,
               const std::vector<Part>& parts) {
  for (const Part& part : parts) names.add(scope, {kind, &part.name, &part.origin});
}

/// Keys and unique constraints have an index of their name, which lives beside the tables.
void add_table(NameCollector& names, const Table& table) {
  std::string relations = "relation of " + table.path.schema.text();
  std::string own = " of " + table.path.schema.text() + "." + table.path.name.text();
  names.add(relations, {"table", &table.path.name, &table.origin});
  add_parts(names, relations, "index", table.indexes);
  add_parts(names, relations, "primary key", table.primary_keys);
  add_parts(names, relations, "unique constraint", table.uniques);
  for (const Column& column : table.columns)
    if (column.identity)
      names.add("relation of " + column.identity->sequence.schema.text(),
                {"identity sequence", &column.identity->sequence.name, &column.origin});
  add_parts(names, "column" + own, "column", table.columns);
  add_parts(names, "constraint" + own, "primary key", table.primary_keys);
  add_parts(names, "constraint" + own, "unique constraint", table.uniques);
  add_parts(names, "constraint" + own, "foreign key", table.foreign_keys);
  add_parts(names, "constraint" + own, "check", table.checks);
  add_parts(names, "policy" + own, "policy", table.policies);
}

template <class Object>
void add_objects(NameCollector& names, const std::string& scope, std::string_view kind,
                 const std::vector<Object>& objects) {
  for (const Object& object : objects)
    names.add(scope + " of " + object.path.schema.text(),
              {kind, &object.path.name, &object.origin});
}

std::vector<Collision> collisions_in(const Catalog& catalog) {
  NameCollector names(dialect_of(catalog.engine).abilities().longest_name);
  for (const Table& table : catalog.tables) add_table(names, table);
  add_objects(names, "relation", "view", catalog.views);
  add_objects(names, "relation", "sequence", catalog.sequences);
  add_objects(names, "type", "enum", catalog.enums);
  add_parts(names, "schema", "schema", catalog.schemas);
  add_parts(names, "role", "role", catalog.roles);
  return names.collisions();
}

Error explain(const Collision& collision, std::size_t longest) {
  const auto& [place, first, second] = collision;
  Error error =
      Error(Fault::failed,
            fmt::format("{} '{}' and {} '{}' get the same name: of a name the database keeps "
                        "{} bytes, here '{}'",
                        first.kind, first.name->text(), second.kind, second.name->text(), longest,
                        place.second))
          .hint(fmt::format("Give the {} a shorter name of its own.", second.kind));
  if (!second.origin->range) return error;
  return std::move(error).at(*second.origin->range);
}

}  // namespace

void require_distinct_names(const Catalog& before, const Catalog& after) {
  std::size_t longest = dialect_of(after.engine).abilities().longest_name;
  if (longest == 0) return;
  std::set<Place> known;
  for (const Collision& collision : collisions_in(before)) known.insert(collision.place);
  std::vector<Error> errors;
  for (const Collision& collision : collisions_in(after))
    if (!known.contains(collision.place)) errors.push_back(explain(collision, longest));
  if (!errors.empty()) throw_all(std::move(errors));
}

}  // namespace tidemark
