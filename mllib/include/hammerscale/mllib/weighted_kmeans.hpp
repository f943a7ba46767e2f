#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace hammerscale::mllib {

/// k-means of a small weighted sample on one thread: k-means++ and then Lloyd until nothing moves, 30 times at the
/// most.
///
/// @param points   m x d, row-major, all distinct; @param weights  m, not negative, some positive.
/// @return k x d centres; m x d when m <= k.
/// Work      O(m k d) for each iteration.
/// Source    Arthur and Vassilvitskii, k-means++: The Advantages of Careful Seeding, SODA 2007.
std::vector<double> cluster_weighted_sample(std::span<const double> points, std::span<const double> weights,
                                            std::size_t d, std::size_t k, std::uint64_t seed);

}  // namespace hammerscale::mllib
