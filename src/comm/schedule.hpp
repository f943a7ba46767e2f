#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <span>
#include <vector>

#include "comm/request_state.hpp"
#include "comm/scratch_buffer.hpp"
#include "hammerscale/comm/request.hpp"

namespace hammerscale::comm {

/// One rank's part of a collective, as data: rounds of transfers, each followed by local work. The blocking and the
/// non-blocking form of a collective run the same schedule, so they give the same result.
class Schedule {
 public:
  struct Send {
    std::int32_t to;
    std::span<const std::byte> bytes;
  };
  struct Receive {
    std::int32_t from;
    std::span<std::byte> buffer;
  };
  /// All transfers run at once; `then` follows when they are through.
  struct Round {
    std::vector<Receive> receives;
    std::vector<Send> sends;
    std::function<void()> then;
  };

  Round& add_round() { return rounds_.emplace_back(); }
  /// Memory that lives as long as the schedule.
  std::span<std::byte> scratch(std::size_t num_bytes) { return scratch_.emplace_back(num_bytes).bytes(); }
  /// Keeps something alive as long as the schedule.
  void keep(std::shared_ptr<const void> object) { kept_ = std::move(object); }

  [[nodiscard]] std::size_t num_rounds() const noexcept { return rounds_.size(); }
  [[nodiscard]] const Round& round(std::size_t index) const { return rounds_[index]; }

 private:
  std::vector<Round> rounds_;
  std::list<ScratchBuffer> scratch_;
  std::shared_ptr<const void> kept_;
};

/// A schedule being run.
class ScheduleState : public RequestState {
 public:
  ScheduleState(std::shared_ptr<CommunicatorCore> core, OperationKind kind, Schedule schedule);

  bool progress() override;
  [[nodiscard]] std::int32_t peer() const override { return pieces_.peer(); }

 private:
  Schedule schedule_;
  std::int32_t tag_;
  std::size_t round_ = 0;
  bool round_started_ = false;
  PieceSet pieces_;  // last: its transfers use the schedule's scratch memory
};

/// Runs a schedule to its end.
void run(const std::shared_ptr<CommunicatorCore>& core, OperationKind kind, Schedule schedule);

/// Starts a schedule.
Request start(const std::shared_ptr<CommunicatorCore>& core, OperationKind kind, Schedule schedule);

}  // namespace hammerscale::comm
