// A column that is on both sides and not alike. Properties change in the peer's
// order: type, default, NOT NULL, identity, generation. See docs/differences.md
// for where the peer's statements fail and these do not.
#include <algorithm>

#include "dialect/postgres/columns.h"
#include "dialect/postgres/dependents.h"
#include "dialect/postgres/enums.h"
#include "dialect/postgres/generated_columns.h"
#include "dialect/postgres/primary_keys.h"
#include "dialect/postgres/sequence_options.h"
#include "dialect/postgres/serial.h"
#include "dialect/postgres/types.h"

namespace tidemark::postgres_dialect {

namespace {

/// The peer forgets defaults that JavaScript takes for false.
bool counts_as_default(const std::optional<Literal>& value) {
  if (!value) return false;
  if (value->quoted) return !value->text.empty();
  return value->text != "0" && value->text != "false" && value->text != "null";
}

class ColumnChange {
 public:
  ColumnChange(Script& script, const Modify<Column>& change)
      : script_(script), table_(change.table), before_(change.before), after_(change.after) {}

  void write() {
    if (before_.primary_key && !after_.primary_key) drop_column_key(script_, table_, after_.name);
    if (!before_.primary_key && after_.primary_key) add_column_key(script_, table_, after_.name);
    if (after_.generated && before_.generated != after_.generated) {
      prepare_recreation();
      return recreate_generated(script_, table_, before_, after_);
    }
    if (after_.generated && reads_a_retyped_column(script_, table_, after_.generated->expression))
      return recreate_generated(script_, table_, before_, after_);
    // A column that is computed takes no default, and no USING.
    const bool stops_computing = before_.generated && !after_.generated;
    const bool at_first = after_.default_value || after_.identity || needs_using();
    if (stops_computing && at_first) drop_expression();
    bool loses_identity = before_.identity && !after_.identity;
    bool at_once = loses_identity && identity_is_in_the_way();
    if (at_once) drop_identity();
    type();
    default_value();
    if (loses_identity && !at_once) drop_identity();
    not_null();
    identity();
    if (stops_computing && !at_first) drop_expression();
  }

 private:
  Added add(Step step, std::string text) {
    return script_.add_on(table_, step, Rank::alter_columns, std::move(text),
                          script_.position(table_) * 3 + 2);
  }
  Added alter(Step step, const std::string& action) {
    return add(step, alter_column(table_, after_.name) + action + ";");
  }

  void set_default(const std::string& value) {
    Added draft = alter(Step::set_default, "SET DEFAULT " + value);
    need_type(draft, after_.type);
    draft.needs(key::new_type(table_, after_.name));
  }
  // The type that follows takes it along.
  void set_default_of_old_type(const std::string& value) {
    Added draft = alter(Step::set_default, "SET DEFAULT " + value);
    need_type(draft, after_.type);
    draft.releases(key::old_type(table_, after_.name));
  }
  void drop_identity() { alter(Step::drop_identity, "DROP IDENTITY"); }
  void drop_expression() {
    Added draft = alter(Step::drop_generated, "DROP EXPRESSION");
    let_go(draft, script_, *script_.table_before(table_), before_);
  }
  Added drop_default() { return alter(Step::drop_default, "DROP DEFAULT"); }
  void drop_default_of_old_type() { drop_default().releases(key::old_type(table_, after_.name)); }

  // An identity column has no default, and is of an integer type.
  bool identity_is_in_the_way() const {
    bool integer = after_.type.text == "smallint" || after_.type.text == "integer" ||
                   after_.type.text == "bigint";
    return after_.default_value || !integer;
  }

  void type() {
    bool was_serial = is_serial(before_.type), becomes_serial = is_serial(after_.type);
    if (was_serial && !becomes_serial) drop_serial();
    SqlType from = without_serial(before_.type), to = without_serial(after_.type);
    if (!same_type(from, to)) change_type(from, to);
    if (was_serial && becomes_serial && from != to) widen_serial(to);
    if (!was_serial && becomes_serial) make_serial(to);
  }

