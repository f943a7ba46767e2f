#include "shuffle/parcel_plan.hpp"

#include <algorithm>

#include "hammerscale/base/byte_size.hpp"

namespace hammerscale::shuffle {
namespace {

// Segments from here on are sent where they lie; a message of this size costs the same per byte as a longer one, while
// copying shorter ones together is cheaper than a message each.
constexpr std::uint64_t kPackBelowBytes = 64 * kKiB;
// A packed parcel fits the frame of a full segment.
constexpr std::uint64_t kPackedBytes = 256 * kKiB;

}  // namespace

std::vector<Parcel> plan_parcels(std::span<const std::uint64_t> segment_bytes, std::uint64_t piece_bytes) {
  const std::uint64_t room = std::min(kPackedBytes, piece_bytes);
  std::vector<Parcel> parcels;
  bool open = false;  // Whether the last parcel takes more.
  for (std::uint32_t i = 0; i < segment_bytes.size(); ++i) {
    const std::uint64_t num_bytes = segment_bytes[i];
    const bool is_short = num_bytes < kPackBelowBytes;
    if (is_short && open) {
      Parcel& last = parcels.back();
      const std::uint64_t place = next_place_in_parcel(last.num_bytes);
      if (place + num_bytes <= room) {
        ++last.num_segments;
        last.num_bytes = place + num_bytes;
        continue;
      }
    }
    parcels.push_back({i, 1, num_bytes});
    open = is_short;
  }
  return parcels;
}

}  // namespace hammerscale::shuffle
