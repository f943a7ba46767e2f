#include <functional>
#include <iostream>

#include <hammerscale/hammerscale.hpp>

namespace hs = hammerscale;

void show_top_words(hs::Session& session, const std::string& input) {
  auto words = session.read_text(input).flat_map(hs::split_words);
  auto counts = words.map([](std::string word) { return std::pair{std::move(word), std::int64_t{1}}; })
                    .reduce_by_key(std::plus<>{})
                    .cache();
  std::cout << counts.count() << " different words\n";
  for (const auto& [word, n] : counts.top(20, hs::by_value)) { std::cout << word << ' ' << n << '\n'; }
}

int main(int argc, char** argv) {
  const std::string input = argc > 1 ? argv[1] : "books/*.txt";
  return hs::run(argc, argv, [&](hs::Session& session) { show_top_words(session, input); });  // On the driver only.
}
