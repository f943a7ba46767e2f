#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>

#include "sql/analyzer/aggregate_rewriting.hpp"
#include "sql/analyzer/builtin_call.hpp"
#include "sql/analyzer/datetime_arithmetic.hpp"
#include "sql/analyzer/plan_columns.hpp"
#include "sql/analyzer/resolver.hpp"
#include "sql/types/coercion.hpp"

namespace hammerscale::sql {

namespace {

std::string quoted_sql(const Expression& expression) { return "\"" + to_sql(expression) + "\""; }

[[noreturn]] void fail_unsupported_syntax(std::string_view function, std::string_view syntax, Origin origin) {
  throw SqlError("INVALID_SQL_SYNTAX.FUNCTION_WITH_UNSUPPORTED_SYNTAX",
                 {{"prettyName", quote_identifier(function)}, {"syntax", std::string(syntax)}}, origin);
}

// What only aggregate functions take.
void check_plain_call(const UnresolvedFunction& call, std::string_view name, Origin origin) {
  if (call.is_distinct) { fail_unsupported_syntax(name, "DISTINCT", origin); }
  if (call.filter) { fail_unsupported_syntax(name, "FILTER CLAUSE", origin); }
  if (call.ignore_nulls) { fail_unsupported_syntax(name, "IGNORE NULLS", origin); }
  if (!call.within_group.empty()) { fail_unsupported_syntax(name, "WITHIN GROUP (ORDER BY ...)", origin); }
}

// struct(a, b + 1, c AS d) is named_struct('a', a, 'col2', b + 1, 'd', c): names are known here, not where types are.
ExpressionPtr bind_struct(Expressions values, AnalyzerContext& context, Origin origin) {
  Expressions pairs;
  for (std::size_t i = 0; i < values.size(); ++i) {
    std::string name = "col" + std::to_string(i + 1);
    const auto* call = values[i]->get_if<FunctionCall>();
    if (const auto* alias = values[i]->get_if<Alias>()) {
      name = alias->name;
      values[i] = alias->child;
    } else if (values[i]->is<Attribute>() || values[i]->is<LambdaVariable>()) {
      name = name_of(*values[i]);
    } else if (call != nullptr && call->name == kGetStructField) {
      name = call->arguments[1]->get_if<Literal>()->value.as_string();
    }
    pairs.push_back(make_string_literal(std::move(name)));
    pairs.push_back(values[i]);
  }
  const ExpressionPtr named = call_builtin("named_struct", std::move(pairs), context, origin);
  FunctionCall call = *named->get_if<FunctionCall>();
  call.name = "struct";
  call.arguments = std::move(values);
  return make_expression(std::move(call), origin);
}

// int(x), string(x) and the like are casts.
std::optional<DataType> conversion_target(std::string_view name) {
  static const std::pair<std::string_view, DataType> kTargets[] = {{"bigint", TypeId::kBigint},
                                                                   {"binary", TypeId::kBinary},
                                                                   {"boolean", TypeId::kBoolean},
                                                                   {"date", TypeId::kDate},
                                                                   {"decimal", DataType::decimal(10, 0)},
                                                                   {"double", TypeId::kDouble},
                                                                   {"float", TypeId::kFloat},
                                                                   {"int", TypeId::kInt},
                                                                   {"smallint", TypeId::kSmallint},
                                                                   {"string", TypeId::kString},
                                                                   {"time", DataType::time(6)},
                                                                   {"timestamp", TypeId::kTimestamp},
                                                                   {"tinyint", TypeId::kTinyint}};
  for (const auto& [known, type] : kTargets) {
    if (known == name) { return type; }
  }
  return std::nullopt;
}

ExpressionPtr call_conversion(const ExpressionPtr& argument, const DataType& target, Origin origin) {
  const DataType from = type_of(*argument);
  if (!can_cast(from, target, CastMode::kAnsi)) {
    throw SqlError("DATATYPE_MISMATCH.CAST_WITHOUT_SUGGESTION",
                   {{"sqlExpr", quoted_sql(*argument)},
                    {"srcType", "\"" + from.to_sql() + "\""},
                    {"targetType", "\"" + target.to_sql() + "\""}},
                   origin);
  }
  // Not printed, as Spark names such a column after its argument.
  return make_expression(Cast{argument, target, CastMode::kAnsi, true}, origin);
}

// Where a qualified name says that a function is looked for.
struct FunctionPlace {
  NameParts name;
  bool in_builtin = true;
  bool in_session = true;
  bool in_catalogs = true;
};

FunctionPlace place_of(const NameParts& name) {
  FunctionPlace place{.name = name};
  const bool in_system = name.size() == 3 && same_name(name[0], "system");
  const std::string_view space = in_system          ? std::string_view(name[1])
                                 : name.size() == 2 ? std::string_view(name[0])
                                                    : "";
  if (same_name(space, "builtin")) { return {{name.back()}, true, false, false}; }
  if (same_name(space, "session")) { return {{name.back()}, false, true, false}; }
  if (name.size() > 1) { place.in_builtin = place.in_session = false; }
  return place;
}

}  // namespace

Expressions Resolver::resolve_arguments(const Expressions& arguments, Place& place) {
  Expressions resolved;
  for (const auto& argument : arguments) {
    if (const auto* star = argument->get_if<UnresolvedStar>()) {
      for (auto& column : expand_star(*star, place, argument->origin, {})) { resolved.push_back(std::move(column)); }
    } else if (const auto* named = argument->get_if<NamedArgument>()) {
      const bool is_lambda = named->value->is<LambdaFunction>();
      NamedArgument copy{named->name, is_lambda ? named->value : resolve_expression(named->value, place)};
      resolved.push_back(make_expression(std::move(copy), argument->origin));
    } else if (argument->is<LambdaFunction>()) {
      resolved.push_back(argument);
    } else {
      resolved.push_back(resolve_expression(argument, place));
    }
  }
  return resolved;
}

Expressions Resolver::order_arguments(std::string_view function, const Expressions& arguments,
                                      const std::vector<std::string_view>& parameters, Origin origin) {
  const auto is_named = [](const ExpressionPtr& argument) { return argument->is<NamedArgument>(); };
  const auto first_named = std::ranges::find_if(arguments, is_named);
  if (first_named == arguments.end()) { return arguments; }
  if (parameters.empty()) {
    throw SqlError("NAMED_PARAMETERS_NOT_SUPPORTED", {{"functionName", quote_identifier(function)}}, origin);
  }
  if (const auto positional = std::find_if_not(first_named, arguments.end(), is_named); positional != arguments.end()) {
    throw SqlError("UNEXPECTED_POSITIONAL_ARGUMENT",
                   {{"routineName", quote_identifier(function)},
                    {"parameterName", quote_identifier((*std::prev(positional))->get_if<NamedArgument>()->name)}},
                   (*positional)->origin);
  }
  const auto num_positional = static_cast<std::size_t>(first_named - arguments.begin());
  Expressions ordered(std::max(parameters.size(), num_positional));
  std::copy(arguments.begin(), first_named, ordered.begin());
  for (auto argument = first_named; argument != arguments.end(); ++argument) {
    const auto& named = *(*argument)->get_if<NamedArgument>();
    const auto parameter = std::ranges::find_if(parameters, [&](auto known) { return same_name(known, named.name); });
    if (parameter == parameters.end()) {
      std::string proposal;
      for (const auto known : parameters) { proposal += (proposal.empty() ? "" : ", ") + quote_identifier(known); }
      throw SqlError("UNRECOGNIZED_PARAMETER_NAME",
                     {{"routineName", quote_identifier(function)},
                      {"argumentName", quote_identifier(named.name)},
                      {"proposal", proposal}},
                     (*argument)->origin);
    }
    auto& slot = ordered[static_cast<std::size_t>(parameter - parameters.begin())];
    if (slot) {
      const bool is_positional = static_cast<std::size_t>(parameter - parameters.begin()) < num_positional;
      throw SqlError(is_positional ? "DUPLICATE_ROUTINE_PARAMETER_ASSIGNMENT.BOTH_POSITIONAL_AND_NAMED"
                                   : "DUPLICATE_ROUTINE_PARAMETER_ASSIGNMENT.DOUBLE_NAMED_ARGUMENT_REFERENCE",
                     {{"routineName", quote_identifier(function)}, {"parameterName", quote_identifier(named.name)}},
                     (*argument)->origin);
    }
    slot = named.value;
  }
  while (!ordered.empty() && !ordered.back()) { ordered.pop_back(); }
  for (std::size_t i = 0; i < ordered.size(); ++i) {
    if (ordered[i]) { continue; }
    throw SqlError("REQUIRED_PARAMETER_NOT_FOUND",
                   {{"routineName", quote_identifier(function)},
                    {"parameterName", quote_identifier(parameters[i])},
                    {"index", std::to_string(i)}},
                   origin);
  }
  return ordered;
}

ExpressionPtr Resolver::resolve_function(const UnresolvedFunction& call, Place& place, Origin origin) {
  const FunctionPlace where = place_of(call.name);
  const std::string written = where.name.back();
  const std::string name = fold_name(written);

  if (where.in_builtin && (name == kGroupingCall || name == kGroupingIdCall)) {
    // Which bits they are is known once the grouping sets are.
    const bool is_bit = name == kGroupingCall;
    return make_expression(FunctionCall{.name = name,
                                        .arguments = resolve_arguments(call.arguments, place),
                                        .type = is_bit ? TypeId::kTinyint : TypeId::kBigint,
                                        .nullable = false},
                           origin);
  }
  if (where.in_session && where.name.size() == 1) {
    if (const SqlFunctionPtr function = context_.catalog->find_sql_function({written});
        function && function->name.size() == 1) {
      return resolve_sql_function(*function, call, place, origin);
    }
  }
  const auto& own = context_.catalog->registered_functions();
  const auto& builtin = builtin_functions();
  const auto find = [&](auto member) {
    auto* found = where.in_session ? (own.*member)(name) : nullptr;
    return found == nullptr && where.in_builtin ? (builtin.*member)(name) : found;
  };
  if (const auto* function = find(&FunctionRegistry::find_aggregate)) {
    return resolve_aggregate_call(*function, name, call, place, origin);
  }
  if (const auto* function = find(&FunctionRegistry::find_window)) {
    return resolve_window_function(*function, name, call, place, origin);
  }
  if (const auto* function = find(&FunctionRegistry::find_scalar)) {
    check_plain_call(call, name, origin);
    Expressions arguments = resolve_arguments(call.arguments, place);
    if (name == "struct") { return bind_struct(std::move(arguments), context_, origin); }
    if (arguments.size() == 2) {
      if (ExpressionPtr special = bind_datetime_operator(name, arguments, context_, origin)) { return special; }
    }
    return resolve_scalar(*function, name, std::move(arguments), place, origin);
  }
  if (const auto target = where.in_builtin ? conversion_target(name) : std::nullopt) {
    check_plain_call(call, name, origin);
    Expressions arguments = resolve_arguments(call.arguments, place);
    if (arguments.size() != 1) {
      throw SqlError("WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
                     {{"functionName", quote_identifier(name)},
                      {"expectedNum", "1"},
                      {"actualNum", std::to_string(arguments.size())},
                      {"docroot", "https://spark.apache.org/docs/latest"}},
                     origin);
    }
    return call_conversion(arguments[0], *target, origin);
  }
  if (where.in_catalogs) {
    if (const SqlFunctionPtr function = context_.catalog->find_sql_function(where.name)) {
      return resolve_sql_function(*function, call, place, origin);
    }
  }
  throw SqlError("UNRESOLVED_ROUTINE",
                 {{"routineName", quote_name(call.name)}, {"searchPath", context_.catalog->search_path()}}, origin);
}

ExpressionPtr Resolver::resolve_scalar(const ScalarFunction& function, std::string name, Expressions arguments,
                                       Place& place, Origin origin) {
  arguments = order_arguments(name, arguments, function.parameter_names, origin);
  if (!function.default_arguments.empty() && arguments.size() >= function.num_required) {
    while (arguments.size() < function.num_required + function.default_arguments.size()) {
      const auto& [value, type] = function.default_arguments[arguments.size() - function.num_required];
      arguments.push_back(make_literal(value, type, origin));
    }
  }
  if ((name == "aggregate" || name == "reduce") && arguments.size() == 3) {
    // The result as it is: what finishes nothing.
    const ExpressionPtr variable = make_expression(UnresolvedAttribute{{"id"}});
    arguments.push_back(make_expression(LambdaFunction{{variable}, variable}));
  }
  const bool has_lambda =
      std::ranges::any_of(arguments, [](const auto& argument) { return argument->template is<LambdaFunction>(); });
  if (has_lambda) { resolve_lambdas(function, name, arguments, place, origin); }
  return bind_call(function, std::move(name), std::move(arguments), context_, origin);
}

void Resolver::resolve_lambdas(const ScalarFunction& function, std::string_view name, Expressions& arguments,
                               Place& place, Origin origin) {
  if (!function.lambda_variables) {
    throw SqlError("INVALID_LAMBDA_FUNCTION_CALL.NON_HIGHER_ORDER_FUNCTION", {{"class", std::string(name)}}, origin);
  }
  // Lambdas have no type yet; NULL literals hold their places while their variables are asked for.
  Expressions placeholders = arguments;
  std::vector<std::size_t> num_variables(arguments.size(), 0);
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const auto* lambda = arguments[i]->get_if<LambdaFunction>();
    if (lambda == nullptr) { continue; }
    num_variables[i] = lambda->variables.size();
    placeholders[i] = make_null_literal();
  }
  CallInputHolder holder;
  CallInput input;
  holder.describe(name, placeholders, context_, origin, input);
  CallInputHolder::fill_texts(placeholders, input);
  const auto types = function.lambda_variables(input, num_variables);
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const auto* lambda = arguments[i]->get_if<LambdaFunction>();
    if (lambda == nullptr) { continue; }
    const std::size_t num_typed = i < types.size() ? types[i].size() : 0;
    if (lambda->variables.size() > num_typed) {
      throw SqlError(
          "INVALID_LAMBDA_FUNCTION_CALL.NUM_ARGS_MISMATCH",
          {{"expectedNumArgs", std::to_string(lambda->variables.size())}, {"actualNumArgs", std::to_string(num_typed)}},
          arguments[i]->origin);
    }
    LambdaFunction typed;
    std::set<std::string> seen;
    for (std::size_t v = 0; v < lambda->variables.size(); ++v) {
      const auto& variable = lambda->variables[v];
      const auto* unresolved = variable->get_if<UnresolvedAttribute>();
      const std::string& variable_name =
          unresolved != nullptr ? unresolved->parts[0] : variable->get_if<LambdaVariable>()->name;
      if (!seen.insert(fold_name(variable_name)).second) {
        throw SqlError(
            "INVALID_LAMBDA_FUNCTION_CALL.DUPLICATE_ARG_NAMES",
            {{"args", quote_identifier(variable_name)}, {"caseSensitiveConfig", "\"spark.sql.caseSensitive\""}},
            arguments[i]->origin);
      }
      const Field& field = types[i][v];
      typed.variables.push_back(make_expression(
          LambdaVariable{variable_name, field.type, field.nullable, next_attribute_id()}, variable->origin));
    }
    const std::size_t outer_variables = place.lambda_variables.size();
    place.lambda_variables.insert(place.lambda_variables.end(), typed.variables.begin(), typed.variables.end());
    typed.body = resolve_expression(lambda->body, place);
    place.lambda_variables.resize(outer_variables);
    arguments[i] = make_expression(std::move(typed), arguments[i]->origin);
  }
}

