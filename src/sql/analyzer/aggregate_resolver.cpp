#include <algorithm>
#include <functional>
#include <utility>

#include "sql/analyzer/aggregate_rewriting.hpp"
#include "sql/analyzer/builtin_call.hpp"
#include "sql/analyzer/plan_columns.hpp"
#include "sql/analyzer/resolver.hpp"

namespace hammerscale::sql {

namespace {

using GroupingSets = std::vector<Expressions>;  // Unresolved keys of each set.

constexpr std::size_t kMostGroupingSets = 65536;

const UnresolvedFunction* call_of(const ExpressionPtr& expression, std::string_view name) {
  const auto* call = expression->get_if<UnresolvedFunction>();
  return call != nullptr && call->name.size() == 1 && fold_name(call->name[0]) == name ? call : nullptr;
}

// (a, b) inside rollup, cube and grouping sets counts as one element.
Expressions elements_of(const ExpressionPtr& written) {
  if (const auto* group = call_of(written, "struct")) { return group->arguments; }
  return {written};
}

GroupingSets rollup_sets(const Expressions& arguments) {
  GroupingSets sets;
  for (std::size_t n = arguments.size() + 1; n-- > 0;) {
    Expressions set;
    for (std::size_t i = 0; i < n; ++i) {
      for (const auto& key : elements_of(arguments[i])) { set.push_back(key); }
    }
    sets.push_back(std::move(set));
  }
  return sets;
}

GroupingSets cube_sets(const Expressions& arguments, Origin origin) {
  if (arguments.size() > 16) { throw SqlError("GROUPING_SIZE_LIMIT_EXCEEDED", {{"maxSize", "16"}}, origin); }
  GroupingSets sets;
  for (std::size_t mask = std::size_t{1} << arguments.size(); mask-- > 0;) {
    Expressions set;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      if ((mask >> (arguments.size() - 1 - i) & 1U) == 0) { continue; }
      for (const auto& key : elements_of(arguments[i])) { set.push_back(key); }
    }
    sets.push_back(std::move(set));
  }
  return sets;
}

// What one element of GROUP BY stands for; a plain expression is one set of itself.
GroupingSets sets_of(const ExpressionPtr& written) {
  if (const auto* rollup = call_of(written, "rollup")) { return rollup_sets(rollup->arguments); }
  if (const auto* cube = call_of(written, "cube")) { return cube_sets(cube->arguments, written->origin); }
  if (const auto* list = call_of(written, "grouping sets")) {
    GroupingSets sets;
    for (const auto& argument : list->arguments) {
      const bool is_nested =
          call_of(argument, "rollup") || call_of(argument, "cube") || call_of(argument, "grouping sets");
      if (is_nested) {
        for (auto& set : sets_of(argument)) { sets.push_back(std::move(set)); }
      } else {
        sets.push_back(elements_of(argument));
      }
    }
    return sets;
  }
  return {{written}};
}

bool is_analytic(const ExpressionPtr& written) {
  return call_of(written, "rollup") || call_of(written, "cube") || call_of(written, "grouping sets");
}

GroupingSets all_sets(const Aggregate& aggregate, Origin origin) {
  if (aggregate.kind == GroupingKind::kRollup) { return rollup_sets(aggregate.grouping); }
  if (aggregate.kind == GroupingKind::kCube) { return cube_sets(aggregate.grouping, origin); }
  if (aggregate.kind == GroupingKind::kGroupingSets && !aggregate.grouping_sets.empty()) {
    return aggregate.grouping_sets;
  }
  GroupingSets sets = {{}};
  for (const auto& written : aggregate.grouping) {
    GroupingSets product;
    for (const auto& left : sets) {
      for (const auto& right : sets_of(written)) {
        Expressions both = left;
        both.insert(both.end(), right.begin(), right.end());
        product.push_back(std::move(both));
      }
    }
    if (product.size() > kMostGroupingSets) {
      throw SqlError("GROUPING_SIZE_LIMIT_EXCEEDED", {{"maxSize", std::to_string(kMostGroupingSets)}}, origin);
    }
    sets = std::move(product);
  }
  return sets;
}

bool contains_call(const ExpressionPtr& expression, std::string_view name) {
  return contains(expression, [&](const Expression& part) {
    const auto* call = part.get_if<FunctionCall>();
    return call != nullptr && call->name == name;
  });
}

const ExpressionPtr& unaliased(const ExpressionPtr& item) {
  const auto* alias = item->get_if<Alias>();
  return alias != nullptr ? alias->child : item;
}

std::optional<std::size_t> index_of(const Expressions& keys, const ExpressionPtr& expression) {
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (semantically_equal(keys[i], expression)) { return i; }
  }
  return std::nullopt;
}