  void change_type(const SqlType& from, const SqlType& to) {
    if (is_remade(script_, from, to)) {  // with all its columns
      default_settled_ = true;
      return;
    }
    bool from_enum = script_.enum_before(from), to_enum = script_.enum_after(to);
    set_aside_views(script_, table_, after_.name);
    set_aside_policies(script_, table_, after_.name);
    set_aside_generated(script_, table_, after_.name);
    if (!only_its_name_changes(from, to)) set_aside_comparisons(from, from_enum, to, to_enum);

    Cast cast = cast_between(from, from_enum, to, to_enum);
    if (from_enum && to_enum)
      from_enum_to_enum(to, cast);
    else if (to_enum && cast == Cast::explicit_)
      from_text_to_enum(to, cast);
    else if (cast == Cast::assignment)
      assign_type(to);
    else
      cast_type(to, cast);
  }

  // Of the elements of an array.
  bool only_its_name_changes(const SqlType& from, const SqlType& to) const {
    return !from.schema.empty() && script_.enum_now(from) == enum_path(to) &&
           parse_type(from.text).dimensions == parse_type(to.text).dimensions;
  }

  void set_aside_comparisons(const SqlType& from, bool from_enum, const SqlType& to, bool to_enum) {
    const bool leaves = leaves_kind(from, from_enum, to, to_enum);
    if (leaves)
      set_aside_foreign_keys(script_, table_, after_.name);
    else
      set_aside_parted_keys(script_, table_, after_.name);
    if (leaves || !from.schema.empty() || !to.schema.empty())
      set_aside_expressions(script_, table_, after_.name);
  }

  // Foreign keys, checks and predicates survive as long as the operators they were
  // made with take the new type.
  static bool leaves_kind(const SqlType& from, bool from_enum, const SqlType& to, bool to_enum) {
    return from_enum || to_enum || cast_between(from, false, to, false) != Cast::assignment ||
           cast_between(to, false, from, false) != Cast::assignment;
  }

  bool needs_using() const {
    SqlType from = without_serial(before_.type), to = without_serial(after_.type);
    return !same_type(from, to) && !is_remade(script_, from, to) &&
           cast_between(from, script_.enum_before(from), to, script_.enum_after(to)) !=
               Cast::assignment;
  }

  std::string using_sql(const SqlType& to, Cast cast) const {
    std::string column = sql(after_.name), type = full_type_sql(to);
    switch (cast) {
      case Cast::assignment:
        return "";
      case Cast::explicit_:
        return " USING " + column + "::" + type;
      case Cast::through_text:
        return " USING " + column + "::text::" + type;
      case Cast::into_array:
        return " USING CASE WHEN " + column + " IS NULL THEN NULL ELSE ARRAY[" + column +
               "]::" + type + " END";
    }
    return "";
  }

  // The collation of a live column, which its new type would not have by itself.
  std::string collation_sql(const SqlType& to) const {
    const std::string& collation = before_.kept.sql;
    return collation.empty() || !can_be_collated(to) ? "" : " " + collation;
  }

  void set_type(const SqlType& to, Cast cast) {
    Added draft = alter(Step::set_type, "SET DATA TYPE " + full_type_sql(to) + collation_sql(to) +
                                            using_sql(to, cast));
    draft.drops(key::old_type(table_, after_.name)).makes(key::new_type(table_, after_.name));
    if (enum_path(before_.type) != enum_path(to)) release_type(draft, before_.type);
    need_type(draft, to);
  }

  // The default follows the type by itself.
  void assign_type(const SqlType& to) {
    set_type(to, Cast::assignment);
    if (!counts_as_default(after_.default_value)) return;
    set_default(after_.default_value->text);
    default_settled_ = true;
  }

  // The default cannot follow: it goes before, and the new one comes after.
  void cast_type(const SqlType& to, Cast cast) {
    if (before_.default_value) drop_default_of_old_type();
    set_type(to, cast);
    if (after_.default_value) set_default(after_.default_value->text);
    default_settled_ = true;
  }

  // A default of the new type is stored as text until the column has that type.
  void from_text_to_enum(const SqlType& to, Cast cast) {
    if (after_.default_value)
      set_default_of_old_type(after_.default_value->text + "::" + full_type_sql(to));
    else if (before_.default_value)
      drop_default_of_old_type();
    set_type(to, cast);
    default_settled_ = true;
  }