ExpressionPtr Resolver::resolve_aggregate_call(const AggregateFunction& function, std::string name,
                                               const UnresolvedFunction& call, Place& place, Origin origin) {
  const bool is_window = place.inside_window_function;
  if (place.inside_aggregate) { throw SqlError("NESTED_AGGREGATE_FUNCTION", {}, origin); }
  // Arguments of a window's own function may hold aggregates; those of an aggregate may not.
  place.inside_window_function = false;
  place.inside_aggregate = !is_window;
  Expressions written = call.arguments;
  const bool is_count_star = name == "count" && written.size() == 1 && written[0]->is<UnresolvedStar>() &&
                             written[0]->get_if<UnresolvedStar>()->target.empty() && !call.is_distinct;
  if (is_count_star) { written = {make_int_literal(1)}; }
  AggregateCall resolved;
  resolved.arguments = order_arguments(name, resolve_arguments(written, place), function.parameter_names, origin);
  for (const auto& order : call.within_group) { resolved.within_group.push_back(resolve_expression(order, place)); }
  if (call.filter) {
    resolved.filter = resolve_expression(call.filter, place);
    if (type_of(*resolved.filter).id() != TypeId::kBoolean) {
      throw SqlError("INVALID_AGGREGATE_FILTER.NOT_BOOLEAN", {{"filterExpr", quoted_sql(*resolved.filter)}}, origin);
    }
  }
  place.inside_aggregate = false;
  place.inside_window_function = is_window;

  for (const auto& argument : resolved.arguments) {
    if (contains_generator(argument)) {
      throw SqlError("UNSUPPORTED_GENERATOR.NESTED_IN_EXPRESSIONS", {{"expression", quoted_sql(*argument)}}, origin);
    }
    if (contains_window(argument)) { throw SqlError("NESTED_AGGREGATE_FUNCTION", {}, origin); }
  }
  if (!call.within_group.empty() && !function.takes_within_group) {
    fail_unsupported_syntax(name, "WITHIN GROUP (ORDER BY ...)", origin);
  }
  if (resolved.filter) {
    const auto fail_filter = [&](std::string_view kind) {
      throw SqlError("INVALID_AGGREGATE_FILTER." + std::string(kind),
                     {{"filterExpr", quoted_sql(*resolved.filter)}, {"aggExpr", ""}}, origin);
    };
    if (!is_deterministic(*resolved.filter)) { fail_filter("NON_DETERMINISTIC"); }
    if (contains_window(resolved.filter)) { fail_filter("CONTAINS_WINDOW_FUNCTION"); }
  }
  resolved.name = std::move(name);
  resolved.is_distinct = call.is_distinct;
  resolved.ignore_nulls = call.ignore_nulls;
  return bind_aggregate(function, std::move(resolved), context_, origin);
}

