#include "schema_text/schema_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tidemark {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Column column(const char* name, const char* type = "integer") {
  return {.name = name, .type = {type}};
}

Table table(const char* name, std::vector<Column> columns = {column("id")}) {
  return {.path = {"public", name}, .columns = std::move(columns)};
}

Catalog with(std::vector<Table> tables) { return {.tables = std::move(tables)}; }

Catalog sqlite_with(Table table) {
  table.path.schema = {};
  return {.engine = Engine::sqlite, .tables = {std::move(table)}};
}

std::string line_of(Column column) { return schema_ts(with({table("t", {std::move(column)})})); }

std::string default_of(const char* type, const char* sql, bool quoted = true) {
  Column one = column("c", type);
  one.default_value = Literal{sql, quoted};
  return line_of(std::move(one));
}

TEST(SchemaText, IsInTheFormOfThePeer) {
  Table users = table("user_accounts", {column("id", "serial"), column("full_name", "text")});
  users.columns[0].primary_key = users.columns[0].not_null = true;
  users.indexes = {{.name = "by_name", .columns = {{.text = "full_name"}}}};
  EXPECT_EQ(schema_ts(with({users})),
            "import { pgTable, index, serial, text } from \"drizzle-orm/pg-core\"\n"
            "import { sql } from \"drizzle-orm\"\n"
            "\n\n\n"
            "export const userAccounts = pgTable(\"user_accounts\", {\n"
            "\tid: serial().primaryKey().notNull(),\n"
            "\tfullName: text(\"full_name\"),\n"
            "}, (table) => [\n"
            "\tindex(\"by_name\").using(\"btree\", table.fullName.asc().nullsLast()),\n"
            "]);\n");
}

TEST(SchemaText, WritesPlainValuesOnlyWhereTheySayTheSame) {
  EXPECT_THAT(default_of("integer", "0", false), HasSubstr(".default(0)"));
  EXPECT_THAT(default_of("text", "0", false), HasSubstr(".default(0 as never)"));
  EXPECT_THAT(default_of("integer", "'5'"), HasSubstr(".default(sql`'5'`)"));
  EXPECT_THAT(default_of("text", "'it''s \\'"), HasSubstr(".default('it\\'s \\\\')"));
  EXPECT_THAT(default_of("text", "'a' || 'b'"), HasSubstr(".default(sql`'a' || 'b'`)"));
  EXPECT_THAT(default_of("text", "lower('${X}`')"), HasSubstr("sql`lower('\\${X}\\`')`"));
  EXPECT_THAT(default_of("timestamp", "now()"), HasSubstr(".defaultNow()"));
  EXPECT_THAT(default_of("date", "'2024-01-31'"), HasSubstr(".default('2024-01-31')"));
  EXPECT_THAT(default_of("date", "'tomorrow'"), HasSubstr(".default(sql`'tomorrow'`)"));
  EXPECT_THAT(default_of("jsonb", "'{\"a\":[1]}'::jsonb"), HasSubstr(".default({\"a\":[1]})"));
  EXPECT_THAT(default_of("jsonb", "'{\"2\":1}'::jsonb"), HasSubstr(".default(sql`"));
  EXPECT_THAT(default_of("integer[][]", "'{{1,2},{3,4}}'"), HasSubstr("[[1, 2], [3, 4]]"));
  EXPECT_THAT(default_of("text[]", "'{\"a\",\"b,c\"}'"), HasSubstr("[\"a\", \"b,c\"]"));
  EXPECT_THAT(default_of("text[]", "'{a}'"), HasSubstr(".default(sql`'{a}'`)"));
}

TEST(SchemaText, MakesACustomTypeOfWhatDrizzleDoesNotHave) {
  std::string text = line_of(column("where", "geography(Point,4326)[]"));
  EXPECT_THAT(text, HasSubstr("const geographyPoint4326 = customType<{ data: string }>({ "
                              "dataType: () => \"geography(Point,4326)\" });"));
  EXPECT_THAT(text, HasSubstr("where: geographyPoint4326().array()"));
}

TEST(SchemaText, GivesEachConstantAnIdentifierOfItsOwn) {
  std::string text = schema_ts(with({table("integer"), table("user-s"), table("user_s"),
                                     table("class"), table("2fa"), table("table")}));
  for (const char* name : {"integerTable = ", "userS = ", "userSTable = ", "classTable = ",
                           "_2Fa = ", "tableTable = "})
    EXPECT_THAT(text, HasSubstr(std::string("export const ") + name));
}

