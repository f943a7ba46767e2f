#pragma once

#include <vector>

#include "hammerscale/mllib/feature_block.hpp"
#include "hammerscale/mllib/kmeans_options.hpp"
#include "hammerscale/mllib/reproducible_sum.hpp"

namespace hammerscale::mllib {

/// Chooses k starting centres by oversampling (k-means||), then reduces the sample to k by weighted k-means++ and some
/// iterations of Lloyd on the sample, on every rank alike. Weights of rows count as that many equal rows would.
///
/// Collective: every rank of the gang calls it, with equal options.
///
/// @return up to k x d centres, row-major, all distinct, identical on every rank; fewer than k only if the sample has
///         fewer distinct rows.
///
/// Work      O(n d k r / p) a rank, r = init_steps, then O(k^2 d r) replicated.
/// Traffic   a round: one all-reduce of 2 doubles, one all-gather of about 2 k rows; at the end one of 2 k r counts.
/// Repeats   the same centres for the same seed whatever the ranks, threads and partitions: random draws are keyed by
///           (seed, round, number of the row), and costs are summed by ReproducibleSum.
/// Source    Bahmani et al., Scalable K-Means++, PVLDB 5(7), 2012, Algorithm 2, with l = 2 k and r fixed, as in Spark.
std::vector<double> choose_initial_centers(GangContext& gang, const FeatureBlock& block, const KMeansOptions& options);

/// Chooses k rows at random without replacement, and drops those equal to one before. Collective; else as above.
std::vector<double> choose_random_centers(GangContext& gang, const FeatureBlock& block, const KMeansOptions& options);

/// The cut that makes sums of weighted squared distances between rows, or rows and means of rows, reproducible.
SumCut cut_of_squared_distances(const FeatureBlock& block);

}  // namespace hammerscale::mllib
