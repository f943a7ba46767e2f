#include <utility>

#include "sql/analyzer/builtin_call.hpp"
#include "sql/analyzer/plan_columns.hpp"
#include "sql/analyzer/resolver.hpp"

namespace hammerscale::sql {

namespace {

std::string quoted_sql(const Expression& expression) { return "\"" + to_sql(expression) + "\""; }

// WHERE may hold neither aggregates nor windows nor generators.
void check_where(const ExpressionPtr& condition, Origin origin) {
  if (contains_window(condition)) {
    throw SqlError("WINDOW_FUNCTION_NOT_ALLOWED_IN_CLAUSE", {{"clauseName", "WHERE"}}, origin);
  }
  std::string offenders;
  for_each(condition, [&](const ExpressionPtr& part) {
    const auto* call = part->get_if<FunctionCall>();
    const bool is_bad = part->is<AggregateCall>() || (call != nullptr && call->is_generator);
    if (is_bad) { offenders += (offenders.empty() ? "" : ", ") + to_sql(*part); }
    return !is_bad;
  });
  if (offenders.empty()) { return; }
  throw SqlError("INVALID_WHERE_CONDITION", {{"condition", quoted_sql(*condition)}, {"expressionList", offenders}},
                 origin);
}

}  // namespace

PlanPtr Resolver::resolve_filter(const Filter& filter, Origin origin) {
  const PlanPtr child = resolve(filter.child);
  // A DataFrame may filter by columns that its last select dropped; SQL's WHERE stands where nothing is dropped.
  const Expressions output = output_of(*child);
  Place place = place_over({child});
  ExpressionPtr condition;
  PlanPtr below = child;
  const bool is_over_projection = !filter.child->origin.known() && (child->is<Project>() || child->is<Aggregate>());
  if (is_over_projection) {
    Expressions conditions = {filter.condition};
    below = resolve_lifted(child, conditions);
    condition = check_condition(conditions.front(), "where");
  } else {
    condition = resolve_condition(filter.condition, place, "where");
    // A key hidden by USING: the join's Project has to hand it on.
    below = with_hidden_columns(child, {condition});
  }
  check_where(condition, origin);
  return project_to(make_plan(Filter{below, condition}, origin), output);
}

PlanPtr Resolver::resolve_limit(const PlanPtr& child, const ExpressionPtr& count, bool is_offset, Origin origin) {
  const std::string name = is_offset ? "offset" : "limit";
  const PlanPtr resolved = resolve(child);
  Place place = place_over({resolved});
  const ExpressionPtr expression = resolve_expression(count, place);
  const auto fail = [&](std::string_view kind, ErrorParameters more) {
    ErrorParameters parameters = {{"name", name}, {"expr", quoted_sql(*expression)}};
    for (auto& parameter : more) { parameters.push_back(std::move(parameter)); }
    throw SqlError("INVALID_LIMIT_LIKE_EXPRESSION." + std::string(kind), std::move(parameters), origin);
  };
  if (!is_foldable(*expression)) { fail("IS_UNFOLDABLE", {}); }
  const DataType type = type_of(*expression);
  const bool is_integer = type.id() == TypeId::kInt || type.id() == TypeId::kBigint;
  if (!is_integer) { fail("DATA_TYPE", {{"dataType", "\"" + type.to_sql() + "\""}}); }
  const Value value = constant_value(expression);
  if (value.is_null()) { fail("IS_NULL", {}); }
  if (value.as_int64() < 0) { fail("IS_NEGATIVE", {{"v", std::to_string(value.as_int64())}}); }
  const ExpressionPtr literal = make_literal(value, TypeId::kBigint, expression->origin);
  return is_offset ? make_plan(Offset{resolved, literal}, origin) : make_plan(Limit{resolved, literal}, origin);
}

PlanPtr Resolver::resolve_sample(const Sample& sample, Origin origin) {
  Sample resolved = sample;
  resolved.child = resolve(sample.child);
  if (sample.unit == SampleUnit::kRows && sample.num_rows) {
    // TABLESAMPLE (n ROWS) is a limit.
    return resolve_limit(resolved.child, sample.num_rows, false, origin);
  }
  return make_plan(std::move(resolved), origin);
}

PlanPtr Resolver::resolve_generate(const Generate& generate, Origin origin) {
  const PlanPtr child = resolve(generate.child);
  if (!generate.output.empty()) {
    return child == generate.child ? make_plan(generate, origin)
                                   : make_plan(
                                         [&] {
                                           Generate copy = generate;
                                           copy.child = child;
                                           return copy;
                                         }(),
                                         origin);
  }
  Place place = place_over({child});
  const ExpressionPtr generator = resolve_expression(generate.generator, place);
  const auto* call = generator->get_if<FunctionCall>();
  if (call == nullptr || !call->is_generator) {
    const auto* written = generate.generator->get_if<UnresolvedFunction>();
    throw SqlError("UNSUPPORTED_GENERATOR.NOT_GENERATOR",
                   {{"functionName", written != nullptr ? quote_name(written->name) : "`" + to_sql(*generator) + "`"},
                    {"classCanonicalName", "expression"}},
                   origin);
  }
  const DataType row = type_of(*generator);
  Generate resolved = generate;
  resolved.child = child;
  resolved.generator = generator;
  if (!generate.names.empty() && generate.names.size() != row.fields().size()) {
    std::string aliases;
    for (const auto& name : generate.names) { aliases += (aliases.empty() ? "" : ",") + name; }
    throw SqlError("UDTF_ALIAS_NUMBER_MISMATCH",
                   {{"aliasesSize", std::to_string(row.fields().size())}, {"aliasesNames", aliases}}, origin);
  }
  for (std::size_t i = 0; i < row.fields().size(); ++i) {
    const Field& field = row.fields()[i];
    resolved.output.push_back(make_expression(Attribute{
        generate.names.empty() ? field.name : generate.names[i], field.type, field.nullable || generate.is_outer,
        next_attribute_id(), generate.qualifier.empty() ? NameParts{} : NameParts{generate.qualifier}}));
  }
  return make_plan(std::move(resolved), origin);
}

PlanPtr Resolver::resolve_repartition(const Repartition& repartition, Origin origin) {
  Repartition resolved = repartition;
  resolved.child = resolve(repartition.child);
  const Expressions output = output_of(*resolved.child);
  resolved.child = resolve_lifted(resolved.child, resolved.keys);
  return project_to(make_plan(std::move(resolved), origin), output);
}

PlanPtr Resolver::resolve_deduplicate(const Deduplicate& deduplicate, Origin origin) {
  Deduplicate resolved = deduplicate;
  resolved.child = resolve(deduplicate.child);
  Place place = place_over({resolved.child});
  for (auto& key : resolved.keys) { key = resolve_expression(key, place); }
  if (resolved.keys.empty()) { return make_plan(Distinct{resolved.child}, origin); }
  return make_plan(std::move(resolved), origin);
}

}  // namespace hammerscale::sql
