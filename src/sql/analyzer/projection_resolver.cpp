#include <algorithm>
#include <set>
#include <utility>

#include "sql/analyzer/builtin_call.hpp"
#include "sql/analyzer/plan_columns.hpp"
#include "sql/analyzer/resolver.hpp"
#include "sql/analyzer/suggestions.hpp"

namespace hammerscale::sql {

namespace {

bool is_generator(const ExpressionPtr& expression) {
  const auto* call = expression->get_if<FunctionCall>();
  return call != nullptr && call->is_generator;
}

// Aliases inside expressions name nothing: only an item's own alias counts.
ExpressionPtr without_inner_aliases(const ExpressionPtr& expression) {
  return transform_up(expression, [](const ExpressionPtr& part) {
    const auto* alias = part->get_if<Alias>();
    return alias != nullptr ? alias->child : part;
  });
}

bool ends_with(const NameParts& qualifier, const NameParts& target) {
  if (qualifier.size() < target.size()) { return false; }
  return std::equal(target.rbegin(), target.rend(), qualifier.rbegin(),
                    [](const auto& a, const auto& b) { return same_name(a, b); });
}

// Items that refer to other items of their list go into a Project above those.
bool refers_to(const ExpressionPtr& item, const std::set<AttributeId>& ids) {
  const auto used = references_of(item);
  return std::ranges::any_of(used, [&](AttributeId id) { return ids.contains(id); });
}

}  // namespace

PlanPtr Resolver::resolve_project(const Project& project, Origin origin) {
  PlanPtr child = resolve(project.child);
  Place place = place_over({child});
  Expressions list = resolve_select_list(project.list, child, place);
  child = with_hidden_columns(child, list);
  if (std::ranges::any_of(list, contains_aggregate)) { return build_aggregate(child, {}, std::move(list), origin); }
  PlanPtr below = child;
  while (place.uses_lateral_alias) {
    std::set<AttributeId> ids;
    for (const auto& item : list) {
      if (item->is<Alias>()) { ids.insert(id_of(item)); }
    }
    Expressions lower;
    std::set<AttributeId> needed;
    std::set<AttributeId> lower_ids;
    for (const auto& item : list) {
      if (!refers_to(item, ids)) {
        lower.push_back(item);
        lower_ids.insert(id_of(item));
      } else {
        needed.merge(references_of(item));
      }
    }
    if (lower.size() == list.size()) { break; }
    for (const auto& column : output_of(*below)) {
      if (needed.contains(id_of(column)) && !lower_ids.contains(id_of(column))) { lower.push_back(column); }
    }
    for (auto& item : list) {
      if (!refers_to(item, ids)) { item = to_attribute(item); }
    }
    below = build_project(below, std::move(lower), origin);
  }
  return build_project(below, std::move(list), origin);
}

Expressions Resolver::resolve_select_list(const Expressions& list, const PlanPtr& child, Place& place) {
  Expressions resolved;
  for (const auto& item : list) {
    if (const auto* star = item->get_if<UnresolvedStar>()) {
      const std::vector<PlanPtr> children = {child};
      for (auto& column : expand_star(*star, place, item->origin, children)) { resolved.push_back(std::move(column)); }
      continue;
    }
    ExpressionPtr expression = resolve_expression(item, place);
    if (const auto* name = item->get_if<UnresolvedAttribute>(); name != nullptr && !expression->is<Attribute>()) {
      // s.f is called f; but current_date without parentheses is called current_date().
      const auto* call = expression->get_if<FunctionCall>();
      const bool is_call = call != nullptr && call->arguments.empty();
      if (!is_call) {
        expression = make_expression(Alias{expression, name->parts.back(), next_attribute_id()}, item->origin);
      }
    }
    expression = name_item(expression);
    if (item->is<Alias>()) { place.lateral_aliases.push_back(expression); }
    resolved.push_back(std::move(expression));
  }
  return resolved;
}

ExpressionPtr Resolver::name_item(const ExpressionPtr& item) {
  if (item->is<Attribute>() || is_generator(item)) { return item; }
  if (const auto* alias = item->get_if<Alias>()) {
    Alias copy = *alias;
    copy.child = without_inner_aliases(copy.child);
    if (copy.child == alias->child) { return item; }
    return make_expression(std::move(copy), item->origin);
  }
  if (item->is<MultiAlias>()) { return item; }
  const ExpressionPtr plain = without_inner_aliases(item);
  std::string name;
  const auto* cast = plain->get_if<Cast>();
  if (cast != nullptr && cast->child->is<Attribute>()) {
    name = cast->child->get_if<Attribute>()->name;
  } else {
    name = name_of(*plain);
  }
  return make_expression(Alias{plain, std::move(name), next_attribute_id()}, item->origin);
}

Expressions Resolver::expand_star(const UnresolvedStar& star, const Place& place, Origin origin,
                                  std::span<const PlanPtr> /*children*/) {
  Expressions columns;
  const Expressions visible = place.names.levels.empty() ? Expressions{} : place.names.levels.front();
  if (star.target.empty()) {
    columns = visible;
  } else {
    const auto take = [&](const Expressions& level) {
      for (const auto& column : level) {
        const auto* attribute = column->get_if<Attribute>();
        if (attribute != nullptr && ends_with(attribute->qualifier, star.target)) { columns.push_back(column); }
      }
    };
    // Hidden keys of USING joins belong to t.* of their own side.
    for (std::size_t i = 1; i < place.names.levels.size(); ++i) { take(place.names.levels[i]); }
    take(visible);
    if (columns.empty()) {
      if (const ExpressionPtr base = find_in_levels(place.names.levels, star.target, origin)) {
        const DataType type = type_of(*base);
        if (type.id() != TypeId::kStruct) {
          throw SqlError("INVALID_USAGE_OF_STAR_OR_REGEX", {{"elem", "'*'"}, {"prettyName", "expression"}}, origin);
        }
        for (const auto& field : type.fields()) {
          const ExpressionPtr value = resolve_extract(base, make_string_literal(field.name), origin);
          columns.push_back(make_expression(Alias{value, field.name, next_attribute_id()}, origin));
        }
      }
    }
    if (columns.empty()) {
      std::set<std::string> sorted;
      for (const auto& column : visible) { sorted.insert(quote_identifier(named_as(column))); }
      std::string known;
      for (const auto& name : sorted) { known += (known.empty() ? "" : ", ") + name; }
      throw SqlError("CANNOT_RESOLVE_STAR_EXPAND", {{"targetString", quote_name(star.target)}, {"columns", known}},
                     origin);
    }
  }
  if (columns.empty() && star.target.empty()) {
    throw SqlError("INVALID_USAGE_OF_STAR_OR_REGEX", {{"elem", "'*'"}, {"prettyName", "query"}}, origin);
  }

  std::map<std::string, std::vector<NameParts>> nested;  // Fields to leave out of a struct column, by its id.
  std::set<AttributeId> dropped;
  for (const auto& name : star.except) {
    const ExpressionPtr found = find_in_levels({columns}, name, origin);
    if (!found) {
      throw SqlError("UNRESOLVED_COLUMN.WITH_SUGGESTION",
                     {{"objectName", quote_name(name)}, {"proposal", suggest_names(name, names_of(columns))}}, origin);
    }
    if (found->is<Attribute>()) {
      if (!dropped.insert(id_of(found)).second) {
        throw SqlError("EXCEPT_OVERLAPPING_COLUMNS", {{"columns", quote_name(name)}}, origin);
      }
      continue;
    }
    // A field of a struct: the column stays, as a struct of its other fields.
    const auto column = std::ranges::find_if(
        columns, [&](const ExpressionPtr& candidate) { return references_of(found).contains(id_of(candidate)); });
    const DataType type = type_of(**column);
    Expressions fields;
    for (const auto& field : type.fields()) {
      if (same_name(field.name, name.back())) { continue; }
      fields.push_back(make_string_literal(field.name));
      fields.push_back(resolve_extract(*column, make_string_literal(field.name), origin));
    }
    *column = make_expression(Alias{call_builtin("named_struct", std::move(fields), context_, origin),
                                    named_as(*column), next_attribute_id()},
                              origin);
  }
  std::erase_if(columns, [&](const ExpressionPtr& column) { return dropped.contains(id_of(column)); });

  for (const auto& replacement : star.replace) {
    const auto* alias = replacement->get_if<Alias>();
    const auto column = std::ranges::find_if(
        columns, [&](const ExpressionPtr& candidate) { return same_name(named_as(candidate), alias->name); });
    if (column == columns.end()) {
      throw SqlError("UNRESOLVED_COLUMN.WITH_SUGGESTION",
                     {{"objectName", quote_identifier(alias->name)},
                      {"proposal", suggest_names({alias->name}, names_of(columns))}},
                     origin);
    }
    Place inner = place;
    *column = make_expression(Alias{resolve_expression(alias->child, inner), alias->name, next_attribute_id()}, origin);
  }
  return columns;
}

PlanPtr Resolver::extract_generators(PlanPtr child, Expressions& list, Origin origin) {
  std::vector<std::size_t> positions;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (!contains_generator(list[i])) { continue; }
    positions.push_back(i);
    ExpressionPtr inner = list[i];
    if (const auto* alias = inner->get_if<Alias>()) { inner = alias->child; }
    if (const auto* alias = inner->get_if<MultiAlias>()) { inner = alias->child; }
    if (!is_generator(inner)) {
      throw SqlError("UNSUPPORTED_GENERATOR.NESTED_IN_EXPRESSIONS", {{"expression", "\"" + to_sql(*inner) + "\""}},
                     origin);
    }
    for (const auto& argument : inner->get_if<FunctionCall>()->arguments) {
      if (contains_generator(argument)) {
        throw SqlError("UNSUPPORTED_GENERATOR.NESTED_IN_EXPRESSIONS", {{"expression", "\"" + to_sql(*inner) + "\""}},
                       origin);
      }
    }
  }
  for (const auto& item : list) {
    if (const auto* alias = item->get_if<MultiAlias>(); alias != nullptr && !is_generator(alias->child)) {
      std::string names;
      for (const auto& name : alias->names) { names += (names.empty() ? "" : ", ") + name; }
      throw SqlError("MULTI_ALIAS_WITHOUT_GENERATOR", {{"expr", "\"" + to_sql(*alias->child) + "\""}, {"names", names}},
                     origin);
    }
  }
  if (positions.empty()) { return child; }
  // The last one first, so that the places of the others stay; each next one stands on the one before.
  for (auto at = positions.rbegin(); at != positions.rend(); ++at) {
    child = extract_generator(std::move(child), list, *at, origin);
  }
  return child;
}

