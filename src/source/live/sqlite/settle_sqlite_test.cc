#include "source/live/sqlite/settle_sqlite.h"

#include <gtest/gtest.h>

#include "source/live/sqlite/read_sqlite.h"

namespace tidemark::sqlite_live {
namespace {

TEST(SettleSqlite, SpellingIsNoDifference) {
  Name t("t");
  EXPECT_TRUE(same_expression("\"t\".\"a\" > 1", "a>1", t));
  EXPECT_TRUE(same_expression("(lower(`A`))", "LOWER(a)", t));
  EXPECT_TRUE(same_expression("((1))", "1", t));
  EXPECT_FALSE(same_expression("(a) or (b)", "a) or (b", t));
  EXPECT_FALSE(same_expression("a = 'X'", "a = 'x'", t));
  EXPECT_FALSE(same_expression("u.a > 1", "a > 1", t));
}

TEST(SettleSqlite, TypesByTheirAffinityAsThePeerHasIt) {
  EXPECT_EQ(plain_type("VARCHAR(20)"), "text(20)");
  EXPECT_EQ(plain_type("BIGINT"), "integer");
  EXPECT_EQ(plain_type("DOUBLE PRECISION"), "real");
  EXPECT_EQ(plain_type("DATETIME"), "numeric");
  EXPECT_EQ(plain_type(""), "blob");
}

TEST(SettleSqlite, AVectorStaysWhatItIs) {
  EXPECT_EQ(plain_type("F32_BLOB(4)"), "F32_BLOB(4)");
  EXPECT_EQ(plain_type("float64 (3)"), "float64 (3)");
  EXPECT_EQ(plain_type("FLOAT64"), "real");
  auto with = [](const char* type) {
    Table table{.path = {{}, Name("t")}, .columns = {{.name = Name("a"), .type = {type}}}};
    return Catalog{.engine = Engine::turso, .tables = {table}};
  };
  auto settled = [&](const char* live, const char* wanted) {
    return settle_sqlite(with(live), with(wanted)).live.tables[0].columns[0].type.text;
  };
  EXPECT_EQ(settled("f32_blob(4)", "F32_BLOB(4)"), "F32_BLOB(4)");
  EXPECT_EQ(settled("F32_BLOB(4)", "F32_BLOB(5)"), "F32_BLOB(4)");
}

TEST(SettleSqlite, AUniqueConstraintServesAsTheWantedIndex) {
  Index wanted_index{.name = Name("t_a_unique"), .columns = {{.text = "a"}}, .unique = true};
  Table wanted{
      .path = {{}, Name("t")}, .columns = {{.name = Name("a")}}, .indexes = {wanted_index}};
  Table live{
      .path = {{}, Name("T")}, .columns = {{.name = Name("A")}}, .uniques = {{{}, {Name("A")}}}};
  Settled settled = settle_sqlite({.engine = Engine::sqlite, .tables = {live}},
                                  {.engine = Engine::sqlite, .tables = {wanted}});
  EXPECT_EQ(settled.live.tables[0], wanted);
  Catalog none{.engine = Engine::sqlite, .tables = {{.path = {{}, Name("t")}}}};
  EXPECT_EQ(settle_sqlite({.engine = Engine::sqlite, .tables = {live}}, none)
                .live.tables[0]
                .uniques.size(),
            1u);
}

}  // namespace
}  // namespace tidemark::sqlite_live
