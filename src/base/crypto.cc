#include "base/crypto.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <sys/random.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "tidemark/error.h"

namespace tidemark {
namespace {

std::string digest_by(const EVP_MD* method, std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  if (!method || !EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, method, nullptr))
    throw Error(Fault::bug, "the OpenSSL library does not give a digest that it knows");
  return {digest.begin(), digest.begin() + size};
}

unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

int digit(char c) { return c <= '9' ? c - '0' : (c | 32) - 'a' + 10; }

}  // namespace

std::string to_hex(std::string_view bytes) {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (char byte : bytes) {
    out += digits[static_cast<unsigned char>(byte) >> 4];
    out += digits[static_cast<unsigned char>(byte) & 15];
  }
  return out;
}

std::string from_hex(std::string_view digits) {
  std::string out;
  out.reserve(digits.size() / 2);
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
    out += static_cast<char>(digit(digits[i]) * 16 + digit(digits[i + 1]));
  return out;
}

std::string sha256(std::string_view bytes) {
  // Looked up once: the look takes longer than a short text's digest.
  static const EVP_MD* const method = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return to_hex(digest_by(method, bytes));
}

std::optional<std::string> digest_of(std::string_view bytes, const std::string& algorithm) {
  const EVP_MD* method = EVP_get_digestbyname(algorithm.c_str());
  if (!method) return std::nullopt;
  return digest_by(method, bytes);
}

std::string random_bytes(std::size_t count) {
  std::string out(count, '\0');
  for (std::size_t done = 0; done < count;) {
    ssize_t more = getrandom(&out[done], count - done, 0);
    if (more < 0 && errno != EINTR)
      throw Error(Fault::failed, "the system gives no random numbers");
    done += static_cast<std::size_t>(std::max<ssize_t>(more, 0));
  }
  return out;
}

std::string random_uuid() {
  std::string bytes = random_bytes(16);
  bytes[6] = static_cast<char>((bytes[6] & 0x0f) | 0x40);
  bytes[8] = static_cast<char>((bytes[8] & 0x3f) | 0x80);
  std::string out = to_hex(bytes);
  for (std::size_t at : {20, 16, 12, 8}) out.insert(at, 1, '-');
  return out;
}

std::string random_secret() { return to_hex(random_bytes(32)); }

bool same_secret(std::string_view one, std::string_view other) {
  return one.size() == other.size() && CRYPTO_memcmp(one.data(), other.data(), one.size()) == 0;
}

std::optional<std::string> scrypt(std::string_view password, std::string_view salt,
                                  ScryptCosts costs, std::size_t size) {
  std::string key(size, '\0');
  std::uint64_t needed = (costs.n + costs.p) * costs.r * 128 + (1 << 20);
  if (!EVP_PBE_scrypt(password.data(), password.size(), bytes_of(salt), salt.size(), costs.n,
                      costs.r, costs.p, needed * 2, bytes_of(key), size))
    return std::nullopt;
  return key;
}

std::optional<std::string> pbkdf2(std::string_view password, std::string_view salt, int iterations,
                                  const std::string& algorithm, std::size_t size) {
  std::string key(size, '\0');
  const EVP_MD* digest = EVP_get_digestbyname(algorithm.c_str());
  if (!digest || !PKCS5_PBKDF2_HMAC(password.data(), static_cast<int>(password.size()),
                                    bytes_of(salt), static_cast<int>(salt.size()), iterations,
                                    digest, static_cast<int>(size), bytes_of(key)))
    return std::nullopt;
  return key;
}

}  // namespace tidemark
