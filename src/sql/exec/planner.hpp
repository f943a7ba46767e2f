#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "sql/exec/execution_context.hpp"
#include "sql/exec/pipeline.hpp"
#include "sql/plan/plan.hpp"

namespace hammerscale::sql {

/// Rows of the round before, for each recursive query around a plan (RecursionReference::loop).
using RecursionRows = std::map<std::int64_t, std::shared_ptr<const std::vector<Batch>>>;

/// A pipeline whose sink is still to come.
struct OpenPipeline {
  std::vector<PipelineInput> inputs;
  Expressions output;  ///< Attributes of its columns.
  bool is_ordered = false;

  void add(std::shared_ptr<Operator> op);
};

/// Turns analysed, optimised plans into pipelines of local operators. One thread; use once.
///
/// Uncorrelated subqueries in expressions and recursive queries are run while planning, and their values put in.
class Planner {
 public:
  explicit Planner(ExecutionContext& context, RecursionRows recursion = {})
      : context_(context), recursion_(std::move(recursion)) {}

  /// The plan's rows. Before they can be read, finished() must run, in order.
  /// @throws InternalError  the plan holds an operator that the analyzer should have replaced.
  OpenPipeline build(const PlanPtr& plan);
  /// Pipelines that build() completed, in the order they depend on each other.
  [[nodiscard]] std::vector<Pipeline>& finished() noexcept { return finished_; }

 private:
  OpenPipeline build_aggregate(const Aggregate& aggregate);
  OpenPipeline build_distinct(OpenPipeline input);
  OpenPipeline build_deduplicate(const Deduplicate& node);
  OpenPipeline build_sort(const Sort& node, std::int64_t limit);
  OpenPipeline build_limited(const PlanPtr& plan, std::int64_t limit);
  OpenPipeline build_join(const Join& join);
  OpenPipeline build_set_operation(const SetOperation& node);
  OpenPipeline build_window(const Window& node);
  OpenPipeline build_generate(const Generate& node);
  OpenPipeline build_recursive_union(const RecursiveUnion& node);
  OpenPipeline build_sample(const Sample& node);
  OpenPipeline build_source(const SourceRelation& node);

  /// Ends a pipeline in a sink that a source of further rows comes from.
  void finish(OpenPipeline input, std::shared_ptr<Sink> sink);
  /// Replaces subqueries by their values and attributes by columns of `input`.
  ExpressionPtr bind(const ExpressionPtr& expression, const Expressions& input);
  ExpressionPtr run_subquery(const SubqueryExpression& subquery, const Expressions& input);
  std::int64_t constant_count(const ExpressionPtr& expression);
  /// Columns with the values of these expressions, bound to the input, are appended; those that are columns are not.
  std::vector<std::int32_t> add_columns(OpenPipeline& input, const Expressions& bound);
  /// Keeps the first `count` columns.
  static void keep_columns(OpenPipeline& input, std::size_t count);

  ExecutionContext& context_;
  RecursionRows recursion_;
  std::vector<Pipeline> finished_;
};

/// The expression with attributes replaced by references to columns of `input`, by id.
/// @throws InternalError  an attribute is not among them.
ExpressionPtr bind_references(const ExpressionPtr& expression, const Expressions& input);

}  // namespace hammerscale::sql
