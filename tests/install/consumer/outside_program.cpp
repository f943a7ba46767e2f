// A program outside the repository. It prints one line, whatever the number of ranks.
#include <hammerscale/hammerscale.hpp>

#include <cstdint>
#include <iostream>
#include <utility>

int main(int argc, char** argv) {
  return hammerscale::run(argc, argv, [](hammerscale::Session& session) {
    const auto sums = session.range(1000)
                          .map([](std::int64_t x) { return std::pair<std::int64_t, std::int64_t>(x % 3, x); })
                          .reduce_by_key(std::plus<>{});
    std::cout << "answer " << sums.values().sum() << '\n';
  });
}
