#include <algorithm>
#include <set>
#include <utility>

#include "sql/analyzer/plan_columns.hpp"
#include "sql/analyzer/resolver.hpp"
#include "sql/analyzer/type_unification.hpp"

namespace hammerscale::sql {

namespace {

constexpr std::int64_t kRecursionLevels = 100;

// Whether the plan names the CTE, subqueries included. A WITH inside that defines the same name hides it.
bool refers_to(const PlanPtr& plan, const std::string& name) {
  bool found = false;
  for_each(
      plan,
      [&](const PlanPtr& part) {
        if (const auto* with = part->get_if<With>()) {
          const bool hides =
              std::ranges::any_of(with->definitions, [&](const auto& inner) { return same_name(inner.name, name); });
          if (hides) { return false; }
        }
        const auto* relation = part->get_if<UnresolvedRelation>();
        found = found || (relation != nullptr && relation->name.size() == 1 && same_name(relation->name[0], name));
        return !found;
      },
      true);
  return found;
}

PlanPtr with_names(const PlanPtr& plan, const std::vector<std::string>& names) {
  if (names.empty()) { return plan; }
  const Expressions columns = output_of(*plan);
  Expressions list;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    list.push_back(make_expression(Alias{columns[i], names[i], next_attribute_id()}));
  }
  return make_plan(Project{plan, std::move(list)});
}

void check_num_columns(const CteDefinition& definition, std::size_t num_columns, Origin origin) {
  if (definition.columns.empty() || definition.columns.size() == num_columns) { return; }
  throw SqlError("ASSIGNMENT_ARITY_MISMATCH",
                 {{"numExpr", std::to_string(definition.columns.size())}, {"numTarget", std::to_string(num_columns)}},
                 origin);
}

}  // namespace

PlanPtr Resolver::resolve_with(const With& with, Origin origin) {
  std::set<std::string> seen;
  std::string duplicates;
  for (const auto& definition : with.definitions) {
    if (!seen.insert(fold_name(definition.name)).second) {
      duplicates += (duplicates.empty() ? "" : ", ") + quote_identifier(definition.name);
    }
  }
  if (!duplicates.empty()) { throw SqlError("DUPLICATED_CTE_NAMES", {{"duplicateNames", duplicates}}, origin); }

  ctes_.emplace_back();
  for (const auto& definition : with.definitions) {
    PlanPtr plan = resolve_definition(definition, with.is_recursive, origin);
    ctes_.back().push_back(
        CteEntry{.name = definition.name, .plan = std::move(plan), .loop = 0, .recursion_schema = {}});
  }
  PlanPtr child = resolve(with.child);
  ctes_.pop_back();
  return child;
}

PlanPtr Resolver::resolve_definition(const CteDefinition& definition, bool is_recursive, Origin origin) {
  // A CTE's query does not see the columns around the WITH's use in another query, only those of its own place.
  if (is_recursive && refers_to(definition.plan, definition.name)) { return resolve_recursion(definition, origin); }
  PlanPtr plan = resolve(definition.plan);
  check_num_columns(definition, output_of(*plan).size(), origin);
  return with_names(plan, definition.columns);
}

PlanPtr Resolver::resolve_recursion(const CteDefinition& definition, Origin origin) {
  // WITH inside the definition is kept around both halves.
  const auto* with = definition.plan->get_if<With>();
  PlanPtr body = with != nullptr ? with->child : definition.plan;
  while (const auto* alias = body->get_if<SubqueryAlias>()) { body = alias->child; }
  const auto* unions = body->get_if<SetOperation>();
  const bool is_union = unions != nullptr && unions->kind == SetOperationKind::kUnion && unions->inputs.size() == 2;
  if (!is_union) { throw SqlError("INVALID_RECURSIVE_CTE", {}, origin); }
  if (refers_to(unions->inputs[0], definition.name)) {
    throw SqlError("INVALID_RECURSIVE_REFERENCE.PLACE", {}, origin);
  }
  const auto around = [&](const PlanPtr& half) {
    return with == nullptr ? half : make_plan(With{half, with->definitions, with->is_recursive}, half->origin);
  };
  PlanPtr anchor = resolve(around(unions->inputs[0]));
  check_num_columns(definition, output_of(*anchor).size(), origin);
  anchor = with_names(anchor, definition.columns);

  RecursiveUnion recursive;
  recursive.loop = next_attribute_id();
  recursive.is_all = unions->is_all;
  recursive.max_level = context_.number("spark.sql.cteRecursionLevelLimit", kRecursionLevels);
  if (definition.max_level) {
    Place nothing;
    recursive.max_level = constant_value(resolve_expression(definition.max_level, nothing)).as_int64();
  }
  CteEntry self{
      .name = definition.name, .plan = nullptr, .loop = recursive.loop, .recursion_schema = schema_of(*anchor)};
  // Later rounds may bring NULLs whatever the anchor's columns say.
  for (Field& field : self.recursion_schema) { field.nullable = true; }
  ctes_.push_back({self});
  PlanPtr step = resolve(around(unions->inputs[1]));
  ctes_.pop_back();
  const Expressions step_columns = output_of(*step);
  if (step_columns.size() != self.recursion_schema.size()) {
    throw SqlError("NUM_COLUMNS_MISMATCH",
                   {{"operator", "UNION"},
                    {"firstNumColumns", std::to_string(self.recursion_schema.size())},
                    {"invalidOrdinalNum", "second"},
                    {"invalidNumColumns", std::to_string(step_columns.size())}},
                   origin);
  }
  std::vector<DataType> types;
  for (std::size_t i = 0; i < step_columns.size(); ++i) {
    const Field& field = self.recursion_schema[i];
    const auto common = common_type_of(std::vector<DataType>{field.type, type_of(*step_columns[i])});
    if (!common) {
      throw SqlError("INCOMPATIBLE_COLUMN_TYPE",
                     {{"operator", "UNION"},
                      {"columnOrdinalNumber", ordinal_word(i + 1)},
                      {"tableOrdinalNumber", "second"},
                      {"dataType1", "\"" + type_of(*step_columns[i]).to_sql() + "\""},
                      {"dataType2", "\"" + field.type.to_sql() + "\""},
                      {"hint", ""}},
                     origin);
    }
    types.push_back(field.type);
    recursive.output.push_back(make_expression(Attribute{field.name, field.type, true, next_attribute_id(), {}}));
  }
  recursive.anchor = std::move(anchor);
  recursive.step = cast_columns(std::move(step), types);
  return make_plan(std::move(recursive), origin);
}

PlanPtr Resolver::resolve_cte_reference(CteEntry& entry) {
  entry.is_referred_to = true;
  if (entry.plan == nullptr) {
    RecursionReference reference{.name = entry.name, .loop = entry.loop, .output = {}};
    for (const Field& field : entry.recursion_schema) {
      reference.output.push_back(
          make_expression(Attribute{field.name, field.type, field.nullable, next_attribute_id(), {}}));
    }
    return make_plan(SubqueryAlias{make_plan(std::move(reference)), {entry.name}, {}});
  }
  return make_plan(SubqueryAlias{with_fresh_ids(entry.plan), {entry.name}, {}});
}

}  // namespace hammerscale::sql
