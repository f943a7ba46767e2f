#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "sql/exec/window_frame.hpp"
#include "sql/vector/vector_builder.hpp"

namespace hammerscale::sql {

/// Results of one aggregate for the frames of one partition. One thread; serves partition after partition.
class WindowAggregate {
 public:
  WindowAggregate(const WindowCall& call, EvaluationContext& context);

  /// Appends num_rows results for rows [first, first + num_rows) of the batch.
  void evaluate(const Batch& rows, std::int32_t first, std::int32_t num_rows, const FrameBounds& frames,
                VectorBuilder& result);

 private:
  /// One state, destroyed with its holder.
  class State;

  void select_rows(const Batch& rows, std::int32_t first, std::int32_t num_rows);
  void update(std::byte* state, std::int32_t begin, std::int32_t end);
  void remove(std::byte* state, std::int32_t begin, std::int32_t end);
  void give(std::byte* state, VectorBuilder& result);
  void slide(std::int32_t num_rows, const FrameBounds& frames, VectorBuilder& result);
  void climb(std::int32_t num_rows, const FrameBounds& frames, VectorBuilder& result);

  const WindowCall& call_;
  EvaluationContext& context_;
  std::unique_ptr<AggregateState> function_;
  std::vector<const Vector*> arguments_;
  std::vector<std::int32_t> kept_;         ///< Rows of the batch that count: neither filtered nor NULL.
  std::vector<std::int32_t> kept_before_;  ///< For each row of the partition, and its end: how many before it count.
};

}  // namespace hammerscale::sql
