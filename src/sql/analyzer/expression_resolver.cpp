#include <utility>

#include "sql/analyzer/builtin_call.hpp"
#include "sql/analyzer/constant_evaluator.hpp"
#include "sql/analyzer/identifier.hpp"
#include "sql/analyzer/plan_columns.hpp"
#include "sql/analyzer/resolver.hpp"
#include "sql/analyzer/type_unification.hpp"
#include "sql/types/cast.hpp"
#include "sql/types/coercion.hpp"

namespace hammerscale::sql {

namespace {

template <typename... Handlers>
struct Overloaded : Handlers... {
  using Handlers::operator()...;
};

std::string quoted_sql(const Expression& expression) { return "\"" + to_sql(expression) + "\""; }

ExpressionPtr resolve_parameter(const Parameter& parameter, const AnalyzerContext& context, Origin origin) {
  if (!parameter.name.empty()) {
    const auto found = context.named_parameters.find(parameter.name);
    if (found == context.named_parameters.end()) {
      throw SqlError("UNBOUND_SQL_PARAMETER", {{"name", parameter.name}}, origin);
    }
    return found->second;
  }
  const auto index = static_cast<std::size_t>(parameter.index);
  if (index >= context.positional_parameters.size()) {
    throw SqlError("UNBOUND_SQL_PARAMETER", {{"name", "_" + std::to_string(index)}}, origin);
  }
  return context.positional_parameters[index];
}

ExpressionPtr resolve_cast(const Cast& cast, ExpressionPtr child, Origin origin) {
  Cast resolved = cast;
  resolved.child = std::move(child);
  const DataType from = type_of(*resolved.child);
  if (!can_cast(from, cast.type, cast.mode)) {
    check_cast(from, cast.type, cast.mode, to_sql(Expression{resolved, origin}), origin);
  }
  return make_expression(std::move(resolved), origin);
}

ExpressionPtr resolve_case(CaseWhen choice, Origin origin) {
  for (std::size_t i = 0; i < choice.branches.size(); ++i) {
    auto& condition = choice.branches[i].first;
    const DataType type = type_of(*condition);
    if (type.is_null()) { condition = cast_implicitly(condition, TypeId::kBoolean); }
    if (type.id() != TypeId::kBoolean && !type.is_null()) {
      throw SqlError("DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE",
                     {{"sqlExpr", quoted_sql(Expression{choice, origin})},
                      {"paramIndex", ordinal_word(i + 1)},
                      {"requiredType", "\"BOOLEAN\""},
                      {"inputSql", quoted_sql(*condition)},
                      {"inputType", "\"" + type.to_sql() + "\""}},
                     origin);
    }
  }
  Expressions values;
  for (const auto& branch : choice.branches) { values.push_back(branch.second); }
  if (choice.otherwise) { values.push_back(choice.otherwise); }
  const auto common = common_type_of(values);
  if (!common) {
    std::string types;
    for (const auto& value : values) { types += (types.empty() ? "\"" : ", \"") + type_of(*value).to_sql() + "\""; }
    throw SqlError("DATATYPE_MISMATCH.DATA_DIFF_TYPES",
                   {{"sqlExpr", quoted_sql(Expression{choice, origin})},
                    {"functionName", "`casewhen`"},
                    {"dataType", "[" + types + "]"}},
                   origin);
  }
  for (auto& branch : choice.branches) { branch.second = cast_implicitly(branch.second, *common); }
  if (choice.otherwise) { choice.otherwise = cast_implicitly(choice.otherwise, *common); }
  return make_expression(std::move(choice), origin);
}

}  // namespace

Place Resolver::place_over(const std::vector<PlanPtr>& children) const {
  Place place;
  Expressions columns;
  Expressions hidden;
  for (const auto& child : children) {
    for (auto& column : output_of(*child)) { columns.push_back(std::move(column)); }
    for (auto& column : hidden_output_of(*child)) { hidden.push_back(std::move(column)); }
  }
  place.names.levels.push_back(std::move(columns));
  if (!hidden.empty()) { place.names.levels.push_back(std::move(hidden)); }
  place.names.outer = outer_;
  return place;
}

ExpressionPtr Resolver::resolve_expression(const ExpressionPtr& expression, Place& place) {
  const Origin origin = expression->origin;
  const auto in_place = [&](const ExpressionPtr& child) { return resolve_expression(child, place); };
  return std::visit(
      Overloaded{
          [&](const UnresolvedAttribute& node) { return resolve_attribute(node, place, origin); },
          [&](const UnresolvedStar&) -> ExpressionPtr {
            throw SqlError("INVALID_USAGE_OF_STAR_OR_REGEX", {{"elem", "'*'"}, {"prettyName", "expression"}}, origin);
          },
          [&](const UnresolvedFunction& node) { return resolve_function(node, place, origin); },
          [&](const UnresolvedExtract& node) {
            const ExpressionPtr child = resolve_expression(node.child, place);
            return resolve_extract(child, resolve_expression(node.extraction, place), origin);
          },
          [&](const NamedArgument& node) -> ExpressionPtr {
            throw SqlError("NAMED_PARAMETERS_NOT_SUPPORTED", {{"functionName", quote_identifier(node.name)}}, origin);
          },
          [&](const Parameter& node) { return resolve_expression(resolve_parameter(node, context_, origin), place); },
          [&](const IdentifierClause& node) {
            NameParts parts =
                parse_identifier(constant_value(resolve_expression(node.name, place)), *node.name, origin);
            parts.insert(parts.end(), node.suffix.begin(), node.suffix.end());
            if (!node.is_function) { return resolve_attribute(UnresolvedAttribute{std::move(parts)}, place, origin); }
            UnresolvedFunction call;
            call.name = std::move(parts);
            call.arguments = node.arguments;
            return resolve_function(call, place, origin);
          },
          [&](const MultiAlias& node) -> ExpressionPtr {
            MultiAlias copy = node;
            copy.child = resolve_expression(node.child, place);
            return make_expression(std::move(copy), origin);
          },
          [&](const UnresolvedWindowReference& node) { return resolve_window_reference(node, place, origin); },
          [&](const Cast& node) { return resolve_cast(node, resolve_expression(node.child, place), origin); },
          [&](const CaseWhen&) {
            const ExpressionPtr resolved = map_children(expression, in_place);
            return resolve_case(*resolved->get_if<CaseWhen>(), origin);
          },
          [&](const Alias& node) -> ExpressionPtr {
            Alias copy = node;
            copy.child = resolve_expression(node.child, place);
            if (copy.id == 0) { copy.id = next_attribute_id(); }
            if (copy.child == node.child && copy.id == node.id) { return expression; }
            return make_expression(std::move(copy), origin);
          },
          [&](const SortOrder&) -> ExpressionPtr {
            const ExpressionPtr resolved = map_children(expression, in_place);
            const auto& order = *resolved->get_if<SortOrder>();
            const DataType type = type_of(*order.child);
            if (!type.is_orderable()) {
              throw SqlError("DATATYPE_MISMATCH.INVALID_ORDERING_TYPE",
                             {{"sqlExpr", quoted_sql(*resolved)},
                              {"functionName", "`sortorder`"},
                              {"dataType", "\"" + type.to_sql() + "\""}},
                             origin);
            }
            return resolved;
          },
          [&](const WindowExpression& node) { return resolve_window(node, place, origin); },
          [&](const LambdaFunction& node) -> ExpressionPtr {
            if (is_resolved(*expression)) { return expression; }
            throw SqlError("INVALID_LAMBDA_FUNCTION_CALL.NON_HIGHER_ORDER_FUNCTION", {{"class", to_sql(*node.body)}},
                           origin);
          },
          [&](const SubqueryExpression& node) { return resolve_subquery(node, place, origin); },
          [&](const FunctionCall&) { return map_children(expression, in_place); },
          [&](const AggregateCall&) { return map_children(expression, in_place); },
          [&](const auto&) { return expression; }},
      expression->node);
}

ExpressionPtr Resolver::resolve_condition(const ExpressionPtr& condition, Place& place, std::string_view filter_name) {
  return check_condition(resolve_expression(condition, place), filter_name);
}

ExpressionPtr Resolver::check_condition(const ExpressionPtr& resolved, std::string_view filter_name) {
  const DataType type = type_of(*resolved);
  if (type.id() == TypeId::kBoolean) { return resolved; }
  if (type.is_null()) { return cast_implicitly(resolved, TypeId::kBoolean); }
  if (filter_name == "join") {
    throw SqlError("JOIN_CONDITION_IS_NOT_BOOLEAN_TYPE",
                   {{"joinCondition", quoted_sql(*resolved)}, {"conditionType", "\"" + type.to_sql() + "\""}},
                   resolved->origin);
  }
  throw SqlError(
      "DATATYPE_MISMATCH.FILTER_NOT_BOOLEAN",
      {{"sqlExpr", quoted_sql(*resolved)}, {"filter", quoted_sql(*resolved)}, {"type", "\"" + type.to_sql() + "\""}},
      resolved->origin);
}

Value Resolver::constant_value(const ExpressionPtr& expression) {
  return evaluate_constant(expression, *context_.evaluation);
}

}  // namespace hammerscale::sql
