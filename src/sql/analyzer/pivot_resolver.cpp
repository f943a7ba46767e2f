#include <algorithm>
#include <set>
#include <utility>

#include "sql/analyzer/builtin_call.hpp"
#include "sql/analyzer/constant_evaluator.hpp"
#include "sql/analyzer/plan_columns.hpp"
#include "sql/analyzer/resolver.hpp"
#include "sql/analyzer/type_unification.hpp"

namespace hammerscale::sql {

namespace {

std::string quoted_sql(const Expression& expression) { return "\"" + to_sql(expression) + "\""; }

const ExpressionPtr& unaliased(const ExpressionPtr& item) {
  const auto* alias = item->get_if<Alias>();
  return alias != nullptr ? alias->child : item;
}

// The parts of a row of pivot values: one where a single column is pivoted.
Expressions parts_of(const ExpressionPtr& value, std::size_t num_columns) {
  if (num_columns == 1) { return {value}; }
  if (const auto* row = value->get_if<UnresolvedFunction>(); row != nullptr) { return row->arguments; }
  return {value};
}

}  // namespace

PlanPtr Resolver::resolve_pivot(const Pivot& pivot, Origin origin) {
  const PlanPtr child = resolve(pivot.child);
  Place place = place_over({child});
  Expressions columns;
  for (const auto& column : pivot.columns) { columns.push_back(resolve_expression(column, place)); }
  Expressions aggregates;
  for (const auto& written : pivot.aggregates) {
    aggregates.push_back(name_item(resolve_expression(written, place)));
    const auto has_loose_column = [](const ExpressionPtr& expression) {
      const std::function<bool(const ExpressionPtr&)> loose = [&](const ExpressionPtr& part) -> bool {
        if (part->is<AggregateCall>()) { return false; }
        if (part->is<Attribute>()) { return true; }
        const Expressions children = children_of(*part);
        return std::ranges::any_of(children, loose);
      };
      return loose(expression);
    };
    if (!contains_aggregate(aggregates.back()) || has_loose_column(aggregates.back())) {
      throw SqlError("_LEGACY_ERROR_TEMP_1006", {{"sql", to_sql(*unaliased(aggregates.back()))}}, written->origin);
    }
  }
  std::vector<std::pair<Expressions, std::string>> values;
  for (const auto& written : pivot.values) {
    const auto* alias = written->get_if<Alias>();
    Expressions parts = parts_of(unaliased(written), columns.size());
    if (parts.size() != columns.size()) {
      throw SqlError("PIVOT_VALUE_DATA_TYPE_MISMATCH",
                     {{"value", to_sql(*written)}, {"valueType", "struct"}, {"pivotType", "struct"}}, written->origin);
    }
    std::string name;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      ExpressionPtr value = resolve_expression(parts[i], place);
      if (!is_foldable(*value)) {
        throw SqlError("NON_LITERAL_PIVOT_VALUES", {{"expression", quoted_sql(*value)}}, written->origin);
      }
      const auto common = common_type_of(Expressions{columns[i], value});
      if (!common) {
        throw SqlError("PIVOT_VALUE_DATA_TYPE_MISMATCH",
                       {{"value", to_sql(*value)},
                        {"valueType", type_of(*value).to_string()},
                        {"pivotType", type_of(*columns[i]).to_string()}},
                       written->origin);
      }
      const Value text = constant_value(
          make_expression(Cast{.child = value, .type = TypeId::kString, .mode = CastMode::kAnsi, .is_implicit = true}));
      name += (i == 0 ? "" : ", ") + (text.is_null() ? std::string("null") : text.as_string());
      parts[i] = cast_implicitly(value, type_of(*columns[i]));
    }
    if (parts.size() > 1) { name = "{" + name + "}"; }
    values.emplace_back(std::move(parts), alias != nullptr ? alias->name : name);
  }

  Expressions grouping;
  if (pivot.has_grouping) {
    for (const auto& key : pivot.grouping) { grouping.push_back(resolve_expression(key, place)); }
  } else {
    std::set<AttributeId> used = references_of(columns);
    used.merge(references_of(aggregates));
    for (const auto& column : output_of(*child)) {
      if (!used.contains(id_of(column))) { grouping.push_back(column); }
    }
  }

