#include "dialect/postgres/script.h"

namespace tidemark::postgres_dialect {

void write(Script& script, const Create<Role>& change) {
  const Role& role = change.object;
  bool plain = !role.create_db && !role.create_role && role.inherit;
  script
      .add(Step::create_role, Rank::create_roles,
           sql("CREATE ROLE ", role.name, plain ? "" : " WITH", role.create_db ? " CREATEDB" : "",
               role.create_role ? " CREATEROLE" : "", role.inherit ? "" : " NOINHERIT", ";"))
      .makes(key::role(role.name));
}

void write(Script& script, const Drop<Role>& change) {
  script.add(Step::drop_role, Rank::drop_roles, sql("DROP ROLE ", change.object.name, ";"))
      .drops(key::role(change.object.name));
}

void write(Script& script, const Rename<Role>& change) {
  script
      .add(Step::rename_role, Rank::rename_roles,
           sql("ALTER ROLE ", change.before.name, " RENAME TO ", change.after.name, ";"))
      .vacates(key::role(change.before.name))
      .makes(key::role(change.after.name));
}

void write(Script& script, const Alter<Role>& change) {
  const Role& role = change.after;
  script.add(Step::alter_role, Rank::alter_roles,
             sql("ALTER ROLE ", role.name, " WITH", role.create_db ? " CREATEDB" : " NOCREATEDB",
                 role.create_role ? " CREATEROLE" : " NOCREATEROLE",
                 role.inherit ? " INHERIT" : " NOINHERIT", ";"));
}

}  // namespace tidemark::postgres_dialect
