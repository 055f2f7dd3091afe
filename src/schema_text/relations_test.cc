#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schema_text/schema_text.h"

namespace tidemark {
namespace {

using ::testing::HasSubstr;

Table users() { return {.path = {"public", "users"}, .columns = {{"id", {"integer"}}}}; }

ForeignKey to_users(const char* column) {
  return {.name = Name(std::string(column) + "_fk"),
          .columns = {column},
          .target = {"public", "users"},
          .target_columns = {"id"}};
}

Table posts(std::vector<ForeignKey> keys) {
  return {.path = {"public", "blog_posts"},
          .columns = {{"author_id", {"integer"}}, {"editor_id", {"integer"}}},
          .foreign_keys = std::move(keys)};
}

TEST(Relations, AreInTheFormOfThePeer) {
  EXPECT_EQ(relations_ts({.tables = {users(), posts({to_users("author_id")})}}),
            "import { relations } from \"drizzle-orm/relations\";\n"
            "import { users, blogPosts } from \"./schema\";\n"
            "\n"
            "export const blogPostsRelations = relations(blogPosts, ({one}) => ({\n"
            "\tuser: one(users, {\n"
            "\t\tfields: [blogPosts.authorId],\n"
            "\t\treferences: [users.id]\n"
            "\t}),\n"
            "}));\n"
            "\n"
            "export const usersRelations = relations(users, ({many}) => ({\n"
            "\tblogPosts: many(blogPosts),\n"
            "}));");
}

TEST(Relations, OfOneTableTwiceAreToldApart) {
  std::string text =
      relations_ts({.tables = {users(), posts({to_users("author_id"), to_users("editor_id")})}});
  EXPECT_THAT(text, HasSubstr("\tuser_authorId: one(users, {\n"));
  EXPECT_THAT(text, HasSubstr("\trelationName: \"blogPosts_editorId_users_id\"\n"));
  EXPECT_THAT(text, HasSubstr("\tblogPosts_editorId: many(blogPosts, {\n"
                              "\t\trelationName: \"blogPosts_editorId_users_id\"\n\t}),\n"));
}

TEST(Relations, DoNotTakeTheNamesOfTables) {
  Table other{.path = {"public", "users_relations"},
              .columns = {{"id", {"integer"}}},
              .foreign_keys = {to_users("id")}};
  EXPECT_THAT(relations_ts({.tables = {users(), other}}),
              HasSubstr("export const usersRelationsOfTable = relations(users, "));
}

}  // namespace
}  // namespace tidemark
