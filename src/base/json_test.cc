#include "base/json.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "tidemark/error.h"

namespace tidemark {
namespace {

TEST(JsNumber, PrintsAsJavaScriptDoes) {
  EXPECT_EQ(js_number(0.0), "0");
  EXPECT_EQ(js_number(-0.0), "0");
  EXPECT_EQ(js_number(1.0), "1");
  EXPECT_EQ(js_number(-12.5), "-12.5");
  EXPECT_EQ(js_number(0.1), "0.1");
  EXPECT_EQ(js_number(1e21), "1e+21");
  EXPECT_EQ(js_number(1e20), "100000000000000000000");
  EXPECT_EQ(js_number(1.5e-7), "1.5e-7");
  EXPECT_EQ(js_number(0.000001), "0.000001");
  EXPECT_EQ(js_number(9007199254740993.0), "9007199254740992");
}

TEST(JsonWriter, LaysOutLikeJsonStringifyWithTwoSpaces) {
  JsonWriter writer;
  writer.begin_object();
  writer.key("a").begin_object().end_object();
  writer.key("b").begin_array().token("1").string("x\n\"\x01").end_array();
  writer.key("c").boolean(true);
  writer.end_object();
  EXPECT_EQ(writer.take(),
            "{\n  \"a\": {},\n  \"b\": [\n    1,\n    \"x\\n\\\"\\u0001\"\n  ],\n  \"c\": true\n}");
}

TEST(ParseJson, PointsAtTheMistake) {
  try {
    parse_json("{\n  \"a\": ]\n}", "meta/_journal.json");
    FAIL() << "accepted";
  } catch (const Error& error) {
    ASSERT_TRUE(error.range());
    EXPECT_EQ(error.range()->line, 2u);
    EXPECT_EQ(error.range()->column, 8u);
  }
}

TEST(ParseJson, KeepsEveryDigitOfANumber) {
  for (const char* number : {"427557.66712333675", "123456789.12345679", "-5e-324", "0.1",
                             "1.7976931348623157e+308", "7.2057594037927933e+16"})
    EXPECT_EQ(parse_json(number).as_double(), std::strtod(number, nullptr)) << number;
  EXPECT_EQ(parse_json("[9007199254740993, 18446744073709551615]").at(0).as_int64(),
            9007199254740993);
}

TEST(ParseJson, RefusesTextAfterTheEnd) { EXPECT_THROW(parse_json("{} x", "f"), Error); }

}  // namespace
}  // namespace tidemark
