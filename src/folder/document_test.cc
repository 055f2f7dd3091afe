#include "folder/document.h"

#include <gtest/gtest.h>

namespace tidemark {
namespace {

constexpr std::string_view users_snapshot =
    R"({"version":"6","dialect":"sqlite","tables":{"users":{"name":"users","columns":{"id":{)"
    R"("name":"id","type":"integer","primaryKey":true,"notNull":true,"autoincrement":false}},)"
    R"("indexes":{},"foreignKeys":{},"compositePrimaryKeys":{},"uniqueConstraints":{},)"
    R"("checkConstraints":{}}},"views":{},"enums":{},)"
    R"("_meta":{"schemas":{},"tables":{},"columns":{}},"internal":{"indexes":{}}})";

std::string document(std::string_view errors = "[]") {
  return R"({"tables":[["users",1,0,0]],"errors":)" + std::string(errors) +
         R"(,"standins":["zod"],"snapshot":)" + std::string(users_snapshot) +
         R"(,"origins":{"files":["/a.ts"],"tables":{"users":[0,3,14]}}})";
}

TEST(Document, PutsEachObjectWhereItWasWritten) {
  Document read = DocumentText(document()).read(Engine::turso);
  const Table& table = read.catalog.tables.at(0);
  ASSERT_TRUE(table.origin.range);
  EXPECT_EQ(table.origin.range->file, "/a.ts");
  EXPECT_EQ(table.origin.range->line, 3u);
  EXPECT_EQ(read.catalog.engine, Engine::turso);
  EXPECT_EQ(read.standins, std::vector<std::string>{"zod"});
}

TEST(Document, TellsOfItselfBeforeItIsRead) {
  DocumentText text(document());
  EXPECT_EQ(text.tables(), (std::vector<TableSummary>{{"users", 1, 0, 0}}));
  EXPECT_EQ(text.standins(), std::vector<std::string>{"zod"});
  EXPECT_FALSE(text.has_errors());
  EXPECT_TRUE(text.is(R"({"id":"1","prevId":"0",)" + std::string(users_snapshot.substr(1))));
  EXPECT_FALSE(text.is(""));
}

TEST(Document, WithMistakesHoldsThemAllAndIsNothing) {
  DocumentText text(
      document(R"([{"message":"no","file":"a.ts","line":2,"column":3},{"message":"nor"}])"));
  EXPECT_TRUE(text.has_errors());
  EXPECT_FALSE(text.is(users_snapshot));
  Document read = text.read(Engine::sqlite);
  ASSERT_EQ(read.errors.size(), 2u);
  EXPECT_EQ(read.errors[0].range()->column, 3u);
  EXPECT_EQ(read.errors[1].message(), "nor");
  EXPECT_TRUE(read.catalog.tables.empty());
}

TEST(Document, KnowsTheRelationsThatWereDeclared) {
  std::string text = document();
  text.pop_back();
  text += R"(,"relations":[{"tableFrom":"a","key":{"name":"b","columnsFrom":["b_id"],)"
          R"("tableTo":"b","columnsTo":["id"]}}]})";
  DeclaredRelation expected{.from = {{}, Name("a")},
                            .key = {.name = Name("b"),
                                    .columns = {Name("b_id")},
                                    .target = {{}, Name("b")},
                                    .target_columns = {Name("id")}}};
  EXPECT_EQ(DocumentText(text).read(Engine::sqlite).relations,
            (std::vector<DeclaredRelation>{expected}));
}

}  // namespace
}  // namespace tidemark