PlanPtr Resolver::extract_generator(PlanPtr child, Expressions& list, std::size_t position, Origin origin) {
  ExpressionPtr inner = list[position];
  std::vector<std::string> names;
  if (const auto* alias = inner->get_if<Alias>()) {
    names = {alias->name};
    inner = alias->child;
  } else if (const auto* multi = inner->get_if<MultiAlias>()) {
    names = multi->names;
    inner = multi->child;
  }
  const DataType row = type_of(*inner);
  if (!names.empty() && names.size() != row.fields().size()) {
    std::string aliases;
    for (const auto& name : names) { aliases += (aliases.empty() ? "" : ",") + name; }
    throw SqlError("UDTF_ALIAS_NUMBER_MISMATCH",
                   {{"aliasesSize", std::to_string(row.fields().size())}, {"aliasesNames", aliases}}, origin);
  }
  Generate generate{
      .child = std::move(child), .generator = inner, .is_outer = false, .qualifier = {}, .names = names, .output = {}};
  for (std::size_t i = 0; i < row.fields().size(); ++i) {
    const Field& field = row.fields()[i];
    generate.output.push_back(make_expression(
        Attribute{names.empty() ? field.name : names[i], field.type, field.nullable, next_attribute_id(), {}}));
  }
  list.erase(list.begin() + static_cast<std::ptrdiff_t>(position));
  list.insert(list.begin() + static_cast<std::ptrdiff_t>(position), generate.output.begin(), generate.output.end());
  return make_plan(std::move(generate), origin);
}

