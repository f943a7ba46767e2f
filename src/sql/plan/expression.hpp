#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "hammerscale/sql/data_type.hpp"
#include "hammerscale/sql/sql_error.hpp"
#include "hammerscale/sql/value.hpp"

namespace hammerscale::sql {

struct Expression;
struct Plan;

/// Expressions and plans are immutable trees that share their parts.
using ExpressionPtr = std::shared_ptr<const Expression>;
using PlanPtr = std::shared_ptr<const Plan>;
using Expressions = std::vector<ExpressionPtr>;

/// Names one column of one operator's output, unique in a process.
using AttributeId = std::int64_t;
AttributeId next_attribute_id();

/// A possibly qualified name, part by part, without back quotes.
using NameParts = std::vector<std::string>;

// ---- What the parser and the DataFrame calls make, and the analyzer replaces ---------------------------------------

/// A column, a field of one, a lambda's variable or a session variable.
struct UnresolvedAttribute {
  NameParts parts;
};

/// `*` or `t.*`, with EXCEPT (...) and REPLACE (... AS name).
struct UnresolvedStar {
  NameParts target;
  std::vector<NameParts> except;
  Expressions replace;  ///< Aliases.
};

/// A call before its function is known; operators too. The parser writes these names, in lower case:
///   arithmetic   "+" "-" "*" "/" "%" "div", and "-", "+", "~" with one argument; `a || b` is "concat"
///   bits         "&" "|" "^" "<<" ">>" ">>>"
///   comparison   "=" "<=>" "<" "<=" ">" ">="; `a <> b` is not(=(a, b)), `IS [NOT] DISTINCT FROM` is <=>
///   logic        "and" "or" "not"; `IS TRUE` is <=>(a, true), `IS NULL` and `IS UNKNOWN` are "isnull", "isnotnull"
///   matching     "like" and "ilike" with two arguments, or three with ESCAPE; "rlike"; "between"; "in" (value,
///   choices...)
///                `a LIKE ANY (p, ...)` is "like_any"(a, p, ...); so "like_all", "not_like_any", "not_like_all" and,
///                with the letter i, "ilike_any" and so on. NOT LIKE, NOT IN, NOT BETWEEN are "not" of the others.
///   forms        extract("YEAR", x), substring(x, from, for), overlay(x, y, from, for), collate(x, "NAME");
///                POSITION(a IN b) is locate(a, b); TRIM(BOTH c FROM x) is trim(c, x), LEADING ltrim(c, x), TRAILING
///                rtrim(c, x): the argument order of Spark's trim functions, btrim apart;
///                timestampadd("DAY", n, x), timestampdiff("DAY", a, b) for DATEADD, DATE_DIFF and the like with a
///                unit; (a, b) is named_struct("a", a, "col2", ...); `v:a.b[0]` is semi_structured_extract(v,
///                "$.a.b[0]"); FIRST(x IGNORE NULLS) sets ignore_nulls as first(x) IGNORE NULLS does
///   others       count(*) keeps an UnresolvedStar as its argument; CURRENT_DATE and the like without parentheses are
///                UnresolvedAttributes, as a column of that name comes first.
struct UnresolvedFunction {
  NameParts name;
  Expressions arguments;  ///< NamedArgument among them where `name => value` was written.
  bool is_distinct = false;
  bool ignore_nulls = false;
  ExpressionPtr filter;      ///< FILTER (WHERE ...), or null.
  Expressions within_group;  ///< SortOrders of WITHIN GROUP (ORDER BY ...).
};

/// child[extraction], and child.field where child is no name.
struct UnresolvedExtract {
  ExpressionPtr child;
  ExpressionPtr extraction;
};

struct NamedArgument {
  std::string name;
  ExpressionPtr value;
};

/// :name, or ? (then the name is empty and the index counts from 0).
struct Parameter {
  std::string name;
  std::int32_t index = -1;
};

/// IDENTIFIER(expression) where a name stands; name_suffix holds parts written behind it.
struct IdentifierClause {
  ExpressionPtr name;
  NameParts suffix;
  Expressions arguments;  ///< Of IDENTIFIER('f')(x).
  bool is_function = false;
};

/// Several names for a generator's columns: expression AS (a, b).
struct MultiAlias {
  ExpressionPtr child;
  std::vector<std::string> names;
};

/// OVER name.
struct UnresolvedWindowReference {
  ExpressionPtr function;
  std::string window;
};

// ---- What both know -------------------------------------------------------------------------------------------------

struct Literal {
  Value value;
  DataType type;
};

/// Gives its child a name. `id` is 0 before analysis.
struct Alias {
  ExpressionPtr child;
  std::string name;
  AttributeId id = 0;
};

/// Whether a failing cast is an error, NULL, or wraps as before ANSI mode.
enum class CastMode : std::uint8_t { kAnsi, kTry, kLegacy };

struct Cast {
  ExpressionPtr child;
  DataType type;
  CastMode mode = CastMode::kAnsi;
  bool is_implicit = false;  ///< Added by the analyzer; not printed as a column's name.
};

/// CASE [operand] WHEN ... The operand, where one was written, is already compared in each condition.
struct CaseWhen {
  std::vector<std::pair<ExpressionPtr, ExpressionPtr>> branches;  ///< Condition and value.
  ExpressionPtr otherwise;                                        ///< Null when there is no ELSE.
};

struct SortOrder {
  ExpressionPtr child;
  bool is_ascending = true;
  bool nulls_first = true;
};

enum class FrameUnit : std::uint8_t { kRows, kRange };
enum class BoundKind : std::uint8_t { kUnboundedPreceding, kPreceding, kCurrentRow, kFollowing, kUnboundedFollowing };

struct FrameBound {
  BoundKind kind = BoundKind::kCurrentRow;
  ExpressionPtr offset;  ///< Of kPreceding and kFollowing.
};

struct WindowFrame {
  FrameUnit unit = FrameUnit::kRange;
  FrameBound lower;
  FrameBound upper;
};

struct WindowSpec {
  std::string base;  ///< Named window that it refines; empty when none, and always so after analysis.
  Expressions partition_by;
  Expressions order_by;  ///< SortOrders.
  std::optional<WindowFrame> frame;
};

/// function OVER (...).
struct WindowExpression {
  ExpressionPtr function;
  WindowSpec spec;
};

/// x -> body. Variables are LambdaVariables after analysis, UnresolvedAttributes of one part before.
struct LambdaFunction {
  Expressions variables;
  ExpressionPtr body;
};

struct LambdaVariable {
  std::string name;
  DataType type;
  bool nullable = true;
  AttributeId id = 0;
};

enum class SubqueryKind : std::uint8_t { kScalar, kExists, kIn, kTableArgument };

/// A query inside an expression. kIn compares `values` with its columns; NOT IN is not(in(...)). kTableArgument is
/// TABLE(...).
struct SubqueryExpression {
  SubqueryKind kind = SubqueryKind::kScalar;
  PlanPtr plan;
  Expressions values;
  Expressions outer_references;  ///< Filled by the analyzer: the outer attributes that the plan uses.
};

// ---- What only analysed plans hold ----------------------------------------------------------------------------------

/// A column of the child operator's output.
struct Attribute {
  std::string name;
  DataType type;
  bool nullable = true;
  AttributeId id = 0;
  NameParts qualifier = {};
};

/// An attribute of the query around a subquery.
struct OuterReference {
  ExpressionPtr attribute;
};

/// Column number `index` of the batch at hand; only in physical plans.
struct BoundReference {
  std::int32_t index = 0;
  DataType type;
  bool nullable = true;
};

/// A call of a known scalar or generator function with arguments of its types. The name is the registry's. Extractions
/// are calls of "get_struct_field"(struct, "field"), "get_array_struct_fields"(array of structs, "field"),
/// "get_array_item"(array, index) and "get_map_value"(map, key); to_sql prints them as s.field, a[i], m[k].
struct FunctionCall {
  std::string name;
  Expressions arguments;
  DataType type;
  bool nullable = true;
  bool is_deterministic = true;
  bool is_generator = false;
};

/// A call of a known aggregate or window function; stands in Aggregate, or in WindowExpression.
struct AggregateCall {
  std::string name;
  Expressions arguments;
  DataType type;
  bool nullable = true;
  bool is_distinct = false;
  bool ignore_nulls = false;
  ExpressionPtr filter;
  Expressions within_group;
  bool is_window_function = false;  ///< rank, lag, ...: only in WindowExpression.
};

/// One expression. Build with make_expression; take apart with std::get_if on node, or is<T> and as<T>.
struct Expression {
  using Node = std::variant<UnresolvedAttribute, UnresolvedStar, UnresolvedFunction, UnresolvedExtract, NamedArgument,
                            Parameter, IdentifierClause, MultiAlias, UnresolvedWindowReference, Literal, Alias, Cast,
                            CaseWhen, SortOrder, WindowExpression, LambdaFunction, LambdaVariable, SubqueryExpression,
                            Attribute, OuterReference, BoundReference, FunctionCall, AggregateCall>;
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

/// Shares an expression. Trees made here may be deeper than the stack is: they are taken apart without recursion.
ExpressionPtr share(Expression expression);

template <typename T>
ExpressionPtr make_expression(T node, Origin origin = {}) {
  return share(Expression{std::move(node), origin});
}

ExpressionPtr make_literal(Value value, DataType type, Origin origin = {});
ExpressionPtr make_int_literal(std::int32_t value);
ExpressionPtr make_bigint_literal(std::int64_t value);
ExpressionPtr make_string_literal(std::string value);
ExpressionPtr make_bool_literal(bool value);
ExpressionPtr make_null_literal(DataType type = {});
/// An unresolved call of a function or operator by its one-part name.
ExpressionPtr make_call(std::string name, Expressions arguments, Origin origin = {});

/// Type and nullability of an analysed expression. InternalError on an unresolved one.
DataType type_of(const Expression& expression);
bool is_nullable(const Expression& expression);
/// False while anything unresolved stands in it (subquery plans are not looked into).
bool is_resolved(const Expression& expression);
/// No rand(), uuid() and the like, in any part.
bool is_deterministic(const Expression& expression);
/// Deterministic and without attributes, subqueries, aggregates: has one value.
bool is_foldable(const Expression& expression);

/// Direct children in the order they are written. Plans of subqueries are not among them; windows' parts are.
Expressions children_of(const Expression& expression);
/// A copy with each direct child replaced by f(child); the same pointer when no child changed.
ExpressionPtr map_children(const ExpressionPtr& expression,
                           const std::function<ExpressionPtr(const ExpressionPtr&)>& f);
/// Applies f bottom-up / top-down; f returns its argument where it changes nothing.
ExpressionPtr transform_up(const ExpressionPtr& expression,
                           const std::function<ExpressionPtr(const ExpressionPtr&)>& f);
ExpressionPtr transform_down(const ExpressionPtr& expression,
                             const std::function<ExpressionPtr(const ExpressionPtr&)>& f);
/// Calls f on the expression and everything below, parents first. Stops going down where f returns false.
void for_each(const ExpressionPtr& expression, const std::function<bool(const ExpressionPtr&)>& f);
bool contains(const ExpressionPtr& expression, const std::function<bool(const Expression&)>& predicate);

/// Equal in structure; origins do not count.
bool equal(const Expression& a, const Expression& b);
bool equal(const ExpressionPtr& a, const ExpressionPtr& b);
/// Equal up to letter case of names and order of commutative operands; attributes by id. Grouping matches by it.
bool semantically_equal(const ExpressionPtr& a, const ExpressionPtr& b);
std::size_t hash_of(const ExpressionPtr& expression);

/// The SQL text that Spark derives column names from: "(a + 1)", "sum(x)", "CAST(a AS INT)", "CASE WHEN ... END".
std::string to_sql(const Expression& expression);
/// As printed in plan trees: attributes with "#id".
std::string to_string(const Expression& expression);
/// The column name an expression gets when it has no alias.
std::string name_of(const Expression& expression);

/// The attribute that an Alias or Attribute of an operator's list gives to the operator above.
ExpressionPtr to_attribute(const ExpressionPtr& named);

}  // namespace hammerscale::sql
