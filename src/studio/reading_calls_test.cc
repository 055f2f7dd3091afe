#include "studio/reading_calls.h"

#include <gtest/gtest.h>

#include "studio/typed_statement.h"

namespace tidemark::studio {
namespace {

TEST(ReadingCalls, TheFunctionsOfSqliteAreKnown) {
  for (const char* sql :
       {"select count(*), max(a), replace(b, 'x', 'y') from t where a in (1, 2) and not (b is "
        "null)",
        "with recursive n(i) as (select 1 union all select i + 1 from n where i < (3)) select * "
        "from n",
        "with n(i) as not materialized (values (1)) select i from n",
        "select row_number() over (partition by a order by (b)) from t",
        "select sum(a) filter (where a > 0) over w from t window w as (order by a)",
        "select * from json_each('[1]') join pragma_table_info('t') using (name)",
        "select cast(a as varchar(20)) from t where exists (select 1) or a between (1) and (2)",
        "select vector_distance_cos(v, vector32('[1]')), \"upper\"('x') from t",
        "pragma table_info(t)", "select percentile_cont(0.5) within group (order by a) from t",
        "select 'writefile(' -- writefile('a', 'b')"})
    EXPECT_EQ(unknown_call(sql), "") << sql;
}

TEST(ReadingCalls, OthersAreToldByName) {
  EXPECT_EQ(unknown_call("select writefile('/tmp/x', 'hello')"), "writefile");
  EXPECT_EQ(unknown_call("select \"WriteFile\" /* */ ('/tmp/x', 'hello')"), "writefile");
  EXPECT_EQ(unknown_call("select [readfile]('/etc/passwd')"), "readfile");
  EXPECT_EQ(unknown_call("select `edit`('x')"), "edit");
  EXPECT_EQ(unknown_call("select \"abs acos\"(1)"), "abs acos");
  EXPECT_EQ(unknown_call("select load_extension('x')"), "load_extension");
  EXPECT_EQ(unknown_call("select fts3_tokenizer('a', x'00')"), "fts3_tokenizer");
  EXPECT_EQ(unknown_call("select * from fsdir('/')"), "fsdir");
  EXPECT_EQ(unknown_call("select * from 'fsdir' where path = '/'"), "fsdir");
  EXPECT_EQ(unknown_call("select * from main.zipfile"), "zipfile");
  EXPECT_EQ(unknown_call("select * from pragma_optimize"), "pragma_optimize");
  EXPECT_EQ(unknown_call("select writefile('a', 'b') as materialized"), "writefile");
  EXPECT_EQ(unknown_call("select writefile('a', (1)) as x, (2)"), "writefile");
}

TEST(ReadingCalls, APragmaTellsOrSets) {
  auto reads = [](const char* sql) { return read_statements(sql, Engine::turso)[0].reads_only; };

  for (const char* sql : {"pragma table_info(t)", "pragma main.table_info('t')",
                          "pragma user_version", "pragma foreign_key_list(t)"})
    EXPECT_TRUE(reads(sql)) << sql;
  for (const char* sql :
       {"pragma user_version = 3", "pragma user_version(3)", "pragma journal_mode(delete)",
        "pragma optimize", "pragma wal_checkpoint", "pragma writable_schema", "pragma"})
    EXPECT_FALSE(reads(sql)) << sql;
  EXPECT_TRUE(reads("select replace('a', 'b', 'c')"));
  EXPECT_FALSE(reads("with n as (select 1) replace into t select * from n"));
}

}  // namespace
}  // namespace tidemark::studio
