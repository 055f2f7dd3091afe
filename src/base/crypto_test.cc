#include "base/crypto.h"

#include <gtest/gtest.h>

#include <set>

namespace tidemark {
namespace {

TEST(Sha256, IsTheHashThatHistoryTablesHold) {
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Digest, IsNothingForAnAlgorithmThatNobodyKnows) {
  EXPECT_EQ(to_hex(digest_of("abc", "md5").value()), "900150983cd24fb0d6963f7d28e17f72");
  EXPECT_EQ(digest_of("abc", "no such digest"), std::nullopt);
}

TEST(Hex, ComesBack) {
  std::string bytes("\0\x7f\x80\xff", 4);
  EXPECT_EQ(to_hex(bytes), "007f80ff");
  EXPECT_EQ(from_hex("007F80ff"), bytes);
}

TEST(Secret, IsLongAndNeverTheSame) {
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) seen.insert(random_secret());
  EXPECT_EQ(seen.size(), 100u);
  EXPECT_EQ(seen.begin()->size(), 64u);
}

TEST(Secret, IsComparedAsAWhole) {
  EXPECT_TRUE(same_secret("secret", "secret"));
  EXPECT_FALSE(same_secret("secret", "secre7"));
  EXPECT_FALSE(same_secret("secret", "secre"));
}

TEST(Uuid, SaysItsVersion) {
  std::string id = random_uuid();
  ASSERT_EQ(id.size(), 36u);
  EXPECT_EQ(id[14], '4');
  EXPECT_NE(std::string("89ab").find(id[19]), std::string::npos);
  for (std::size_t at : {8, 13, 18, 23}) EXPECT_EQ(id[at], '-');
}

// RFC 7914, sections 11 and 12.
TEST(KeyFromPassword, IsThatOfTheStandard) {
  EXPECT_EQ(to_hex(pbkdf2("passwd", "salt", 1, "sha256", 8).value()), "55ac046e56e3089f");
  EXPECT_EQ(to_hex(scrypt("password", "NaCl", {1024, 8, 16}, 8).value()), "fdbabe1c9d347200");
  EXPECT_EQ(scrypt("password", "NaCl", {1023, 8, 16}, 8), std::nullopt);
  EXPECT_EQ(pbkdf2("passwd", "salt", 1, "no such digest", 8), std::nullopt);
}

}  // namespace
}  // namespace tidemark
