#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "hammerscale/storage/scratch.hpp"
#include "hammerscale/storage/spill_file.hpp"
#include "sql/functions/evaluation_context.hpp"
#include "sql/plan/expression.hpp"
#include "sql/vector/vector.hpp"

namespace hammerscale::sql {

class Source;

/// How a query runs on one process.
struct ExecutionOptions {
  int num_threads = 1;
  std::int32_t batch_rows = kBatchRows;  ///< Tests set 2.
  bool spill_always = false;             ///< Test mode: operators that can spill do so after every batch.
  bool constant_hash = false;            ///< Test mode: all keys have one hash, so that collisions are handled right.
  std::int64_t max_recursion_rows = 0;   ///< Of WITH RECURSIVE; 0: no limit.
};

/// Finds a SourceRelation's source by its key; null when there is none.
using SourceLookup = std::function<std::shared_ptr<Source>(const std::string& key)>;

/// One query on one process: what its operators share. Any thread may read it; cancel() may come from any.
class ExecutionContext {
 public:
  /// @param settings  copied into each task.
  explicit ExecutionContext(EvaluationContext settings, ExecutionOptions options = {}, SourceLookup sources = {})
      : settings_(std::move(settings)), options_(options), sources_(std::move(sources)) {}

  [[nodiscard]] const EvaluationContext& settings() const noexcept { return settings_; }
  [[nodiscard]] const ExecutionOptions& options() const noexcept { return options_; }
  [[nodiscard]] const VectorMemory& memory() const noexcept { return settings_.memory; }
  [[nodiscard]] std::shared_ptr<Source> find_source(const std::string& key) const {
    return sources_ ? sources_(key) : nullptr;
  }

  void cancel() noexcept { is_cancelled_.store(true, std::memory_order_relaxed); }
  [[nodiscard]] bool is_cancelled() const noexcept { return is_cancelled_.load(std::memory_order_relaxed); }

  /// The query's one spill file, made at first use. @throws as storage::SpillFile.
  storage::SpillFile& spill_file();
  /// Raw bytes written to it so far.
  [[nodiscard]] std::uint64_t spill_bytes() const noexcept { return spill_bytes_.load(std::memory_order_relaxed); }
  void note_spill(std::uint64_t num_bytes) noexcept { spill_bytes_.fetch_add(num_bytes, std::memory_order_relaxed); }

 private:
  EvaluationContext settings_;
  ExecutionOptions options_;
  SourceLookup sources_;
  std::atomic<bool> is_cancelled_{false};
  std::atomic<std::uint64_t> spill_bytes_{0};
  std::mutex mutex_;
  std::optional<storage::Scratch> scratch_;
  std::unique_ptr<storage::SpillFile> spill_file_;
};

/// One task of a pipeline.
struct TaskContext {
  ExecutionContext& query;
  EvaluationContext evaluation;  ///< The task's own copy.
  int task = 0;
  std::int32_t input = 0;   ///< Number of the pipeline's input.
  std::int64_t morsel = 0;  ///< Number of the morsel the current batch is from: puts results in order.
};

}  // namespace hammerscale::sql
