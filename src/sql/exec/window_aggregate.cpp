#include "sql/exec/window_aggregate.hpp"

#include <algorithm>
#include <utility>

namespace hammerscale::sql {

class WindowAggregate::State {
 public:
  explicit State(AggregateState& function) : function_(function), words_((function.state_bytes() + 15) / 16 + 1) {
    function_.initialize(get());
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { function_.destroy(get()); }

  [[nodiscard]] std::byte* get() noexcept { return reinterpret_cast<std::byte*>(words_.data()); }
  void reset() {
    function_.destroy(get());
    function_.initialize(get());
  }

 private:
  struct alignas(16) Word {
    std::byte bytes[16];
  };
  AggregateState& function_;
  std::vector<Word> words_;
};

WindowAggregate::WindowAggregate(const WindowCall& call, EvaluationContext& context)
    : call_(call), context_(context), function_(call.aggregate->make_state(context)) {}

void WindowAggregate::select_rows(const Batch& rows, std::int32_t first, std::int32_t num_rows) {
  arguments_.clear();
  bool may_have_nulls = false;
  for (const std::int32_t column : call_.arguments) {
    arguments_.push_back(&rows.columns[static_cast<std::size_t>(column)]);
    may_have_nulls = may_have_nulls || arguments_.back()->may_have_nulls();
  }
  const bool drops_nulls = call_.aggregate->skips_nulls && may_have_nulls;
  const Vector* filter = call_.filter < 0 ? nullptr : &rows.columns[static_cast<std::size_t>(call_.filter)];
  kept_.clear();
  kept_before_.resize(static_cast<std::size_t>(num_rows) + 1);
  for (std::int32_t i = 0; i < num_rows; ++i) {
    kept_before_[static_cast<std::size_t>(i)] = static_cast<std::int32_t>(kept_.size());
    const std::int32_t row = first + i;
    if (filter != nullptr && (filter->is_null(row) || !bitmap::get(filter->base().bits(), filter->position(row)))) {
      continue;
    }
    if (drops_nulls &&
        std::any_of(arguments_.begin(), arguments_.end(), [&](const Vector* a) { return a->is_null(row); })) {
      continue;
    }
    kept_.push_back(row);
  }
  kept_before_[static_cast<std::size_t>(num_rows)] = static_cast<std::int32_t>(kept_.size());
}

void WindowAggregate::update(std::byte* state, std::int32_t begin, std::int32_t end) {
  const std::int32_t from = kept_before_[static_cast<std::size_t>(begin)];
  const std::int32_t count = kept_before_[static_cast<std::size_t>(end)] - from;
  if (count > 0) {
    function_->update_one(Arguments{arguments_, {}, RowSet{kept_.data() + from, count}, context_}, state);
  }
}

void WindowAggregate::remove(std::byte* state, std::int32_t begin, std::int32_t end) {
  const std::int32_t from = kept_before_[static_cast<std::size_t>(begin)];
  const std::int32_t count = kept_before_[static_cast<std::size_t>(end)] - from;
  if (count > 0) {
    function_->remove_one(Arguments{arguments_, {}, RowSet{kept_.data() + from, count}, context_}, state);
  }
}

void WindowAggregate::give(std::byte* state, VectorBuilder& result) {
  std::byte* const states[] = {state};
  function_->finalize(states, result);
}

void WindowAggregate::evaluate(const Batch& rows, std::int32_t first, std::int32_t num_rows, const FrameBounds& frames,
                               VectorBuilder& result) {
  select_rows(rows, first, num_rows);
  const bool starts_rise = std::is_sorted(frames.start.begin(), frames.start.end());
  const bool ends_rise = std::is_sorted(frames.end.begin(), frames.end.end());
  const bool start_stays = num_rows > 0 && frames.start.front() == frames.start.back() && starts_rise;
  if (ends_rise && (start_stays || (starts_rise && function_->can_remove()))) {
    slide(num_rows, frames, result);
  } else {
    climb(num_rows, frames, result);
  }
}

void WindowAggregate::slide(std::int32_t num_rows, const FrameBounds& frames, VectorBuilder& result) {
  State state(*function_);
  std::int32_t begin = 0;
  std::int32_t end = 0;
  const Vector* last = nullptr;
  Vector last_value;
  for (std::int32_t row = 0; row < num_rows; ++row) {
    const std::int32_t start = frames.start[static_cast<std::size_t>(row)];
    const std::int32_t stop = frames.end[static_cast<std::size_t>(row)];
    if (row > 0 && start == begin && stop == end && last != nullptr) {
      result.append_from(*last, 0);
      continue;
    }
    if (start >= end) {
      // Nothing of the old frame is left.
      state.reset();
      update(state.get(), start, stop);
    } else {
      if (start > begin) { remove(state.get(), begin, start); }
      if (stop > end) { update(state.get(), end, stop); }
    }
    begin = start;
    end = stop;
    // Peers have equal frames: their result is made once.
    const bool repeats = row + 1 < num_rows && frames.start[static_cast<std::size_t>(row) + 1] == start &&
                         frames.end[static_cast<std::size_t>(row) + 1] == stop;
    if (repeats) {
      VectorBuilder one(call_.type, context_.memory);
      give(state.get(), one);
      last_value = one.finish();
      last = &last_value;
      result.append_from(last_value, 0);
    } else {
      last = nullptr;
      give(state.get(), result);
    }
  }
}

void WindowAggregate::climb(std::int32_t num_rows, const FrameBounds& frames, VectorBuilder& result) {
  // A tree of fan-out 16: node i of level k holds the rows from i * 16^(k+1) to (i + 1) * 16^(k+1). Rows themselves
  // are updated directly. Source: Leis et al., Efficient Processing of Window Functions in Analytical SQL Queries,
  // PVLDB 8(10), 2015.
  constexpr std::int32_t kFanOut = 16;
  std::vector<std::vector<std::unique_ptr<State>>> levels;
  for (std::int64_t width = kFanOut; width < num_rows; width *= kFanOut) {
    levels.emplace_back();
    const std::int64_t num_nodes = num_rows / width;
    for (std::int64_t node = 0; node < num_nodes; ++node) {
      auto state = std::make_unique<State>(*function_);
      if (levels.size() == 1) {
        update(state->get(), static_cast<std::int32_t>(node * width), static_cast<std::int32_t>((node + 1) * width));
      } else {
        const auto& below = levels[levels.size() - 2];
        for (std::int64_t child = node * kFanOut; child < (node + 1) * kFanOut; ++child) {
          function_->merge(state->get(), below[static_cast<std::size_t>(child)]->get());
        }
      }
      levels.back().push_back(std::move(state));
    }
  }
  State state(*function_);
  for (std::int32_t row = 0; row < num_rows; ++row) {
    state.reset();
    std::int64_t at = frames.start[static_cast<std::size_t>(row)];
    const std::int64_t end = frames.end[static_cast<std::size_t>(row)];
    while (at < end) {
      // The largest node that begins here and fits; else rows up to the next node.
      std::size_t level = 0;
      std::int64_t width = 1;
      while (level < levels.size() && at % (width * kFanOut) == 0 && at + width * kFanOut <= end) {
        width *= kFanOut;
        ++level;
      }
      if (level == 0) {
        const std::int64_t stop = std::min(end, (at / kFanOut + 1) * kFanOut);
        update(state.get(), static_cast<std::int32_t>(at), static_cast<std::int32_t>(stop));
        at = stop;
      } else {
        function_->merge(state.get(), levels[level - 1][static_cast<std::size_t>(at / width)]->get());
        at += width;
      }
    }
    give(state.get(), result);
  }
}

}  // namespace hammerscale::sql