ExpressionPtr Resolver::resolve_window_function(const WindowFunction& function, std::string name,
                                                const UnresolvedFunction& call, Place& place, Origin origin) {
  if (!place.inside_window_function) {
    throw SqlError("WINDOW_FUNCTION_WITHOUT_OVER_CLAUSE", {{"funcName", quoted_sql(Expression{call, origin})}}, origin);
  }
  if (call.is_distinct) { fail_unsupported_syntax(name, "DISTINCT", origin); }
  if (call.filter) { fail_unsupported_syntax(name, "FILTER CLAUSE", origin); }
  place.inside_window_function = false;
  Expressions arguments = resolve_arguments(call.arguments, place);
  place.inside_window_function = true;
  CallInputHolder holder;
  CallInput input;
  holder.describe(name, arguments, context_, origin, input);
  CallInputHolder::fill_texts(arguments, input);
  const BoundWindowFunction bound = function.bind(input);
  AggregateCall resolved;
  resolved.name = std::move(name);
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    resolved.arguments.push_back(cast_implicitly(arguments[i], bound.argument_types[i]));
  }
  resolved.type = bound.type;
  resolved.nullable = bound.nullable;
  resolved.ignore_nulls = call.ignore_nulls;
  resolved.is_window_function = true;
  return make_expression(std::move(resolved), origin);
}

