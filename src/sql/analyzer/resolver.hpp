#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sql/analyzer/analyzer.hpp"

namespace hammerscale::sql {

/// The columns that names can mean, innermost level first; a later level counts where no earlier one has the name.
struct NameScope {
  std::vector<Expressions> levels;   ///< Attributes.
  const NameScope* outer = nullptr;  ///< Of the query around this subquery.
};

using NamedWindowList = std::vector<std::pair<std::string, WindowSpec>>;

/// Where an expression stands: what its names mean and what it may hold.
struct Place {
  NameScope names;
  /// Levels for arguments of aggregate functions where they differ: above an Aggregate, its child's columns come first.
  std::vector<Expressions> aggregate_levels = {};
  Expressions lateral_aliases = {};   ///< Aliases of the same select list, to the left.
  bool uses_lateral_alias = false;    ///< Set when one was kept as a reference rather than replaced.
  Expressions lambda_variables = {};  ///< LambdaVariables in scope, innermost last.
  bool inside_aggregate = false;
  bool inside_window_function = false;
};

/// One name of a WITH clause that can be referred to.
struct CteEntry {
  std::string name;
  PlanPtr plan;             ///< Analysed, under its column names; null while its recursion is analysed.
  std::int64_t loop = 0;    ///< Of the recursion whose step is being analysed, else 0.
  Schema recursion_schema;  ///< Columns of the recursion.
  bool is_referred_to = false;
};

/// Resolves plans and expressions; the work of analyze(), split over files by concern. One thread, one statement.
class Resolver {
 public:
  explicit Resolver(AnalyzerContext& context) : context_(context) {}

  PlanPtr resolve(const PlanPtr& plan);
  ExpressionPtr resolve_expression(const ExpressionPtr& expression, Place& place);

  // ---- expression_resolver.cpp
  /// The place of expressions over these children's columns, hidden ones included.
  [[nodiscard]] Place place_over(const std::vector<PlanPtr>& children) const;
  /// Resolves and sees that it is boolean; filter_name is "join" for ON.
  ExpressionPtr resolve_condition(const ExpressionPtr& condition, Place& place, std::string_view filter_name);
  static ExpressionPtr check_condition(const ExpressionPtr& resolved, std::string_view filter_name);
  /// Value of an expression that must be constant.
  Value constant_value(const ExpressionPtr& expression);

 private:
  // ---- relation_resolver.cpp
  PlanPtr resolve_relation(const UnresolvedRelation& relation, Origin origin);
  PlanPtr resolve_table_function(const UnresolvedTableFunction& call, Origin origin);
  PlanPtr resolve_range(const Expressions& arguments, Origin origin);
  PlanPtr resolve_inline_table(const InlineTable& table, Origin origin);
  PlanPtr resolve_alias(const SubqueryAlias& alias, Origin origin);
  PlanPtr resolve_view(const TablePtr& view, Origin origin);
  PlanPtr resolve_table(const TablePtr& table);

  // ---- cte_resolver.cpp
  PlanPtr resolve_with(const With& with, Origin origin);
  PlanPtr resolve_definition(const CteDefinition& definition, bool is_recursive, Origin origin);
  PlanPtr resolve_recursion(const CteDefinition& definition, Origin origin);
  PlanPtr resolve_cte_reference(CteEntry& entry);

  // ---- join_resolver.cpp
  PlanPtr resolve_join(const Join& join, Origin origin);
  PlanPtr resolve_using(Join join, Origin origin);

  // ---- set_operation_resolver.cpp
  PlanPtr resolve_set_operation(const SetOperation& operation, Origin origin);

  // ---- projection_resolver.cpp
  PlanPtr resolve_project(const Project& project, Origin origin);
  /// Expands stars, resolves, names; `place` collects lateral aliases.
  Expressions resolve_select_list(const Expressions& list, const PlanPtr& child, Place& place);
  Expressions expand_star(const UnresolvedStar& star, const Place& place, Origin origin,
                          std::span<const PlanPtr> children);
  ExpressionPtr name_item(const ExpressionPtr& item);
  /// Project (or Aggregate) over child of a resolved list: puts generators and windows into operators of their own.
  PlanPtr build_project(PlanPtr child, Expressions list, Origin origin);
  PlanPtr extract_generators(PlanPtr child, Expressions& list, Origin origin);
  PlanPtr extract_generator(PlanPtr child, Expressions& list, std::size_t position, Origin origin);
  PlanPtr resolve_edit_columns(const EditColumns& edit, Origin origin);

