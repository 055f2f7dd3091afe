// The messages are those of sqld 0.24.32.
#include "connect/libsql/error_place.h"

#include <gtest/gtest.h>

namespace tidemark {
namespace {

/// The rest of the SQL from the place on.
std::string_view from_place(std::string_view message, std::string_view sql) {
  std::uint32_t place = error_place(message, sql);
  return place == 0 ? "nowhere" : sql.substr(place - 1);
}

TEST(ErrorPlace, IsWhereTheWordBeginsWhoseEndIsTold) {
  EXPECT_EQ(from_place("SQL string could not be parsed: near CONSTRAINT, \"None\": syntax error at "
                       "(1, 32)",
                       "alter table kept add constraint c check (a > 0)"),
            "constraint c check (a > 0)");
  EXPECT_EQ(from_place("syntax error around L1:13: `tabel`", "create tabel x (a)"), "tabel x (a)");
  EXPECT_EQ(
      from_place("unknown table option: strictly at (1, 29)", "create table \u00e9 (a) strictly"),
      "strictly");
}

TEST(ErrorPlace, IsInALineAndCountsBytes) {
  EXPECT_EQ(from_place("syntax error around L2:21: `3`",
                       "create table x (a,\n  b integer defalt 3,\n c)"),
            "3,\n c)");
  EXPECT_EQ(from_place("syntax error around L2:14: `b`",
                       "create table x (\u00e9 text,\n  '\u00fc' \u00fc ( b integer)"),
            "b integer)");
}

TEST(ErrorPlace, IsWhereALiteralBeginsOrTheTextEnds) {
  EXPECT_EQ(from_place("non-terminated literal at (1, 8)", "select 'abc"), "'abc");
  EXPECT_EQ(from_place("unexpected end of input at (1, 9)", "select ("), "(");
  EXPECT_EQ(from_place("unexpected end of input at (7, 80)", "select a"), "a");
}

TEST(ErrorPlace, IsNotToldByEveryMessage) {
  EXPECT_EQ(error_place("no such table: at (x, 1)", "select 1"), 0u);
  EXPECT_EQ(error_place("", ""), 0u);
}

}  // namespace
}  // namespace tidemark
