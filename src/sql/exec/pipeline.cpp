#include "sql/exec/pipeline.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

#include "hammerscale/base/error.hpp"
#include "sql/exec/copy_rows.hpp"
#include "sql/exec/task_threads.hpp"

namespace hammerscale::sql {

namespace {

/// The receivers of one task, last first.
class Chain {
 public:
  Chain(const std::vector<std::shared_ptr<Operator>>& operators, TaskContext& context, BatchReceiver& end)
      : head_(&end) {
    for (auto op = operators.rbegin(); op != operators.rend(); ++op) {
      receivers_.push_back((*op)->make_task(context, *head_));
      head_ = receivers_.back().get();
    }
  }
  [[nodiscard]] BatchReceiver& head() noexcept { return *head_; }

 private:
  std::vector<std::unique_ptr<BatchReceiver>> receivers_;
  BatchReceiver* head_;
};

void run_task(const PipelineInput& input, Sink& sink, TaskContext& task, const std::atomic<bool>& has_failed) {
  const auto end = sink.make_task(task);
  Chain chain(input.operators, task, *end);
  const auto reader = input.source->open(task);
  Batch batch;
  while (!chain.head().is_done() && reader->next(batch)) {
    if (task.query.is_cancelled()) { throw Cancelled("query was cancelled"); }
    if (has_failed.load(std::memory_order_relaxed)) { return; }
    chain.head().receive(batch);
    batch = Batch();
  }
  chain.head().finish();
}

class BatchesReader final : public BatchReader {
 public:
  BatchesReader(const std::vector<Batch>& batches, std::atomic<std::size_t>& next, TaskContext& context)
      : batches_(batches), next_(next), context_(context) {}

  bool next(Batch& batch) override {
    for (;;) {
      const std::size_t i = next_.fetch_add(1, std::memory_order_relaxed);
      if (i >= batches_.size()) { return false; }
      if (batches_[i].num_selected() == 0) { continue; }
      batch = batches_[i];
      context_.morsel = static_cast<std::int64_t>(i);
      context_.evaluation.first_row = static_cast<std::int64_t>(i) * kBatchRows;
      return true;
    }
  }

 private:
  const std::vector<Batch>& batches_;
  std::atomic<std::size_t>& next_;
  TaskContext& context_;
};

}  // namespace

void run_pipeline(const Pipeline& pipeline, ExecutionContext& context) {
  if (context.is_cancelled()) { throw Cancelled("query was cancelled"); }
  for (std::size_t i = 0; i < pipeline.inputs.size(); ++i) {
    const PipelineInput& input = pipeline.inputs[i];
    const int wanted = pipeline.is_ordered ? 1 : std::min(context.options().num_threads, input.source->max_tasks());
    std::atomic<bool> has_failed{false};
    run_on_threads(std::max(wanted, 1), [&](int number) {
      try {
        TaskContext task{context, context.settings(), number, static_cast<std::int32_t>(i), 0};
        run_task(input, *pipeline.sink, task, has_failed);
      } catch (...) {
        has_failed.store(true, std::memory_order_relaxed);
        throw;
      }
    });
  }
  pipeline.sink->finalize(context);
}

std::unique_ptr<BatchReader> BatchesSource::open(TaskContext& context) {
  return std::make_unique<BatchesReader>(*batches_, next_, context);
}

class CollectSink::Task final : public BatchReceiver {
 public:
  Task(CollectSink& sink, TaskContext& context) : sink_(sink), context_(context) {}
  void receive(Batch& batch) override {
    kept_.push_back(Kept{context_.input, context_.morsel, number_++, compact(batch, context_.query.memory())});
  }
  void finish() override {
    const std::lock_guard lock(sink_.mutex_);
    std::move(kept_.begin(), kept_.end(), std::back_inserter(sink_.kept_));
  }

 private:
  CollectSink& sink_;
  TaskContext& context_;
  std::vector<Kept> kept_;
  std::int64_t number_ = 0;
};

std::unique_ptr<BatchReceiver> CollectSink::make_task(TaskContext& context) {
  return std::make_unique<Task>(*this, context);
}

void CollectSink::finalize(ExecutionContext& /*context*/) {
  std::stable_sort(kept_.begin(), kept_.end(), [](const Kept& a, const Kept& b) {
    return std::tie(a.input, a.morsel, a.number) < std::tie(b.input, b.morsel, b.number);
  });
  for (auto& kept : kept_) { batches_->push_back(std::move(kept.batch)); }
  kept_.clear();
}

std::int64_t CollectSink::num_rows() const noexcept {
  std::int64_t sum = 0;
  for (const auto& batch : *batches_) { sum += batch.num_rows; }
  return sum;
}

}  // namespace hammerscale::sql
