// Random numbers that are the same for the same seed, on every machine.
#pragma once

#include <cstdint>
#include <string_view>

namespace tidemark::seed {

/// SplitMix64. Source: https://prng.di.unimi.it/splitmix64.c
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}

  /// Independent of how often others rolled.
  Dice of(std::string_view what) const {
    std::uint64_t hash = 14695981039346656037u;
    for (char c : what) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
    return Dice(state_ ^ hash);
  }

  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }
  /// In [0, end); 0 where there is nothing to choose from.
  std::uint64_t below(std::uint64_t end) { return end == 0 ? 0 : next() % end; }
  /// In [0, 1).
  double unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
  bool one_in(std::uint64_t number) { return below(number) == 0; }

 private:
  std::uint64_t state_;
};

}  // namespace tidemark::seed
