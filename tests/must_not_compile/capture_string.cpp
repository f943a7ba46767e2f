#include <hammerscale/dataset/session.hpp>

auto with_prefix(const hammerscale::Dataset<std::int64_t>& numbers, std::string prefix) {
  return numbers.map([prefix](std::int64_t x) { return prefix + std::to_string(x); });
}
