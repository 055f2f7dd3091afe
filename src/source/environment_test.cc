#include "source/environment.h"

#include <gmock/gmock.h>

namespace tidemark {
namespace {

using testing::ElementsAre;
using testing::Pair;

TEST(Dotenv, PlainValuesEndAtACommentAndAreTrimmed) {
  EXPECT_THAT(parse_dotenv("A= one two  # why\n# B=2\nC=\n"),
              ElementsAre(Pair("A", "one two"), Pair("C", "")));
}

TEST(Dotenv, AHashInsideQuotesIsPartOfTheValue) {
  EXPECT_THAT(parse_dotenv("URL=\"postgres://u:p#1@h/db\" # prod\nB='#x'\n"),
              ElementsAre(Pair("URL", "postgres://u:p#1@h/db"), Pair("B", "#x")));
}

TEST(Dotenv, OnlyDoubleQuotesUnderstandLineEnds) {
  EXPECT_THAT(parse_dotenv("A=\"x\\ny\"\nB='x\\ny'\nC=`x\\ny`"),
              ElementsAre(Pair("A", "x\ny"), Pair("B", "x\\ny"), Pair("C", "x\\ny")));
}

TEST(Dotenv, AQuotedValueMayTakeSeveralLines) {
  EXPECT_THAT(parse_dotenv("KEY='-----BEGIN\nabc\n-----END'\nNEXT=1"),
              ElementsAre(Pair("KEY", "-----BEGIN\nabc\n-----END"), Pair("NEXT", "1")));
}

TEST(Dotenv, ExportAndColonsAndWindowsLineEndsAreAccepted) {
  EXPECT_THAT(parse_dotenv("export A=1\r\nB: 2\r\n"), ElementsAre(Pair("A", "1"), Pair("B", "2")));
}

TEST(Dotenv, AQuoteThatIsNeverClosedIsPartOfTheValue) {
  EXPECT_THAT(parse_dotenv("A='it\nB=2"), ElementsAre(Pair("A", "'it"), Pair("B", "2")));
}

TEST(Dotenv, ReferencesToOtherVariablesStayAsWritten) {
  EXPECT_THAT(parse_dotenv("A=${HOME}/x"), ElementsAre(Pair("A", "${HOME}/x")));
}

}  // namespace
}  // namespace tidemark