  void from_enum_to_enum(const SqlType& to, Cast cast) {
    bool new_name = before_.type.text != after_.type.text;
    if (before_.default_value || (new_name && after_.default_value)) drop_default_of_old_type();
    set_type(to, cast);
    if (after_.default_value) set_default(after_.default_value->text);
    default_settled_ = true;
  }

  void drop_serial() {
    drop_default_of_old_type();
    add(Step::drop_sequence, on_serial_sequence(script_, table_, after_.name, "DROP SEQUENCE"));
  }

  void widen_serial(const SqlType& to) {
    add(Step::alter_sequence,
        on_serial_sequence(script_, table_, after_.name, "ALTER SEQUENCE", " AS " + to.text));
  }

  void make_serial(const SqlType& to) {
    Path sequence = serial_sequence(table_, after_.name);
    std::string name = string_literal(sql(FullPath{sequence}));
    add(Step::create_sequence, sql("CREATE SEQUENCE ", FullPath{sequence}, " AS ", to.text,
                                   " OWNED BY ", table_, ".", after_.name, ";"));
    add(Step::alter_sequence, continue_sequence_sql(name, table_, after_.name));
    set_default("nextval(" + name + ")");
    default_settled_ = true;
  }

  void default_value() {
    if (default_settled_ || before_.default_value == after_.default_value) return;
    if (after_.default_value && is_remade(script_, before_.type, after_.type)) return;
    if (after_.default_value)
      set_default(after_.default_value->text);
    else
      drop_default();
  }

  void not_null() {
    if (before_.not_null == after_.not_null) return;
    if (after_.not_null && after_.identity && kept_in_primary_key()) return;  // as the peer
    if (after_.not_null)
      alter(Step::set_not_null, "SET NOT NULL");
    else if (!kept_in_primary_key())
      alter(Step::drop_not_null, "DROP NOT NULL");
  }

  // A primary key implies NOT NULL, which cannot be taken from its columns.
  bool kept_in_primary_key() const {
    if (before_.primary_key) return after_.primary_key;
    const Table* before = script_.table_before(table_);
    const Table* after = script_.table_after(table_);
    return std::ranges::any_of(before->primary_keys, [&](const PrimaryKey& it) {
      return in_primary_key(*after, after_.name) &&
             std::ranges::any_of(it.columns, [&](const Name& name) {
               return script_.new_name(table_, name) == after_.name;
             });
    });
  }

  void identity() {
    if (!after_.identity) return;
    if (!before_.identity) {
      alter(Step::add_identity, "ADD " + identity_sql(*after_.identity));
      if (is_serial(before_.type)) continue_identity();
      return;
    }
    const Identity &old = *before_.identity, &now = *after_.identity;
    if (starts_below(old.options, now.options)) raise_identity(now.options.min_value);
    for (const std::string& setting : identity_settings(old, now))
      alter(Step::alter_identity, setting);
    if (old.sequence.name != now.sequence.name)
      add(Step::rename_sequence,
          sql("ALTER SEQUENCE ", Path{now.sequence.schema, old.sequence.name}, " RENAME TO ",
              now.sequence.name, ";"));
  }

  // SQL that names the sequence behind the column.
  std::string own_sequence() const {
    return "pg_get_serial_sequence(" + string_literal(sql(FullPath{table_})) + ", " +
           string_literal(after_.name.text()) + ")";
  }

  void continue_identity() {
    add(Step::alter_sequence, continue_sequence_sql(own_sequence(), table_, after_.name));
  }

  void raise_identity(const std::string& least) {
    add(Step::alter_sequence, "SELECT setval(" + own_sequence() + ", GREATEST(nextval(" +
                                  own_sequence() + "), " + least + "), false);");
  }

  // What the peer writes first although the column goes, as far as it cannot fail.
  void prepare_recreation() {
    bool assignable = cast_between(before_.type, script_.enum_before(before_.type), after_.type,
                                   script_.enum_after(after_.type)) == Cast::assignment;
    if (assignable) type();
    default_value();
    if (!after_.not_null) not_null();
  }

  Script& script_;
  const Path& table_;
  const Column& before_;
  const Column& after_;
  bool default_settled_ = false;
};

}  // namespace

void write(Script& script, const Modify<Column>& change) { ColumnChange(script, change).write(); }

}  // namespace tidemark::postgres_dialect
