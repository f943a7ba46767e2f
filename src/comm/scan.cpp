#include <cstring>

#include "comm/communicator_core.hpp"
#include "comm/piece_set.hpp"
#include "comm/scratch_buffer.hpp"
#include "hammerscale/comm/communicator.hpp"

namespace hammerscale::comm {
namespace {

constexpr auto kKind = OperationKind::kScan;

}  // namespace

void Communicator::scan_bytes(std::span<std::byte> values, std::span<const std::byte> first, const Combiner& combiner) {
  ++core_->counter(kKind).num_calls;
  core_->poison->check();
  const std::int32_t tag = core_->take_collective_tag();
  const ScratchBuffer arrived(values.size());
  PieceSet pieces(*core_);
  // Before step d the values stand for the ranks rank - d + 1 .. rank, as far as they exist.
  for (std::int32_t distance = 1; distance < size_; distance *= 2) {
    const bool has_left = rank_.value - distance >= 0;
    if (has_left) { pieces.receive(Channel::kCollective, rank_.value - distance, tag, arrived.bytes()); }
    if (rank_.value + distance < size_) {
      pieces.send(kKind, Channel::kCollective, rank_.value + distance, tag, values);
    }
    pieces.wait(kKind);
    if (has_left) {
      combiner.combine(combiner.op, values.data(), arrived.bytes().data(), values.data(),
                       values.size() / combiner.element_bytes);
    }
  }
  if (first.empty()) { return; }
  if (rank_.value > 0) { pieces.receive(Channel::kCollective, rank_.value - 1, tag, arrived.bytes()); }
  if (rank_.value + 1 < size_) { pieces.send(kKind, Channel::kCollective, rank_.value + 1, tag, values); }
  pieces.wait(kKind);
  if (values.empty()) { return; }
  if (rank_.value > 0) {
    std::memcpy(values.data(), arrived.bytes().data(), values.size());
    return;
  }
  for (std::size_t offset = 0; offset < values.size(); offset += first.size()) {
    std::memcpy(values.data() + offset, first.data(), first.size());
  }
}

}  // namespace hammerscale::comm
