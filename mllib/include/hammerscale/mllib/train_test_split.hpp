#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "hammerscale/dataset/dataset.hpp"

namespace hammerscale::mllib {

/// Parts rows at random: each is a test row with probability test_fraction, by a draw of (seed, its number), so that
/// the parts are the same for any ranks and partitions. Counts the rows first, in a job of its own.
/// @return training rows, test rows.
/// @throws UserError kInvalidArgument  test_fraction is not between 0 and 1.
std::pair<Dataset<std::vector<double>>, Dataset<std::vector<double>>> split_train_and_test(
    const Dataset<std::vector<double>>& rows, double test_fraction, std::uint64_t seed);

}  // namespace hammerscale::mllib
