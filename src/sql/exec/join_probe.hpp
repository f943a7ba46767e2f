#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "sql/exec/expression_program.hpp"
#include "sql/exec/join_table.hpp"

namespace hammerscale::sql {

/// Joins batches of the probe side with a table. One thread.
class JoinProbe {
 public:
  using Emit = std::function<void(Batch& batch)>;

  /// Both must outlive it. `batch_rows` is about how many rows an emitted batch has.
  JoinProbe(const JoinDescription& description, JoinTable& table, EvaluationContext& context, std::int32_t batch_rows);

  /// Emits what the batch's rows give.
  /// @throws SqlError SCALAR_SUBQUERY_TOO_MANY_ROWS  kSingle, and a row has two partners.
  void process(Batch& batch, const Emit& emit);
  /// Emits the build rows without a partner, with NULLs for the probe side: kRightOuter and kFullOuter, at the end.
  void emit_unmatched_build(const Emit& emit);

 private:
  enum class Found : std::uint8_t { kNo, kUnknown, kYes };

  void find_candidates(const Emit& emit);
  void find_unknown(const Emit& emit);
  void add_pair(std::int32_t probe_row, std::int32_t build_row, const Emit& emit);
  void flush(const Emit& emit);
  void apply_residual();
  void apply_condition();
  void note_matches();
  void emit_pairs(const Emit& emit);
  void emit_rest(const Emit& emit);
  Batch pair_batch();
  Vector null_column(const DataType& type, std::int32_t num_rows) const;
  [[nodiscard]] bool wants_one_match() const noexcept;

  const JoinDescription& description_;
  JoinTable& table_;
  EvaluationContext& context_;
  std::size_t batch_rows_;
  std::optional<ExpressionProgram> residual_;
  std::optional<ExpressionProgram> condition_;
  Batch* batch_ = nullptr;
  std::vector<std::shared_ptr<const Vector>> probe_columns_;  ///< Flat ones of the batch, made when first needed.
  std::vector<std::int32_t> probe_rows_;                      ///< Pairs that wait.
  std::vector<std::int32_t> build_rows_;
  bool evaluates_condition_ = false;  ///< Pairs are for the three-valued condition.
  std::vector<Found> found_;          ///< Of each row of the batch.
  std::vector<std::int32_t> matchable_;
  std::vector<std::uint64_t> record_words_;
  std::vector<std::uint64_t> hashes_;
  std::unique_ptr<StringHeap> scratch_;
};

}  // namespace hammerscale::sql
