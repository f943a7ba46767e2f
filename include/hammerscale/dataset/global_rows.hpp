#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "hammerscale/comm/communicator.hpp"

namespace hammerscale {

/// Where the partitions of a gang lie in the whole dataset.
struct GlobalRows {
  std::vector<std::uint64_t> first_row;  ///< Of each local partition.
  std::uint64_t num_rows = 0;            ///< Of the dataset.
};

/// Collective. Numbers the rows of all partitions in order of the partitions, wherever they lie.
/// Traffic   one all-gather of 2 integers a partition.
GlobalRows number_global_rows(comm::Communicator& comm, std::span<const std::uint32_t> partitions,
                              std::span<const std::uint64_t> num_rows, std::uint32_t num_partitions);

/// Rows of different lengths: UserError kMalformedInput.
[[noreturn]] void throw_ragged_row(std::uint64_t row, std::uint64_t length, std::uint64_t expected);

/// Collective. The length of all rows; 0 when there are none.
/// @param first_row  of each local partition; lengths: of its rows, nullopt where it has none.
/// @throws UserError kMalformedInput  they differ; on all ranks alike.
std::uint64_t agree_on_row_length(comm::Communicator& comm, std::span<const std::uint64_t> first_row,
                                  std::span<const std::optional<std::uint64_t>> lengths);

}  // namespace hammerscale
