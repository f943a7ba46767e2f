#include "sql/exec/sample.hpp"

#include <cmath>
#include <utility>
#include <vector>

#include "hammerscale/shuffle/key_hash.hpp"

namespace hammerscale::sql {

class SampleOperator::Task final : public PassingReceiver {
 public:
  Task(SampleOperator& sample, TaskContext& context, BatchReceiver& next)
      : PassingReceiver(next), sample_(sample), context_(context) {}

  void receive(Batch& batch) override {
    std::vector<std::int32_t> rows;
    batch.rows().for_each([&](std::int32_t row) {
      const std::uint64_t draw =
          shuffle::combine_hashes(static_cast<std::uint64_t>(sample_.seed_), sample_.next_row_++);
      for (int n = times(draw); n > 0; --n) { rows.push_back(row); }
    });
    if (rows.empty()) { return; }
    if (sample_.with_replacement_) {
      Batch result;
      result.num_rows = static_cast<std::int32_t>(rows.size());
      for (const Vector& column : batch.columns) {
        result.columns.push_back(column.gather(rows, context_.query.memory()));
      }
      next_.receive(result);
      return;
    }
    batch.selection = std::make_shared<std::vector<std::int32_t>>(std::move(rows));
    next_.receive(batch);
  }

 private:
  [[nodiscard]] int times(std::uint64_t draw) const {
    double uniform = static_cast<double>(draw >> 11) * 0x1.0p-53;
    if (!sample_.with_replacement_) { return uniform >= sample_.lower_ && uniform < sample_.upper_ ? 1 : 0; }
    // Inversion of the Poisson distribution: means are small.
    double probability = std::exp(-(sample_.upper_ - sample_.lower_));
    int count = 0;
    while (uniform >= probability && count < 1000) {
      uniform -= probability;
      ++count;
      probability *= (sample_.upper_ - sample_.lower_) / count;
    }
    return count;
  }

  SampleOperator& sample_;
  TaskContext& context_;
};

std::unique_ptr<BatchReceiver> SampleOperator::make_task(TaskContext& context, BatchReceiver& next) {
  return std::make_unique<Task>(*this, context, next);
}

}  // namespace hammerscale::sql
