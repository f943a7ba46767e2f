#include "comm/schedule.hpp"

namespace hammerscale::comm {

ScheduleState::ScheduleState(std::shared_ptr<CommunicatorCore> core, OperationKind kind, Schedule schedule)
    : RequestState(std::move(core), kind),
      schedule_(std::move(schedule)),
      tag_(this->core().take_collective_tag()),
      pieces_(this->core()) {}

bool ScheduleState::progress() {
  while (round_ < schedule_.num_rounds()) {
    const Schedule::Round& round = schedule_.round(round_);
    if (!round_started_) {
      for (const auto& receive : round.receives) {
        pieces_.receive(Channel::kCollective, receive.from, tag_, receive.buffer);
      }
      for (const auto& send : round.sends) { pieces_.send(kind(), Channel::kCollective, send.to, tag_, send.bytes); }
      round_started_ = true;
    }
    if (!pieces_.test()) { return false; }
    if (round.then) { round.then(); }
    ++round_;
    round_started_ = false;
  }
  return true;
}

void run(const std::shared_ptr<CommunicatorCore>& core, OperationKind kind, Schedule schedule) {
  ScheduleState state(core, kind, std::move(schedule));
  core->wait(
      kind, [&] { return state.progress(); }, [&] { return state.peer(); });
}

Request start(const std::shared_ptr<CommunicatorCore>& core, OperationKind kind, Schedule schedule) {
  core->poison->check();
  auto state = std::make_unique<ScheduleState>(core, kind, std::move(schedule));
  // The first round leaves now, so that the others need not wait for this rank's next test.
  if (state->progress()) { return Request(); }
  return Request(std::move(state));
}

}  // namespace hammerscale::comm
