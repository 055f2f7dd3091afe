#include "apply/image_repair.h"

#include <gtest/gtest.h>

namespace tidemark {
namespace {

using Statements = std::vector<std::string>;

TEST(ImageRepair, DropsWhatIsThereAndWasNot) {
  EXPECT_EQ(repair_statements({{"function public.f(a integer)", {{}, "owner me CREATE …"}},
                               {"trigger public.t.on_t", {{}, "CREATE TRIGGER … O"}},
                               {"view public.v", {{}, "v p owner me"}}}),
            (Statements{R"(DROP TRIGGER "on_t" ON "public"."t")", R"(DROP VIEW "public"."v")",
                        R"(DROP ROUTINE "public"."f"(a integer))"}));
}

TEST(ImageRepair, BringsBackWhatWasThere) {
  std::string function = "CREATE OR REPLACE FUNCTION public.f()\n AS $f$ $f$";
  EXPECT_EQ(repair_statements({{"function public.f()", {"owner me " + function + "\n me=X/me", {}}},
                               {"trigger public.t.on_t", {"CREATE TRIGGER on_t … O", {}}},
                               {"constraint public.t.c", {"CHECK ((a > 0))", "CHECK ((a > 1))"}}}),
            (Statements{R"(ALTER TABLE "public"."t" DROP CONSTRAINT "c")", function,
                        R"(ALTER TABLE "public"."t" ADD CONSTRAINT "c" CHECK ((a > 0)))",
                        "CREATE TRIGGER on_t …"}));
}

TEST(ImageRepair, MakesPoliciesOfTheirWords) {
  EXPECT_EQ(repair_statements(
                {{"policy public.t.p", {"PERMISSIVE SELECT {public} (a = 1) CHECK (b = 2)", {}}}}),
            (Statements{R"(CREATE POLICY "p" ON "public"."t" AS PERMISSIVE FOR SELECT TO public)"
                        " USING ((a = 1)) WITH CHECK ((b = 2))"}));
}

TEST(ImageRepair, GivesRightsAndTakesThem) {
  EXPECT_EQ(
      repair_statements({{"table public.t",
                          {"r p owner me app=ar/me,me=r*/me", "r p owner me me=r*/me,x=r/me"}}}),
      (Statements{R"(REVOKE ALL ON table "public"."t" FROM x)",
                  R"(GRANT INSERT ON table "public"."t" TO app)",
                  R"(GRANT SELECT ON table "public"."t" TO app)"}));
}

TEST(ImageRepair, RenamesKeysThatOthersReferTo) {
  EXPECT_EQ(repair_statements({{"constraint public.t.new_pkey", {{}, "PRIMARY KEY (id)"}},
                               {"constraint public.t.old_pkey", {"PRIMARY KEY (id)", {}}},
                               {"constraint public.t.other", {{}, "CHECK ((a > 0))"}},
                               {"index public.new_pkey", {{}, "CREATE UNIQUE INDEX …"}},
                               {"index public.old_pkey", {"CREATE UNIQUE INDEX …", {}}}}),
            (Statements{R"(ALTER TABLE "public"."t" RENAME CONSTRAINT "new_pkey" TO "old_pkey")",
                        R"(ALTER TABLE "public"."t" DROP CONSTRAINT "other")"}));
}

TEST(ImageRepair, SetsStorageOptions) {
  EXPECT_EQ(repair_statements({{"table public.t",
                                {"r p owner me {fillfactor=70} me=r/me",
                                 "r p owner me {fillfactor=80,autovacuum_enabled=off} me=r/me"}}}),
            (Statements{R"(ALTER TABLE "public"."t" RESET (fillfactor))",
                        R"(ALTER TABLE "public"."t" RESET (autovacuum_enabled))",
                        R"(ALTER TABLE "public"."t" SET (fillfactor=70))"}));
}

TEST(ImageRepair, BringsCommentsBack) {
  EXPECT_EQ(repair_statements({{"comment on column y Z of table public.\"T a\"", {"it's", {}}},
                               {"comment on policy p P on table public.t", {"p", "q"}},
                               {"comment on schema s S", {{}, "s"}},
                               {"comment on function public.f(integer,text)", {"f", {}}}}),
            (Statements{R"(COMMENT ON SCHEMA "s S" IS NULL)",
                        R"(COMMENT ON COLUMN public."T a"."y Z" IS 'it''s')",
                        "COMMENT ON function public.f(integer,text) IS 'f'",
                        R"(COMMENT ON policy "p P" ON public.t IS 'p')"}));
}

TEST(ImageRepair, SwitchesRowSecurity) {
  EXPECT_EQ(
      repair_statements({{"table public.t",
                          {"r p owner me forced me=r/me", "r p owner me row security me=r/me"}}}),
      (Statements{R"(ALTER TABLE "public"."t" FORCE ROW LEVEL SECURITY)",
                  R"(ALTER TABLE "public"."t" DISABLE ROW LEVEL SECURITY)"}));
}

TEST(ImageRepair, ChangesOfAColumnWhatNoRowHoldsOn) {
  EXPECT_EQ(repair_statements({{"column public.t.a", {"text NOT NULL", "text"}},
                               {"column public.t.b", {"text", "text NOT NULL DEFAULT 'x'::text"}},
                               {"column public.t.c", {"text", "integer"}},
                               {"column public.t.d", {{}, "text"}},
                               {"column public.t.e", {"text", "text COLLATE \"C\""}},
                               {"table public.u", {{}, "r p owner me me=r/me"}}}),
            (Statements{R"(ALTER TABLE "public"."t" ALTER COLUMN "a" SET NOT NULL)",
                        R"(ALTER TABLE "public"."t" ALTER COLUMN "b" DROP NOT NULL)",
                        R"(ALTER TABLE "public"."t" ALTER COLUMN "b" DROP DEFAULT)",
                        R"(ALTER TABLE "public"."t" ALTER COLUMN "e" TYPE text)"}));
  EXPECT_EQ(repair_statements({{"column public.t.a", {"text", "text {app=w/me}"}}}),
            (Statements{R"(REVOKE ALL ("a") ON TABLE "public"."t" FROM app)"}));
}

}  // namespace
}  // namespace tidemark