TEST(SchemaText, GivesEachColumnAKeyOfItsOwn) {
  std::string text = schema_ts(with({table(
      "t", {column("a_b"), column("aB"), column("1"), column("__proto__"), column("a b!")})}));
  for (const char* line :
       {"\taB: integer(\"a_b\"),", "\taB2: integer(\"aB\"),", "\t_1: integer(\"1\"),",
        "\tproto: integer(\"__proto__\"),", "\t\"aB!\": integer(\"a b!\"),"})
    EXPECT_THAT(text, HasSubstr(line));
}

TEST(SchemaText, NamesColumnsWhereTheConfigurationWouldMakeOthers) {
  EXPECT_THAT(schema_ts(with({table("t")}), {.name_every_column = true}),
              HasSubstr("id: integer(\"id\")"));
}

TEST(SchemaText, DeclaresWhatIsNamedAndNotThere) {
  Table notes = table("notes", {column("owner", "uuid"), column("mood", "mood")});
  notes.columns[1].type.schema = "other";
  notes.foreign_keys = {
      {.name = "fk", .columns = {"owner"}, .target = {"auth", "users"}, .target_columns = {"id"}}};
  std::string text = schema_ts(with({notes}));
  EXPECT_THAT(text, HasSubstr("\nconst auth = pgSchema(\"auth\");"));
  EXPECT_THAT(text, HasSubstr("\nconst moodInOther = other.enum(\"mood\", [''])"));
  EXPECT_THAT(text, HasSubstr("\nconst usersInAuth = auth.table(\"users\", {\n\tid: uuid(),\n"));
  EXPECT_THAT(text, HasSubstr("foreignColumns: [usersInAuth.id]"));
  EXPECT_THAT(relations_ts(with({notes})), Not(HasSubstr("usersInAuth")));
}

TEST(SchemaText, NamesEveryIndexOfSqlite) {
  Table notes = table("notes");
  notes.indexes = {{.name = "notes_id_index",
                    .columns = {{.text = "id"}, {.text = "abs(id)", .is_expression = true}},
                    .where = "id > 0"}};
  EXPECT_THAT(schema_ts(sqlite_with(notes)),
              HasSubstr("index(\"notes_id_index\").on(table.id, sql`abs(id)`)"
                        ".where(sql`id > 0`),"));
}

TEST(SchemaText, SaysTheTypeInCirclesOfAnyLength) {
  std::vector<Table> tables;
  const char* names[] = {"a", "b", "c", "a"};
  for (int i = 0; i < 3; i++) {
    tables.push_back(table(names[i]));
    tables.back().foreign_keys = {{.name = "fk",
                                   .columns = {"id"},
                                   .target = {"public", names[i + 1]},
                                   .target_columns = {"id"}}};
  }
  EXPECT_THAT(schema_ts(with(tables)), HasSubstr("(table): PgTableExtraConfigValue[] => ["));
  tables[2].foreign_keys[0].target.name = "c";
  EXPECT_THAT(schema_ts(with(tables)), Not(HasSubstr("PgTableExtraConfigValue")));
}

TEST(SchemaText, TellsNotesWhereTheyBelong) {
  Table notes = table("notes", {column("id"), column("body", "text")});
  notes.checks = {{.name = "short", .expression = "true"}};
  std::string text =
      schema_ts(with({notes}), {.notes = {{{"public", "notes"}, {}, "partitioned"},
                                          {{"public", "notes"}, "body", "COLLATE \"C\""},
                                          {{"public", "notes"}, "short", "NOT VALID"},
                                          {{"public", "notes"}, "touch", "trigger\non insert"},
                                          {{}, {}, "extension citext"}}});
  EXPECT_THAT(text,
              HasSubstr("// partitioned\n// touch: trigger\n// on insert\nexport const notes"));
  EXPECT_THAT(text, HasSubstr("\t// COLLATE \"C\"\n\tbody: text(),"));
  EXPECT_THAT(text, HasSubstr("\n\t// NOT VALID\n\tcheck(\"short\", sql`true`),"));
  EXPECT_THAT(text, ::testing::EndsWith("\n// extension citext\n"));
}

}  // namespace
}  // namespace tidemark