ExpressionPtr Resolver::resolve_sql_function(const SqlFunctionInfo& function, const UnresolvedFunction& call,
                                             Place& place, Origin origin) {
  const std::string name = quote_name(function.name);
  if (function.is_table_function) { throw SqlError("NOT_A_SCALAR_FUNCTION", {{"functionName", name}}, origin); }
  check_plain_call(call, function.name.back(), origin);
  std::vector<std::string_view> parameters;
  for (const auto& parameter : function.parameters) { parameters.push_back(parameter.name); }
  Expressions arguments = resolve_arguments(call.arguments, place);
  std::vector<std::string_view> defaulted = parameters;
  // Parameters that are left out take their defaults, as named arguments behind those that were written.
  std::set<std::string> given;
  std::size_t num_positional = 0;
  for (const auto& argument : arguments) {
    if (const auto* named = argument->get_if<NamedArgument>()) {
      given.insert(fold_name(named->name));
    } else if (num_positional < function.parameters.size()) {
      given.insert(fold_name(function.parameters[num_positional++].name));
    }
  }
  for (const auto& parameter : function.parameters) {
    if (given.contains(fold_name(parameter.name)) || !parameter.default_value) { continue; }
    Place nothing;
    arguments.push_back(
        make_expression(NamedArgument{parameter.name, resolve_expression(parameter.default_value, nothing)}));
  }
  arguments = order_arguments(function.name.back(), arguments, parameters, origin);
  if (arguments.size() != parameters.size()) {
    throw SqlError("WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
                   {{"functionName", quote_identifier(function.name.back())},
                    {"expectedNum", std::to_string(parameters.size())},
                    {"actualNum", std::to_string(arguments.size())},
                    {"docroot", "https://spark.apache.org/docs/latest"}},
                   origin);
  }
  // The body is resolved over attributes that stand for the parameters, which the arguments then replace.
  Expressions columns;
  std::map<AttributeId, ExpressionPtr> replacements;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const auto& parameter = function.parameters[i];
    Attribute attribute{parameter.name, parameter.type, true, next_attribute_id(), {function.name.back()}};
    replacements[attribute.id] = cast_implicitly(arguments[i], parameter.type);
    columns.push_back(make_expression(std::move(attribute)));
  }
  if (depth_ > 200) { throw SqlError("FAILED_TO_PARSE_TOO_COMPLEX", {}, origin); }
  depth_ += 10;
  Place body_place;
  body_place.names.levels.push_back(std::move(columns));
  ExpressionPtr body = resolve_expression(function.body, body_place);
  depth_ -= 10;
  if (function.return_type) { body = cast_implicitly(body, *function.return_type); }
  return replace_attributes(body, replacements);
}

}  // namespace hammerscale::sql
