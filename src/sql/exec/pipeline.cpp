#include "sql/exec/pipeline.hpp"

#include <algorithm>
#include <deque>
#include <exception>

#include "hammerscale/base/error.hpp"
#include "sql/exec/copy_rows.hpp"
#include "sql/exec/task_threads.hpp"

namespace hammerscale::sql {

namespace {

/// The receivers of one task, last first.
class Chain {
 public:
  Chain(const std::vector<std::shared_ptr<Operator>>& operators, TaskContext& context, BatchReceiver& end) : head_(&end) {
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

void run_task(const Pipeline& pipeline, ExecutionContext& context, int number, const std::atomic<bool>& has_failed) {
  TaskContext task{context, context.settings(), number, 0};
  const auto end = pipeline.sink->make_task(task);
  Chain chain(pipeline.operators, task, *end);
  const auto reader = pipeline.source->open(task);
  Batch batch;
  while (!chain.head().is_done() && reader->next(batch)) {
    if (context.is_cancelled()) {
      throw Cancelled(ErrorInfo{.kind = ErrorKind::kCancelled, .code = ErrorCode::kCancelled,
                                .sentence = "query was cancelled"});
    }
    if (has_failed.load(std::memory_order_relaxed)) { return; }
    chain.head().receive(batch);
    batch = Batch();
  }
  chain.head().finish();
}

class QueueReceiver final : public BatchReceiver {
 public:
  explicit QueueReceiver(TaskContext& context) : context_(context) {}
  void receive(Batch& batch) override { queue_.push_back(std::move(batch)); }
  void finish() override {}
  bool pop(Batch& batch) {
    if (queue_.empty()) { return false; }
    batch = std::move(queue_.front());
    queue_.pop_front();
    return true;
  }

 private:
  TaskContext& context_;
  std::deque<Batch> queue_;
};

class ChainedReader final : public BatchReader {
 public:
  ChainedReader(Source& source, const std::vector<std::shared_ptr<Operator>>& operators, TaskContext& context)
      : queue_(context), chain_(operators, context, queue_), reader_(source.open(context)) {}

  bool next(Batch& batch) override {
    while (!queue_.pop(batch)) {
      if (has_ended_) { return false; }
      Batch input;
      if (!chain_.head().is_done() && reader_->next(input)) {
        chain_.head().receive(input);
      } else {
        chain_.head().finish();
        has_ended_ = true;
      }
    }
    return true;
  }

 private:
  QueueReceiver queue_;
  Chain chain_;
  std::unique_ptr<BatchReader> reader_;
  bool has_ended_ = false;
};

class ConcatenatedReader final : public BatchReader {
 public:
  ConcatenatedReader(const std::vector<std::shared_ptr<Source>>& sources, TaskContext& context)
      : sources_(sources), context_(context) {}

  bool next(Batch& batch) override {
    // Morsels of a later source have greater numbers than those of an earlier one.
    constexpr std::int64_t kMorselsOfOneSource = std::int64_t{1} << 40;
    for (; current_ < sources_.size(); ++current_, reader_.reset()) {
      if (reader_ == nullptr) { reader_ = sources_[current_]->open(context_); }
      if (reader_->next(batch)) {
        context_.morsel += static_cast<std::int64_t>(current_) * kMorselsOfOneSource;
        return true;
      }
    }
    return false;
  }

 private:
  const std::vector<std::shared_ptr<Source>>& sources_;
  TaskContext& context_;
  std::size_t current_ = 0;
  std::unique_ptr<BatchReader> reader_;
};

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
  const int wanted = pipeline.is_ordered ? 1 : std::min(context.options().num_threads, pipeline.source->max_tasks());
  std::atomic<bool> has_failed{false};
  run_on_threads(std::max(wanted, 1), [&](int task) {
    try {
      run_task(pipeline, context, task, has_failed);
    } catch (...) {
      has_failed.store(true, std::memory_order_relaxed);
      throw;
    }
  });
  pipeline.sink->finalize(context);
}

std::unique_ptr<BatchReader> ChainedSource::open(TaskContext& context) {
  return std::make_unique<ChainedReader>(*source_, operators_, context);
}

int ConcatenatedSource::max_tasks() const {
  int sum = 0;
  for (const auto& source : sources_) { sum += std::min(source->max_tasks(), 1024); }
  return sum;
}

std::unique_ptr<BatchReader> ConcatenatedSource::open(TaskContext& context) {
  return std::make_unique<ConcatenatedReader>(sources_, context);
}

std::unique_ptr<BatchReader> BatchesSource::open(TaskContext& context) {
  return std::make_unique<BatchesReader>(*batches_, next_, context);
}

class CollectSink::Task final : public BatchReceiver {
 public:
  Task(CollectSink& sink, TaskContext& context) : sink_(sink), context_(context) {}
  void receive(Batch& batch) override {
    kept_.push_back(Kept{context_.morsel, number_++, compact(batch, context_.query.memory())});
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
    return a.morsel != b.morsel ? a.morsel < b.morsel : a.number < b.number;
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
