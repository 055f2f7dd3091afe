#include "source/script/project_files.h"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <vector>

#include "tidemark/error.h"

namespace tidemark::script {

namespace fs = std::filesystem;

fs::path inside_project(World& world, const std::string& path) {
  fs::path real = world.real(world.cwd() / path);
  fs::path root = world.real(world.root());
  auto [end, rest] = std::mismatch(root.begin(), root.end(), real.begin(), real.end());
  if (end == root.end()) return real;
  throw Error(Fault::failed, "scripts may not read outside the project: " + path);
}

namespace {
std::string to_hex(const unsigned char* bytes, std::size_t count) {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (std::size_t i = 0; i < count; ++i) {
    out += digits[bytes[i] >> 4];
    out += digits[bytes[i] & 15];
  }
  return out;
}

std::string from_hex(const std::string& hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  return bytes;
}
}  // namespace

std::string random_hex_digits(std::size_t bytes) {
  std::vector<unsigned char> random(bytes);
  RAND_bytes(random.data(), static_cast<int>(random.size()));
  return to_hex(random.data(), random.size());
}

std::string hex_digest(const std::string& algorithm, const std::string& hex) {
  const EVP_MD* method = EVP_get_digestbyname(algorithm.c_str());
  if (!method) return "";
  std::string bytes = from_hex(hex);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
  unsigned size = 0;
  EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, method, nullptr);
  return to_hex(digest.data(), size);
}

}  // namespace tidemark::script
