#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <utility>

#include "hammerscale/base/error.hpp"
#include "hammerscale/scheduler/engine.hpp"
#include "hammerscale/scheduler/task_context.hpp"
#include "hammerscale/serde/serde.hpp"

namespace hammerscale {

/// What functions capture of an accumulator: add() from tasks, nothing else.
template <typename T, typename Op>
class AccumulatorHandle {
 public:
  explicit AccumulatorHandle(AccumulatorId id) : id_(id) {}

  /// Adds to the task's part. @throws UserError kInvalidArgument  the calling thread runs no task.
  void add(const T& value) const {
    TaskContext* const task = TaskContext::current();
    if (task == nullptr) {
      throw UserError(ErrorCode::kInvalidArgument, "an accumulator's handle was used outside of a task");
    }
    auto& update = static_cast<Update&>(task->accumulator(id_, &make_update));
    update.total = Op{}(std::move(update.total), value);
  }

 private:
  struct Update final : AccumulatorUpdate {
    T total{};
    [[nodiscard]] std::vector<std::byte> encoded() const override { return encode(total); }
  };
  static std::unique_ptr<AccumulatorUpdate> make_update() { return std::make_unique<Update>(); }

  AccumulatorId id_;
};

/// A value that tasks add to and the driver reads. Each task counts once, however often it was tried or also ran
/// elsewhere; a stage that runs again because its result was dropped counts again, as in Spark. Op is associative and
/// commutative with T{} as its neutral element. Lives on the driver; functions capture handle().
template <typename T, typename Op = std::plus<>>
class Accumulator {
 public:
  Accumulator(std::shared_ptr<Engine> engine, T start) : state_(std::make_shared<State>()) {
    state_->engine = std::move(engine);
    state_->total = std::move(start);
    state_->id =
        state_->engine->add_accumulator([state = std::weak_ptr<State>(state_)](std::span<const std::byte> bytes) {
          if (const auto alive = state.lock()) {
            const std::lock_guard lock(alive->mutex);
            alive->total = Op{}(std::move(alive->total), decode<T>(bytes));
          }
        });
  }

  [[nodiscard]] AccumulatorHandle<T, Op> handle() const { return AccumulatorHandle<T, Op>(state_->id); }
  /// What the tasks that have ended well added. On the driver.
  [[nodiscard]] T value() const {
    const std::lock_guard lock(state_->mutex);
    return state_->total;
  }
  void reset(T value = {}) {
    const std::lock_guard lock(state_->mutex);
    state_->total = std::move(value);
  }

 private:
  struct State {
    std::shared_ptr<Engine> engine;
    AccumulatorId id;
    mutable std::mutex mutex;
    T total{};
    ~State() { engine->drop_accumulator(id); }
  };
  std::shared_ptr<State> state_;
};

}  // namespace hammerscale
