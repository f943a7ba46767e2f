#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sql/exec/window.hpp"

namespace hammerscale::sql {

/// Rows of a partition's frames: row i's frame is [start[i], end[i]), counted within the partition.
struct FrameBounds {
  std::vector<std::int32_t> start;
  std::vector<std::int32_t> end;
};

/// First row of each row's peers, and the row behind the last: rows that the order does not tell apart.
void find_peers(const Batch& rows, std::int32_t first, std::int32_t num_rows, std::span<const SortKey> order,
                std::vector<std::int32_t>& peer_start, std::vector<std::int32_t>& peer_end);

/// Frames of a call over rows [first, first + num_rows) of a batch that is sorted by `order`.
FrameBounds find_frames(const WindowCall& call, const Batch& rows, std::int32_t first, std::int32_t num_rows,
                        std::span<const SortKey> order, std::span<const std::int32_t> peer_start,
                        std::span<const std::int32_t> peer_end);

}  // namespace hammerscale::sql
