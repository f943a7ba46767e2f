#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "src/reproducible_sum.cpp"
#include <hwy/foreach_target.h>

#include <hwy/highway.h>

#include <bit>
#include <cmath>

#include "hammerscale/mllib/reproducible_sum.hpp"

HWY_BEFORE_NAMESPACE();
namespace hammerscale::mllib::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

void add_rows(const double* rows, const std::uint32_t* group_of, std::size_t num_rows, std::size_t d,
              const double* cut_high, const double* cut_low, double* high, double* low) {
  const hn::ScalableTag<double> tag;
  const std::size_t lanes = hn::Lanes(tag);
  for (std::size_t i = 0; i < num_rows; ++i) {
    const double* row = rows + i * d;
    double* to_high = high + std::size_t{group_of[i]} * d;
    double* to_low = low + std::size_t{group_of[i]} * d;
    std::size_t j = 0;
    for (; j + lanes <= d; j += lanes) {
      const auto x = hn::LoadU(tag, row + j);
      const auto large = hn::LoadU(tag, cut_high + j);
      const auto small = hn::LoadU(tag, cut_low + j);
      const auto part = hn::Sub(hn::Add(x, large), large);
      const auto rest = hn::Sub(hn::Add(hn::Sub(x, part), small), small);
      hn::StoreU(hn::Add(hn::LoadU(tag, to_high + j), part), tag, to_high + j);
      hn::StoreU(hn::Add(hn::LoadU(tag, to_low + j), rest), tag, to_low + j);
    }
    for (; j < d; ++j) {
      const double part = (row[j] + cut_high[j]) - cut_high[j];
      const double rest = row[j] - part;
      to_high[j] += part;
      to_low[j] += (rest + cut_low[j]) - cut_low[j];
    }
  }
}

void move_rows(const double* rows, const std::uint32_t* which, const std::uint32_t* from, const std::uint32_t* to,
               std::size_t num_rows, std::size_t d, const double* cut_high, const double* cut_low, double* high,
               double* low) {
  const hn::ScalableTag<double> tag;
  const std::size_t lanes = hn::Lanes(tag);
  for (std::size_t i = 0; i < num_rows; ++i) {
    const double* row = rows + std::size_t{which[i]} * d;
    const std::size_t out = std::size_t{from[i]} * d;
    const std::size_t in = std::size_t{to[i]} * d;
    std::size_t j = 0;
    for (; j + lanes <= d; j += lanes) {
      const auto x = hn::LoadU(tag, row + j);
      const auto large = hn::LoadU(tag, cut_high + j);
      const auto small = hn::LoadU(tag, cut_low + j);
      const auto part = hn::Sub(hn::Add(x, large), large);
      const auto rest = hn::Sub(hn::Add(hn::Sub(x, part), small), small);
      hn::StoreU(hn::Sub(hn::LoadU(tag, high + out + j), part), tag, high + out + j);
      hn::StoreU(hn::Sub(hn::LoadU(tag, low + out + j), rest), tag, low + out + j);
      hn::StoreU(hn::Add(hn::LoadU(tag, high + in + j), part), tag, high + in + j);
      hn::StoreU(hn::Add(hn::LoadU(tag, low + in + j), rest), tag, low + in + j);
    }
    for (; j < d; ++j) {
      const double part = (row[j] + cut_high[j]) - cut_high[j];
      const double rest = ((row[j] - part) + cut_low[j]) - cut_low[j];
      high[out + j] -= part;
      low[out + j] -= rest;
      high[in + j] += part;
      low[in + j] += rest;
    }
  }
}

}  // namespace hammerscale::mllib::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

namespace hammerscale::mllib {

HWY_EXPORT(add_rows);
HWY_EXPORT(move_rows);

SumCut SumCut::of(double max_abs, std::uint64_t n) noexcept {
  int exponent = 0;  // max_abs < 2^exponent
  std::frexp(max_abs > 0 ? max_abs : 1.0, &exponent);
  const int room = static_cast<int>(std::bit_width(n)) + 1;
  // 1.5 keeps the exponent of x + high the same for both signs of x.
  const double high = std::ldexp(1.5, exponent + room);
  // The rest is at most half of high's last place, 2^(exponent + room - 53).
  const double low = std::ldexp(1.5, exponent + 2 * room - 53);
  return {high, low};
}

void add_rows_to_groups(const double* rows, std::span<const std::uint32_t> group_of, std::size_t d,
                        const double* cut_high, const double* cut_low, double* high, double* low) {
  HWY_DYNAMIC_DISPATCH(add_rows)(rows, group_of.data(), group_of.size(), d, cut_high, cut_low, high, low);
}

void move_rows_between_groups(const double* rows, std::span<const std::uint32_t> which,
                              std::span<const std::uint32_t> from, std::span<const std::uint32_t> to, std::size_t d,
                              const double* cut_high, const double* cut_low, double* high, double* low) {
  HWY_DYNAMIC_DISPATCH(move_rows)
  (rows, which.data(), from.data(), to.data(), which.size(), d, cut_high, cut_low, high, low);
}

}  // namespace hammerscale::mllib

#endif
