#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "sql/plan/command.hpp"
#include "sql/plan/expression.hpp"

namespace hammerscale::sql {

/// A hint of /*+ ... */ or DataFrame.hint.
struct Hint {
  std::string name;
  Expressions arguments;
};

// ---- Leaves ---------------------------------------------------------------------------------------------------------

/// A table, view, CTE or file (parquet.`path`) by name.
struct UnresolvedRelation {
  NameParts name;
  ExpressionPtr identifier;  ///< IDENTIFIER(...) in place of the name, or null.
  Options options;           ///< WITH (...).
  ExpressionPtr version;     ///< VERSION AS OF, or null.
  ExpressionPtr timestamp;   ///< TIMESTAMP AS OF, or null.
};

/// range(10), explode(...) and others where a table stands.
struct UnresolvedTableFunction {
  NameParts name;
  Expressions arguments;
};

/// VALUES (...), (...), before its columns have types. Names are col1, col2, ... unless given by SubqueryAlias.
struct InlineTable {
  std::vector<Expressions> rows;
};

/// Rows that are known. Columns have ids.
struct LocalRelation {
  Expressions output;  ///< Attributes.
  std::vector<Row> rows;
};

/// Columnar rows that are known: a source outside plans, such as create_data_frame from vectors, cached tables and
/// files. The source is found by its id in the session's catalog of sources when the plan runs.
struct SourceRelation {
  Expressions output;  ///< Attributes.
  std::string source;  ///< Its key.
  std::string name;    ///< For EXPLAIN.
};

/// One row without columns: SELECT without FROM.
struct OneRow {};

struct Range {
  std::int64_t start = 0;
  std::int64_t end = 0;
  std::int64_t step = 1;
  std::int32_t num_partitions = 0;  ///< 0: the engine's choice.
  ExpressionPtr output;             ///< The attribute id.
};

/// The rows of the previous round inside a recursive CTE.
struct RecursionReference {
  std::string name;
  std::int64_t loop = 0;
  Expressions output;
};

// ---- One child ------------------------------------------------------------------------------------------------------

struct Project {
  PlanPtr child;
  Expressions list;
};

struct Filter {
  PlanPtr child;
  ExpressionPtr condition;
};

enum class GroupingKind : std::uint8_t { kPlain, kAll, kRollup, kCube, kGroupingSets };

/// GROUP BY. Before analysis `grouping` holds what was written, and rollup, cube and grouping sets may be mixed with
/// plain expressions by UnresolvedFunctions "rollup", "cube", "grouping sets" (whose arguments are "struct" calls).
/// After it, `grouping` holds plain expressions and `list` the output.
struct Aggregate {
  PlanPtr child;
  GroupingKind kind = GroupingKind::kPlain;
  Expressions grouping;
  std::vector<Expressions> grouping_sets;
  Expressions list;
};

/// Each row once per projection: what grouping sets and several DISTINCTs become.
struct Expand {
  PlanPtr child;
  std::vector<Expressions> projections;
  Expressions output;  ///< Attributes.
};

struct Sort {
  PlanPtr child;
  Expressions orders;     ///< SortOrders; ORDER BY ALL is one UnresolvedAttribute "all" before analysis.
  bool is_global = true;  ///< False: SORT BY, within partitions.
};

struct Limit {
  PlanPtr child;
  ExpressionPtr count;
};

struct Offset {
  PlanPtr child;
  ExpressionPtr count;
};

struct Distinct {
  PlanPtr child;
};

/// drop_duplicates(columns): one row for each value of the keys.
struct Deduplicate {
  PlanPtr child;
  Expressions keys;
};

/// (query) AS alias(columns). Also names CTEs' and views' columns.
struct SubqueryAlias {
  PlanPtr child;
  NameParts alias;
  std::vector<std::string> columns;
};

struct CteDefinition {
  std::string name;
  std::vector<std::string> columns;
  PlanPtr plan;
  ExpressionPtr max_level;  ///< MAX RECURSION LEVEL n, or null.
};

struct With {
  PlanPtr child;
  std::vector<CteDefinition> definitions;
  bool is_recursive = false;
};

/// HAVING above an Aggregate that is not analysed yet.
struct Having {
  PlanPtr child;
  ExpressionPtr condition;
};

/// QUALIFY.
struct Qualify {
  PlanPtr child;
  ExpressionPtr condition;
};

/// WINDOW w AS (...), for the query below.
struct NamedWindows {
  PlanPtr child;
  std::vector<std::pair<std::string, WindowSpec>> windows;
};

/// Adds columns that window functions give; after analysis. All share partition and order.
struct Window {
  PlanPtr child;
  Expressions list;  ///< Aliases of WindowExpressions.
  Expressions partition_by;
  Expressions order_by;
};

/// LATERAL VIEW [OUTER], and generators of select lists. `required` is what of the child's output is kept.
struct Generate {
  PlanPtr child;
  ExpressionPtr generator;
  bool is_outer = false;
  std::string qualifier;
  std::vector<std::string> names;
  Expressions output;  ///< Attributes of the generator; after analysis.
};

struct Pivot {
  PlanPtr child;
  Expressions grouping;  ///< Given by group_by().pivot(); else all columns not used.
  bool has_grouping = false;
  Expressions columns;
  Expressions values;  ///< Aliases or expressions; structs for several columns. Empty: found by a query.
  Expressions aggregates;
};

struct Unpivot {
  PlanPtr child;
  Expressions ids;
  bool has_ids = false;                    ///< DataFrame's unpivot names them; SQL's keeps all other columns.
  std::vector<Expressions> values;         ///< Each a group of columns.
  std::vector<std::string> value_aliases;  ///< One a group; empty where none was written.
  std::vector<std::string> value_names;
  std::string variable_name;
  bool include_nulls = false;
};

enum class SampleUnit : std::uint8_t { kFraction, kRows, kBucket };

struct Sample {
  PlanPtr child;
  SampleUnit unit = SampleUnit::kFraction;
  double lower = 0;  ///< Fractions, 0 to 1.
  double upper = 1;
  ExpressionPtr num_rows;
  bool with_replacement = false;
  std::optional<std::int64_t> seed;
};

enum class RepartitionKind : std::uint8_t { kRoundRobin, kHash, kRange, kCoalesce };

struct Repartition {
  PlanPtr child;
  RepartitionKind kind = RepartitionKind::kRoundRobin;
  Expressions keys;
  std::int32_t num_partitions = 0;  ///< 0: the engine's choice.
};

struct Hinted {
  PlanPtr child;
  std::vector<Hint> hints;
};

/// to(schema), with_column and the like before the child's columns are known.
enum class ColumnEditKind : std::uint8_t { kWith, kRename, kDrop };
struct EditColumns {
  PlanPtr child;
  ColumnEditKind kind = ColumnEditKind::kWith;
  Expressions columns;  ///< kWith: Aliases; kDrop: attributes.
  std::vector<std::pair<std::string, std::string>> renames;
};

// ---- Two children and more ------------------------------------------------------------------------------------------

enum class JoinKind : std::uint8_t {
  kInner,
  kCross,
  kLeftOuter,
  kRightOuter,
  kFullOuter,
  kLeftSemi,
  kLeftAnti,
  kNullAwareAnti,  ///< NOT IN: a NULL on either side keeps a row out.
  kMark,           ///< Adds a three-valued boolean column: IN and EXISTS in expressions.
  kSingle,         ///< Left outer with at most one match: scalar subqueries; two are SCALAR_SUBQUERY_TOO_MANY_ROWS.
};

struct Join {
  PlanPtr left;
  PlanPtr right;
  JoinKind kind = JoinKind::kInner;
  ExpressionPtr condition;  ///< Or null.
  std::vector<std::string> using_columns;
  bool is_natural = false;
  bool is_lateral = false;  ///< The right side may use columns of the left one.
  ExpressionPtr mark;       ///< kMark: the attribute it adds.
};

enum class SetOperationKind : std::uint8_t { kUnion, kIntersect, kExcept };

struct SetOperation {
  std::vector<PlanPtr> inputs;  ///< Two, but any number for a union.
  SetOperationKind kind = SetOperationKind::kUnion;
  bool is_all = false;
  bool by_name = false;
  bool allow_missing_columns = false;
  Expressions output;  ///< Attributes; after analysis.
};

/// WITH RECURSIVE after analysis: rows of the anchor, then of the step until it yields none.
struct RecursiveUnion {
  PlanPtr anchor;
  PlanPtr step;  ///< Reads RecursionReference of the same loop.
  std::int64_t loop = 0;
  std::int64_t max_level = 100;
  bool is_all = true;
  Expressions output;
};

/// One operator of a query, or a command. See expression.hpp for how to use it.
struct Plan {
  using Node =
      std::variant<UnresolvedRelation, UnresolvedTableFunction, InlineTable, LocalRelation, SourceRelation, OneRow,
                   Range, RecursionReference, Project, Filter, Aggregate, Expand, Sort, Limit, Offset, Distinct,
                   Deduplicate, SubqueryAlias, With, Having, Qualify, NamedWindows, Window, Generate, Pivot, Unpivot,
                   Sample, Repartition, Hinted, EditColumns, Join, SetOperation, RecursiveUnion, Command>;
  Node node;
  Origin origin = {};

