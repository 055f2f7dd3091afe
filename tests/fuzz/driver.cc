// Feeds an entry point with mutations of its seeds: `driver COUNT FOLDER`.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using Random = std::minstd_rand;

std::vector<std::string> read_seeds(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> paths(std::filesystem::directory_iterator(folder), {});
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> seeds;
  for (const std::filesystem::path& path : paths) {
    std::ifstream file(path, std::ios::binary);
    seeds.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return seeds;
}

std::size_t below(Random& random, std::size_t end) { return end == 0 ? 0 : random() % end; }

/// One small change: cut, repeat, overwrite, or bring in a piece of another seed.
void mutate(std::string& text, const std::vector<std::string>& seeds, Random& random) {
  std::size_t at = below(random, text.size() + 1);
  std::size_t length = below(random, std::min<std::size_t>(text.size() - at, 40) + 1);
  const std::string& other = seeds[below(random, seeds.size())];
  switch (random() % 5) {
    case 0:
      text.erase(at, length);
      break;
    case 1:
      text.insert(at, text.substr(at, length));
      break;
    case 2:
      text.insert(at, 1, static_cast<char>(random() % 256));
      break;
    case 3:
      text.insert(at, other.substr(below(random, other.size()), below(random, 60)));
      break;
    default:
      if (at < text.size()) text[at] = "'\"$`;()-/*[]\\\n\0"[random() % 16];
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  std::vector<std::string> seeds = read_seeds(argv[2]);
  if (seeds.empty()) {
    std::fprintf(stderr, "no seeds in %s\n", argv[2]);
    return 2;
  }
  Random random(1);
  long count = std::atol(argv[1]);
  for (long i = 0; i < count; ++i) {
    std::string text = seeds[static_cast<std::size_t>(i) % seeds.size()];
    for (std::size_t changes = below(random, 8); changes > 0; --changes)
      mutate(text, seeds, random);
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
  }
  std::printf("%ld inputs\n", count);
}