PlanPtr Resolver::build_project(PlanPtr child, Expressions list, Origin origin) {
  child = extract_generators(std::move(child), list, origin);
  child = extract_windows(std::move(child), list);
  return make_plan(Project{std::move(child), std::move(list)}, origin);
}

PlanPtr Resolver::resolve_edit_columns(const EditColumns& edit, Origin origin) {
  const PlanPtr child = resolve(edit.child);
  const Expressions columns = output_of(*child);
  Place place = place_over({child});
  Expressions list = columns;
  switch (edit.kind) {
    case ColumnEditKind::kWith:
      for (const auto& item : edit.columns) {
        const ExpressionPtr named = name_item(resolve_expression(item, place));
        bool is_replaced = false;
        for (auto& column : list) {
          if (!same_name(named_as(column), named_as(named))) { continue; }
          column = named;
          is_replaced = true;
        }
        if (!is_replaced) { list.push_back(named); }
        place.lateral_aliases.push_back(named);
      }
      if (std::ranges::any_of(list, contains_aggregate)) { return build_aggregate(child, {}, std::move(list), origin); }
      return build_project(child, std::move(list), origin);
    case ColumnEditKind::kRename:
      for (const auto& [from, to] : edit.renames) {
        for (auto& column : list) {
          if (!same_name(named_as(column), from)) { continue; }
          const auto* alias = column->get_if<Alias>();
          column = make_expression(Alias{alias != nullptr ? alias->child : column, to, next_attribute_id()}, origin);
        }
      }
      return make_plan(Project{child, std::move(list)}, origin);
    case ColumnEditKind::kDrop: {
      std::set<AttributeId> dropped;
      for (const auto& column : edit.columns) {
        if (const auto* known = column->get_if<Attribute>()) {
          dropped.insert(known->id);
        } else if (const auto* name = column->get_if<UnresolvedAttribute>()) {
          // Names that are not there are no error; a name that several columns have drops them all.
          for (const auto& candidate : columns) {
            NameParts full = candidate->get_if<Attribute>()->qualifier;
            full.push_back(named_as(candidate));
            if (ends_with(full, name->parts)) { dropped.insert(id_of(candidate)); }
          }
        } else {
          dropped.insert(id_of(resolve_expression(column, place)));
        }
      }
      std::erase_if(list, [&](const ExpressionPtr& column) { return dropped.contains(id_of(column)); });
      return make_plan(Project{child, std::move(list)}, origin);
    }
  }
  return child;
}

}  // namespace hammerscale::sql
