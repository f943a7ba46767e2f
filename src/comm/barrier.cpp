#include "comm/communicator_core.hpp"
#include "comm/piece_set.hpp"
#include "comm/schedule.hpp"
#include "hammerscale/comm/communicator.hpp"

namespace hammerscale::comm {

// Dissemination: in step d = 1, 2, 4, .. each rank tells rank + d and hears from rank - d, after which it knows that
// 2 d ranks have entered.

void Communicator::barrier() {
  ++core_->counter(OperationKind::kBarrier).num_calls;
  const std::int32_t tag = core_->take_collective_tag();
  core_->poison->check();
  PieceSet pieces(*core_);
  for (std::int32_t distance = 1; distance < size_; distance *= 2) {
    pieces.receive(Channel::kCollective, (rank_.value - distance + size_) % size_, tag, {});
    pieces.send(OperationKind::kBarrier, Channel::kCollective, (rank_.value + distance) % size_, tag, {});
    pieces.wait(OperationKind::kBarrier);
  }
}

Request Communicator::ibarrier() {
  ++core_->counter(OperationKind::kBarrier).num_calls;
  Schedule schedule;
  for (std::int32_t distance = 1; distance < size_; distance *= 2) {
    auto& round = schedule.add_round();
    round.receives.push_back({(rank_.value - distance + size_) % size_, {}});
    round.sends.push_back({(rank_.value + distance) % size_, {}});
  }
  return start(core_, OperationKind::kBarrier, std::move(schedule));
}

}  // namespace hammerscale::comm
