#include "hammerscale/base/counter_random.hpp"

#include <cmath>

#include "hammerscale/base/error.hpp"

namespace hammerscale {

namespace {

// Libraries choose between versions of log and exp by processor, and those round differently; so the ones used for
// draws are here. sqrt, frexp, ldexp and floor are exact everywhere. This file is compiled without contraction to fused
// multiply-adds for the same reason.

constexpr double kLn2High = 0x1.62e42fee00000p-1;
constexpr double kLn2Low = 0x1.a39ef35793c76p-33;

/// Natural logarithm of a positive finite number, to a few units in the last place.
double portable_log(double x) {
  int exponent = 0;
  double mantissa = std::frexp(x, &exponent);
  if (mantissa < 0.70710678118654752) {
    mantissa *= 2.0;
    --exponent;
  }
  // log m = 2 artanh z with |z| < 0.172; the first term left out is below 2^-60 of the result.
  const double z = (mantissa - 1.0) / (mantissa + 1.0);
  const double square = z * z;
  double series = 0.0;
  for (int k = 23; k >= 3; k -= 2) { series = (series + 1.0 / k) * square; }
  const double log_mantissa = 2.0 * (z + z * series);
  return exponent * kLn2High + (log_mantissa + exponent * kLn2Low);
}

/// Exponential of a number in [-700, 0].
double portable_exp(double x) {
  const double powers = std::floor(x / (kLn2High + kLn2Low) + 0.5);
  const double rest = (x - powers * kLn2High) - powers * kLn2Low;
  double series = 1.0;
  for (int k = 14; k >= 1; --k) { series = 1.0 + series * rest / k; }
  return std::ldexp(series, static_cast<int>(powers));
}

/// log(k!) for k >= 0, by Stirling's series; the first ones are summed.
double log_factorial(double k) {
  if (k < 10.0) {
    double product = 1.0;
    for (double factor = 2.0; factor <= k; factor += 1.0) { product *= factor; }
    return portable_log(product);
  }
  constexpr double kHalfLogTwoPi = 0.91893853320467274178;
  const double x = k + 1.0;
  const double inverse = 1.0 / x;
  const double square = inverse * inverse;
  const double tail = inverse * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square / 1680)));
  return (x - 0.5) * portable_log(x) - x + kHalfLogTwoPi + tail;
}

std::uint64_t poisson_by_inversion(CounterRandom& random, double mean) {
  // Rounding can leave the sum of all terms just below a uniform near 1; far out there the count stops where the terms
  // no longer matter.
  constexpr std::uint64_t kFarOut = 200;
  const double uniform = random.uniform();
  double term = portable_exp(-mean);
  double sum = term;
  std::uint64_t count = 0;
  while (uniform >= sum && count < kFarOut) {
    ++count;
    term *= mean / static_cast<double>(count);
    sum += term;
  }
  return count;
}

std::uint64_t poisson_by_rejection(CounterRandom& random, double mean) {
  // Names as in the paper.
  const double b = 0.931 + 2.53 * std::sqrt(mean);
  const double a = -0.059 + 0.02483 * b;
  const double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
  const double v_r = 0.9277 - 3.6224 / (b - 2.0);
  const double log_mean = portable_log(mean);
  while (true) {
    const double u = random.uniform() - 0.5;
    const double v = 1.0 - random.uniform();  // (0, 1], so that its logarithm exists
    const double u_s = 0.5 - std::fabs(u);
    const double k = std::floor((2.0 * a / u_s + b) * u + mean + 0.43);
    if (u_s >= 0.07 && v <= v_r) { return static_cast<std::uint64_t>(k); }
    if (k < 0.0 || (u_s < 0.013 && v > u_s)) { continue; }
    const double left = portable_log(v) + portable_log(inverse_alpha) - portable_log(a / (u_s * u_s) + b);
    if (left <= -mean + k * log_mean - log_factorial(k)) { return static_cast<std::uint64_t>(k); }
  }
}

}  // namespace

double CounterRandom::exponential() noexcept { return -portable_log(1.0 - uniform()); }

double CounterRandom::gaussian() noexcept {
  while (true) {
    const double x = 2.0 * uniform() - 1.0;
    const double y = 2.0 * uniform() - 1.0;
    const double square = x * x + y * y;
    // The second number of the pair is not kept, so that a draw depends on the draws before it only by their count of
    // bits.
    if (square < 1.0 && square > 0.0) { return x * std::sqrt(-2.0 * portable_log(square) / square); }
  }
}

std::uint64_t CounterRandom::poisson(double mean) {
  if (mean != mean) { throw UserError(ErrorCode::kNonFinite, "mean of a Poisson draw is not a number"); }
  if (mean > 0x1.0p52) {
    throw UserError(ErrorCode::kInvalidArgument, "mean of a Poisson draw is too large",
                    {{"mean", std::to_string(mean)}, {"limit", std::to_string(0x1.0p52)}});
  }
  if (mean <= 0.0) { return 0; }
  return mean < 10.0 ? poisson_by_inversion(*this, mean) : poisson_by_rejection(*this, mean);
}

}  // namespace hammerscale
