#include "sql/analyzer/constant_evaluator.hpp"

#include <map>
#include <utility>

#include "hammerscale/base/check.hpp"
#include "hammerscale/base/error.hpp"
#include "sql/functions/registry.hpp"
#include "sql/types/cast.hpp"
#include "sql/vector/vector.hpp"

namespace hammerscale::sql {

namespace {

template <typename... Handlers>
struct Overloaded : Handlers... {
  using Handlers::operator()...;
};

// Evaluates one tree; `variables` hold the values of the lambdas around.
class Evaluator {
 public:
  explicit Evaluator(EvaluationContext& context) : context_(context) {}

  Value evaluate(const Expression& expression) {
    return std::visit(Overloaded{[](const Literal& node) { return node.value; },
                                 [&](const Alias& node) { return evaluate(*node.child); },
                                 [&](const Cast& node) { return evaluate_cast(node, expression.origin); },
                                 [&](const CaseWhen& node) { return evaluate_case(node); },
                                 [&](const LambdaVariable& node) {
                                   const auto found = variables_.find(node.id);
                                   HS_CHECK(found != variables_.end());
                                   return found->second;
                                 },
                                 [&](const FunctionCall& node) { return evaluate_call(node, expression.origin); },
                                 [](const auto&) -> Value { throw InternalError("expression has no constant value"); }},
                      expression.node);
  }

 private:
  // One lambda of a call: its body is evaluated element by element.
  class Lambda : public LambdaCall {
   public:
    Lambda(Evaluator& evaluator, const LambdaFunction& function) : evaluator_(evaluator), function_(function) {}

    Vector call(std::span<const Vector> variables, std::span<const std::int32_t> outer_rows) override {
      const auto num_rows = static_cast<std::int32_t>(outer_rows.size());
      const DataType type = type_of(*function_.body);
      Vector result(type, num_rows, evaluator_.context_.memory);
      result.set_size(num_rows);
      for (std::int32_t row = 0; row < num_rows; ++row) {
        for (std::size_t v = 0; v < function_.variables.size() && v < variables.size(); ++v) {
          const auto& variable = *function_.variables[v]->get_if<LambdaVariable>();
          evaluator_.variables_[variable.id] = variables[v].value(row);
        }
        result.set_value(row, evaluator_.evaluate(*function_.body));
      }
      return result;
    }

   private:
    Evaluator& evaluator_;
    const LambdaFunction& function_;
  };

  Value evaluate_cast(const Cast& cast, Origin origin) {
    const Value value = evaluate(*cast.child);
    if (value.is_null()) { return value; }
    const DataType from = type_of(*cast.child);
    if (from == cast.type) { return value; }
    return cast_value(value, from, cast.type, cast.mode, context_, origin);
  }

  Value evaluate_case(const CaseWhen& choice) {
    for (const auto& [condition, value] : choice.branches) {
      const Value holds = evaluate(*condition);
      if (!holds.is_null() && holds.as_bool()) { return evaluate(*value); }
    }
    return choice.otherwise ? evaluate(*choice.otherwise) : Value();
  }

  // Parts that are not needed are not evaluated: they may be errors.
  std::optional<Value> evaluate_lazily(const FunctionCall& call) {
    if (call.name == "and" || call.name == "or") {
      const bool decides = call.name == "or";
      const Value left = evaluate(*call.arguments[0]);
      if (!left.is_null() && left.as_bool() == decides) { return left; }
      const Value right = evaluate(*call.arguments[1]);
      if (!right.is_null() && right.as_bool() == decides) { return right; }
      return left.is_null() ? left : right;
    }
    if (call.name == "if" && call.arguments.size() == 3) {
      const Value holds = evaluate(*call.arguments[0]);
      return evaluate(*call.arguments[!holds.is_null() && holds.as_bool() ? 1 : 2]);
    }
    if (call.name == "coalesce" || call.name == "nvl" || call.name == "ifnull") {
      for (const auto& argument : call.arguments) {
        Value value = evaluate(*argument);
        if (!value.is_null()) { return value; }
      }
      return Value();
    }
    return std::nullopt;
  }

  Value evaluate_call(const FunctionCall& call, Origin origin) {
    if (auto value = evaluate_lazily(call)) { return *value; }
    const ScalarFunction* function = builtin_functions().find_scalar(call.name);
    if (function == nullptr || !function->bind) {
      throw InternalError("function has no constant value", {{"function", call.name}});
    }
    CallInput input;
    input.name = call.name;
    input.context = &context_;
    input.origin = origin;
    std::vector<Value> values(call.arguments.size());
    std::vector<Vector> vectors(call.arguments.size());
    std::vector<const Vector*> pointers(call.arguments.size(), nullptr);
    std::vector<std::unique_ptr<Lambda>> lambdas(call.arguments.size());
    std::vector<LambdaCall*> lambda_pointers(call.arguments.size(), nullptr);
    for (std::size_t i = 0; i < call.arguments.size(); ++i) {
      const Expression& argument = *call.arguments[i];
      if (const auto* lambda = argument.get_if<LambdaFunction>()) {
        input.types.push_back(type_of(*lambda->body));
        input.nullable.push_back(is_nullable(*lambda->body));
        input.constants.push_back(nullptr);
        lambdas[i] = std::make_unique<Lambda>(*this, *lambda);
        lambda_pointers[i] = lambdas[i].get();
      } else {
        input.types.push_back(type_of(argument));
        input.nullable.push_back(is_nullable(argument));
        values[i] = evaluate(argument);
        input.constants.push_back(&values[i]);
        vectors[i] = Vector::constant(values[i], input.types[i], 1, context_.memory);
        pointers[i] = &vectors[i];
      }
      input.sql.push_back(to_sql(argument));
    }
    const BoundFunction bound = function->bind(input);
    if (bound.nulls == NullPolicy::kPropagate) {
      for (std::size_t i = 0; i < values.size(); ++i) {
        if (!lambdas[i] && values[i].is_null()) { return Value(); }
      }
    }
    return run(bound, pointers, lambda_pointers);
  }

  Value run(const BoundFunction& function, const std::vector<const Vector*>& vectors,
            const std::vector<LambdaCall*>& lambdas) {
    Vector result(function.type, 1, context_.memory);
    result.set_size(1);
    const Arguments arguments{vectors, lambdas, RowSet{nullptr, 1}, context_};
    function.evaluate(arguments, result);
    return result.value(0);
  }

  EvaluationContext& context_;
  std::map<AttributeId, Value> variables_;
};

}  // namespace

Value evaluate_constant(const ExpressionPtr& expression, EvaluationContext& context) {
  return Evaluator(context).evaluate(*expression);
}

std::optional<Value> try_evaluate_constant(const ExpressionPtr& expression, EvaluationContext& context) {
  if (const auto* literal = expression->get_if<Literal>()) { return literal->value; }
  try {
    return evaluate_constant(expression, context);
  } catch (const Error&) { return std::nullopt; }
}

}  // namespace hammerscale::sql
