#include "sql/plan/expression.hpp"

#include <algorithm>
#include <atomic>

#include "hammerscale/base/error.hpp"
#include "sql/plan/plan.hpp"
#include "sql/plan/tree_release.hpp"
#include "sql/types/coercion.hpp"

namespace hammerscale::sql {

namespace {

struct ReleasedExpression : Expression {
  explicit ReleasedExpression(Expression&& expression) : Expression(std::move(expression)) {}
  ReleasedExpression(const ReleasedExpression&) = delete;
  ReleasedExpression& operator=(const ReleasedExpression&) = delete;
  ~ReleasedExpression() { plan_detail::TreeRelease::release(node); }
};

template <typename... Handlers>
struct Overloaded : Handlers... {
  using Handlers::operator()...;
};

[[noreturn]] void fail_unresolved(const Expression& expression) {
  throw InternalError("type of an unresolved expression", {{"expression", to_string(expression)}});
}

bool any_child(const Expression& expression, bool (*predicate)(const Expression&)) {
  const auto children = children_of(expression);
  return std::any_of(children.begin(), children.end(), [&](const auto& child) { return predicate(*child); });
}

/// `bound` holds the ids of the lambda variables around.
bool is_foldable_under(const Expression& expression, std::vector<AttributeId>& bound) {
  const auto children_foldable = [&] {
    const auto children = children_of(expression);
    return std::all_of(children.begin(), children.end(),
                       [&](const auto& child) { return is_foldable_under(*child, bound); });
  };
  return std::visit(Overloaded{
      [](const Literal&) { return true; },
      [&](const Alias&) { return children_foldable(); },
      [&](const Cast&) { return children_foldable(); },
      [&](const CaseWhen&) { return children_foldable(); },
      [&](const FunctionCall& call) { return call.is_deterministic && !call.is_generator && children_foldable(); },
      [&](const LambdaVariable& variable) { return std::find(bound.begin(), bound.end(), variable.id) != bound.end(); },
      [&](const LambdaFunction& lambda) {
        const auto outer_size = bound.size();
        for (const auto& variable : lambda.variables) {
          if (const auto* known = variable->get_if<LambdaVariable>()) { bound.push_back(known->id); }
        }
        const bool foldable = is_foldable_under(*lambda.body, bound);
        bound.resize(outer_size);
        return foldable;
      },
      [](const auto&) { return false; }}, expression.node);
}

}  // namespace

AttributeId next_attribute_id() {
  static std::atomic<AttributeId> last{0};
  return last.fetch_add(1, std::memory_order_relaxed) + 1;
}

ExpressionPtr share(Expression expression) { return std::make_shared<ReleasedExpression>(std::move(expression)); }

ExpressionPtr make_literal(Value value, DataType type, Origin origin) {
  return make_expression(Literal{std::move(value), std::move(type)}, origin);
}

ExpressionPtr make_int_literal(std::int32_t value) {
  return make_literal(Value(static_cast<std::int64_t>(value)), TypeId::kInt);
}

ExpressionPtr make_bigint_literal(std::int64_t value) { return make_literal(Value(value), TypeId::kBigint); }

ExpressionPtr make_string_literal(std::string value) { return make_literal(Value(std::move(value)), TypeId::kString); }

ExpressionPtr make_bool_literal(bool value) { return make_literal(Value(value), TypeId::kBoolean); }

ExpressionPtr make_null_literal(DataType type) { return make_literal(Value(), std::move(type)); }

ExpressionPtr make_call(std::string name, Expressions arguments, Origin origin) {
  UnresolvedFunction call;
  call.name.push_back(std::move(name));
  call.arguments = std::move(arguments);
  return make_expression(std::move(call), origin);
}

DataType type_of(const Expression& expression) {
  return std::visit(
      Overloaded{[](const Literal& literal) { return literal.type; },
                 [](const Alias& alias) { return type_of(*alias.child); }, [](const Cast& cast) { return cast.type; },
                 [&](const CaseWhen& choice) {
                   if (choice.branches.empty()) { fail_unresolved(expression); }
                   return type_of(*choice.branches.front().second);
                 },
                 [](const SortOrder& order) { return type_of(*order.child); },
                 [](const NamedArgument& argument) { return type_of(*argument.value); },
                 [](const WindowExpression& window) { return type_of(*window.function); },
                 [](const LambdaFunction& lambda) { return type_of(*lambda.body); },
                 [](const LambdaVariable& variable) { return variable.type; },
                 [&](const SubqueryExpression& subquery) {
                   if (subquery.kind == SubqueryKind::kExists || subquery.kind == SubqueryKind::kIn) {
                     return DataType(TypeId::kBoolean);
                   }
                   if (subquery.kind == SubqueryKind::kTableArgument) {
                     return DataType::structure(schema_of(*subquery.plan));
                   }
                   const auto output = output_of(*subquery.plan);
                   if (output.empty()) { fail_unresolved(expression); }
                   return type_of(*output.front());
                 },
                 [](const Attribute& attribute) { return attribute.type; },
                 [](const OuterReference& outer) { return type_of(*outer.attribute); },
                 [](const BoundReference& reference) { return reference.type; },
                 [](const FunctionCall& call) { return call.type; },
                 [](const AggregateCall& call) { return call.type; },
                 [&](const auto&) -> DataType { fail_unresolved(expression); }},
      expression.node);
}

bool is_nullable(const Expression& expression) {
  return std::visit(Overloaded{
      [](const Literal& literal) { return literal.value.is_null(); },
      [](const Alias& alias) { return is_nullable(*alias.child); },
      [](const Cast& cast) {
        return is_nullable(*cast.child) || cast_may_give_null(type_of(*cast.child), cast.type, cast.mode);
      },
      [](const CaseWhen& choice) {
        return choice.otherwise == nullptr || is_nullable(*choice.otherwise) ||
               std::any_of(choice.branches.begin(), choice.branches.end(),
                           [](const auto& branch) { return is_nullable(*branch.second); });
      },
      [](const SortOrder& order) { return is_nullable(*order.child); },
      [](const NamedArgument& argument) { return is_nullable(*argument.value); },
      [](const WindowExpression& window) { return is_nullable(*window.function); },
      [](const LambdaFunction& lambda) { return is_nullable(*lambda.body); },
      [](const LambdaVariable& variable) { return variable.nullable; },
      [](const SubqueryExpression& subquery) {
        if (subquery.kind == SubqueryKind::kScalar) { return true; }
        if (subquery.kind != SubqueryKind::kIn) { return false; }
        const auto nullable = [](const ExpressionPtr& part) { return is_nullable(*part); };
        const auto output = output_of(*subquery.plan);
        return std::any_of(subquery.values.begin(), subquery.values.end(), nullable) ||
               std::any_of(output.begin(), output.end(), nullable);
      },
      [](const Attribute& attribute) { return attribute.nullable; },
      [](const OuterReference& outer) { return is_nullable(*outer.attribute); },
      [](const BoundReference& reference) { return reference.nullable; },
      [](const FunctionCall& call) { return call.nullable; },
      [](const AggregateCall& call) { return call.nullable; },
      [&](const auto&) -> bool { fail_unresolved(expression); }}, expression.node);
}

bool is_resolved(const Expression& expression) {
  const bool node_resolved = std::visit(Overloaded{
      [](const UnresolvedAttribute&) { return false; },
      [](const UnresolvedStar&) { return false; },
      [](const UnresolvedFunction&) { return false; },
      [](const UnresolvedExtract&) { return false; },
      [](const NamedArgument&) { return false; },
      [](const Parameter&) { return false; },
      [](const IdentifierClause&) { return false; },
      [](const MultiAlias&) { return false; },
      [](const UnresolvedWindowReference&) { return false; },
      [](const WindowExpression& window) { return window.spec.base.empty(); },
      [](const auto&) { return true; }}, expression.node);
  return node_resolved && !any_child(expression, [](const Expression& child) { return !is_resolved(child); });
}

bool is_deterministic(const Expression& expression) {
  const auto* call = expression.get_if<FunctionCall>();
  if (call != nullptr && !call->is_deterministic) { return false; }
  return !any_child(expression, [](const Expression& child) { return !is_deterministic(child); });
}

bool is_foldable(const Expression& expression) {
  std::vector<AttributeId> bound;
  return is_foldable_under(expression, bound);
}

std::string name_of(const Expression& expression) {
  return std::visit(Overloaded{
      [](const Alias& alias) { return alias.name; },
      [](const Attribute& attribute) { return attribute.name; },
      [](const UnresolvedAttribute& attribute) { return attribute.parts.back(); },
      [](const OuterReference& outer) { return "outer(" + to_sql(*outer.attribute) + ")"; },
      [](const LambdaVariable& variable) { return variable.name; },
      [&](const UnresolvedFunction& call) {
        // A path into a variant is named after its last field.
        if (call.name.size() == 1 && call.name[0] == "semi_structured_extract" && call.arguments.size() == 2) {
          const auto* path = call.arguments[1]->get_if<Literal>();
          const auto at = path == nullptr ? std::string::npos : path->value.as_string().find_last_of(".[]");
          if (at != std::string::npos && path->value.as_string()[at] == '.') {
            return path->value.as_string().substr(at + 1);
          }
        }
        return to_sql(expression);
      },
      [&](const Cast& cast) {
        // A column that is only cast keeps its name.
        const bool is_column = cast.child->is<UnresolvedAttribute>() || cast.child->is<Attribute>();
        return is_column || cast.is_implicit ? name_of(*cast.child) : to_sql(expression);
      },
      [&](const auto&) { return to_sql(expression); }}, expression.node);
}

ExpressionPtr to_attribute(const ExpressionPtr& named) {
  if (named->is<Attribute>()) { return named; }
  if (const auto* alias = named->get_if<Alias>()) {
    return make_expression(Attribute{alias->name, type_of(*alias->child), is_nullable(*alias->child), alias->id, {}},
                           named->origin);
  }
  throw InternalError("expression has no name", {{"expression", to_string(*named)}});
}

}  // namespace hammerscale::sql
