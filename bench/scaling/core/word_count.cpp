#include <array>
#include <cmath>
#include <fstream>

#include "hammerscale/base/text_scan.hpp"
#include "hammerscale/shuffle/combine_table.hpp"
#include "workload.hpp"

namespace hammerscale::bench {
namespace {

struct WordTotals {
  std::uint64_t distinct = 0;
  std::uint64_t total = 0;
  friend bool operator==(const WordTotals&, const WordTotals&) = default;
};

/// What one would write by hand for this alone: each of two threads reads and scans its half of the files' bytes and
/// counts its words into a table of its own, with the table's memory prefetched; then the second table is merged
/// into the first.
std::pair<double, WordTotals> bare_word_count(const std::vector<std::string>& files) {
  using Table = shuffle::CombineTable<std::string, std::int64_t>;
  WordTotals answer;
  const double seconds = best_seconds(3, [&] {
    HeapMemorySource memory[2];
    Table tables[2] = {Table(memory[0]), Table(memory[1])};
    on_two_threads([&](std::size_t t) {
      for (const auto& name : files) {
        std::ifstream file(name, std::ios::binary | std::ios::ate);
        const auto size = static_cast<std::size_t>(file.tellg());
        // From the first white space at or after the middle on; before it, the other half.
        std::size_t middle = size / 2;
        for (char byte = 'x'; middle < size; ++middle) {
          file.seekg(static_cast<std::streamoff>(middle));
          if (!file.get(byte) || is_ascii_space(byte)) { break; }
        }
        file.clear();
        const std::size_t begin = t == 0 ? 0 : middle;
        std::string text((t == 0 ? middle : size) - begin, '\0');
        file.seekg(static_cast<std::streamoff>(begin));
        file.read(text.data(), static_cast<std::streamsize>(text.size()));
        WordScanner scanner(text);
        std::array<TextRange, 1024> words;
        for (auto n = scanner.next(words); n != 0; n = scanner.next(words)) {
          tables[t].upsert_block(
              n, [&](std::size_t i) { return std::string_view(text.data() + words[i].offset, words[i].length); },
              [](std::size_t) { return std::int64_t{1}; }, [](std::int64_t& sum, std::size_t) { ++sum; });
        }
      }
    });
    tables[1].drain_with_hash([&](std::uint64_t hash, std::string&& word, std::int64_t n) {
      tables[0].upsert(
          std::move(word), hash, [&] { return n; }, [&](std::int64_t& sum) { sum += n; });
    });
    answer = {tables[0].size(), 0};
    tables[0].for_each([&](const std::string&, std::int64_t n) { answer.total += static_cast<std::uint64_t>(n); });
  });
  return {seconds, answer};
}

}  // namespace

std::vector<Measurement> bench_word_count(Session& session, const BenchOptions& options) {
  if (options.text_folder.empty()) { return {}; }
  const auto files = expand_inputs({options.text_folder});
  WordTotals answer;
  const auto measure = [&](auto count) {
    return best_seconds(3, [&] {
      const auto counted = count(session.read_text(options.text_folder)).values().stats();
      answer = {counted.count(), static_cast<std::uint64_t>(std::llround(counted.sum()))};
    });
  };
  const auto detail = [&] {
    return std::to_string(answer.total) + " words, " + std::to_string(answer.distinct) + " distinct";
  };
  std::vector<Measurement> results;
  const double seconds = measure([](const auto& lines) { return lines.flat_map(split_words).count_each(); });
  const auto counted = answer;
  results.push_back(
      {"word count, prose, count_each", seconds, 0, "hand-written loop, 2 threads", detail(), "0.4 of it", "1.0 s"});
  const double by_pairs = measure([](const auto& lines) {
    return lines.flat_map(split_words)
        .map([](std::string word) {
          return std::pair{std::move(word), std::int64_t{1}};
        })
        .reduce_by_key(std::plus<>{});
  });
  require(answer == counted, "word count: count_each and reduce_by_key differ");
  results.push_back({"word count, prose, map and reduce_by_key", by_pairs, 0, "the same loop", detail(), "0.4 of it"});
  if (options.baselines) {
    const auto [limit, expected] = bare_word_count(files);
    require(expected == counted, "word count: words");
    for (auto& result : results) { result.limit = limit; }
  }
  return results;
}

}  // namespace hammerscale::bench
