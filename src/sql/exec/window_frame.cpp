#include "sql/exec/window_frame.hpp"

#include <algorithm>

#include "sql/vector/vector_compare.hpp"

namespace hammerscale::sql {

void find_peers(const Batch& rows, std::int32_t first, std::int32_t num_rows, std::span<const SortKey> order,
                std::vector<std::int32_t>& peer_start, std::vector<std::int32_t>& peer_end) {
  peer_start.resize(static_cast<std::size_t>(num_rows));
  peer_end.resize(static_cast<std::size_t>(num_rows));
  std::int32_t begin = 0;
  for (std::int32_t row = 1; row <= num_rows; ++row) {
    if (row < num_rows && compare_rows(rows, first + row - 1, rows, first + row, order) == 0) { continue; }
    std::fill(peer_start.begin() + begin, peer_start.begin() + row, begin);
    std::fill(peer_end.begin() + begin, peer_end.begin() + row, row);
    begin = row;
  }
}

namespace {

std::int32_t clamp_row(std::int64_t row, std::int32_t num_rows) {
  return static_cast<std::int32_t>(std::clamp<std::int64_t>(row, 0, num_rows));
}

/// Bound of a ROWS frame for a row, as the row it begins at (lower) or ends behind (upper).
std::int32_t row_bound(const FrameBound& bound, std::int64_t offset, bool is_upper, std::int32_t row,
                       std::int32_t num_rows) {
  const std::int64_t behind = is_upper ? 1 : 0;
  switch (bound.kind) {
    case BoundKind::kUnboundedPreceding: return 0;
    case BoundKind::kUnboundedFollowing: return num_rows;
    case BoundKind::kCurrentRow: return clamp_row(row + behind, num_rows);
    // Offsets may be so large that a sum would overflow: they are cut to the partition first.
    case BoundKind::kPreceding:
      return clamp_row(row - std::clamp<std::int64_t>(offset, -num_rows - 1, num_rows + 1) + behind, num_rows);
    case BoundKind::kFollowing:
      return clamp_row(row + std::clamp<std::int64_t>(offset, -num_rows - 1, num_rows + 1) + behind, num_rows);
  }
  return 0;
}

/// Order of a row's key against a bound's value; both not NULL.
int compare_keys(const Vector& keys, std::int32_t row, const Vector& bounds, std::int32_t bound_row,
                 bool is_ascending) {
  const int order = compare_cells(keys, row, bounds, bound_row);
  return is_ascending ? order : -order;
}

/// Bounds of RANGE frames with an offset; bounds rise with the rows, so the search goes on where it was.
void find_range_bounds(std::int32_t column, bool is_upper, const Batch& rows, std::int32_t first, std::int32_t num_rows,
                       const SortKey& key, std::span<const std::int32_t> peers, std::vector<std::int32_t>& result) {
  const Vector& keys = rows.columns[static_cast<std::size_t>(key.column)];
  const Vector& bounds = rows.columns[static_cast<std::size_t>(column)];
  // NULL keys are peers of each other and of nothing else: they stand together at one end.
  std::int32_t begin = 0;
  std::int32_t end = num_rows;
  while (begin < end && keys.is_null(first + begin)) { ++begin; }
  while (end > begin && keys.is_null(first + end - 1)) { --end; }
  std::int32_t at = begin;
  for (std::int32_t row = 0; row < num_rows; ++row) {
    if (keys.is_null(first + row)) {
      result[static_cast<std::size_t>(row)] = peers[static_cast<std::size_t>(row)];
      continue;
    }
    while (at < end) {
      const int order = compare_keys(keys, first + at, bounds, first + row, key.is_ascending);
      if (is_upper ? order > 0 : order >= 0) { break; }
      ++at;
    }
    result[static_cast<std::size_t>(row)] = at;
  }
}

}  // namespace

FrameBounds find_frames(const WindowCall& call, const Batch& rows, std::int32_t first, std::int32_t num_rows,
                        std::span<const SortKey> order, std::span<const std::int32_t> peer_start,
                        std::span<const std::int32_t> peer_end) {
  FrameBounds frames;
  const auto n = static_cast<std::size_t>(num_rows);
  frames.start.resize(n);
  frames.end.resize(n);
  const WindowFrame& frame = call.frame;
  if (frame.unit == FrameUnit::kRows) {
    for (std::int32_t row = 0; row < num_rows; ++row) {
      const auto i = static_cast<std::size_t>(row);
      frames.start[i] = row_bound(frame.lower, call.lower_offset, false, row, num_rows);
      frames.end[i] = row_bound(frame.upper, call.upper_offset, true, row, num_rows);
    }
  } else {
    if (call.range_lower >= 0) {
      find_range_bounds(call.range_lower, false, rows, first, num_rows, order[0], peer_start, frames.start);
    } else {
      for (std::size_t i = 0; i < n; ++i) {
        frames.start[i] = frame.lower.kind == BoundKind::kUnboundedPreceding   ? 0
                          : frame.lower.kind == BoundKind::kUnboundedFollowing ? num_rows
                                                                               : peer_start[i];
      }
    }
    if (call.range_upper >= 0) {
      find_range_bounds(call.range_upper, true, rows, first, num_rows, order[0], peer_end, frames.end);
    } else {
      for (std::size_t i = 0; i < n; ++i) {
        frames.end[i] = frame.upper.kind == BoundKind::kUnboundedFollowing   ? num_rows
                        : frame.upper.kind == BoundKind::kUnboundedPreceding ? 0
                                                                             : peer_end[i];
      }
    }
  }
  for (std::size_t i = 0; i < n; ++i) { frames.end[i] = std::max(frames.end[i], frames.start[i]); }
  return frames;
}

}  // namespace hammerscale::sql
