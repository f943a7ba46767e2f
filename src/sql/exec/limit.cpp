#include "sql/exec/limit.hpp"

#include <algorithm>

namespace hammerscale::sql {

class LimitOperator::Task final : public PassingReceiver {
 public:
  Task(LimitOperator& limit, BatchReceiver& next) : PassingReceiver(next), limit_(limit) {}

  [[nodiscard]] bool is_done() const override { return limit_.left_ == 0 || next_.is_done(); }

  void receive(Batch& batch) override {
    const std::int64_t num_rows = batch.num_selected();
    const std::int64_t skipped = std::min(limit_.to_skip_, num_rows);
    const std::int64_t taken = std::min(limit_.left_, num_rows - skipped);
    limit_.to_skip_ -= skipped;
    if (limit_.left_ != kNoLimit) { limit_.left_ -= taken; }
    if (taken == 0) { return; }
    if (taken < num_rows) {
      const RowSet rows = batch.rows();
      auto kept = std::make_shared<std::vector<std::int32_t>>();
      for (std::int64_t i = skipped; i < skipped + taken; ++i) { kept->push_back(rows[static_cast<std::int32_t>(i)]); }
      batch.selection = std::move(kept);
    }
    next_.receive(batch);
  }

 private:
  LimitOperator& limit_;
};

std::unique_ptr<BatchReceiver> LimitOperator::make_task(TaskContext& /*context*/, BatchReceiver& next) {
  return std::make_unique<Task>(*this, next);
}

}  // namespace hammerscale::sql
