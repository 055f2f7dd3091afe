#include "studio/step_diagram.h"

#include <gtest/gtest.h>

namespace tidemark::studio {
namespace {

Path path(const char* name) { return {{}, Name(name)}; }
Column column(const char* name, const char* type) { return {.name = Name(name), .type = {type}}; }
Table table(const char* name, std::vector<Column> columns) {
  return {.path = path(name), .columns = std::move(columns)};
}

/// "+table(+column *column -column)", with what had another name as "new<old".
std::string marked(const json::value& one) {
  auto text = [&](const char* key) {
    const json::value* value = one.as_object().if_contains(key);
    return value ? std::string(value->as_string()) : "";
  };
  std::string mark = text("mark"), was = text("was");
  std::string sign = mark == "added" ? "+" : mark == "removed" ? "-" : mark == "changed" ? "*" : "";
  return sign + text("name") + (was.empty() ? "" : "<" + was);
}
std::string marked(const json::object& diagram) {
  std::string out;
  for (const json::value& one : diagram.at("tables").as_array()) {
    out += (out.empty() ? "" : " ") + marked(one) + "(";
    for (const json::value& each : one.at("columns").as_array())
      out += (out.ends_with("(") ? "" : " ") + marked(each);
    out += ")";
  }
  return out;
}

TEST(StepDiagram, MarksWhatCameWentAndChanged) {
  MigrationStep step;
  step.before.tables = {table("kept", {column("a", "text")}),
                        table("users", {column("id", "integer"), column("age", "text"),
                                        column("gone", "text"), column("old", "text")}),
                        table("dropped", {column("x", "text")})};
  step.after.tables = {table("kept", {column("a", "text")}),
                       table("users", {column("id", "integer"), column("age", "integer"),
                                       column("new", "text"), column("more", "text")}),
                       table("made", {column("y", "text")})};
  step.renames = {{RenameKind::column, path("users"), path("old"), path("new")}};

  EXPECT_EQ(marked(step_diagram(step)),
            "kept(a) *users(id *age *new<old +more -gone) +made(y) -dropped(x)");
}

TEST(StepDiagram, ARenamedTableIsOne) {
  MigrationStep step;
  step.before.tables = {table("a", {column("x", "text")})};
  step.after.tables = {table("b", {column("x", "text")})};
  step.renames = {{RenameKind::table, {}, path("a"), path("b")}};

  EXPECT_EQ(marked(step_diagram(step)), "*b<a(x)");
}

TEST(StepDiagram, KeysOfBothSidesAreThere) {
  auto key = [](const char* name, const char* target) {
    return ForeignKey{Name(name), {Name("x")}, path(target), {Name("id")}};
  };
  MigrationStep step;
  step.before.tables = {table("t", {column("x", "text")})};
  step.after = step.before;
  step.before.tables[0].foreign_keys = {key("same", "t"), key("gone", "t")};
  step.after.tables[0].foreign_keys = {key("same", "t"), key("new", "t")};

  json::object diagram = step_diagram(step);
  std::string marks;
  for (const json::value& one : diagram.at("keys").as_array())
    marks +=
        (one.as_object().contains("mark") ? std::string(one.at("mark").as_string()) : "same") + " ";
  EXPECT_EQ(marks, "same added removed ");
}

}  // namespace
}  // namespace tidemark::studio
