#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hammerscale/hammerscale.hpp"
#include "line_output.hpp"
#include "output_options.hpp"
#include "verb.hpp"
#include "whole_number.hpp"

namespace hammerscale::program {
namespace {

using WordCount = std::pair<std::string, std::int64_t>;

/// Results of `--top` up to this many lines are chosen on the driver; more of them by a sort.
constexpr std::uint64_t kMaxChosenWords = 100000;

std::string lowercase_ascii(std::string line) {
  for (char& c : line) {
    if (c >= 'A' && c <= 'Z') { c = static_cast<char>(c - 'A' + 'a'); }
  }
  return line;
}

std::string to_line(const WordCount& count) { return count.first + '\t' + std::to_string(count.second); }

/// Orders the most frequent words first, words of equal count by their bytes.
struct ByCountThenWord {
  std::pair<std::int64_t, std::string> operator()(const WordCount& count) const { return {-count.second, count.first}; }
};
struct ComesBefore {
  bool operator()(const WordCount& a, const WordCount& b) const {
    return a.second != b.second ? a.second > b.second : a.first < b.first;
  }
};

class WordcountVerb final : public Verb {
 public:
  [[nodiscard]] VerbDescription description() const override {
    return {"wordcount", "Count the words of text files", "hammerscale wordcount 'books/*.txt' --top 20"};
  }

  void add_options(CLI::App& command) override {
    command.add_option("INPUT", inputs_, "Files, folders or quoted globs; .gz, .zst and .bz2 are read as they are")
        ->required();
    command.add_option("--top", top_, "Only the N most frequent words")->type_name("N")->check(whole_number_from(0));
    command.add_flag("--lowercase", lowercase_, "Count A-Z as a-z");
    output_.add_to(command);
  }

  void check() const override { output_.check(); }

  int run(Session& session, const RunOptions& options) override {
    auto lines = session.read_text(inputs_, options.num_partitions);
    if (lowercase_) { lines = lines.map(&lowercase_ascii); }
    const auto counts = lines.flat_map(split_words).count_each(options.num_partitions);
    if (top_ && *top_ <= kMaxChosenWords) {
      std::string text;
      for (const auto& count : counts.take_ordered(*top_, ComesBefore{})) { text += to_line(count) + '\n'; }
      write_text(text, output_);
      return 0;
    }
    const auto sorted = counts.sort_by(ByCountThenWord{}, true, options.num_partitions);
    if (top_) {
      const auto limit = static_cast<std::int64_t>(std::min<std::uint64_t>(*top_, INT64_MAX));
      write_lines(
          sorted.zip_with_index().filter([limit](const auto& row) { return row.second < limit; }).map([](auto row) {
            return to_line(row.first);
          }),
          output_);
    } else {
      write_lines(sorted.map(&to_line), output_);
    }
    return 0;
  }

 private:
  std::vector<std::string> inputs_;
  std::optional<std::uint64_t> top_;
  bool lowercase_ = false;
  OutputOptions output_;
};

}  // namespace

std::unique_ptr<Verb> make_wordcount_verb() { return std::make_unique<WordcountVerb>(); }

}  // namespace hammerscale::program
