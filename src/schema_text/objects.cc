#include "schema_text/objects.h"

#include <fmt/format.h>

#include "base/text.h"
#include "schema_text/extras.h"
#include "schema_text/typescript.h"

namespace tidemark::schema_text {
namespace {

std::string enum_line(const Scope& scope, const Enum& type) {
  std::vector<std::string> values;
  for (const std::string& value : type.values) values.push_back(single_quoted(value));
  return fmt::format("const {} = {}({}, [{}])\n", scope.names.enums.at(type.path),
                     maker(scope, type.path, "pgEnum", "enum"),
                     double_quoted(type.path.name.text()), join(values, ", "));
}

std::string schema_line(const Scope& scope, const Schema& schema) {
  return fmt::format("const {} = pgSchema({});\n", scope.names.schemas.at(schema.name),
                     double_quoted(schema.name.text()));
}

std::string options_of(const SequenceOptions& options) {
  std::string out;
  auto add = [&out](std::string_view key, const std::string& value) {
    if (!value.empty()) out += fmt::format(" {}: {},", key, double_quoted(value));
  };
  add("startWith", options.start_with);
  add("increment", options.increment);
  add("minValue", options.min_value);
  add("maxValue", options.max_value);
  add("cache", options.cache);
  return out + (options.cycle.value_or(false) ? " cycle: true" : " cycle: false");
}

std::string rights_of(const Role& role) {
  std::string out;
  if (role.create_db) out += " createDb: true,";
  if (role.create_role) out += " createRole: true,";
  if (!role.inherit) out += " inherit: false ";
  if (out.ends_with(',')) out.pop_back();
  return out.empty() ? out : fmt::format(" {{{}}}", out);
}

}  // namespace

std::string maker(const Scope& scope, const Path& path, std::string_view function,
                  std::string_view method) {
  auto schema = scope.names.schemas.find(path.schema);
  return schema == scope.names.schemas.end() ? std::string(function)
                                             : fmt::format("{}.{}", schema->second, method);
}

std::string schemas(const Scope& scope) {
  std::string out;
  for (const Schema& schema : scope.catalog.schemas) out += "export " + schema_line(scope, schema);
  for (const Schema& schema : scope.outside.schemas) out += schema_line(scope, schema);
  return out;
}

std::string roles(const Scope& scope) {
  std::string out;
  for (const Role& role : scope.catalog.roles)
    out += fmt::format("export const {} = pgRole({}, {} );\n", scope.names.roles.at(role.name),
                       double_quoted(role.name.text()), rights_of(role));
  return out;
}

std::string enums(const Scope& scope) {
  std::string out;
  for (const Enum& type : scope.catalog.enums) out += "export " + enum_line(scope, type);
  for (const Enum& type : scope.outside.enums) out += enum_line(scope, type);
  return out;
}

std::string sequences(const Scope& scope) {
  std::string out;
  for (const Sequence& sequence : scope.catalog.sequences)
    out +=
        fmt::format("export const {} = {}({}, {{ {} }})\n", scope.names.sequences.at(sequence.path),
                    maker(scope, sequence.path, "pgSequence", "sequence"),
                    double_quoted(sequence.path.name.text()), options_of(sequence.options));
  return out;
}

std::string custom_types(const Scope& scope) {
  std::string out;
  for (const auto& [sql, name] : scope.names.custom_types)
    out += fmt::format("const {} = customType<{{ data: string }}>({{ dataType: () => {} }});\n",
                       name, double_quoted(sql));
  return out;
}

std::vector<std::string> policies_apart(const Scope& scope) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < scope.catalog.policies.size(); i++) {
    const Policy& policy = scope.catalog.policies[i];
    std::string link =
        policy.on.name.empty() ? "" : fmt::format(".link({})", scope.names.tables.at(policy.on));
    out.push_back(fmt::format("export const {} = {}{};", scope.names.policies[i],
                              policy_call(scope, policy), link));
  }
  return out;
}

}  // namespace tidemark::schema_text
