#include "schema_text/camel_case.h"

#include <gtest/gtest.h>

namespace tidemark::schema_text {
namespace {

// Words and what npm's `camelcase` 7.0.1 makes of them.
TEST(CamelCase, IsThatOfThePeer) {
  struct Case {
    const char *name, *camel;
  };
  for (const Case& one : std::initializer_list<Case>{{"user_id", "userId"},
                                                     {"UserID", "userId"},
                                                     {"m2m", "m2M"},
                                                     {"XMLFile", "xmlFile"},
                                                     {"aBC", "aBc"},
                                                     {"ABCdef", "abCdef"},
                                                     {"foo__bar", "fooBar"},
                                                     {"_x", "x"},
                                                     {"a_", "a"},
                                                     {"1a", "1A"},
                                                     {"IDs", "ids"},
                                                     {"ABc", "abc"},
                                                     {"ABCDe", "abcDe"},
                                                     {"x-ABc", "xAbc"},
                                                     {"2fa_code", "2FaCode"},
                                                     {"xY_zW", "xYZW"},
                                                     {"HTTPServer_2x", "httpServer2X"},
                                                     {"fooBarInMyAuth", "fooBarInMyAuth"},
                                                     {"größe_a", "größeA"},
                                                     {"_", ""},
                                                     {"", ""}})
    EXPECT_EQ(camel_case(one.name), one.camel) << one.name;
}

}  // namespace
}  // namespace tidemark::schema_text
