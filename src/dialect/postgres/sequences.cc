#include "dialect/postgres/script.h"
#include "dialect/postgres/sequence_options.h"

namespace tidemark::postgres_dialect {

void write(Script& script, const Create<Sequence>& change) {
  const Sequence& it = change.object;
  script
      .add(Step::create_sequence, Rank::create_sequences,
           sql("CREATE SEQUENCE ", FullPath{it.path}, sequence_options(it.options), ";"))
      .needs(key::schema(it.path.schema))
      .makes(key::relation(it.path));
}

void write(Script& script, const Drop<Sequence>& change) {
  script
      .add(Step::drop_sequence, Rank::drop_sequences,
           sql("DROP SEQUENCE ", FullPath{change.object.path}, ";"))
      .drops(key::relation(change.object.path))
      .releases(key::schema(change.object.path.schema));
}

void write(Script& script, const Rename<Sequence>& change) {
  renames(script.add(Step::rename_sequence, Rank::rename_sequences,
                     sql("ALTER SEQUENCE ", FullPath{change.before}, " RENAME TO ",
                         change.after.name, ";")),
          script, change, key::relation);
}

void write(Script& script, const Move<Sequence>& change) {
  moves(script.add(Step::move_sequence, Rank::move_sequences,
                   sql("ALTER SEQUENCE ", FullPath{change.before}, " SET SCHEMA ",
                       change.after.schema, ";")),
        script, change, key::relation);
}

void write(Script& script, const Alter<Sequence>& change) {
  bool stops_cycling =
      change.before.options.cycle.value_or(false) && !change.after.options.cycle.value_or(false);
  script
      .add(Step::alter_sequence, Rank::alter_sequences,
           sql("ALTER SEQUENCE ", FullPath{change.after.path},
               sequence_options(change.after.options), stops_cycling ? " NO CYCLE" : "", ";"))
      .needs(key::relation(change.after.path));
}

}  // namespace tidemark::postgres_dialect