  // ---- aggregate_resolver.cpp
  PlanPtr resolve_aggregate(const Aggregate& aggregate, Origin origin);
  PlanPtr build_aggregate(PlanPtr child, Expressions grouping, Expressions list, Origin origin);
  PlanPtr build_grouping_sets(PlanPtr child, const Expressions& keys, std::vector<std::vector<std::size_t>> sets,
                              Expressions list, Origin origin);
  void check_aggregate_list(const Expressions& grouping, const Expressions& list, bool has_group_by);

  // ---- window_resolver.cpp
  WindowSpec resolve_window_spec(const WindowSpec& spec, Place& place, Origin origin);
  ExpressionPtr resolve_window(const WindowExpression& window, Place& place, Origin origin);
  ExpressionPtr resolve_window_reference(const UnresolvedWindowReference& reference, Place& place, Origin origin);
  /// Moves WindowExpressions out of the list into Window operators above child.
  PlanPtr extract_windows(PlanPtr child, Expressions& list);

  // ---- lifted_resolver.cpp: ORDER BY, HAVING, QUALIFY over what the select list left out
  PlanPtr resolve_sort(const Sort& sort, Origin origin);
  PlanPtr resolve_having(const Having& having, Origin origin);
  PlanPtr resolve_qualify(const Qualify& qualify, Origin origin);
  /// Resolves expressions over child's output and, failing that, over what lies below it; returns child with the
  /// columns they need added.
  PlanPtr resolve_lifted(PlanPtr child, Expressions& expressions);

  // ---- operator_resolver.cpp
  PlanPtr resolve_filter(const Filter& filter, Origin origin);
  PlanPtr resolve_limit(const PlanPtr& child, const ExpressionPtr& count, bool is_offset, Origin origin);
  PlanPtr resolve_sample(const Sample& sample, Origin origin);
  PlanPtr resolve_generate(const Generate& generate, Origin origin);
  PlanPtr resolve_repartition(const Repartition& repartition, Origin origin);
  PlanPtr resolve_deduplicate(const Deduplicate& deduplicate, Origin origin);

  // ---- pivot_resolver.cpp
  PlanPtr resolve_pivot(const Pivot& pivot, Origin origin);
  PlanPtr resolve_unpivot(const Unpivot& unpivot, Origin origin);

  // ---- attribute_resolver.cpp
  ExpressionPtr resolve_attribute(const UnresolvedAttribute& attribute, Place& place, Origin origin);
  /// Null when no level has it.
  ExpressionPtr find_in_levels(const std::vector<Expressions>& levels, const NameParts& parts, Origin origin);
  ExpressionPtr resolve_extract(const ExpressionPtr& child, const ExpressionPtr& extraction, Origin origin);
  [[noreturn]] void fail_unresolved(const NameParts& parts, const Place& place, Origin origin);

  // ---- function_resolver.cpp
  ExpressionPtr resolve_function(const UnresolvedFunction& call, Place& place, Origin origin);
  ExpressionPtr resolve_scalar(const ScalarFunction& function, std::string name, Expressions arguments, Place& place,
                               Origin origin);
  ExpressionPtr resolve_aggregate_call(const AggregateFunction& function, std::string name,
                                       const UnresolvedFunction& call, Place& place, Origin origin);
  ExpressionPtr resolve_window_function(const WindowFunction& function, std::string name,
                                        const UnresolvedFunction& call, Place& place, Origin origin);
  ExpressionPtr resolve_sql_function(const SqlFunctionInfo& function, const UnresolvedFunction& call, Place& place,
                                     Origin origin);
  /// Arguments in the order of the parameters: NamedArguments go to their places.
  Expressions order_arguments(std::string_view function, const Expressions& arguments,
                              const std::vector<std::string_view>& parameters, Origin origin);
  /// Stars expanded, lambdas left as they are, the rest resolved.
  Expressions resolve_arguments(const Expressions& arguments, Place& place);
  void resolve_lambdas(const ScalarFunction& function, std::string_view name, Expressions& arguments, Place& place,
                       Origin origin);

  // ---- subquery_resolver.cpp
  ExpressionPtr resolve_subquery(const SubqueryExpression& subquery, Place& place, Origin origin);

  // ---- command_resolver.cpp
  PlanPtr resolve_command(const Command& command, Origin origin);
  PlanPtr resolve_insert(const InsertInto& insert, Origin origin);

  AnalyzerContext& context_;
  const NameScope* outer_ = nullptr;             ///< Around the query that is being resolved.
  std::vector<std::vector<CteEntry>> ctes_;      ///< Innermost WITH last.
  std::vector<const NamedWindowList*> windows_;  ///< WINDOW clauses, innermost last.
  std::vector<std::string> open_views_;          ///< Views whose text is being resolved.
  int depth_ = 0;                                ///< Nesting of resolve, against overflow of the stack.
};

}  // namespace hammerscale::sql
