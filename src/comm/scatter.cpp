#include <cstring>
#include <numeric>

#include "comm/communicator_core.hpp"
#include "comm/piece_set.hpp"
#include "hammerscale/comm/communicator.hpp"

namespace hammerscale::comm {
namespace {

constexpr auto kKind = OperationKind::kScatter;

}  // namespace

void Communicator::scatter_bytes(Rank root, std::span<const std::byte> all, std::span<std::byte> mine) {
  const std::vector<std::uint64_t> sizes(rank_ == root ? static_cast<std::size_t>(size_) : 0, mine.size());
  scatter_v_bytes(root, all, sizes, 1, mine);
}

std::uint64_t Communicator::scatter_count(Rank root, std::span<const std::uint64_t> counts) {
  std::uint64_t mine = 0;
  const std::vector<std::uint64_t> sizes(rank_ == root ? static_cast<std::size_t>(size_) : 0, 1);
  scatter_v_bytes(root, std::as_bytes(counts), sizes, sizeof(std::uint64_t),
                  std::as_writable_bytes(std::span(&mine, 1)));
  return mine;
}

void Communicator::scatter_v_bytes(Rank root, std::span<const std::byte> all, std::span<const std::uint64_t> counts,
                                   std::size_t element_bytes, std::span<std::byte> mine) {
  HS_CHECK(root.value >= 0 && root.value < size_);
  ++core_->counter(kKind).num_calls;
  core_->poison->check();
  const std::int32_t tag = core_->take_collective_tag();
  PieceSet pieces(*core_);
  if (rank_ != root) {
    if (!mine.empty()) { pieces.receive(Channel::kCollective, root.value, tag, mine); }
  } else {
    HS_CHECK(counts.size() == static_cast<std::size_t>(size_));
    HS_CHECK(all.size() == std::reduce(counts.begin(), counts.end()) * element_bytes);
    std::size_t offset = 0;
    for (std::int32_t to = 0; to < size_; ++to) {
      const auto block = all.subspan(offset, counts[static_cast<std::size_t>(to)] * element_bytes);
      offset += block.size();
      if (block.empty()) { continue; }
      if (to != rank_.value) {
        pieces.send(kKind, Channel::kCollective, to, tag, block);
      } else {
        HS_CHECK(block.size() == mine.size());
        std::memmove(mine.data(), block.data(), block.size());
      }
    }
  }
  pieces.wait(kKind);
}

}  // namespace hammerscale::comm
