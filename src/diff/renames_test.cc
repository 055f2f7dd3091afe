#include "diff/renames.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tidemark {
namespace {

using testing::HasSubstr;

const RenameGroup columns = {.kind = RenameKind::column,
                             .table = {"public", "users"},
                             .created = {{{}, "full_name"}},
                             .deleted = {{{}, "name"}, {{}, "age"}}};
const RenameDecision name_to_full_name = {
    RenameKind::column, {"public", "users"}, {{}, "name"}, {{}, "full_name"}};

Renames answer(const std::string& text, const RenameGroup& group) {
  NoRenames none;
  GivenRenames given({text}, none);
  Renames found = given.resolve(group);
  given.finish();
  return found;
}

template <class Action>
Error error_of(Action action) {
  try {
    action();
  } catch (const Error& error) {
    return error;
  }
  throw std::logic_error("no error");
}

TEST(GivenRenames, AFlagMayQualifyOrLeaveOutTheDefaultSchema) {
  for (const char* text : {"column:public.users.name=full_name", "column:users.name=full_name",
                           "column:public.users.name=public.users.full_name",
                           "public.users.name->public.users.full_name"})
    EXPECT_EQ(answer(text, columns), Renames{name_to_full_name}) << text;
}

TEST(GivenRenames, ATableMayMoveAndBeRenamedInOneAnswer) {
  RenameGroup tables = {.kind = RenameKind::table,
                        .created = {{"auth", "b"}},
                        .deleted = {{"public", "a"}, {"old", "a"}}};
  Renames expected = {{RenameKind::table, {}, {"public", "a"}, {"auth", "b"}}};
  EXPECT_EQ(answer("table:public.a=auth.b", tables), expected);
  EXPECT_EQ(answer("table:a=b", tables), expected);
}

TEST(GivenRenames, AnAnswerThatFitsNothingSaysWhatWasMeant) {
  Error error = error_of([] { answer("column:public.users.nam=full_name", columns); });
  EXPECT_EQ(error.fault(), Fault::usage);
  EXPECT_THAT(error.hint(), HasSubstr("column:public.users.name=full_name"));
}

TEST(GivenRenames, AnUnknownKindIsRefusedAtOnce) {
  EXPECT_EQ(error_of([] { answer("colum:a=b", columns); }).fault(), Fault::usage);
}

TEST(NobodyToAsk, NamesTheFlagsThatAnswer) {
  Error error = error_of([] { NobodyToAsk().resolve(columns); });
  EXPECT_EQ(error.fault(), Fault::answer_needed);
  EXPECT_THAT(error.hint(), HasSubstr("--rename column:public.users.age=full_name"));
  EXPECT_THAT(error.hint(), HasSubstr("--rename-none"));
}

TEST(NobodyToAsk, AsksNothingWhereNothingWent) {
  RenameGroup only_created = columns;
  only_created.deleted.clear();
  EXPECT_TRUE(NobodyToAsk().resolve(only_created).empty());
}

TEST(Inverted, AColumnIsFoundUnderTheOldNameOfItsTable) {
  Renames there = {{RenameKind::table, {}, {"public", "users"}, {"public", "people"}},
                   {RenameKind::column, {"public", "people"}, {{}, "a"}, {{}, "b"}}};
  Renames back = {{RenameKind::table, {}, {"public", "people"}, {"public", "users"}},
                  {RenameKind::column, {"public", "users"}, {{}, "b"}, {{}, "a"}}};
  EXPECT_EQ(inverted(there), back);
}

}  // namespace
}  // namespace tidemark