  template <typename T>
  [[nodiscard]] const T* get_if() const noexcept {
    return std::get_if<T>(&node);
  }
  template <typename T>
  [[nodiscard]] bool is() const noexcept {
    return std::holds_alternative<T>(node);
  }
};

/// Shares a plan, as share(Expression) does.
PlanPtr share(Plan plan);

template <typename T>
PlanPtr make_plan(T node, Origin origin = {}) {
  return share(Plan{std::move(node), origin});
}

/// Direct child plans, left to right; not those of subquery expressions.
std::vector<PlanPtr> children_of(const Plan& plan);
/// The expressions that stand directly in this operator.
Expressions expressions_of(const Plan& plan);
PlanPtr map_children(const PlanPtr& plan, const std::function<PlanPtr(const PlanPtr&)>& f);
PlanPtr map_expressions(const PlanPtr& plan, const std::function<ExpressionPtr(const ExpressionPtr&)>& f);
PlanPtr transform_up(const PlanPtr& plan, const std::function<PlanPtr(const PlanPtr&)>& f);
PlanPtr transform_down(const PlanPtr& plan, const std::function<PlanPtr(const PlanPtr&)>& f);
/// Parents first; also into the plans of subquery expressions when with_subqueries.
void for_each(const PlanPtr& plan, const std::function<bool(const PlanPtr&)>& f, bool with_subqueries = false);

/// The attributes an analysed operator gives, in order.
Expressions output_of(const Plan& plan);
/// Names and types of output_of.
Schema schema_of(const Plan& plan);
bool is_resolved(const Plan& plan);
bool equal(const PlanPtr& a, const PlanPtr& b);

/// A tree, an operator a line, as EXPLAIN EXTENDED prints it.
std::string to_tree_string(const Plan& plan);

/// Plans as bytes, to travel between processes of one build.
std::vector<std::byte> to_bytes(const PlanPtr& plan);
PlanPtr plan_from_bytes(const std::vector<std::byte>& bytes);

}  // namespace hammerscale::sql
