#include <algorithm>
#include <cstring>

#include "comm/communicator_core.hpp"
#include "comm/piece_set.hpp"
#include "comm/scratch_buffer.hpp"
#include "hammerscale/comm/communicator.hpp"

namespace hammerscale::comm {
namespace {

constexpr auto kKind = OperationKind::kAllGather;

// Below this much in all, few messages matter more than the copies of Bruck's algorithm.
constexpr std::size_t kBruckBytes = 32 * 1024;

// Bruck: log p steps; before step d a rank holds the blocks of rank .. rank + d - 1, its own first.
void all_gather_bruck(CommunicatorCore& core, std::span<const std::byte> mine, std::span<std::byte> all) {
  const std::int32_t tag = core.take_collective_tag();
  const std::size_t block = mine.size();
  const ScratchBuffer scratch(all.size());
  const std::span<std::byte> held = scratch.bytes();
  if (block > 0) { std::memcpy(held.data(), mine.data(), block); }
  PieceSet pieces(core);
  for (std::int32_t distance = 1; distance < core.size; distance *= 2) {
    const auto num_blocks = static_cast<std::size_t>(std::min(distance, core.size - distance));
    pieces.receive(Channel::kCollective, (core.rank + distance) % core.size, tag,
                   held.subspan(static_cast<std::size_t>(distance) * block, num_blocks * block));
    pieces.send(kKind, Channel::kCollective, (core.rank - distance + core.size) % core.size, tag,
                held.first(num_blocks * block));
    pieces.wait(kKind);
  }
  const std::size_t before_me = static_cast<std::size_t>(core.rank) * block;
  std::ranges::rotate_copy(held, held.end() - static_cast<std::ptrdiff_t>(before_me), all.begin());
}

// Ring: in step s a rank passes the block of rank - s to the right and receives the one of rank - s - 1.
// offsets[r] .. offsets[r + 1] is the block of rank r, the own one already in place.
void all_gather_ring(CommunicatorCore& core, std::span<std::byte> all, std::span<const std::uint64_t> offsets) {
  const std::int32_t tag = core.take_collective_tag();
  const std::int32_t right = (core.rank + 1) % core.size;
  const std::int32_t left = (core.rank - 1 + core.size) % core.size;
  const auto block_of = [&](std::int32_t rank) {
    const auto r = static_cast<std::size_t>((rank + core.size) % core.size);
    return all.subspan(offsets[r], offsets[r + 1] - offsets[r]);
  };
  PieceSet pieces(core);
  for (std::int32_t step = 0; step + 1 < core.size; ++step) {
    const auto incoming = block_of(core.rank - step - 1);
    const auto outgoing = block_of(core.rank - step);
    if (!incoming.empty()) { pieces.receive(Channel::kCollective, left, tag, incoming); }
    if (!outgoing.empty()) { pieces.send(kKind, Channel::kCollective, right, tag, outgoing); }
    pieces.wait(kKind);
  }
}

}  // namespace

void Communicator::all_gather_bytes(std::span<const std::byte> mine, std::span<std::byte> all) {
  HS_CHECK(all.size() == mine.size() * static_cast<std::size_t>(size_));
  ++core_->counter(kKind).num_calls;
  core_->poison->check();
  if (all.size() <= kBruckBytes) {
    all_gather_bruck(*core_, mine, all);
    return;
  }
  std::vector<std::uint64_t> offsets(static_cast<std::size_t>(size_) + 1);
  for (std::size_t r = 0; r < offsets.size(); ++r) { offsets[r] = r * mine.size(); }
  std::memmove(all.data() + offsets[static_cast<std::size_t>(rank_.value)], mine.data(), mine.size());
  all_gather_ring(*core_, all, offsets);
}

void Communicator::all_gather_v_bytes(std::span<const std::byte> mine, const GatherSink& sink) {
  const std::vector<std::uint64_t> sizes = all_gather_value(static_cast<std::uint64_t>(mine.size()));
  const std::span<std::byte> all = sink.allocate(sink.target, sizes);
  std::vector<std::uint64_t> offsets(sizes.size() + 1);
  for (std::size_t r = 0; r < sizes.size(); ++r) { offsets[r + 1] = offsets[r] + sizes[r]; }
  if (!mine.empty()) {
    std::memcpy(all.data() + offsets[static_cast<std::size_t>(rank_.value)], mine.data(), mine.size());
  }
  all_gather_ring(*core_, all, offsets);
}

}  // namespace hammerscale::comm
