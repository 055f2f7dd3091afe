// Digests, random numbers and secrets, by the OpenSSL library. It is loaded on first
// use: most of what a short command costs would be the loading.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tidemark {

std::string to_hex(std::string_view bytes);
/// Of digits only: others give bytes without meaning.
std::string from_hex(std::string_view digits);

/// Lower-case hexadecimal SHA-256 of the bytes, as the history table stores it.
std::string sha256(std::string_view bytes);

/// The bytes of a digest by OpenSSL's name for it; nothing for a name it does not know.
std::optional<std::string> digest_of(std::string_view bytes, const std::string& algorithm);

std::string random_bytes(std::size_t count);

/// A random UUID, version 4, as snapshots use for their ids.
std::string random_uuid();

/// 256 random bits in hexadecimal.
std::string random_secret();

/// Takes as long for a wrong one as for the right one.
bool same_secret(std::string_view one, std::string_view other);

/// A key of `size` bytes from a password; nothing where the library refuses the settings.
struct ScryptCosts {
  std::uint64_t n, r, p;
};
std::optional<std::string> scrypt(std::string_view password, std::string_view salt,
                                  ScryptCosts costs, std::size_t size);
std::optional<std::string> pbkdf2(std::string_view password, std::string_view salt, int iterations,
                                  const std::string& algorithm, std::size_t size);

}  // namespace tidemark
