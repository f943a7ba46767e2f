#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace hammerscale::shuffle {

/// Neighbouring streamed segments that travel in one buffer: several short ones packed, or one long one.
struct Parcel {
  std::uint32_t first_segment = 0;
  std::uint32_t num_segments = 0;
  std::uint64_t num_bytes = 0;  ///< With the gaps between segments.
};

/// Places of segments inside a parcel are multiples of this, which aligns every bitwise element type in use.
inline constexpr std::uint64_t kParcelAlignment = 64;

/// Place of the segment that follows one which ends at `end`.
constexpr std::uint64_t next_place_in_parcel(std::uint64_t end) {
  return (end + kParcelAlignment - 1) / kParcelAlignment * kParcelAlignment;
}

/// Cuts a sequence of segments into parcels. Both ends of a transfer compute it from the same sizes, so that no header
/// travels with the bytes.
///
/// Example, piece_bytes 1 MiB: segments of 4, 8, 100 and 5 KiB make the parcels {4, 8}, {100}, {5}.
std::vector<Parcel> plan_parcels(std::span<const std::uint64_t> segment_bytes, std::uint64_t piece_bytes);

/// Messages in which a parcel travels.
constexpr std::uint64_t num_pieces(const Parcel& parcel, std::uint64_t piece_bytes) {
  return (parcel.num_bytes + piece_bytes - 1) / piece_bytes;
}

}  // namespace hammerscale::shuffle
