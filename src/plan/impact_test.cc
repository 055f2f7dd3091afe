#include "plan/impact.h"

#include <gmock/gmock.h>

#include "plan/test_catalogs.h"

namespace tidemark {
namespace {

using testing::ElementsAre;

/// Each impact as "verb noun where: SQL".
std::vector<std::string> between(const Catalog& before, const Catalog& after,
                                 Renames renames = {}) {
  KnownRenames known(std::move(renames));
  std::vector<std::string> out;
  for (const Impact& it : impacts(diff(before, after, known), after))
    out.push_back(it.verb + " " + it.noun + " " + it.where + ": " + it.count_sql);
  return out;
}

TEST(Impacts, DroppedTablesAndColumnsLoseWhatIsInThem) {
  EXPECT_THAT(between(users({column("a")}), {}),
              ElementsAre(R"(deletes row of users: SELECT count(*) FROM "public"."users")"));
  EXPECT_THAT(between(users({column("a"), column("b")}), users({column("a")})),
              ElementsAre(R"(deletes value of users.b: SELECT count("b") FROM "public"."users")"));
}

TEST(Impacts, AGeneratedColumnLosesNothing) {
  Column generated = column("b");
  generated.generated = Generated{.expression = "a"};
  EXPECT_THAT(between(users({column("a"), generated}), users({column("a")})), ElementsAre());
}

TEST(Impacts, WhatIsNewConcernsNoRows) {
  Catalog after = users({column("a")});
  after.tables[0].uniques = {{.name = "u", .columns = {"a"}}};
  EXPECT_THAT(between({}, after), ElementsAre());
  after.tables[0].columns[0].not_null = true;
  EXPECT_THAT(
      between(users({}), after),
      ElementsAre(R"(has no value for row in users.a: SELECT count(*) FROM "public"."users")"));
  after.tables[0].columns[0].default_value = Literal{"''"};
  EXPECT_THAT(between(users({}), after), ElementsAre());
}

TEST(Impacts, ValuesThatANarrowerTypeRefusesAreCounted) {
  auto from_to = [](const char* from, const char* to) {
    Catalog before = users({column("a")}), after = before;
    before.tables[0].columns[0].type = {from};
    after.tables[0].columns[0].type = {to};
    return between(before, after);
  };
  EXPECT_THAT(
      from_to("text", "varchar(5)"),
      ElementsAre(
          R"(finds value of users.a that varchar(5) does not take: SELECT count(*) FROM "public"."users" WHERE char_length(rtrim("a"::text)) > 5)"));
  EXPECT_THAT(
      from_to("bigint", "integer"),
      ElementsAre(
          R"(finds value of users.a that integer does not take: SELECT count(*) FROM "public"."users" WHERE round("a"::numeric) NOT BETWEEN -2147483648 AND 2147483647)"));
  EXPECT_THAT(
      from_to("integer", "numeric(5, 2)"),
      ElementsAre(
          R"(finds value of users.a that numeric(5, 2) does not take: SELECT count(*) FROM "public"."users" WHERE abs(round("a"::numeric, 2)) >= power(10::numeric, 3))"));
  EXPECT_THAT(from_to("varchar(5)", "text"), ElementsAre());
  EXPECT_THAT(from_to("text", "date"), ElementsAre());
}

TEST(Impacts, ValuesThatAnEnumLosesAreCounted) {
  Catalog before = users({column("a"), column("b")}), after = {};
  before.tables[0].columns[0].type = {"mood", "public"};
  before.tables[0].columns[1].type = {"mood[]", "public"};
  after = before;
  before.enums = {{.path = {"public", "mood"}, .values = {"sad", "it's"}}};
  after.enums = {{.path = {"public", "mood"}, .values = {"sad"}}};
  EXPECT_THAT(
      between(before, after),
      ElementsAre(
          R"(finds row of users.a with a value that mood no longer has: SELECT count(*) FROM "public"."users" WHERE "a"::text IN ('it''s'))",
          R"(finds row of users.b with a value that mood no longer has: SELECT count(*) FROM "public"."users" WHERE "b"::text[] && ARRAY['it''s'])"));
  EXPECT_THAT(between(after, before), ElementsAre());
}

TEST(Impacts, NullsAndEqualRowsAreCounted) {
  Catalog after = users({column("a"), column("b")});
  Catalog before = after;
  after.tables[0].columns[0].not_null = true;
  after.tables[0].uniques = {{.name = "u", .columns = {"a", "b"}}};
  EXPECT_THAT(
      between(before, after),
      ElementsAre(
          R"(finds NULL in row of users ("a"): SELECT count(*) FROM "public"."users" WHERE "a" IS NULL)",
          R"(finds value that several rows of users share ("a", "b"): SELECT count(*) FROM )"
          R"((SELECT 1 FROM "public"."users" WHERE "a" IS NOT NULL AND "b" IS NOT NULL GROUP BY )"
          R"("a", "b" HAVING count(*) > 1) AS alike)"));
}

TEST(Impacts, RowsThatPointAtNothingAreCounted) {
  Catalog before = users({column("id")});
  before.tables.push_back({.path = {"public", "posts"}, .columns = {column("author")}});
  Catalog after = before;
  after.tables[1].foreign_keys = {{.name = "f",
                                   .columns = {"author"},
                                   .target = {"public", "users"},
                                   .target_columns = {"id"}}};
  EXPECT_THAT(
      between(before, after),
      ElementsAre(
          R"(finds row of posts that points at nothing in users ("author"): SELECT count(*) )"
          R"(FROM "public"."posts" AS child WHERE child."author" IS NOT NULL AND NOT EXISTS )"
          R"((SELECT 1 FROM "public"."users" AS parent WHERE parent."id" = child."author"))"));
}

TEST(Impacts, RowsAreCountedUnderTheNamesOfNow) {
  Catalog before = users({column("a"), column("b")});
  Catalog after = users({column("z")});
  after.tables[0].path.name = "people";
  after.tables[0].columns[0].not_null = true;
  Renames renames = {{RenameKind::table, {}, {"public", "users"}, {"public", "people"}},
                     {RenameKind::column, {"public", "people"}, {{}, "a"}, {{}, "z"}}};
  EXPECT_THAT(
      between(before, after, renames),
      ElementsAre(
          R"(deletes value of people.b: SELECT count("b") FROM "public"."users")",
          R"(finds NULL in row of people ("z"): SELECT count(*) FROM "public"."users" WHERE "a" IS NULL)"));
}

}  // namespace
}  // namespace tidemark
