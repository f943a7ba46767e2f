#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "sql/exec/execution_context.hpp"
#include "sql/vector/vector.hpp"

namespace hammerscale::sql {

/// Takes the batches of one task, one after the other. One thread.
class BatchReceiver {
 public:
  virtual ~BatchReceiver() = default;
  /// The batch may be moved from. Never empty of selected rows.
  virtual void receive(Batch& batch) = 0;
  /// The task's input ended. Called once, and not after an error. Operators hand it on.
  virtual void finish() = 0;
  /// True when further batches would change nothing, as behind LIMIT: the source may stop.
  [[nodiscard]] virtual bool is_done() const { return false; }
};

/// A receiver that hands on to another one.
class PassingReceiver : public BatchReceiver {
 public:
  explicit PassingReceiver(BatchReceiver& next) : next_(next) {}
  void finish() override { next_.finish(); }
  [[nodiscard]] bool is_done() const override { return next_.is_done(); }

 protected:
  BatchReceiver& next_;
};

/// What one task reads.
class BatchReader {
 public:
  virtual ~BatchReader() = default;
  /// The next batch with at least one row into `batch`; false at the end.
  virtual bool next(Batch& batch) = 0;
};

/// Where a pipeline's rows come from: its morsels are claimed by tasks as they get free.
class Source {
 public:
  virtual ~Source() = default;
  /// More tasks than this would find nothing to do. Asked when the pipeline starts.
  [[nodiscard]] virtual int max_tasks() const = 0;
  /// Any thread. A reader sets context.morsel to the number of the morsel its batch is from.
  virtual std::unique_ptr<BatchReader> open(TaskContext& context) = 0;
};

/// A step that hands rows on without waiting for all of them. Shared by the tasks of its pipeline; what a task needs
/// for itself is in the receiver that make_task returns.
class Operator {
 public:
  virtual ~Operator() = default;
  /// `next` outlives the receiver.
  virtual std::unique_ptr<BatchReceiver> make_task(TaskContext& context, BatchReceiver& next) = 0;
};

/// The end of a pipeline.
class Sink {
 public:
  virtual ~Sink() = default;
  /// The receiver's finish() combines what the task has with the others'.
  virtual std::unique_ptr<BatchReceiver> make_task(TaskContext& context) = 0;
  /// Once, after all tasks have finished.
  virtual void finalize(ExecutionContext& /*context*/) {}
};

/// A source and what its rows pass through.
struct PipelineInput {
  std::shared_ptr<Source> source;
  std::vector<std::shared_ptr<Operator>> operators;
};

/// Inputs, each run by up to context.options().num_threads tasks at once and one input after the other, into one sink.
/// Several inputs are the branches of UNION ALL, or what a join gives after its probe side has ended.
struct Pipeline {
  std::vector<PipelineInput> inputs;
  std::shared_ptr<Sink> sink;
  bool is_ordered = false;  ///< One task takes the morsels in order: LIMIT, first(), collect_list().
};

/// Runs one pipeline to its end, finalize included.
/// @throws the error of the lowest task that failed; the others stop at their next batch. Cancelled when the query was.
void run_pipeline(const Pipeline& pipeline, ExecutionContext& context);

/// Batches that are in memory, each a morsel.
class BatchesSource final : public Source {
 public:
  explicit BatchesSource(std::shared_ptr<const std::vector<Batch>> batches) : batches_(std::move(batches)) {}
  [[nodiscard]] int max_tasks() const override {
    return static_cast<int>(std::min<std::size_t>(batches_->size(), 1024));
  }
  std::unique_ptr<BatchReader> open(TaskContext& context) override;

 private:
  std::shared_ptr<const std::vector<Batch>> batches_;
  std::atomic<std::size_t> next_{0};
};

/// Keeps all rows, in the order of their morsels, as flat batches without selections.
class CollectSink final : public Sink {
 public:
  std::unique_ptr<BatchReceiver> make_task(TaskContext& context) override;
  void finalize(ExecutionContext& context) override;
  /// After finalize.
  [[nodiscard]] const std::shared_ptr<std::vector<Batch>>& batches() const noexcept { return batches_; }
  [[nodiscard]] std::int64_t num_rows() const noexcept;

 private:
  class Task;
  struct Kept {
    std::int32_t input;
    std::int64_t morsel;
    std::int64_t number;
    Batch batch;
  };
  std::mutex mutex_;
  std::vector<Kept> kept_;
  std::shared_ptr<std::vector<Batch>> batches_ = std::make_shared<std::vector<Batch>>();
};

}  // namespace hammerscale::sql
