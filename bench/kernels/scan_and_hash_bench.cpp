// Words and lines of a text, range classification, hashing and random draws. Verified against plain loops.
#include <algorithm>
#include <array>
#include <cstring>
#include <string>
#include <vector>

#include "bench_report.hpp"
#include "hammerscale/base/counter_random.hpp"
#include "hammerscale/base/text_scan.hpp"
#include "hammerscale/shuffle/key_hash.hpp"
#include "hammerscale/shuffle/range_splitters.hpp"

namespace hs = hammerscale;
using namespace hs::shuffle;

namespace {

void bench_text() {
  std::string text;
  for (std::uint64_t i = 0; text.size() < (std::size_t{200} << 20); ++i) {
    const std::uint64_t bits = mix_bits(i);
    // Word lengths of English prose: 1 to 12, mostly short.
    text.append(1 + bits % 6 + (bits >> 8) % 4 * ((bits >> 16) % 2), static_cast<char>('a' + (bits >> 24) % 26));
    text += (bits >> 32) % 11 == 0 ? '\n' : ' ';
  }
  std::size_t expected_words = 0;
  const double byte_loop = hs::bench::best_seconds(2, [&] {
    expected_words = 0;
    bool in_word = false;
    for (const char byte : text) {
      const bool is_word = !hs::is_ascii_space(byte);
      expected_words += is_word && !in_word ? 1 : 0;
      in_word = is_word;
    }
  });
  const auto expected_lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  std::array<hs::TextRange, 1024> ranges;
  std::size_t num_words = 0;
  std::size_t word_bytes = 0;
  const double words = hs::bench::best_seconds(3, [&] {
    num_words = word_bytes = 0;
    hs::WordScanner scanner(text);
    while (const std::size_t count = scanner.next(ranges)) {
      num_words += count;
      for (std::size_t i = 0; i < count; ++i) { word_bytes += ranges[i].length; }
    }
  });
  hs::bench::verify(num_words == expected_words && word_bytes + num_words <= text.size() + 1, "words");
  std::size_t num_lines = 0;
  const double lines = hs::bench::best_seconds(3, [&] {
    num_lines = 0;
    hs::LineScanner scanner(text);
    while (const std::size_t count = scanner.next(ranges)) { num_lines += count; }
  });
  hs::bench::verify(num_lines == expected_lines + (text.back() != '\n' ? 1 : 0), "lines");
  const double megabytes = static_cast<double>(text.size()) / 1e6;
  hs::bench::report("byte loop that counts words", megabytes, "MB/s", byte_loop);
  hs::bench::report("WordScanner", megabytes, "MB/s", words, byte_loop);
  hs::bench::report("LineScanner", megabytes, "MB/s", lines);
}

void bench_classify() {
  constexpr std::size_t kNumKeys = 4'000'000;
  std::vector<std::int64_t> keys(kNumKeys);
  for (std::size_t i = 0; i < kNumKeys; ++i) { keys[i] = static_cast<std::int64_t>(mix_bits(i)); }
  for (const std::size_t num_partitions : {8u, 256u, 4096u}) {
    auto sample = std::vector(keys.begin(), keys.begin() + 100'000);
    std::sort(sample.begin(), sample.end());
    const auto splitters = choose_splitters<std::int64_t>(std::span<const std::int64_t>(sample), num_partitions);
    const RangeClassifier<std::int64_t> classifier(splitters);
    std::vector<std::uint32_t> expected(kNumKeys);
    const double reference = hs::bench::best_seconds(2, [&] {
      for (std::size_t i = 0; i < kNumKeys; ++i) {
        expected[i] = static_cast<std::uint32_t>(std::lower_bound(splitters.begin(), splitters.end(), keys[i]) -
                                                 splitters.begin());
      }
    });
    std::vector<std::uint32_t> partitions(kNumKeys);
    const double seconds =
        hs::bench::best_seconds(3, [&] { classifier.classify(std::span<const std::int64_t>(keys), partitions); });
    hs::bench::verify(partitions == expected, "range partitions");
    hs::bench::report("RangeClassifier, partitions " + std::to_string(num_partitions), kNumKeys / 1e6, "Mkeys/s",
                      seconds, reference);
  }
}

void bench_draws() {
  constexpr std::uint64_t kNumDraws = 10'000'000;
  std::uint64_t sum = 0;
  const double bits = hs::bench::best_seconds(2, [&] {
    for (std::uint64_t i = 0; i < kNumDraws; ++i) { sum += hs::CounterRandom(1, i).next_bits(); }
  });
  const double poisson = hs::bench::best_seconds(2, [&] {
    for (std::uint64_t i = 0; i < kNumDraws; ++i) { sum += hs::CounterRandom(1, i).poisson(1.0); }
  });
  double total = 0.0;
  const double gaussian = hs::bench::best_seconds(2, [&] {
    for (std::uint64_t i = 0; i < kNumDraws; ++i) { total += hs::CounterRandom(1, i).gaussian(); }
  });
  hs::bench::verify(sum != 0 && std::abs(total) < 6.0 * 2.0 * 3163.0, "mean of the draws");
  hs::bench::report("first draw of a new stream, bits", kNumDraws / 1e6, "M/s", bits);
  hs::bench::report("first draw of a new stream, Poisson(1)", kNumDraws / 1e6, "M/s", poisson);
  hs::bench::report("first draw of a new stream, gaussian", kNumDraws / 1e6, "M/s", gaussian);
}

void bench_hash() {
  constexpr std::size_t kNumWords = 2'000'000;
  std::vector<std::string> words;
  for (std::size_t i = 0; i < kNumWords; ++i) { words.push_back(std::to_string(mix_bits(i) >> (i % 48))); }
  std::uint64_t ours = 0;
  std::uint64_t standard = 0;
  const double reference = hs::bench::best_seconds(3, [&] {
    for (const auto& word : words) { standard ^= std::hash<std::string>{}(word); }
  });
  const double seconds = hs::bench::best_seconds(3, [&] {
    for (const auto& word : words) { ours += KeyHash{}(word); }
  });
  hs::bench::verify(ours != standard, "hashes");
  hs::bench::report("KeyHash of short strings (ratio to std::hash)", kNumWords / 1e6, "M/s", seconds, reference);
}

}  // namespace

int main() {
  bench_text();
  bench_classify();
  bench_draws();
  bench_hash();
}