  // First by the keys and the pivot columns; then each value's result is picked out of the few rows of a key. So a
  // value without rows gives NULL, for count too.
  Expressions inner;
  Expressions key_columns;
  for (const auto& key : grouping) {
    inner.push_back(name_item(key));
    key_columns.push_back(to_attribute(inner.back()));
  }
  Expressions pivot_columns;
  for (const auto& column : columns) {
    const ExpressionPtr named = make_expression(Alias{column, name_of(*column), next_attribute_id()});
    inner.push_back(named);
    pivot_columns.push_back(to_attribute(named));
  }
  Expressions results;
  for (const auto& aggregate : aggregates) {
    inner.push_back(aggregate);
    results.push_back(to_attribute(aggregate));
  }
  Expressions first_grouping;
  for (const auto& key : grouping) { first_grouping.push_back(unaliased(key)); }
  first_grouping.insert(first_grouping.end(), columns.begin(), columns.end());
  const PlanPtr by_value = build_aggregate(child, first_grouping, std::move(inner), origin);

  Expressions list = key_columns;
  for (const auto& [parts, name] : values) {
    ExpressionPtr matches;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      matches = conjunction(matches, call_builtin("<=>", {pivot_columns[i], parts[i]}, context_, origin));
    }
    for (std::size_t a = 0; a < results.size(); ++a) {
      CaseWhen picked;
      picked.branches.emplace_back(matches, results[a]);
      AggregateCall first;
      first.name = "first";
      first.arguments = {make_expression(std::move(picked))};
      first.ignore_nulls = true;
      const auto* function = builtin_functions().find_aggregate("first");
      const ExpressionPtr value = bind_aggregate(*function, std::move(first), context_, origin);
      const std::string column = results.size() == 1 ? name : name + "_" + named_as(results[a]);
      list.push_back(make_expression(Alias{value, column, next_attribute_id()}, origin));
    }
  }
  return build_aggregate(by_value, key_columns, std::move(list), origin);
}

