#include <hammerscale/dataset/session.hpp>

auto with_prefix(const hammerscale::Dataset<std::int64_t>& numbers, std::string prefix) {
  return numbers.map(
      hammerscale::bind(prefix, [](const std::string& text, std::int64_t x) { return text + std::to_string(x); }));
}
