#include "hammerscale/dataset/global_rows.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "hammerscale/base/error.hpp"

namespace hammerscale {

GlobalRows number_global_rows(comm::Communicator& comm, std::span<const std::uint32_t> partitions,
                              std::span<const std::uint64_t> num_rows, std::uint32_t num_partitions) {
  std::vector<std::uint64_t> mine;
  for (std::size_t i = 0; i < partitions.size(); ++i) {
    mine.push_back(partitions[i]);
    mine.push_back(num_rows[i]);
  }
  const auto all = comm.all_gather_v(mine).values;
  std::vector<std::uint64_t> first_row(std::size_t{num_partitions} + 1, 0);
  for (std::size_t i = 0; i < all.size(); i += 2) { first_row[all[i] + 1] = all[i + 1]; }
  for (std::uint32_t p = 0; p < num_partitions; ++p) { first_row[p + 1] += first_row[p]; }
  GlobalRows rows;
  for (const auto partition : partitions) { rows.first_row.push_back(first_row[partition]); }
  rows.num_rows = first_row.back();
  return rows;
}

void throw_ragged_row(std::uint64_t row, std::uint64_t length, std::uint64_t expected) {
  throw UserError(
      ErrorCode::kMalformedInput, "rows have different lengths",
      {{"row", std::to_string(row)}, {"length", std::to_string(length)}, {"expected", std::to_string(expected)}});
}

std::uint64_t agree_on_row_length(comm::Communicator& comm, std::span<const std::uint64_t> first_row,
                                  std::span<const std::optional<std::uint64_t>> lengths) {
  std::vector<std::pair<std::uint64_t, std::uint64_t>> mine;
  for (std::size_t i = 0; i < lengths.size(); ++i) {
    if (lengths[i]) { mine.emplace_back(first_row[i], *lengths[i]); }
  }
  std::vector<std::uint64_t> flat;
  for (const auto& [row, length] : mine) { flat.insert(flat.end(), {row, length}); }
  const auto gathered = comm.all_gather_v(flat).values;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> all;
  for (std::size_t i = 0; i < gathered.size(); i += 2) { all.emplace_back(gathered[i], gathered[i + 1]); }
  std::sort(all.begin(), all.end());
  for (const auto& [row, length] : all) {
    if (length != all[0].second) { throw_ragged_row(row, length, all[0].second); }
  }
  return all.empty() ? 0 : all[0].second;
}

}  // namespace hammerscale
