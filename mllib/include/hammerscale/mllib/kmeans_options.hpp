#pragma once

#include <cstdint>
#include <string>

namespace hammerscale::mllib {

/// Parameters of k-means, with Spark's names and defaults.
struct KMeansOptions {
  std::uint32_t k = 2;
  std::uint32_t max_iter = 20;
  /// An iteration in which no centre moves by more than this (cosine: by more than this in 1 - cosine) is the last.
  double tol = 1e-4;
  /// "k-means||" or "random".
  std::string init_mode = "k-means||";
  /// Rounds of k-means||, each of about 2 k candidates.
  std::uint32_t init_steps = 2;
  std::uint64_t seed = 0;
  /// "euclidean" or "cosine".
  std::string distance_measure = "euclidean";
  /// Whether the last number of each row is its weight and no feature.
  bool weighted = false;
  /// "auto", "row" or "block". Spark's choice of a kernel; here the answer and the kernel are the same for all three.
  std::string solver = "auto";
  /// Spark's size of blocks of rows, in MB; recorded, without influence.
  double max_block_size_in_mb = 0;

  /// @throws UserError kInvalidArgument  naming parameter and value.
  void validate() const;
};

}  // namespace hammerscale::mllib
