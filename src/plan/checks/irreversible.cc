#include "plan/checks/rules.h"

namespace tidemark {

// What the way back makes again is not what was there: rights and memberships of
// a role are not part of the schema.
void irreversible(const Judged& it, Statement& statement) {
  if (auto* drop = std::get_if<Drop<Role>>(&it.change); drop && it.draft.step == Step::drop_role)
    add_finding(statement, Hazard::irreversible, "drop_role",
                "the rights and memberships of role " + drop->object.name.text() + " are lost");
}

}  // namespace tidemark
