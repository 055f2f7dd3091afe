#include "source/script/interpreter.h"

#include <gtest/gtest.h>

namespace tidemark::script {
namespace {

TEST(Interpreter, Starts) {
  Interpreter interpreter({"/tmp", {}});
  auto answer = interpreter.request("standins", "{}");
  ASSERT_TRUE(std::holds_alternative<std::string>(answer))
      << std::get<ScriptError>(answer).message << std::get<ScriptError>(answer).file;
  EXPECT_EQ(std::get<std::string>(answer), "[]");
}

}  // namespace
}  // namespace tidemark::script
