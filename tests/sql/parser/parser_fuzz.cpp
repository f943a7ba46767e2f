// Feeds texts to the parser that nobody would write. Whatever it accepts must survive printing and shipping; whatever
// it refuses must be an SqlError. Anything else ends the program.

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "hammerscale/sql/sql_error.hpp"
#include "sql/parser/parser.hpp"

namespace {

using namespace hammerscale::sql;

void try_text(std::string_view text) {
  try {
    const auto plan = parse_statement(text);
    const auto tree = to_tree_string(*plan);
    const auto back = plan_from_bytes(to_bytes(plan));
    if (!equal(plan, back) || to_tree_string(*back) != tree) { std::abort(); }
    for_each(plan, [](const PlanPtr& part) {
      for (const auto& expression : expressions_of(*part)) {
        static_cast<void>(to_sql(*expression));
        static_cast<void>(hash_of(expression));
      }
      return true;
    }, true);
  } catch (const SqlError& error) {
    if (error.condition().empty()) { std::abort(); }
  }
  try {
    static_cast<void>(split_statements(text));
    static_cast<void>(is_complete_statement(text));
    static_cast<void>(parse_data_type(text));
  } catch (const SqlError&) {
    // A comment that is open, or no type.
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try_text(std::string_view(reinterpret_cast<const char*>(data), size));
  return 0;
}

#ifndef HAMMERSCALE_LIBFUZZER
namespace {

/// Each file of a folder as one text, and each line of its .sql and .tsv files.
void read_corpus(const std::filesystem::path& folder, std::vector<std::string>& corpus) {
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (!entry.is_regular_file()) { continue; }
    std::ifstream file(entry.path(), std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    if (entry.path().extension() != ".sql") {
      if (entry.path().extension().empty()) { corpus.push_back(std::move(text)); }
      continue;
    }
    for (std::size_t at = 0; at < text.size();) {
      const auto end = std::min(text.find('\n', at), text.size());
      corpus.push_back(text.substr(at, end - at));
      at = end + 1;
    }
  }
}

class Mutator {
 public:
  explicit Mutator(const std::vector<std::string>& corpus) : corpus_(corpus) {}

  std::string next() {
    std::string text = corpus_[below(corpus_.size())];
    for (std::size_t rounds = 1 + below(4); rounds > 0; --rounds) { change(text); }
    return text;
  }

 private:
  std::size_t below(std::size_t limit) { return limit == 0 ? 0 : random_() % limit; }

  void change(std::string& text) {
    const std::size_t at = below(text.size() + 1);
    const std::size_t length = below(std::min<std::size_t>(text.size() - at, 12) + 1);
    switch (below(8)) {
      case 0: text.erase(at, length); break;
      case 1: text.insert(at, 1, static_cast<char>(random_())); break;
      case 2: text.insert(at, text.substr(below(text.size() + 1), length)); break;
      case 3: {
        const auto& other = corpus_[below(corpus_.size())];
        const std::size_t from = below(other.size() + 1);
        text.insert(at, other.substr(from, below(40)));
        break;
      }
      case 4: {
        const auto& words = all_keywords();
        text.insert(at, " " + std::string(words[below(words.size())]) + " ");
        break;
      }
      case 5: {
        constexpr std::string_view kSymbols = "()[]{}<>=!.,;:*/+-%&|^~'\"`?\\\n";
        text.insert(at, 1, kSymbols[below(kSymbols.size())]);
        break;
      }
      case 6: {
        std::string repeated;
        const std::string part = text.substr(at, length);
        for (std::size_t i = below(500); i > 0; --i) { repeated += part; }
        text.insert(at, repeated);
        break;
      }
      default: text.resize(at); break;
    }
  }

  const std::vector<std::string>& corpus_;
  std::mt19937_64 random_{20261122};
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: sql_parser_fuzz SECONDS FOLDER...\n");
    return 2;
  }
  std::vector<std::string> corpus;
  for (int i = 2; i < argc; ++i) { read_corpus(argv[i], corpus); }
  if (corpus.empty()) { return 2; }
  for (const auto& text : corpus) { try_text(text); }
  Mutator mutator(corpus);
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(std::atoi(argv[1]));
  std::size_t num_texts = corpus.size();
  while (std::chrono::steady_clock::now() < end) {
    const auto text = mutator.next();
    // A crash leaves the text behind.
    if (std::getenv("HS_FUZZ_LOG") != nullptr) { std::ofstream(std::getenv("HS_FUZZ_LOG"), std::ios::binary) << text; }
    try_text(text);
    ++num_texts;
  }
  std::printf("%zu texts\n", num_texts);
  return 0;
}
#endif
