#include <algorithm>

#include "comm/communicator_core.hpp"
#include "comm/piece_set.hpp"
#include "comm/schedule.hpp"
#include "hammerscale/comm/communicator.hpp"

namespace hammerscale::comm {
namespace {

// Large broadcasts travel in segments, so that a rank passes one on while it receives the next. Long enough to carry
// its latency (20 us at 20 GB/s), short enough to stay in the second-level cache between the two.
constexpr std::uint64_t kSegmentBytes = 512 * 1024;

// A rank's place in the binomial tree.
struct TreePlace {
  std::int32_t parent = -1;  // -1 on the root
  boost::container::small_vector<std::int32_t, 16> children;
};

TreePlace find_tree_place(std::int32_t rank, std::int32_t size, std::int32_t root) {
  TreePlace place;
  const std::int32_t distance_to_root = (rank - root + size) % size;
  std::int32_t bit = 1;
  for (; bit < size; bit *= 2) {
    if ((distance_to_root & bit) == 0) { continue; }
    place.parent = (distance_to_root - bit + root) % size;
    break;
  }
  // The largest subtree first: it takes longest.
  for (bit /= 2; bit > 0; bit /= 2) {
    if (distance_to_root + bit < size) { place.children.push_back((distance_to_root + bit + root) % size); }
  }
  return place;
}

Schedule make_broadcast_schedule(const CommunicatorCore& core, std::int32_t root, std::span<std::byte> bytes) {
  const TreePlace place = find_tree_place(core.rank, core.size, root);
  const std::uint64_t segment_bytes = std::min(kSegmentBytes, core.piece_bytes);
  const std::uint64_t num_segments = std::max<std::uint64_t>(1, (bytes.size() + segment_bytes - 1) / segment_bytes);
  const auto segment = [&](std::uint64_t index) {
    const std::uint64_t start = index * segment_bytes;
    return bytes.subspan(start, std::min<std::uint64_t>(segment_bytes, bytes.size() - start));
  };
  Schedule schedule;
  if (place.parent < 0 || place.children.empty()) {
    auto& round = schedule.add_round();
    for (std::uint64_t i = 0; i < num_segments; ++i) {
      if (place.parent >= 0) { round.receives.push_back({place.parent, segment(i)}); }
      for (const std::int32_t child : place.children) { round.sends.push_back({child, segment(i)}); }
    }
    return schedule;
  }
  for (std::uint64_t i = 0; i <= num_segments; ++i) {
    auto& round = schedule.add_round();
    if (i < num_segments) { round.receives.push_back({place.parent, segment(i)}); }
    if (i == 0) { continue; }
    for (const std::int32_t child : place.children) { round.sends.push_back({child, segment(i - 1)}); }
  }
  return schedule;
}

// One segment, without a schedule's allocations.
void broadcast_short(CommunicatorCore& core, std::int32_t root, std::span<std::byte> bytes) {
  const std::int32_t tag = core.take_collective_tag();
  const TreePlace place = find_tree_place(core.rank, core.size, root);
  PieceSet pieces(core);
  if (place.parent >= 0) {
    pieces.receive(Channel::kCollective, place.parent, tag, bytes);
    pieces.wait(OperationKind::kBroadcast);
  }
  for (const std::int32_t child : place.children) {
    pieces.send(OperationKind::kBroadcast, Channel::kCollective, child, tag, bytes);
  }
  pieces.wait(OperationKind::kBroadcast);
}

}  // namespace

void Communicator::broadcast_bytes(Rank root, std::span<std::byte> bytes) {
  HS_CHECK(root.value >= 0 && root.value < size_);
  ++core_->counter(OperationKind::kBroadcast).num_calls;
  core_->poison->check();
  if (bytes.size() <= std::min(kSegmentBytes, core_->piece_bytes)) {
    broadcast_short(*core_, root.value, bytes);
  } else {
    run(core_, OperationKind::kBroadcast, make_broadcast_schedule(*core_, root.value, bytes));
  }
}

Request Communicator::ibroadcast_bytes(Rank root, std::span<std::byte> bytes) {
  HS_CHECK(root.value >= 0 && root.value < size_);
  ++core_->counter(OperationKind::kBroadcast).num_calls;
  return start(core_, OperationKind::kBroadcast, make_broadcast_schedule(*core_, root.value, bytes));
}

}  // namespace hammerscale::comm
