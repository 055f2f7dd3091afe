#include "dialect/postgres/types.h"

#include <gtest/gtest.h>

namespace tidemark::postgres_dialect {
namespace {

Cast cast(const char* from, const char* to) { return cast_between({from}, false, {to}, false); }

TEST(PostgresTypes, AreTakenApart) {
  TypeParts parts = parse_type("timestamp (3) with time zone[2][]");
  EXPECT_EQ(parts.name, "timestamp with time zone");
  EXPECT_EQ(parts.modifiers, "(3)");
  EXPECT_EQ(parts.dimensions, "[2][]");
}

TEST(PostgresTypes, NativeOnesAreBareOthersQuoted) {
  EXPECT_EQ(type_sql({"varchar(20)"}), "varchar(20)");
  EXPECT_EQ(type_sql({"inet"}), "\"inet\"");
  EXPECT_EQ(type_sql({"citext[]"}), "\"citext\"[]");
  EXPECT_EQ(type_sql({"mood", "public"}), "\"mood\"");
  EXPECT_EQ(type_sql({"mood[]", "app"}), "\"app\".\"mood\"[]");
  EXPECT_EQ(full_type_sql({"mood", "public"}), "\"public\".\"mood\"");
}

TEST(PostgresTypes, AnEnumThatHidesBehindANativeTypeSaysItsSchema) {
  EXPECT_EQ(type_sql({"date", "public"}), "\"public\".\"date\"");
  EXPECT_EQ(type_sql({"path[]", "public"}), "\"public\".\"path\"[]");
  EXPECT_EQ(type_sql({"xml", "public"}), "\"public\".\"xml\"");
  EXPECT_EQ(type_sql({"paths", "public"}), "\"paths\"");
}

TEST(PostgresTypes, IntervalsReferToIntervalsOfWhateverFields) {
  EXPECT_TRUE(can_refer({"interval day"}, {"interval"}));
  EXPECT_TRUE(can_refer({"interval"}, {"interval day"}));
  EXPECT_FALSE(can_refer({"interval"}, {"time"}));
}

TEST(PostgresCasts, GoByThemselvesWithinAFamilyAndToText) {
  EXPECT_EQ(cast("integer", "bigint"), Cast::assignment);
  EXPECT_EQ(cast("timestamp", "date"), Cast::assignment);
  EXPECT_EQ(cast("uuid", "text"), Cast::assignment);
  EXPECT_EQ(cast("json", "jsonb"), Cast::assignment);
}

TEST(PostgresCasts, NeedAWordWhereTheServerHasThemOnRequestOnly) {
  EXPECT_EQ(cast("text", "integer"), Cast::explicit_);
  EXPECT_EQ(cast("integer", "boolean"), Cast::explicit_);
  EXPECT_EQ(cast("text[]", "integer[]"), Cast::explicit_);
}

TEST(PostgresCasts, GoThroughTextWhereThereIsNone) {
  EXPECT_EQ(cast("boolean", "uuid"), Cast::through_text);
  EXPECT_EQ(cast("integer", "timestamp"), Cast::through_text);
}

TEST(PostgresTypeChanges, KnowWhatIsWrittenAnew) {
  EXPECT_TRUE(keeps_stored_form({"varchar(10)"}, {"varchar(20)"}));
  EXPECT_TRUE(keeps_stored_form({"varchar(10)"}, {"text"}));
  EXPECT_FALSE(keeps_stored_form({"text"}, {"varchar(10)"}));
  EXPECT_FALSE(keeps_stored_form({"integer"}, {"bigint"}));
  EXPECT_TRUE(keeps_stored_form({"numeric(10, 2)"}, {"numeric(12, 2)"}));
}

TEST(PostgresTypeChanges, KnowWhatIsRoundedAndWhatIsRefused) {
  EXPECT_TRUE(rounds_or_cuts({"numeric(10, 2)"}, {"integer"}));
  EXPECT_TRUE(rounds_or_cuts({"timestamp"}, {"date"}));
  EXPECT_FALSE(rounds_or_cuts({"integer"}, {"bigint"}));
  EXPECT_TRUE(may_refuse_values({"bigint"}, {"integer"}));
  EXPECT_TRUE(may_refuse_values({"text"}, {"integer"}));
  EXPECT_FALSE(may_refuse_values({"integer"}, {"text"}));
}

}  // namespace
}  // namespace tidemark::postgres_dialect
