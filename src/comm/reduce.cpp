#include <cstring>

#include "comm/communicator_core.hpp"
#include "comm/folded_group.hpp"
#include "comm/piece_set.hpp"
#include "comm/scratch_buffer.hpp"
#include "hammerscale/comm/communicator.hpp"

namespace hammerscale::comm {
namespace {

constexpr auto kKind = OperationKind::kReduce;

// The binomial tree over the members, turned so that the root's place ends up with the result: a member passes its
// block on at the lowest bit in which its index differs from the root's.
void reduce_among_members(CommunicatorCore& core, const FoldedGroup& group, std::int32_t index, std::int32_t root_index,
                          std::int32_t tag, std::span<std::byte> values, std::span<std::byte> arrived,
                          const Combiner& combiner) {
  const std::size_t num_elements = values.size() / combiner.element_bytes;
  PieceSet pieces(core);
  for (std::int32_t bit = 1; bit < group.num_members(); bit *= 2) {
    const std::int32_t partner = group.rank_of(index ^ bit);
    if (((index ^ root_index) & bit) != 0) {
      pieces.send(kKind, Channel::kCollective, partner, tag, values);
      pieces.wait(kKind);
      return;
    }
    pieces.receive(Channel::kCollective, partner, tag, arrived);
    pieces.wait(kKind);
    const bool partner_is_left = (index & bit) != 0;
    combiner.combine(combiner.op, values.data(), partner_is_left ? arrived.data() : values.data(),
                     partner_is_left ? values.data() : arrived.data(), num_elements);
  }
}

}  // namespace

void Communicator::reduce_bytes(Rank root, std::span<const std::byte> values, std::span<std::byte> result,
                                const Combiner& combiner) {
  HS_CHECK(root.value >= 0 && root.value < size_);
  HS_CHECK(rank_ != root || result.size() == values.size());
  ++core_->counter(kKind).num_calls;
  core_->poison->check();
  const std::int32_t tag = core_->take_collective_tag();
  const FoldedGroup group(size_);
  const auto index = group.index_of(rank_.value);
  const bool root_is_member = group.index_of(root.value).has_value();
  PieceSet pieces(*core_);
  if (!index) {
    pieces.send(kKind, Channel::kCollective, rank_.value + 1, tag, values);
    if (rank_ == root) {
      // Waited for first: values and result may be the same memory.
      pieces.wait(kKind);
      pieces.receive(Channel::kCollective, rank_.value + 1, tag, result);
    }
    pieces.wait(kKind);
    return;
  }
  const ScratchBuffer own(rank_ == root ? 0 : values.size());
  const ScratchBuffer arrived(values.size());
  const std::span<std::byte> sum = rank_ == root ? result : own.bytes();
  if (!values.empty()) { std::memmove(sum.data(), values.data(), values.size()); }
  if (group.took_in(*index)) {
    pieces.receive(Channel::kCollective, rank_.value - 1, tag, arrived.bytes());
    pieces.wait(kKind);
    combiner.combine(combiner.op, sum.data(), arrived.bytes().data(), sum.data(),
                     sum.size() / combiner.element_bytes);
  }
  const std::int32_t root_member = root_is_member ? root.value : root.value + 1;
  reduce_among_members(*core_, group, *index, *group.index_of(root_member), tag, sum, arrived.bytes(), combiner);
  if (!root_is_member && rank_.value == root_member) {
    pieces.send(kKind, Channel::kCollective, root.value, tag, sum);
    pieces.wait(kKind);
  }
}

}  // namespace hammerscale::comm