ExpressionPtr as_column(const ExpressionPtr& value, Expressions& list) {
  for (const auto& item : list) {
    if (semantically_equal(unaliased(item), value)) { return to_attribute(item); }
  }
  const ExpressionPtr named = value->is<Attribute>()
                                  ? value
                                  : make_expression(Alias{value, name_of(*value), next_attribute_id()}, value->origin);
  list.push_back(named);
  return to_attribute(named);
}

}  // namespace

ExpressionPtr over_aggregate(const ExpressionPtr& expression, const Expressions& grouping, Expressions& list) {
  if (index_of(grouping, expression)) { return as_column(expression, list); }
  if (const auto* call = expression->get_if<AggregateCall>(); call != nullptr && !call->is_window_function) {
    return as_column(expression, list);
  }
  if (const auto* window = expression->get_if<WindowExpression>()) {
    // The window's own function is none of the Aggregate's; what it is applied to may be.
    WindowExpression copy = *window;
    copy.function =
        map_children(copy.function, [&](const ExpressionPtr& part) { return over_aggregate(part, grouping, list); });
    for (auto& key : copy.spec.partition_by) { key = over_aggregate(key, grouping, list); }
    for (auto& order : copy.spec.order_by) { order = over_aggregate(order, grouping, list); }
    return make_expression(std::move(copy), expression->origin);
  }
  if (const auto* subquery = expression->get_if<SubqueryExpression>();
      subquery != nullptr && !subquery->outer_references.empty()) {
    std::map<AttributeId, ExpressionPtr> replacements;
    for (const auto& outer : subquery->outer_references) {
      if (outer->is<Attribute>() && index_of(grouping, outer)) { replacements[id_of(outer)] = as_column(outer, list); }
    }
    SubqueryExpression copy = *subquery;
    for (auto& value : copy.values) { value = over_aggregate(value, grouping, list); }
    return replace_attributes(make_expression(std::move(copy), expression->origin), replacements);
  }
  if (expression->is<OuterReference>()) { return expression; }
  return map_children(expression, [&](const ExpressionPtr& part) { return over_aggregate(part, grouping, list); });
}

void Resolver::check_aggregate_list(const Expressions& grouping, const Expressions& list, bool has_group_by) {
  const std::function<void(const ExpressionPtr&)> check = [&](const ExpressionPtr& part) {
    if (index_of(grouping, part)) { return; }
    if (const auto* call = part->get_if<AggregateCall>(); call != nullptr && !call->is_window_function) { return; }
    if (part->is<OuterReference>()) { return; }
    if (const auto* window = part->get_if<WindowExpression>()) {
      for (const auto& argument : children_of(*window->function)) { check(argument); }
      for (const auto& key : window->spec.partition_by) { check(key); }
      for (const auto& order : window->spec.order_by) { check(order); }
      return;
    }
    if (part->is<Attribute>()) {
      if (!has_group_by) { throw SqlError("MISSING_GROUP_BY", {}, part->origin); }
      const std::string text = to_sql(*part);
      throw SqlError("MISSING_AGGREGATION",
                     {{"expression", "\"" + text + "\""}, {"expressionAnyValue", "\"any_value(" + text + ")\""}},
                     part->origin);
    }
    for (const auto& child : children_of(*part)) { check(child); }
  };
  for (const auto& item : list) { check(item); }
  for (const auto& key : grouping) {
    if (contains_aggregate(key)) { throw SqlError("GROUP_BY_AGGREGATE", {{"sqlExpr", to_sql(*key)}}, key->origin); }
    const DataType type = type_of(*key);
    if (type.id() == TypeId::kVariant) {
      throw SqlError("GROUP_EXPRESSION_TYPE_IS_NOT_ORDERABLE",
                     {{"sqlExpr", "\"" + to_sql(*key) + "\""}, {"dataType", "\"" + type.to_sql() + "\""}}, key->origin);
    }
  }
}