PlanPtr Resolver::resolve_unpivot(const Unpivot& unpivot, Origin origin) {
  const PlanPtr child = resolve(unpivot.child);
  Place place = place_over({child});
  const Expressions columns = output_of(*child);
  const auto resolve_columns = [&](const Expressions& written) {
    Expressions resolved;
    for (const auto& item : written) {
      if (const auto* star = item->get_if<UnresolvedStar>()) {
        for (auto& column : expand_star(*star, place, item->origin, {})) { resolved.push_back(std::move(column)); }
        continue;
      }
      ExpressionPtr column = resolve_expression(item, place);
      if (!column->is<Attribute>() && !column->is<Alias>() && unpivot.has_ids) { column = name_item(column); }
      if (!column->is<Attribute>() && !column->is<Alias>()) {
        throw SqlError("UNPIVOT_REQUIRES_ATTRIBUTES",
                       {{"given", "value"}, {"empty", "id"}, {"expressions", quoted_sql(*column)}}, item->origin);
      }
      resolved.push_back(std::move(column));
    }
    return resolved;
  };
  Expressions ids;
  std::vector<Expressions> groups;
  if (unpivot.has_ids) { ids = resolve_columns(unpivot.ids); }
  for (const auto& group : unpivot.values) { groups.push_back(resolve_columns(group)); }
  if (unpivot.values.size() == 1 && unpivot.value_names.size() == 1 && groups[0].size() > 1) {
    // A star that stood for several columns of one value each.
    const Expressions all = groups[0];
    groups.clear();
    for (const auto& column : all) { groups.push_back({column}); }
  }
  std::set<AttributeId> used;
  if (groups.empty() && unpivot.has_ids) {
    for (const auto& id : ids) { used.insert(id_of(id)); }
    for (const auto& column : columns) {
      if (!used.contains(id_of(column))) { groups.push_back({column}); }
    }
  }
  if (!unpivot.has_ids) {
    for (const auto& group : groups) {
      for (const auto& column : group) { used.insert(id_of(column)); }
    }
    for (const auto& column : columns) {
      if (!used.contains(id_of(column))) { ids.push_back(column); }
    }
  }
  if (groups.empty()) { throw SqlError("UNPIVOT_REQUIRES_VALUE_COLUMNS", {}, origin); }
  for (const auto& group : groups) {
    if (group.size() == unpivot.value_names.size()) { continue; }
    std::string names;
    for (const auto& name : unpivot.value_names) { names += (names.empty() ? "" : ", ") + name; }
    throw SqlError("UNPIVOT_VALUE_SIZE_MISMATCH", {{"names", names}}, origin);
  }
  std::vector<DataType> types;
  std::vector<bool> nullable(unpivot.value_names.size(), false);
  for (std::size_t v = 0; v < unpivot.value_names.size(); ++v) {
    Expressions cells;
    for (const auto& group : groups) {
      cells.push_back(group[v]);
      nullable[v] = nullable[v] || is_nullable(*group[v]);
    }
    // Unlike elsewhere, text does not turn into numbers here, nor the other way round.
    const auto num_texts = std::ranges::count_if(cells, [](const auto& cell) { return type_of(*cell).is_string(); });
    const bool mixes_text = num_texts != 0 && num_texts != static_cast<std::ptrdiff_t>(cells.size());
    const auto common = common_type_of(cells);
    if (!common || mixes_text) {
      std::map<std::string, std::string> by_type;
      for (const auto& cell : cells) {
        auto& names = by_type[type_of(*cell).to_sql()];
        names += (names.empty() ? "" : ", ") + quote_identifier(named_as(cell));
      }
      std::string text;
      for (const auto& [type, names] : by_type) {
        text += (text.empty() ? "" : ", ") + ("\"" + type + "\" (" + names + ")");
      }
      throw SqlError("UNPIVOT_VALUE_DATA_TYPE_MISMATCH", {{"types", text}}, origin);
    }
    types.push_back(*common);
  }
  Expand expand{.child = child, .projections = {}, .output = {}};
  for (const auto& id : ids) {
    const ExpressionPtr attribute = to_attribute(id);
    Attribute copy = *attribute->get_if<Attribute>();
    copy.id = next_attribute_id();
    expand.output.push_back(make_expression(std::move(copy)));
  }
  expand.output.push_back(
      make_expression(Attribute{unpivot.variable_name, TypeId::kString, false, next_attribute_id(), {}}));
  Expressions value_columns;
  for (std::size_t v = 0; v < types.size(); ++v) {
    value_columns.push_back(
        make_expression(Attribute{unpivot.value_names[v], types[v], nullable[v], next_attribute_id(), {}}));
  }
  expand.output.insert(expand.output.end(), value_columns.begin(), value_columns.end());
  for (std::size_t g = 0; g < groups.size(); ++g) {
    Expressions projection;
    for (const auto& id : ids) { projection.push_back(unaliased(id)); }
    std::string name = g < unpivot.value_aliases.size() ? unpivot.value_aliases[g] : "";
    if (name.empty()) {
      for (const auto& column : groups[g]) { name += (name.empty() ? "" : "_") + named_as(column); }
    }
    projection.push_back(make_string_literal(std::move(name)));
    for (std::size_t v = 0; v < types.size(); ++v) {
      projection.push_back(cast_implicitly(unaliased(groups[g][v]), types[v]));
    }
    expand.projections.push_back(std::move(projection));
  }
  PlanPtr plan = make_plan(std::move(expand), origin);
  if (unpivot.include_nulls) { return plan; }
  ExpressionPtr condition;
  for (const auto& column : value_columns) {
    const ExpressionPtr present = call_builtin("isnotnull", {column}, context_, origin);
    condition = condition ? call_builtin("or", {condition, present}, context_, origin) : present;
  }
  return make_plan(Filter{std::move(plan), std::move(condition)}, origin);
}

}  // namespace hammerscale::sql
