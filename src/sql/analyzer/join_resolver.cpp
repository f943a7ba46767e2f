#include <algorithm>
#include <set>
#include <utility>

#include "sql/analyzer/builtin_call.hpp"
#include "sql/analyzer/plan_columns.hpp"
#include "sql/analyzer/resolver.hpp"
#include "sql/analyzer/suggestions.hpp"
#include "sql/analyzer/type_unification.hpp"

namespace hammerscale::sql {

namespace {

bool share_ids(const Plan& left, const Plan& right) {
  const auto ids = output_ids(left);
  return std::ranges::any_of(output_ids(right), [&](AttributeId id) { return ids.contains(id); });
}

ExpressionPtr find_column(const Expressions& columns, const std::string& name, Origin origin) {
  ExpressionPtr found;
  for (const auto& column : columns) {
    if (!same_name(named_as(column), name)) { continue; }
    if (found && id_of(found) != id_of(column)) {
      throw SqlError("AMBIGUOUS_REFERENCE",
                     {{"name", quote_identifier(name)},
                      {"referenceNames", "[" + quote_name(names_of({found}).front()) + ", " +
                                             quote_name(names_of({column}).front()) + "]"}},
                     origin);
    }
    found = column;
  }
  return found;
}

ExpressionPtr nullable_copy(const ExpressionPtr& column) {
  Attribute copy = *column->get_if<Attribute>();
  copy.nullable = true;
  return make_expression(std::move(copy), column->origin);
}

}  // namespace

PlanPtr Resolver::resolve_join(const Join& written, Origin origin) {
  Join join = written;
  join.left = resolve(written.left);
  const bool is_set_up = written.mark != nullptr || (written.condition && is_resolved(*written.condition) &&
                                                     written.using_columns.empty() && !written.is_natural);
  if (join.is_lateral) {
    // The right side is a subquery of each row of the left one.
    NameScope scope = place_over({join.left}).names;
    const NameScope* outer_scope = std::exchange(outer_, &scope);
    join.right = resolve(written.right);
    outer_ = outer_scope;
  } else {
    join.right = resolve(written.right);
  }
  // One plan on both sides, as a self-join of a DataFrame: the right side gets columns of its own.
  if (!is_set_up && share_ids(*join.left, *join.right)) { join.right = with_fresh_ids(join.right); }
  if (join.is_natural || !join.using_columns.empty()) { return resolve_using(std::move(join), origin); }
  if (join.condition) {
    Place place = place_over({join.left, join.right});
    const Expressions both = place.names.levels.front();
    join.condition = resolve_condition(join.condition, place, "join");
    if (contains_aggregate(join.condition) || contains_window(join.condition)) {
      throw SqlError("UNSUPPORTED_EXPR_FOR_OPERATOR", {{"invalidExprSqls", "\"" + to_sql(*join.condition) + "\""}},
                     origin);
    }
    // ON may name keys that a USING join further in hides.
    const auto used = references_of(join.condition);
    Expressions missing;
    for (std::size_t i = 1; i < place.names.levels.size(); ++i) {
      for (const auto& column : place.names.levels[i]) {
        if (used.contains(id_of(column))) { missing.push_back(column); }
      }
    }
    if (!missing.empty()) {
      const Expressions shown = output_of(*make_plan(join));
      for (auto* side : {&join.left, &join.right}) {
        for (const auto& column : missing) {
          if (PlanPtr wider = with_columns(*side, {column})) { *side = std::move(wider); }
        }
      }
      return project_to(make_plan(std::move(join), origin), shown);
    }
  }
  if (join.kind == JoinKind::kInner && !join.condition) { join.kind = JoinKind::kCross; }
  return make_plan(std::move(join), origin);
}

PlanPtr Resolver::resolve_using(Join join, Origin origin) {
  const Expressions left = output_of(*join.left);
  const Expressions right = output_of(*join.right);
  if (join.is_natural) {
    join.using_columns.clear();
    for (const auto& column : left) {
      const auto matches = [&](const auto& other) { return same_name(named_as(other), named_as(column)); };
      if (std::ranges::any_of(right, matches)) { join.using_columns.push_back(named_as(column)); }
    }
    join.is_natural = false;
    if (join.using_columns.empty()) {
      if (join.kind == JoinKind::kInner) { join.kind = JoinKind::kCross; }
      return make_plan(std::move(join), origin);
    }
  }
  Expressions left_keys;
  Expressions right_keys;
  for (const auto& name : join.using_columns) {
    for (const bool is_left : {true, false}) {
      const Expressions& side = is_left ? left : right;
      ExpressionPtr key = find_column(side, name, origin);
      if (!key) {
        std::set<std::string> sorted;
        for (const auto& column : side) { sorted.insert(quote_identifier(named_as(column))); }
        std::string known;
        for (const auto& column : sorted) { known += (known.empty() ? "" : ", ") + column; }
        throw SqlError(
            "UNRESOLVED_USING_COLUMN_FOR_JOIN",
            {{"colName", quote_identifier(name)}, {"side", is_left ? "left" : "right"}, {"suggestion", known}}, origin);
      }
      (is_left ? left_keys : right_keys).push_back(std::move(key));
    }
    join.condition =
        conjunction(join.condition, call_builtin("=", {left_keys.back(), right_keys.back()}, context_, origin));
  }
  const auto is_key = [](const Expressions& keys) {
    return [&keys](const ExpressionPtr& column) {
      return std::ranges::any_of(keys, [&](const auto& key) { return id_of(key) == id_of(column); });
    };
  };
  Expressions left_rest = left;
  Expressions right_rest = right;
  std::erase_if(left_rest, is_key(left_keys));
  std::erase_if(right_rest, is_key(right_keys));

  Expressions list;
  const bool left_nullable = join.kind == JoinKind::kRightOuter || join.kind == JoinKind::kFullOuter;
  const bool right_nullable = join.kind == JoinKind::kLeftOuter || join.kind == JoinKind::kFullOuter;
  switch (join.kind) {
    case JoinKind::kRightOuter: list = right_keys; break;
    case JoinKind::kFullOuter:
      for (std::size_t i = 0; i < left_keys.size(); ++i) {
        const ExpressionPtr either =
            call_builtin("coalesce", {nullable_copy(left_keys[i]), nullable_copy(right_keys[i])}, context_, origin);
        list.push_back(make_expression(Alias{either, named_as(left_keys[i]), next_attribute_id()}, origin));
      }
      break;
    default: list = left_keys; break;
  }
  for (const auto& column : left_rest) { list.push_back(left_nullable ? nullable_copy(column) : column); }
  const bool hides_right = join.kind == JoinKind::kLeftSemi || join.kind == JoinKind::kLeftAnti;
  if (!hides_right) {
    for (const auto& column : right_rest) { list.push_back(right_nullable ? nullable_copy(column) : column); }
  }
  return make_plan(Project{make_plan(std::move(join), origin), std::move(list)});
}

}  // namespace hammerscale::sql
