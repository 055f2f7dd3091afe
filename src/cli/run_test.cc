#include "cli/run.h"

#include <gmock/gmock.h>

#include <sstream>

namespace tidemark {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

struct Outcome {
  int exit_code;
  std::string out, err;
};

Outcome run_words(std::vector<std::string> words) {
  std::ostringstream out, err;
  int code = run(std::move(words), Streams{.out = out, .err = err});
  return {code, out.str(), err.str()};
}

TEST(Run, WithoutACommandItShowsWhatThereIs) {
  Outcome outcome = run_words({});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.out, HasSubstr("generate"));
  EXPECT_THAT(outcome.out, HasSubstr("Exit codes"));
}

TEST(Run, AnUnknownCommandIsAUsageErrorWithASuggestion) {
  Outcome outcome = run_words({"genrate"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("Did you mean `generate`?"));
}

TEST(Run, AnUnknownFlagIsAUsageErrorWithASuggestion) {
  Outcome outcome = run_words({"generate", "--nam", "x"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("Did you mean --name?"));
}

TEST(Run, ACommandOfALaterVersionSaysWhatToDoInstead) {
  Outcome outcome = run_words({"lint"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("not part of this version"));
  EXPECT_THAT(outcome.err, HasSubstr("tidemark plan folder schema"));
}

TEST(Run, UnderJsonAnErrorIsAnEventToo) {
  Outcome outcome = run_words({"plan", "nowhere.json", "empty", "--json"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_EQ(outcome.err, "");
  EXPECT_THAT(outcome.out, StartsWith(R"({"event":"error","exit_code":2,)"));
}

TEST(Run, EveryCommandExplainsItself) {
  for (const char* command : {"init", "generate", "migrate", "apply", "status", "plan", "check",
                              "export", "drop", "up", "changelog", "rebase", "squash", "repair"}) {
    Outcome outcome = run_words({command, "--help"});
    EXPECT_EQ(outcome.exit_code, 0) << command;
    EXPECT_THAT(outcome.out, HasSubstr("--json")) << command;
  }
}

}  // namespace
}  // namespace tidemark
