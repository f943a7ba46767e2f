#pragma once

#include <span>

namespace hammerscale::sql {

/// How far raw estimates of HyperLogLog lie off the truth, as measured by the authors of HyperLogLog++.
struct HyperLogLogBias {
  std::span<const double> estimates;  ///< Mean raw estimates, ascending.
  std::span<const double> biases;     ///< What each is too large by.
};

/// For precisions 4 to 18; empty for others.
/// Source: Heule, Nunkesser, Hall: HyperLogLog in Practice, EDBT 2013, appendix.
HyperLogLogBias hyper_log_log_bias(int precision);

}  // namespace hammerscale::sql
