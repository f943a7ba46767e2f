#include <array>
#include <vector>

#include "comm/communicator_core.hpp"
#include "comm/folded_group.hpp"
#include "comm/piece_set.hpp"
#include "comm/schedule.hpp"
#include "hammerscale/comm/communicator.hpp"

namespace hammerscale::comm {
namespace {

constexpr auto kKind = OperationKind::kAllReduce;

// Up to here the values and what arrives fit on the stack, and nothing is allocated.
constexpr std::size_t kStackBytes = 1024;
// Above this, sending everything log p times costs more than the 2 log p messages of halving and doubling.
constexpr std::size_t kDoublingBytes = 16 * 1024;

void combine_with(const Combiner& combiner, std::span<std::byte> values, std::span<const std::byte> arrived,
                  bool arrived_is_left) {
  combiner.combine(combiner.op, values.data(), arrived_is_left ? arrived.data() : values.data(),
                   arrived_is_left ? values.data() : arrived.data(), values.size() / combiner.element_bytes);
}

void all_reduce_short(CommunicatorCore& core, std::span<std::byte> values, const Combiner& combiner) {
  alignas(64) std::array<std::byte, kStackBytes> arrived_bytes;
  const std::span<std::byte> arrived(arrived_bytes.data(), values.size());
  const std::int32_t tag = core.take_collective_tag();
  const FoldedGroup group(core.size);
  const auto index = group.index_of(core.rank);
  PieceSet pieces(core);
  if (!index) {
    pieces.send(kKind, Channel::kCollective, core.rank + 1, tag, values);
    pieces.wait(kKind);
    pieces.receive(Channel::kCollective, core.rank + 1, tag, values);
    pieces.wait(kKind);
    return;
  }
  if (group.took_in(*index)) {
    pieces.receive(Channel::kCollective, core.rank - 1, tag, arrived);
    pieces.wait(kKind);
    combine_with(combiner, values, arrived, /*arrived_is_left=*/true);
  }
  for (std::int32_t bit = 1; bit < group.num_members(); bit *= 2) {
    const std::int32_t partner = group.rank_of(*index ^ bit);
    pieces.receive(Channel::kCollective, partner, tag, arrived);
    pieces.send(kKind, Channel::kCollective, partner, tag, values);
    pieces.wait(kKind);
    combine_with(combiner, values, arrived, (*index & bit) != 0);
  }
  if (group.took_in(*index)) {
    pieces.send(kKind, Channel::kCollective, core.rank - 1, tag, values);
    pieces.wait(kKind);
  }
}

// Recursive doubling: all values go both ways in each round.
void add_doubling(Schedule& schedule, const FoldedGroup& group, std::int32_t index, std::span<std::byte> values,
                  std::span<std::byte> arrived, const Combiner& combiner) {
  for (std::int32_t bit = 1; bit < group.num_members(); bit *= 2) {
    const std::int32_t partner = group.rank_of(index ^ bit);
    auto& round = schedule.add_round();
    round.receives.push_back({partner, arrived});
    round.sends.push_back({partner, values});
    round.then = [=] { combine_with(combiner, values, arrived, (index & bit) != 0); };
  }
}

// Reduce-scatter by halving, then all-gather by doubling. The nearest partner comes first, so that what is combined
// always stands for consecutive ranks, in the same tree as recursive doubling.
void add_halving_and_doubling(Schedule& schedule, const FoldedGroup& group, std::int32_t index,
                              std::span<std::byte> values, std::span<std::byte> arrived, const Combiner& combiner) {
  struct Step {
    std::int32_t partner;
    std::span<std::byte> kept;
    std::span<std::byte> given;
  };
  std::vector<Step> steps;
  std::span<std::byte> kept = values;
  for (std::int32_t bit = 1; bit < group.num_members(); bit *= 2) {
    const std::size_t middle = kept.size() / combiner.element_bytes / 2 * combiner.element_bytes;
    const bool keeps_upper = (index & bit) != 0;
    const std::span<std::byte> given = keeps_upper ? kept.first(middle) : kept.subspan(middle);
    kept = keeps_upper ? kept.subspan(middle) : kept.first(middle);
    steps.push_back({group.rank_of(index ^ bit), kept, given});

    const std::span<std::byte> part = arrived.first(kept.size());
    auto& round = schedule.add_round();
    round.receives.push_back({steps.back().partner, part});
    round.sends.push_back({steps.back().partner, given});
    round.then = [=, mine = kept] { combine_with(combiner, mine, part, keeps_upper); };
  }
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
    auto& round = schedule.add_round();
    round.receives.push_back({step->partner, step->given});
    round.sends.push_back({step->partner, step->kept});
  }
}

Schedule make_all_reduce_schedule(const CommunicatorCore& core, std::span<std::byte> values, const Combiner& combiner) {
  Schedule schedule;
  if (core.size == 1) { return schedule; }
  const FoldedGroup group(core.size);
  const auto index = group.index_of(core.rank);
  if (!index) {
    schedule.add_round().sends.push_back({core.rank + 1, values});
    schedule.add_round().receives.push_back({core.rank + 1, values});
    return schedule;
  }
  const std::span<std::byte> arrived = schedule.scratch(values.size());
  if (group.took_in(*index)) {
    auto& round = schedule.add_round();
    round.receives.push_back({core.rank - 1, arrived});
    round.then = [=] { combine_with(combiner, values, arrived, /*arrived_is_left=*/true); };
  }
  if (values.size() <= kDoublingBytes) {
    add_doubling(schedule, group, *index, values, arrived, combiner);
  } else {
    add_halving_and_doubling(schedule, group, *index, values, arrived, combiner);
  }
  if (group.took_in(*index)) { schedule.add_round().sends.push_back({core.rank - 1, values}); }
  return schedule;
}

}  // namespace

void Communicator::all_reduce_bytes(std::span<std::byte> values, const Combiner& combiner) {
  ++core_->counter(kKind).num_calls;
  core_->poison->check();
  if (values.size() <= kStackBytes) {
    all_reduce_short(*core_, values, combiner);
  } else {
    run(core_, kKind, make_all_reduce_schedule(*core_, values, combiner));
  }
}

Request Communicator::iall_reduce_bytes(std::span<std::byte> values, const Combiner& combiner,
                                        std::shared_ptr<const void> kept) {
  ++core_->counter(kKind).num_calls;
  Schedule schedule = make_all_reduce_schedule(*core_, values, combiner);
  schedule.keep(std::move(kept));
  return start(core_, kKind, std::move(schedule));
}

}  // namespace hammerscale::comm
