#include <cstring>
#include <numeric>

#include "comm/communicator_core.hpp"
#include "comm/folded_group.hpp"
#include "comm/scratch_buffer.hpp"
#include "hammerscale/comm/communicator.hpp"

namespace hammerscale::comm {
namespace {

// Combines the ranks' blocks, which lie one after another, in the tree that all_reduce uses across ranks. The result is
// in the block whose start is returned.
const std::byte* combine_blocks(std::span<std::byte> blocks, std::size_t block_bytes, std::int32_t num_blocks,
                                const Combiner& combiner) {
  const FoldedGroup group(num_blocks);
  const auto block = [&](std::int32_t rank) { return blocks.data() + static_cast<std::size_t>(rank) * block_bytes; };
  const std::size_t num_elements = block_bytes / combiner.element_bytes;
  for (std::int32_t index = 0; index < group.num_members(); ++index) {
    if (!group.took_in(index)) { continue; }
    std::byte* own = block(group.rank_of(index));
    combiner.combine(combiner.op, own, block(group.rank_of(index) - 1), own, num_elements);
  }
  for (std::int32_t bit = 1; bit < group.num_members(); bit *= 2) {
    for (std::int32_t index = 0; index < group.num_members(); index += 2 * bit) {
      std::byte* left = block(group.rank_of(index));
      combiner.combine(combiner.op, left, left, block(group.rank_of(index + bit)), num_elements);
    }
  }
  return block(group.rank_of(0));
}

}  // namespace

void Communicator::reduce_scatter_bytes(std::span<const std::byte> values, std::span<const std::uint64_t> counts,
                                        std::span<std::byte> mine, const Combiner& combiner) {
  ++core_->counter(OperationKind::kReduceScatter).num_calls;
  const std::vector<std::uint64_t> send_bytes = in_bytes(counts, combiner.element_bytes);
  HS_CHECK(std::reduce(send_bytes.begin(), send_bytes.end()) == values.size());
  const std::vector<std::uint64_t> receive_bytes(static_cast<std::size_t>(size_), mine.size());
  const ScratchBuffer blocks(mine.size() * static_cast<std::size_t>(size_));
  all_to_all_v_bytes(values, send_bytes, blocks.bytes(), receive_bytes);
  if (mine.empty()) { return; }
  std::memcpy(mine.data(), combine_blocks(blocks.bytes(), mine.size(), size_, combiner), mine.size());
}

}  // namespace hammerscale::comm
