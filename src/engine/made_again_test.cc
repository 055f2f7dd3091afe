#include "engine/made_again.h"

#include <gtest/gtest.h>

namespace tidemark {
namespace {

using Lines = std::vector<std::string>;

const ImageChanges gone = {{"column public.notes.id", {"integer NOT NULL", {}}},
                           {"column public.notes.mood", {"public.mood", {}}},
                           {"column public.users.age", {"json DEFAULT '{}'::json", {}}},
                           {"table public.notes", {"r p owner me me=r/me", {}}},
                           {"type public.mood", {"owner me e 'a','it''s'", {}}}};

TEST(MadeAgain, MakesTypesTablesAndColumns) {
  EXPECT_EQ(made_again(gone, {}, {}, {}),
            (Lines{R"(CREATE TYPE "public"."mood" AS ENUM ('a','it''s');)",
                   R"(CREATE TABLE "public"."notes" ("id" integer NOT NULL, "mood" public.mood);)",
                   R"(ALTER TABLE "public"."users" ADD COLUMN "age" json DEFAULT '{}'::json;)"}));
}

TEST(MadeAgain, LeavesToTheSnapshotsWhatGoesThere) {
  Table users{.path = {.schema = "public", .name = "users"}};
  Catalog after{.tables = {users}};
  users.columns = {{.name = "age", .type = {"integer"}}};
  Catalog before{.enums = {{.path = {.schema = "public", .name = "mood"}, .values = {"a"}}},
                 .tables = {users, {.path = {.schema = "public", .name = "notes"}}}};
  EXPECT_EQ(made_again(gone, {}, before, after), Lines{});
  EXPECT_EQ(made_again(gone, {}, before, before).size(), 2U) << "these stay in the snapshots";
}

TEST(MadeAgain, LeavesNamesThatBecameOthers) {
  ImageChanges recorded = {{"column public.users.old", {"text", {}}},
                           {"column public.users.young", {{}, "text"}}};
  Renames renames = {{RenameKind::column,
                      {.schema = "public", .name = "users"},
                      {.name = "old"},
                      {.name = "young"}}};
  EXPECT_EQ(made_again(recorded, renames, {}, {}), Lines{});
  recorded.erase("column public.users.young");
  EXPECT_EQ(made_again(recorded, renames, {}, {}).size(), 1U) << "the new name is gone too";
}

TEST(TakenAway, IsWhatCameAndNothingElseTakesBack) {
  ImageChanges recorded = {{"column public.notes.id", {{}, "integer"}},
                           {"column public.users.age", {{}, "integer"}},
                           {"column public.users.old", {"text", "text NOT NULL"}},
                           {"table public.notes", {{}, "r p owner me"}}};
  EXPECT_EQ(taken_away(recorded, {}, {}, {}),
            (Lines{R"(ALTER TABLE "public"."users" DROP COLUMN IF EXISTS "age";)",
                   R"(DROP TABLE IF EXISTS "public"."notes" CASCADE;)"}));
  Path users{.schema = "public", .name = "users"};
  Renames renames = {{RenameKind::column, users, {.name = "years"}, {.name = "age"}}};
  std::vector<CreatedObject> said = {{CreatedObject::Kind::relation, {.name = "notes"}}};
  EXPECT_EQ(taken_away(recorded, renames, said, {}), Lines{});
  Catalog after{.tables = {{.path = users, .columns = {{.name = "age", .type = {"integer"}}}}}};
  EXPECT_EQ(taken_away(recorded, {}, said, after), Lines{});
}

TEST(MadeAgain, DoesNotGuess) {
  EXPECT_EQ(made_again({{"column public.t.id", {"integer NOT NULL DEFAULT nextval('s')", {}}},
                        {"table public.t", {"r p owner me", {}}},
                        {"table public.p", {"p p owner me RANGE (a)", {}}},
                        {"column public.u.b", {"integer GENERATED s (a + 1)", {}}},
                        {"column public.u.c", {{}, "text"}},
                        {"type public.d", {"owner me d text", {}}}},
                       {}, {}, {}),
            Lines{});
}

}  // namespace
}  // namespace tidemark
