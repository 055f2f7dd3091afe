#include "connect/database_url.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connect/connect.h"
#include "tidemark/error.h"

namespace tidemark {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

TEST(DatabaseUrl, APostgresUrlBecomesLibpqsSettings) {
  DatabaseUrl url = parse_database_url("postgres://app:secret@db.example:6432/shop");

  EXPECT_EQ(url.engine(), Engine::postgresql);
  EXPECT_THAT(url.settings, UnorderedElementsAre(Pair("user", "app"), Pair("password", "secret"),
                                                 Pair("host", "db.example"), Pair("port", "6432"),
                                                 Pair("dbname", "shop")));
}

TEST(DatabaseUrl, AParameterOfAnotherToolIsLeftOut) {
  DatabaseUrl url = parse_database_url("postgresql:///x?pgbouncer=true&schema=public&ssl=true");

  EXPECT_THAT(url.settings, ElementsAre(Pair("dbname", "x"), Pair("sslmode", "require")));
}

TEST(DatabaseUrl, WhatLibsqlDoesNotKnowIsRefusedWithoutItsSecrets) {
  for (const char* text :
       {"libsql://SECRET@h.turso.io", "libsql://h.turso.io?key=SECRET",
        "https://h.turso.io?authToken=SECRET#x", "libsql://h.turso.io?tls=0;authToken=SECRET",
        "https://h.turso.io?tls=0&authToken=SECRET"}) {
    try {
      parse_database_url(text);
      ADD_FAILURE() << text;
    } catch (const Error& error) {
      EXPECT_EQ(error.fault(), Fault::usage);
      EXPECT_THAT(error.what(), HasSubstr("is nothing that libSQL knows"));
      EXPECT_THAT(error.what(), Not(HasSubstr("SECRET")));
    }
  }
  EXPECT_EQ(parse_database_url("file:a.db?authToken=SECRET").shown, "file:a.db?authToken=****");
}

TEST(DatabaseUrl, APasswordMayHoldUnescapedCharacters) {
  for (const char* text : {"postgres://u:p@ss@h/d", "postgres://u:p%40ss@h/d"})
    EXPECT_THAT(parse_database_url(text).settings, ::testing::Contains(Pair("password", "p@ss")))
        << text;
  EXPECT_THAT(parse_database_url("postgres://u:p/a?s#s@h/d").settings,
              UnorderedElementsAre(Pair("user", "u"), Pair("password", "p/a?s#s"),
                                   Pair("host", "h"), Pair("dbname", "d")));
}

TEST(DatabaseUrl, AHostInTheParametersWins) {
  DatabaseUrl url = parse_database_url("postgresql://u@localhost/d?host=/var/run/pg");

  EXPECT_THAT(url.settings, ::testing::Contains(Pair("host", "/var/run/pg")));
  EXPECT_THAT(url.settings, Not(::testing::Contains(Pair("host", "localhost"))));
}

TEST(RemoteHost, IsWhatTheConnectionWouldReach) {
  auto remote = [](const char* url) { return remote_host(parse_database_url(url)); };
  for (const char* name : {"PGHOST", "PGHOSTADDR"}) ::unsetenv(name);
  EXPECT_EQ(remote("postgres:///x"), "");
  EXPECT_EQ(remote("postgres://u@localhost,127.0.0.1/x"), "");
  EXPECT_EQ(remote("postgres://u@127.evil.example.com/x"), "127.evil.example.com");
  EXPECT_EQ(remote("postgres://u@localhost,db.example.com/x"), "db.example.com");
  EXPECT_EQ(remote("http://[::1]:8080"), "");
  EXPECT_EQ(remote("http://127.0.0.1:8080"), "");
  EXPECT_EQ(remote("libsql://db.example.com"), "db.example.com");
  ::setenv("PGHOST", "10.0.0.1", 1);
  EXPECT_EQ(remote("postgres:///x"), "10.0.0.1");
  EXPECT_EQ(remote("postgres://u@localhost/x"), "");
  ::setenv("PGHOSTADDR", "10.0.0.2", 1);
  EXPECT_EQ(remote("postgres://u@localhost/x"), "10.0.0.2");
  for (const char* name : {"PGHOST", "PGHOSTADDR"}) ::unsetenv(name);
}

TEST(DatabaseUrl, AnAddressOfVersionSixStandsInBrackets) {
  EXPECT_THAT(parse_database_url("postgres://u@[::1]:5433/d").settings,
              UnorderedElementsAre(Pair("user", "u"), Pair("host", "::1"), Pair("port", "5433"),
                                   Pair("dbname", "d")));
}

TEST(DatabaseUrl, FilesAreSqliteHoweverTheyAreWritten) {
  EXPECT_EQ(parse_database_url("file:local.db").path, "local.db");
  EXPECT_EQ(parse_database_url("file:./a/b.db?mode=ro").path, "./a/b.db");
  EXPECT_EQ(parse_database_url("file:///srv/b.db").path, "/srv/b.db");
  EXPECT_EQ(parse_database_url("data/app.sqlite").path, "data/app.sqlite");
  EXPECT_EQ(parse_database_url(":memory:").path, ":memory:");
  EXPECT_EQ(parse_database_url("file::memory:").path, ":memory:");
  EXPECT_EQ(parse_database_url("file:name?cache=shared&mode=memory").path, ":memory:");
}

TEST(DatabaseUrl, TheModeOfAFileSaysWhatMayBeDoneWithIt) {
  using Access = DatabaseUrl::Access;
  EXPECT_EQ(parse_database_url("file:a.db").access, Access::create);
  EXPECT_EQ(parse_database_url("file:a.db?mode=rwc").access, Access::create);
  EXPECT_EQ(parse_database_url("file:a.db?cache=shared&mode=rw").access, Access::write);
  EXPECT_EQ(parse_database_url("sqlite:///srv/a.db?mode=ro").access, Access::read);
  EXPECT_THROW(parse_database_url("file:a.db?mode=bogus"), Error);
  EXPECT_THROW(parse_database_url("file:"), Error);
  EXPECT_THROW(parse_database_url("file:?mode=rw"), Error);
}

TEST(DatabaseUrl, LibsqlIsReachedOverHttp) {
  auto base = [](std::string_view text) { return parse_database_url(text).settings.at(0).second; };
  EXPECT_EQ(base("libsql://shop-me.turso.io"), "https://shop-me.turso.io");
  EXPECT_EQ(base("libsql://localhost:8080/?tls=0"), "http://localhost:8080");
  EXPECT_EQ(base("wss://shop-me.turso.io"), "https://shop-me.turso.io");
  EXPECT_EQ(base("ws://localhost:8080/dev/shop/"), "http://localhost:8080/dev/shop");
}

TEST(DatabaseUrl, TheTokenOfTheUrlComesFirstAndIsNeverShown) {
  DatabaseUrl url = parse_database_url("libsql://shop-me.turso.io?authToken=abc");
  EXPECT_EQ(url.engine(), Engine::turso);
  EXPECT_EQ(url.shown, "libsql://shop-me.turso.io?authToken=****");
  EXPECT_THAT(with_token(url, "other").settings, Contains(Pair("token", "abc")));
  DatabaseUrl bare = with_token(parse_database_url("libsql://shop-me.turso.io"), "other");
  EXPECT_THAT(bare.settings, Contains(Pair("token", "other")));
  EXPECT_THAT(bare.shown, Not(HasSubstr("other")));
}

TEST(DatabaseUrl, AnUnknownSchemeIsAUsageError) {
  EXPECT_THROW(parse_database_url("mysql://root@localhost/x"), Error);
  EXPECT_THROW(parse_database_url("  "), Error);
}

TEST(DatabaseUrl, TheShownFormHidesThePassword) {
  EXPECT_EQ(parse_database_url("postgres://app:secret@db/shop?sslpassword=x&a=b").shown,
            "postgres://app:****@db/shop?sslpassword=****&a=b");
  EXPECT_EQ(
      postgres_database({.host = "db", .user = "app", .password = "s", .database = "shop"}).shown,
      "postgresql://app:****@db/shop");
}

TEST(MaskSecrets, FindsUrlsInsideText) {
  EXPECT_EQ(mask_secrets("could not reach postgres://u:p@h/d: timeout, see https://x.y/z"),
            "could not reach postgres://u:****@h/d: timeout, see https://x.y/z");
  EXPECT_EQ(mask_secrets("no libsql://h?authToken=t: refused"),
            "no libsql://h?authToken=****: refused");
  EXPECT_EQ(mask_secrets("cannot open file:a.db?authToken=t&mode=ro"),
            "cannot open file:a.db?authToken=****&mode=ro");
  EXPECT_EQ(mask_secrets("no http://h:1/?jwt=t: refused"), "no http://h:1/?jwt=****: refused");
  EXPECT_EQ(mask_secrets("no libsql://token@h: refused"), "no libsql://****@h: refused");
  EXPECT_EQ(mask_secrets("postgres://user@h/d"), "postgres://user@h/d");
  EXPECT_EQ(mask_secrets("http://h:1?auth%54oken=t"), "http://h:1?auth%54oken=****");
}

}  // namespace
}  // namespace tidemark
