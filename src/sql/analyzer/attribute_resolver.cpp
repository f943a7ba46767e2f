#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "sql/analyzer/builtin_call.hpp"
#include "sql/analyzer/plan_columns.hpp"
#include "sql/analyzer/resolver.hpp"
#include "sql/analyzer/suggestions.hpp"

namespace hammerscale::sql {

namespace {

// Functions that may be called without parentheses where no column has their name.
constexpr std::array<std::string_view, 11> kNameLikeFunctions = {
    "current_catalog", "current_database", "current_date", "current_schema", "current_time",    "current_timestamp",
    "current_user",    "localtimestamp",   "session_user", "user",           "current_timezone"};

// Whether the column is called parts[0..k], of which the first k parts qualify it.
bool is_named(const Attribute& attribute, const NameParts& parts, std::size_t num_qualifiers) {
  if (attribute.qualifier.size() < num_qualifiers || !same_name(attribute.name, parts[num_qualifiers])) {
    return false;
  }
  const auto skipped = attribute.qualifier.size() - num_qualifiers;
  for (std::size_t i = 0; i < num_qualifiers; ++i) {
    if (!same_name(attribute.qualifier[skipped + i], parts[i])) { return false; }
  }
  return true;
}

std::string reference_names(const Expressions& columns) {
  std::vector<std::string> names;
  for (const auto& name : names_of(columns)) { names.push_back(quote_name(name)); }
  std::ranges::sort(names);
  std::string text = "[";
  for (const auto& name : names) { text += (text.size() == 1 ? "" : ", ") + name; }
  return text + "]";
}

// The columns of one level that have the name, each id once, and how many parts the name took.
Expressions matches_of(const Expressions& level, const NameParts& parts, std::size_t num_qualifiers) {
  Expressions matches;
  std::set<AttributeId> seen;
  for (const auto& column : level) {
    const auto* attribute = column->get_if<Attribute>();
    if (attribute == nullptr || !is_named(*attribute, parts, num_qualifiers)) { continue; }
    if (seen.insert(attribute->id).second) { matches.push_back(column); }
  }
  return matches;
}

ExpressionPtr as_outer_reference(const ExpressionPtr& expression) {
  if (expression->is<Attribute>()) { return make_expression(OuterReference{expression}, expression->origin); }
  return map_children(expression, as_outer_reference);
}

}  // namespace

ExpressionPtr Resolver::find_in_levels(const std::vector<Expressions>& levels, const NameParts& parts, Origin origin) {
  for (const auto& level : levels) {
    for (std::size_t qualifiers = std::min<std::size_t>(parts.size() - 1, 3) + 1; qualifiers-- > 0;) {
      const Expressions matches = matches_of(level, parts, qualifiers);
      if (matches.empty()) { continue; }
      if (matches.size() > 1) {
        throw SqlError("AMBIGUOUS_REFERENCE",
                       {{"name", quote_name(parts)}, {"referenceNames", reference_names(matches)}}, origin);
      }
      // The result bears the name as it was written here, in its letter case.
      Attribute attribute = *matches.front()->get_if<Attribute>();
      attribute.name = parts[qualifiers];
      ExpressionPtr found = make_expression(std::move(attribute), origin);
      for (std::size_t i = qualifiers + 1; i < parts.size(); ++i) {
        found = resolve_extract(found, make_string_literal(parts[i]), origin);
      }
      return found;
    }
  }
  return nullptr;
}

ExpressionPtr Resolver::resolve_attribute(const UnresolvedAttribute& name, Place& place, Origin origin) {
  const NameParts& parts = name.parts;
  for (auto variable = place.lambda_variables.rbegin(); variable != place.lambda_variables.rend(); ++variable) {
    if (!same_name((*variable)->get_if<LambdaVariable>()->name, parts[0])) { continue; }
    ExpressionPtr found = *variable;
    for (std::size_t i = 1; i < parts.size(); ++i) {
      found = resolve_extract(found, make_string_literal(parts[i]), origin);
    }
    return found;
  }
  if (place.inside_aggregate && !place.aggregate_levels.empty()) {
    if (ExpressionPtr found = find_in_levels(place.aggregate_levels, parts, origin)) { return found; }
  }
  if (ExpressionPtr found = find_in_levels(place.names.levels, parts, origin)) { return found; }
  if (parts.size() == 1 &&
      std::ranges::any_of(kNameLikeFunctions, [&](auto known) { return same_name(known, parts[0]); })) {
    return resolve_expression(make_call(fold_name(parts[0]), {}, origin), place);
  }
  Expressions aliases;
  for (const auto& alias : place.lateral_aliases) {
    if (same_name(named_as(alias), parts[0])) { aliases.push_back(alias); }
  }
  if (aliases.size() > 1) {
    throw SqlError("AMBIGUOUS_LATERAL_COLUMN_ALIAS",
                   {{"name", quote_identifier(parts[0])}, {"n", std::to_string(aliases.size())}}, origin);
  }
  if (!aliases.empty()) {
    const Alias& alias = *aliases.front()->get_if<Alias>();
    ExpressionPtr found = alias.child;
    // rand() AS r, r + r: both mean one number, so the alias is computed by an operator below.
    if (!is_deterministic(*alias.child)) {
      place.uses_lateral_alias = true;
      found = to_attribute(aliases.front());
    }
    for (std::size_t i = 1; i < parts.size(); ++i) {
      found = resolve_extract(found, make_string_literal(parts[i]), origin);
    }
    return found;
  }
  for (const NameScope* scope = place.names.outer; scope != nullptr; scope = scope->outer) {
    if (ExpressionPtr found = find_in_levels(scope->levels, parts, origin)) { return as_outer_reference(found); }
  }
  if (const VariableInfo* variable = context_.catalog->find_variable(parts)) {
    return make_literal(variable->value, variable->type, origin);
  }
  fail_unresolved(parts, place, origin);
}

void Resolver::fail_unresolved(const NameParts& parts, const Place& place, Origin origin) {
  const Expressions& columns = place.names.levels.empty() ? Expressions{} : place.names.levels.front();
  std::vector<NameParts> known = names_of(columns);
  std::ranges::stable_sort(known, {}, [](const NameParts& name) { return name.back(); });
  const std::string proposal = suggest_names(parts, std::move(known));
  if (proposal.empty()) {
    throw SqlError("UNRESOLVED_COLUMN.WITHOUT_SUGGESTION", {{"objectName", quote_name(parts)}}, origin);
  }
  throw SqlError("UNRESOLVED_COLUMN.WITH_SUGGESTION", {{"objectName", quote_name(parts)}, {"proposal", proposal}},
                 origin);
}

namespace {

const std::string* literal_text(const ExpressionPtr& expression) {
  const auto* literal = expression->get_if<Literal>();
  return literal != nullptr && literal->type.is_string() && !literal->value.is_null() ? &literal->value.as_string()
                                                                                      : nullptr;
}

// Index of the field; errors as Spark's where there is none or several.
std::size_t field_index(const DataType& type, const std::string& name, Origin origin) {
  std::optional<std::size_t> index;
  std::size_t count = 0;
  std::string known;
  for (std::size_t i = 0; i < type.fields().size(); ++i) {
    const auto& field = type.fields()[i];
    known += (i == 0 ? "" : ", ") + quote_identifier(field.name);
    if (!same_name(field.name, name)) { continue; }
    index = i;
    ++count;
  }
  if (count > 1) {
    throw SqlError("AMBIGUOUS_REFERENCE_TO_FIELDS",
                   {{"field", quote_identifier(name)}, {"count", std::to_string(count)}}, origin);
  }
  if (!index) { throw SqlError("FIELD_NOT_FOUND", {{"fieldName", quote_identifier(name)}, {"fields", known}}, origin); }
  return *index;
}

}  // namespace

ExpressionPtr Resolver::resolve_extract(const ExpressionPtr& child, const ExpressionPtr& extraction, Origin origin) {
  const DataType type = type_of(*child);
  if (type.id() == TypeId::kStruct) {
    const std::string* name = literal_text(extraction);
    if (name == nullptr) {
      throw SqlError("INVALID_EXTRACT_FIELD_TYPE", {{"extraction", "\"" + to_sql(*extraction) + "\""}}, origin);
    }
    const Field& field = type.fields()[field_index(type, *name, origin)];
    return make_expression(FunctionCall{.name = std::string(kGetStructField),
                                        .arguments = {child, make_string_literal(*name)},
                                        .type = field.type,
                                        .nullable = field.nullable || is_nullable(*child)},
                           origin);
  }
  if (type.id() == TypeId::kArray && type.element().id() == TypeId::kStruct && literal_text(extraction) != nullptr) {
    const std::string& name = *literal_text(extraction);
    const Field& field = type.element().fields()[field_index(type.element(), name, origin)];
    return make_expression(FunctionCall{.name = std::string(kGetArrayStructFields),
                                        .arguments = {child, make_string_literal(name)},
                                        .type = DataType::array(field.type, type.contains_null() || field.nullable),
                                        .nullable = is_nullable(*child)},
                           origin);
  }
  if (type.id() == TypeId::kArray) { return call_builtin(kGetArrayItem, {child, extraction}, context_, origin); }
  if (type.id() == TypeId::kMap) { return call_builtin(kGetMapValue, {child, extraction}, context_, origin); }
  throw SqlError("INVALID_EXTRACT_BASE_FIELD_TYPE",
                 {{"base", "\"" + to_sql(*child) + "\""}, {"other", "\"" + type.to_sql() + "\""}}, origin);
}

}  // namespace hammerscale::sql