PlanPtr Resolver::build_aggregate(PlanPtr child, Expressions grouping, Expressions list, Origin origin) {
  check_aggregate_list(grouping, list, !grouping.empty());
  child = with_hidden_columns(child, grouping);
  child = with_hidden_columns(child, list);
  const bool is_plain =
      std::ranges::none_of(list, [](const auto& item) { return contains_window(item) || contains_generator(item); });
  Aggregate aggregate{std::move(child), GroupingKind::kPlain, std::move(grouping), {}, {}};
  if (is_plain) {
    aggregate.list = std::move(list);
    return make_plan(std::move(aggregate), origin);
  }
  Expressions inner;
  for (auto& item : list) { item = over_aggregate(item, aggregate.grouping, inner); }
  aggregate.list = std::move(inner);
  // Without a place in the text: it belongs to the Project above, which has the query's.
  return build_project(make_plan(std::move(aggregate)), std::move(list), origin);
}

PlanPtr Resolver::resolve_aggregate(const Aggregate& aggregate, Origin origin) {
  const PlanPtr child = resolve(aggregate.child);
  Place place = place_over({child});
  Expressions list = resolve_select_list(aggregate.list, child, place);

  if (aggregate.kind == GroupingKind::kAll) {
    Expressions grouping;
    for (const auto& item : list) {
      if (contains_aggregate(item) || contains_window(item) || contains_generator(item)) { continue; }
      grouping.push_back(unaliased(item));
    }
    const bool has_aggregate = std::ranges::any_of(list, contains_aggregate);
    if (grouping.empty() && !has_aggregate) { return build_project(child, std::move(list), origin); }
    try {
      return build_aggregate(child, std::move(grouping), std::move(list), origin);
    } catch (const SqlError& error) {
      if (error.condition() != "MISSING_AGGREGATION" && error.condition() != "MISSING_GROUP_BY") { throw; }
      throw SqlError("UNRESOLVED_ALL_IN_GROUP_BY", {}, origin);
    }
  }

  // Keys may name columns of the child, then the select list's aliases.
  Place key_place = place_over({child});
  key_place.lateral_aliases = place.lateral_aliases;
  const auto resolve_key = [&](const ExpressionPtr& written) -> ExpressionPtr {
    const auto* literal = written->get_if<Literal>();
    if (literal != nullptr && literal->type.id() == TypeId::kInt && !literal->value.is_null()) {
      const auto position = literal->value.as_int64();
      if (position < 1 || position > static_cast<std::int64_t>(list.size())) {
        throw SqlError("GROUP_BY_POS_OUT_OF_RANGE",
                       {{"index", std::to_string(position)}, {"size", std::to_string(list.size())}}, written->origin);
      }
      const ExpressionPtr& key = unaliased(list[static_cast<std::size_t>(position - 1)]);
      if (contains_aggregate(key)) {
        throw SqlError("GROUP_BY_POS_AGGREGATE", {{"index", std::to_string(position)}, {"aggExpr", to_sql(*key)}},
                       written->origin);
      }
      return key;
    }
    ExpressionPtr key = resolve_expression(written, key_place);
    if (contains_aggregate(key)) { throw SqlError("GROUP_BY_AGGREGATE", {{"sqlExpr", to_sql(*key)}}, written->origin); }
    return key;
  };

  const bool is_analytic_kind =
      aggregate.kind != GroupingKind::kPlain || std::ranges::any_of(aggregate.grouping, is_analytic);
  if (!is_analytic_kind) {
    Expressions grouping;
    for (const auto& written : aggregate.grouping) { grouping.push_back(resolve_key(written)); }
    for (const auto& item : list) {
      if (contains_call(item, kGroupingCall) || contains_call(item, kGroupingIdCall)) {
        throw SqlError("UNSUPPORTED_GROUPING_EXPRESSION", {}, item->origin);
      }
    }
    return build_aggregate(child, std::move(grouping), std::move(list), origin);
  }

  Expressions keys;
  std::vector<std::vector<std::size_t>> sets;
  std::map<const Expression*, std::size_t> known;
  const auto key_index = [&](const ExpressionPtr& written) {
    if (const auto found = known.find(written.get()); found != known.end()) { return found->second; }
    const ExpressionPtr key = resolve_key(written);
    auto index = index_of(keys, key);
    if (!index) {
      index = keys.size();
      keys.push_back(key);
    }
    known[written.get()] = *index;
    return *index;
  };
  for (const auto& written : aggregate.grouping) {
    // GROUP BY a, b GROUPING SETS (...): the keys in the order they were written, which grouping_id() counts by.
    if (!is_analytic(written) && call_of(written, "struct") == nullptr) { key_index(written); }
  }
  for (const auto& set : all_sets(aggregate, origin)) {
    std::vector<std::size_t> indices;
    for (const auto& written : set) {
      const auto index = key_index(written);
      if (std::ranges::find(indices, index) == indices.end()) { indices.push_back(index); }
    }
    sets.push_back(std::move(indices));
  }
  return build_grouping_sets(child, keys, std::move(sets), std::move(list), origin);
}

