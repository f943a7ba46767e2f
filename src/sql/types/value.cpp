#include "hammerscale/sql/value.hpp"

#include <bit>

namespace hammerscale::sql {

bool operator==(const Value& a, const Value& b) {
  if (a.holder_.index() != b.holder_.index()) { return false; }
  if (const float* x = std::get_if<float>(&a.holder_)) {
    return std::bit_cast<std::uint32_t>(*x) == std::bit_cast<std::uint32_t>(b.as_float());
  }
  if (const double* x = std::get_if<double>(&a.holder_)) {
    return std::bit_cast<std::uint64_t>(*x) == std::bit_cast<std::uint64_t>(b.as_double());
  }
  return a.holder_ == b.holder_;
}

}  // namespace hammerscale::sql
