#include "dialect/postgres/enums.h"

#include <vector>

#include "base/text.h"

namespace tidemark::postgres_dialect {

namespace {

// A value that was added cannot be used in the transaction that added it.
bool used_at_once(const Script& script, const AddEnumValue& added) {
  std::string literal = string_literal(added.value);
  auto uses = [&](const Column& column) {
    return column.default_value && script.enum_after(column.type) &&
           column.type.schema == added.path.schema &&
           column.default_value->text.find(literal) != std::string::npos;
  };
  for (const Table& table : script.input.after.tables) {
    const Table* before = script.table_before(table.path);
    for (const Column& column : table.columns) {
      const Column* old = before ? before->column(column.name) : nullptr;
      if (uses(column) && !(old && uses(*old))) return true;
    }
  }
  return false;
}

}  // namespace

std::string create_enum_sql(const Enum& it) {
  std::vector<std::string> values;
  values.reserve(it.values.size());
  for (const std::string& value : it.values) values.push_back(string_literal(value));
  return sql("CREATE TYPE ", FullPath{it.path}, " AS ENUM(", join(values, ", "), ");");
}

void write(Script& script, const Create<Enum>& change) {
  script.add(Step::create_enum, Rank::create_enums, create_enum_sql(change.object))
      .needs(key::schema(change.object.path.schema))
      .makes(key::type(change.object.path));
}

void write(Script& script, const Drop<Enum>& change) {
  script
      .add(Step::drop_enum, Rank::drop_enums, sql("DROP TYPE ", FullPath{change.object.path}, ";"))
      .releases(key::schema(change.object.path.schema))
      .drops(key::type(change.object.path));
}

void write(Script& script, const Rename<Enum>& change) {
  renames(script.add(
              Step::rename_enum, Rank::rename_enums,
              sql("ALTER TYPE ", FullPath{change.before}, " RENAME TO ", change.after.name, ";")),
          script, change, key::type);
}

void write(Script& script, const Move<Enum>& change) {
  moves(script.add(
            Step::move_enum, Rank::move_enums,
            sql("ALTER TYPE ", FullPath{change.before}, " SET SCHEMA ", change.after.schema, ";")),
        script, change, key::type);
}

void write(Script& script, const AddEnumValue& change) {
  std::string place = change.before.empty() ? "" : " BEFORE " + string_literal(change.before);
  Added added = script.add(Step::add_enum_value, Rank::add_enum_values,
                           sql("ALTER TYPE ", FullPath{change.path}, " ADD VALUE ",
                               string_literal(change.value), place, ";"));
  added.needs(key::type(change.path));
  if (used_at_once(script, change)) added.alone();
}

}  // namespace tidemark::postgres_dialect
