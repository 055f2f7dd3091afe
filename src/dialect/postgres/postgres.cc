// The PostgreSQL dialect: one visit per change, each kind in a file of its own.
#include "dialect/postgres/dependents.h"
#include "dialect/postgres/policies.h"
#include "dialect/postgres/script.h"
#include "dialect/postgres/views.h"

namespace tidemark {

namespace {

class Postgres final : public Dialect {
 public:
  const Abilities& abilities() const override { return abilities_; }

  std::vector<Draft> render(const RenderInput& input) const override {
    postgres_dialect::Script script(input);
    for (; script.change < input.changes.size(); ++script.change)
      std::visit([&](const auto& change) { postgres_dialect::write(script, change); },
                 input.changes[script.change]);
    for (script.change = 0; script.change < input.changes.size(); ++script.change)
      postgres_dialect::set_aside_readers_of_passed_name(script, input.changes[script.change]);
    postgres_dialect::forget_names_of_recreated_views(script);
    postgres_dialect::forget_changes_of_recreated_policies(script);
    return script.take();
  }

 private:
  Abilities abilities_ = {.name = "postgresql",
                          .quote = '"',
                          .longest_name = 63,
                          .builds_indexes_online = true,
                          .has_schemas = true};
};

}  // namespace

const Dialect& postgres() {
  static const Postgres dialect;
  return dialect;
}

}  // namespace tidemark