PlanPtr Resolver::build_grouping_sets(PlanPtr child, const Expressions& keys,
                                      std::vector<std::vector<std::size_t>> sets, Expressions list, Origin origin) {
  if (keys.size() > 63) { throw SqlError("GROUPING_SIZE_LIMIT_EXCEEDED", {{"maxSize", "63"}}, origin); }
  Expressions columns;  // The keys as the sets show them: NULL where a set leaves them out.
  for (const auto& key : keys) {
    const auto* attribute = key->get_if<Attribute>();
    columns.push_back(
        make_expression(Attribute{attribute != nullptr ? attribute->name : name_of(*key), type_of(*key), true,
                                  next_attribute_id(), attribute != nullptr ? attribute->qualifier : NameParts{}}));
  }
  const ExpressionPtr grouping_id =
      make_expression(Attribute{std::string(kGroupingIdColumn), TypeId::kBigint, false, next_attribute_id(), {}});
  auto sorted = sets;
  for (auto& set : sorted) { std::ranges::sort(set); }
  std::ranges::sort(sorted);
  const bool has_duplicates = std::ranges::adjacent_find(sorted) != sorted.end();
  const ExpressionPtr position =
      make_expression(Attribute{"_gen_grouping_pos", TypeId::kInt, false, next_attribute_id(), {}});

  Expand expand{.child = child, .projections = {}, .output = output_of(*child)};
  const Expressions passed = expand.output;
  expand.output.insert(expand.output.end(), columns.begin(), columns.end());
  expand.output.push_back(grouping_id);
  if (has_duplicates) { expand.output.push_back(position); }
  for (std::size_t s = 0; s < sets.size(); ++s) {
    Expressions projection = passed;
    std::int64_t bits = 0;
    for (std::size_t i = 0; i < keys.size(); ++i) {
      const bool is_in = std::ranges::find(sets[s], i) != sets[s].end();
      projection.push_back(is_in ? keys[i] : make_null_literal(type_of(*keys[i])));
      bits = bits * 2 + (is_in ? 0 : 1);
    }
    projection.push_back(make_bigint_literal(bits));
    if (has_duplicates) { projection.push_back(make_int_literal(static_cast<std::int32_t>(s))); }
    expand.projections.push_back(std::move(projection));
  }
  Expressions grouping = columns;
  grouping.push_back(grouping_id);
  if (has_duplicates) { grouping.push_back(position); }
  const PlanPtr below = make_plan(std::move(expand), origin);
  for (auto& item : list) {
    const std::string name = named_as(item);
    const ExpressionPtr rewritten = over_grouping_sets(unaliased(item), keys, columns, grouping_id, context_);
    // The column keeps its name, also when it was a plain key: that is another attribute now.
    if (rewritten != item) {
      const auto* alias = item->get_if<Alias>();
      item = rewritten->is<Attribute>() && alias == nullptr
                 ? rewritten
                 : make_expression(Alias{rewritten, name, alias != nullptr ? alias->id : next_attribute_id()},
                                   item->origin);
    }
  }
  return build_aggregate(below, std::move(grouping), std::move(list), origin);
}

}  // namespace hammerscale::sql
