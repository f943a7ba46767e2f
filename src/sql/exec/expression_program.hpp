#pragma once

#include <memory>
#include <span>
#include <vector>

#include "sql/functions/evaluation_context.hpp"
#include "sql/plan/expression.hpp"
#include "sql/vector/vector.hpp"

namespace hammerscale::sql {

/// Analysed expressions, made ready to be evaluated batch by batch. One thread uses one; compile once a task.
///
/// Each distinct deterministic sub-expression becomes one step with one register, a Vector whose memory serves batch
/// after batch. A step runs on demand for a set of rows and remembers that set, so a common sub-expression is computed
/// once; AND, OR, CASE, IF and COALESCE ask for their later parts only for the rows that need them. Constant parts are
/// evaluated at compile time, unless they fail: then they fail when a row needs them. A deterministic function of one
/// dictionary-encoded argument is evaluated once for each entry of the dictionary.
///
/// Example: `if(a > 0, b / a, 0)` has the steps a, 0, a > 0, b, b / a, if; b / a sees only rows where a > 0 is true.
class ExpressionProgram {
 public:
  ExpressionProgram();
  ExpressionProgram(ExpressionProgram&&) noexcept;
  ExpressionProgram& operator=(ExpressionProgram&&) noexcept;
  ~ExpressionProgram();

  /// @param expressions  analysed; columns are BoundReferences, subqueries are gone. Aliases are looked through.
  /// @param context      must outlive the program.
  /// @throws InternalError  an expression holds something that has no value by itself.
  static ExpressionProgram compile(std::span<const ExpressionPtr> expressions, EvaluationContext& context);

  [[nodiscard]] std::size_t num_expressions() const noexcept;
  [[nodiscard]] const DataType& type(std::size_t i) const;
  [[nodiscard]] bool can_fail() const noexcept;

  /// Values of every expression for the batch's selected rows. A result has batch.num_rows positions, of which only the
  /// selected ones mean something. Results of the batch before should be dropped first: then nothing is allocated.
  /// @throws SqlError  of the functions, for selected rows only.
  void evaluate(const Batch& batch, std::vector<Vector>& results);

  /// Narrows the batch's selection to the rows where every expression (boolean) is true. Conjuncts that cannot fail
  /// change places by measured cost and selectivity; those that can keep theirs, so that errors do not depend on it.
  void filter(Batch& batch);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The parts of a condition that AND joins, left to right.
Expressions split_conjuncts(const ExpressionPtr& condition);

/// Appends the rows of `rows` where a boolean vector is true.
void select_true(const Vector& condition, RowSet rows, std::vector<std::int32_t>& selected);

}  // namespace hammerscale::sql
