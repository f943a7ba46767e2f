#pragma once

#include <cmath>
#include <cstdint>

namespace hammerscale::graph {

/// Adds numbers of 0 or more so that the sum does not depend on their order or grouping: as integers of 128 bits, in
/// units of 2^-fraction_bits. What a number has below that is cut off, of each alike. The sum must stay below
/// 2^(127 - fraction_bits). Bitwise, so it crosses ranks as it is.
class FixedPointSum {
 public:
  explicit FixedPointSum(int fraction_bits = 64) : fraction_bits_(fraction_bits) {}

  void add(double value) {
    // Two halves of 64 bits, for a conversion to 128 bits is a call.
    const double scaled = std::ldexp(value, fraction_bits_ - 64);
    const double high = std::floor(scaled);
    const double low = std::ldexp(scaled - high, 64);
    units_ += (static_cast<Units>(static_cast<std::uint64_t>(high)) << 64) + static_cast<std::uint64_t>(low);
  }
  void add(const FixedPointSum& other) { units_ += other.units_; }
  /// Nearest double.
  [[nodiscard]] double value() const {
    return std::ldexp(static_cast<double>(units_), -fraction_bits_);
  }

 private:
  __extension__ using Units = unsigned __int128;
  Units units_ = 0;
  int fraction_bits_;
};

}  // namespace hammerscale::graph
