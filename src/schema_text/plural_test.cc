#include "schema_text/plural.h"

#include <gtest/gtest.h>

namespace tidemark::schema_text {
namespace {

struct Case {
  const char *word, *one, *many;
};

// Words and what npm's `pluralize` 8.0.0 makes of them.
TEST(Plural, IsThatOfThePeer) {
  static const Case cases[] = {
      {"user", "user", "users"},
      {"users", "user", "users"},
      {"userProfile", "userProfile", "userProfiles"},
      {"category", "category", "categories"},
      {"categories", "category", "categories"},
      {"person", "person", "people"},
      {"people", "person", "people"},
      {"child", "child", "children"},
      {"status", "status", "statuses"},
      {"statuses", "status", "statuses"},
      {"address", "address", "addresses"},
      {"bus", "bus", "buses"},
      {"news", "news", "news"},
      {"newsInAuth", "newsInAuth", "newsInAuths"},
      {"sheep", "sheep", "sheep"},
      {"data", "datum", "data"},
      {"datum", "datum", "data"},
      {"mouse", "mouse", "mice"},
      {"mice", "mouse", "mice"},
      {"knife", "knife", "knives"},
      {"wolves", "wolf", "wolves"},
      {"hero", "hero", "heroes"},
      {"potato", "potato", "potatoes"},
      {"matrix", "matrix", "matrices"},
      {"analysis", "analysis", "analyses"},
      {"analyses", "analysis", "analyses"},
      {"quiz", "quiz", "quizzes"},
      {"they", "she", "they"},
      {"he", "he", "they"},
      {"media", "media", "media"},
      {"fish", "fish", "fish"},
      {"goldfish", "goldfish", "goldfish"},
      {"settings", "setting", "settings"},
      {"USERS", "USER", "USERS"},
      {"User", "User", "Users"},
      {"orderItem", "orderItem", "orderItems"},
      {"orderItems", "orderItem", "orderItems"},
      {"a", "a", "as"},
      {"as", "a", "as"},
      {"company", "company", "companies"},
      {"key", "key", "keys"},
      {"keys", "key", "keys"},
      {"day", "day", "days"},
      {"movie", "movie", "movies"},
      {"movies", "movie", "movies"},
      {"box", "box", "boxes"},
      {"boxes", "box", "boxes"},
      {"schema", "schema", "schemata"},
      {"schemata", "schema", "schemata"},
      {"schemas", "schema", "schemas"},
      {"café", "café", "café"},
      {"men", "man", "men"},
      {"woman", "woman", "women"},
      {"women", "woman", "women"},
      {"toy", "toy", "toys"},
      {"lives", "life", "lives"},
      {"leaves", "leaf", "leaves"},
      {"ox", "ox", "oxen"},
      {"criteria", "criterion", "criteria"},
      {"usersInAuth", "usersInAuth", "usersInAuths"},
      {"aliases", "alias", "aliases"},
      {"alias", "alias", "aliases"},
      {"gas", "gas", "gases"},
      {"series", "series", "series"},
      {"pokemon", "pokemon", "pokemon"},
      {"agenda", "agenda", "agenda"},
      {"tooth", "tooth", "teeth"},
      {"roles", "role", "roles"},
      {"role", "role", "roles"},
      {"houses", "house", "houses"},
      {"house", "house", "houses"},
      {"expenses", "expense", "expenses"},
  };
  for (const auto& [word, one, many] : cases) {
    EXPECT_EQ(singular(word), one) << word;
    EXPECT_EQ(plural(word), many) << word;
  }
}

}  // namespace
}  // namespace tidemark::schema_text
