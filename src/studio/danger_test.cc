#include "studio/danger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tidemark::studio {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class DangerTest : public ::testing::TestWithParam<Engine> {
 protected:
  static std::string of(const std::string& sql) { return danger_of(sql, GetParam()).what; }
  static std::vector<std::string> tables(const std::string& sql) {
    return danger_of(sql, GetParam()).tables;
  }
};

TEST_P(DangerTest, IsWhatTakesEveryRow) {
  for (const char* sql :
       {"delete from t", "DELETE FROM t /* where */", "delete from t where true",
        "delete from t where 1=1", "delete from t where not (1 = 0) or random() < 2",
        "delete from t where current_date > date '2000-01-01'",
        "with x as (select 1 where true) delete from t",
        "with x as (select a from t where a = 1) delete from t returning a", "truncate t"})
    EXPECT_EQ(of(sql), "deletes every row of a table") << sql;
  for (const char* sql : {"update t set a = (select 1 where true)",
                          "update t set a = 1 where 1 < 2", "update or replace t set a = 1"})
    EXPECT_EQ(of(sql), "changes every row of a table") << sql;
  EXPECT_EQ(of("drop table t"), "drops something for good");
  EXPECT_EQ(of("alter table t drop column a"), "drops a part of a table");
}

TEST_P(DangerTest, IsNotWhatSaysWhichRows) {
  for (const char* sql :
       {"delete from t where a = 1", "delete from t where \"true\"", "select 'drop table t'",
        "delete from t where exists (select 1 from u where u.a = t.a)",
        "insert into t values (1) on conflict (a) do update set a = 2",
        "select a from t for update", "explain delete from t",
        "create table u (a int references t on delete cascade)",
        "create trigger x after delete on t begin delete from u; end"})
    EXPECT_EQ(of(sql), "") << sql;
}

TEST_P(DangerTest, NamesTheTables) {
  EXPECT_THAT(tables("delete from t"), ElementsAre("t"));
  EXPECT_THAT(tables("update \"a b\".c set d = 1"), ElementsAre("\"a b\".c"));
  EXPECT_THAT(tables("drop table if exists t, u"), ElementsAre("t", "u"));
  EXPECT_THAT(tables("drop index i"), IsEmpty());
  EXPECT_THAT(tables("with x as (select 1) delete from t"), ElementsAre("t"));
}

INSTANTIATE_TEST_SUITE_P(Engines, DangerTest, ::testing::Values(Engine::postgresql, Engine::sqlite),
                         [](const auto& engine) {
                           return engine.param == Engine::postgresql ? "Postgres" : "Sqlite";
                         });

std::string of(const std::string& sql) { return danger_of(sql, Engine::postgresql).what; }

TEST(DangerPostgres, IsFoundWhereItHides) {
  for (const char* sql :
       {"EXPLAIN ANALYZE DELETE FROM t", "explain (analyze, buffers) delete from t",
        "WITH x AS (DELETE FROM t RETURNING *) SELECT count(*) FROM x",
        "with x as (delete from t returning *) select * from x where a = 1",
        "merge into t using (select 1) s on true when matched then delete",
        "DO $$ BEGIN IF true THEN DELETE FROM t; END IF; END $$", "do 'begin truncate t; end'",
        "PREPARE p AS DELETE FROM t", "prepare p (int) as delete from t where $1 = 1",
        "copy (delete from t returning *) to '/tmp/x'"})
    EXPECT_EQ(of(sql), "deletes every row of a table") << sql;
  EXPECT_EQ(of("do $x$ begin execute 'drop ' || 'table t'; end $x$"),
            "runs SQL that is put together only then");
  EXPECT_EQ(of("do $$ begin drop table t; end $$"), "drops something for good");
}

TEST(DangerPostgres, IsNotWhereTheRowsAreNamed) {
  for (const char* sql :
       {"merge into t using u on t.a = u.a when matched then delete",
        "merge into t using u on true when not matched then insert values (1)",
        "do $$ begin delete from t where a = 1; end $$", "prepare p as delete from t where a = $1",
        "grant delete, truncate on t to public", "delete from t where current of c",
        "delete from t using u where t.a = u.a"})
    EXPECT_EQ(of(sql), "") << sql;
}

TEST(DangerPostgres, CountsEveryTableOfAList) {
  EXPECT_THAT(danger_of("truncate only users *, public.posts cascade", Engine::postgresql).tables,
              ElementsAre("users", "public.posts"));
}

}  // namespace
}  // namespace tidemark::studio
