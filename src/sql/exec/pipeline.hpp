#pragma once

#include <memory>
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

/// A step that hands rows on without waiting for all of them. Shared by the tasks of its pipeline; what a task needs for
/// itself is in the receiver that make_task returns.
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

/// Source, operators, sink: run by up to context.options.num_threads tasks at once.
struct Pipeline {
  std::shared_ptr<Source> source;
  std::vector<std::shared_ptr<Operator>> operators;
  std::shared_ptr<Sink> sink;
  bool is_ordered = false;  ///< One task takes the morsels in order: LIMIT, first(), collect_list().
};

/// Runs one pipeline to its end, finalize included.
/// @throws the first error of a task; the others stop at their next batch. Cancelled when the query was cancelled.
void run_pipeline(const Pipeline& pipeline, ExecutionContext& context);

/// The rows that operators make of a source, as a source: inputs of UNION ALL, whose own operators differ.
class ChainedSource final : public Source {
 public:
  ChainedSource(std::shared_ptr<Source> source, std::vector<std::shared_ptr<Operator>> operators)
      : source_(std::move(source)), operators_(std::move(operators)) {}
  [[nodiscard]] int max_tasks() const override { return source_->max_tasks(); }
  std::unique_ptr<BatchReader> open(TaskContext& context) override;

 private:
  std::shared_ptr<Source> source_;
  std::vector<std::shared_ptr<Operator>> operators_;
};

/// The rows of several sources, one source behind the other (UNION ALL).
class ConcatenatedSource final : public Source {
 public:
  explicit ConcatenatedSource(std::vector<std::shared_ptr<Source>> sources) : sources_(std::move(sources)) {}
  [[nodiscard]] int max_tasks() const override;
  std::unique_ptr<BatchReader> open(TaskContext& context) override;

 private:
  std::vector<std::shared_ptr<Source>> sources_;
};

/// Batches that are in memory, each a morsel.
class BatchesSource final : public Source {
 public:
  explicit BatchesSource(std::shared_ptr<const std::vector<Batch>> batches) : batches_(std::move(batches)) {}
  [[nodiscard]] int max_tasks() const override { return static_cast<int>(std::min<std::size_t>(batches_->size(), 1024)); }
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
    std::int64_t morsel;
    std::int64_t number;
    Batch batch;
  };
  std::mutex mutex_;
  std::vector<Kept> kept_;
  std::shared_ptr<std::vector<Batch>> batches_ = std::make_shared<std::vector<Batch>>();
};

}  // namespace hammerscale::sql
