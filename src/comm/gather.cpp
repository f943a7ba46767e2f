#include <cstring>
#include <numeric>

#include "comm/communicator_core.hpp"
#include "comm/piece_set.hpp"
#include "hammerscale/comm/communicator.hpp"

namespace hammerscale::comm {
namespace {

constexpr auto kKind = OperationKind::kGather;

}  // namespace

void Communicator::gather_bytes(Rank root, std::span<const std::byte> mine, std::span<std::byte> all) {
  HS_CHECK(root.value >= 0 && root.value < size_);
  HS_CHECK(rank_ != root || all.size() == mine.size() * static_cast<std::size_t>(size_));
  ++core_->counter(kKind).num_calls;
  core_->poison->check();
  const std::int32_t tag = core_->take_collective_tag();
  PieceSet pieces(*core_);
  if (rank_ != root) {
    pieces.send(kKind, Channel::kCollective, root.value, tag, mine);
  } else {
    for (std::int32_t from = 0; from < size_; ++from) {
      const auto block = all.subspan(static_cast<std::size_t>(from) * mine.size(), mine.size());
      if (from != rank_.value) {
        pieces.receive(Channel::kCollective, from, tag, block);
      } else if (!mine.empty()) {
        std::memmove(block.data(), mine.data(), mine.size());
      }
    }
  }
  pieces.wait(kKind);
}

void Communicator::gather_v_bytes(Rank root, std::span<const std::byte> mine, const GatherSink& sink) {
  const std::vector<std::uint64_t> sizes = gather_value(root, static_cast<std::uint64_t>(mine.size()));
  const std::int32_t tag = core_->take_collective_tag();
  PieceSet pieces(*core_);
  if (rank_ != root) {
    // An empty share is no message; the root knows from the sizes.
    if (!mine.empty()) { pieces.send(kKind, Channel::kCollective, root.value, tag, mine); }
  } else {
    const std::span<std::byte> all = sink.allocate(sink.target, sizes);
    std::size_t offset = 0;
    for (std::int32_t from = 0; from < size_; ++from) {
      const auto block = all.subspan(offset, sizes[static_cast<std::size_t>(from)]);
      offset += block.size();
      if (block.empty()) { continue; }
      if (from != rank_.value) {
        pieces.receive(Channel::kCollective, from, tag, block);
      } else {
        std::memcpy(block.data(), mine.data(), mine.size());
      }
    }
  }
  pieces.wait(kKind);
}

}  // namespace hammerscale::comm
