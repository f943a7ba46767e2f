#include <atomic>
#include <fstream>
#include <sstream>
#include <thread>
#include <unordered_map>

#include "hammerscale/base/text_scan.hpp"
#include "hammerscale/shuffle/combine_table.hpp"
#include "workload.hpp"

namespace hammerscale::bench {
namespace {

/// What one would write by hand for this alone: each thread scans its half of the text and counts into a table of its
/// own, then the second table is merged into the first.
std::pair<double, std::pair<std::uint64_t, std::uint64_t>> bare_word_count(const std::vector<std::string>& files) {
  std::pair<std::uint64_t, std::uint64_t> answer;
  const double seconds = best_seconds(2, [&] {
    HeapMemorySource memory[2];
    shuffle::CombineTable<std::string, std::int64_t> tables[2] = {shuffle::CombineTable<std::string, std::int64_t>(memory[0]),
                                                                  shuffle::CombineTable<std::string, std::int64_t>(memory[1])};
    const auto count = [&](std::size_t t) {
      for (std::size_t f = t; f < files.size(); f += 2) {
        std::ifstream file(files[f], std::ios::binary);
        std::stringstream contents;
        contents << file.rdbuf();
        const std::string text = std::move(contents).str();
        WordScanner scanner(text);
        std::array<TextRange, 256> words;
        for (auto n = scanner.next(words); n != 0; n = scanner.next(words)) {
          for (std::size_t i = 0; i < n; ++i) {
            const std::string_view word(text.data() + words[i].offset, words[i].length);
            tables[t].upsert(word, shuffle::KeyHash{}(word), [] { return std::int64_t{1}; }, [](std::int64_t& c) { ++c; });
          }
        }
      }
    };
    std::thread second([&] { count(1); });
    count(0);
    second.join();
    tables[1].drain([&](std::string&& word, std::int64_t&& c) {
      const auto hash = tables[0].hash_of(word);
      tables[0].upsert(std::move(word), hash, [&] { return c; }, [&](std::int64_t& total) { total += c; });
    });
    answer = {tables[0].size(), 0};
    tables[0].for_each([&](const std::string&, std::int64_t c) { answer.second += static_cast<std::uint64_t>(c); });
  });
  return {seconds, answer};
}

}  // namespace

std::vector<Measurement> bench_word_count(Session& session, const BenchOptions& options) {
  if (options.text_folder.empty()) { return {}; }
  const auto files = expand_inputs({options.text_folder});
  std::uint64_t distinct = 0;
  std::uint64_t total = 0;
  const double seconds = best_seconds(2, [&] {
    const auto counts = session.read_text(options.text_folder)
                            .flat_map(split_words)
                            .map([](std::string word) { return std::pair{std::move(word), std::int64_t{1}}; })
                            .reduce_by_key(std::plus<>{});
    const auto answer = counts.values().stats();
    distinct = answer.count();
    total = static_cast<std::uint64_t>(std::llround(answer.sum()));
  });
  Measurement result{"word count, prose", seconds, 0, "hand-written loop, 2 threads",
                     std::to_string(total) + " words, " + std::to_string(distinct) + " distinct"};
  if (options.baselines) {
    const auto [limit, answer] = bare_word_count(files);
    require(answer.first == distinct && answer.second == total, "word count: words");
    result.limit_seconds = limit;
  }
  return {result};
}

}  // namespace hammerscale::bench
