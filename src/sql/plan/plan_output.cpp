#include <algorithm>

#include "hammerscale/base/error.hpp"
#include "sql/plan/plan.hpp"

namespace hammerscale::sql {

namespace {

template <typename... Handlers>
struct Overloaded : Handlers... {
  using Handlers::operator()...;
};

Expressions to_attributes(const Expressions& named) {
  Expressions attributes;
  attributes.reserve(named.size());
  for (const auto& expression : named) { attributes.push_back(to_attribute(expression)); }
  return attributes;
}

void make_nullable(Expressions& attributes) {
  for (auto& attribute : attributes) {
    const auto* known = attribute->get_if<Attribute>();
    if (known == nullptr || known->nullable) { continue; }
    Attribute copy = *known;
    copy.nullable = true;
    attribute = make_expression(std::move(copy), attribute->origin);
  }
}

void append(Expressions& to, Expressions from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

Expressions output_of_join(const Join& join) {
  Expressions output = output_of(*join.left);
  switch (join.kind) {
    case JoinKind::kLeftSemi:
    case JoinKind::kLeftAnti:
    case JoinKind::kNullAwareAnti: return output;
    case JoinKind::kMark: output.push_back(join.mark); return output;
    case JoinKind::kLeftOuter:
    case JoinKind::kSingle: {
      Expressions right = output_of(*join.right);
      make_nullable(right);
      append(output, std::move(right));
      return output;
    }
    case JoinKind::kRightOuter:
      make_nullable(output);
      append(output, output_of(*join.right));
      return output;
    case JoinKind::kFullOuter:
      append(output, output_of(*join.right));
      make_nullable(output);
      return output;
    case JoinKind::kInner:
    case JoinKind::kCross: append(output, output_of(*join.right)); return output;
  }
  return output;
}

Expressions output_of_alias(const SubqueryAlias& alias) {
  Expressions output = output_of(*alias.child);
  for (std::size_t i = 0; i < output.size(); ++i) {
    const auto* attribute = output[i]->get_if<Attribute>();
    if (attribute == nullptr) { continue; }
    Attribute copy = *attribute;
    copy.qualifier = alias.alias;
    if (i < alias.columns.size()) { copy.name = alias.columns[i]; }
    output[i] = make_expression(std::move(copy), output[i]->origin);
  }
  return output;
}

[[noreturn]] void fail_unresolved(const Plan& plan) {
  throw InternalError("output of an operator that is not analysed", {{"plan", to_tree_string(plan)}});
}

}  // namespace

Expressions output_of(const Plan& plan) {
  return std::visit(Overloaded{
      [](const LocalRelation& node) { return node.output; },
      [](const SourceRelation& node) { return node.output; },
      [](const OneRow&) { return Expressions{}; },
      [](const Range& node) { return Expressions{node.output}; },
      [](const RecursionReference& node) { return node.output; },
      [](const Project& node) { return to_attributes(node.list); },
      [](const Aggregate& node) { return to_attributes(node.list); },
      [](const Expand& node) { return node.output; },
      [](const Filter& node) { return output_of(*node.child); },
      [](const Having& node) { return output_of(*node.child); },
      [](const Qualify& node) { return output_of(*node.child); },
      [](const NamedWindows& node) { return output_of(*node.child); },
      [](const Sort& node) { return output_of(*node.child); },
      [](const Limit& node) { return output_of(*node.child); },
      [](const Offset& node) { return output_of(*node.child); },
      [](const Distinct& node) { return output_of(*node.child); },
      [](const Deduplicate& node) { return output_of(*node.child); },
      [](const Sample& node) { return output_of(*node.child); },
      [](const Repartition& node) { return output_of(*node.child); },
      [](const Hinted& node) { return output_of(*node.child); },
      [](const With& node) { return output_of(*node.child); },
      [](const SubqueryAlias& node) { return output_of_alias(node); },
      [](const Window& node) {
        Expressions output = output_of(*node.child);
        append(output, to_attributes(node.list));
        return output;
      },
      [&](const Generate& node) {
        Expressions output = output_of(*node.child);
        Expressions generated = node.output;
        if (node.is_outer) { make_nullable(generated); }
        append(output, std::move(generated));
        return output;
      },
      [](const Join& node) { return output_of_join(node); },
      [](const SetOperation& node) { return node.output; },
      [](const RecursiveUnion& node) { return node.output; },
      [](const Command&) { return Expressions{}; },
      [&](const auto&) -> Expressions { fail_unresolved(plan); }}, plan.node);
}

Schema schema_of(const Plan& plan) {
  Schema schema;
  for (const auto& expression : output_of(plan)) {
    const auto* attribute = expression->get_if<Attribute>();
    if (attribute == nullptr) { fail_unresolved(plan); }
    schema.push_back(Field{attribute->name, attribute->type, attribute->nullable});
  }
  return schema;
}

bool is_resolved(const Plan& plan) {
  const bool node_resolved = std::visit(Overloaded{
      [](const UnresolvedRelation&) { return false; },
      [](const UnresolvedTableFunction&) { return false; },
      [](const InlineTable&) { return false; },
      [](const With&) { return false; },
      [](const Having&) { return false; },
      [](const Qualify&) { return false; },
      [](const NamedWindows&) { return false; },
      [](const Pivot&) { return false; },
      [](const Unpivot&) { return false; },
      [](const EditColumns&) { return false; },
      [](const Aggregate& node) { return node.kind == GroupingKind::kPlain; },
      [](const Generate& node) { return !node.output.empty(); },
      [](const Join& node) { return !node.is_natural && (node.using_columns.empty() || node.condition != nullptr); },
      [](const SetOperation& node) { return !node.output.empty() && !node.by_name; },
      [](const auto&) { return true; }}, plan.node);
  if (!node_resolved) { return false; }
  const auto expressions = expressions_of(plan);
  if (!std::all_of(expressions.begin(), expressions.end(), [](const auto& part) { return is_resolved(*part); })) {
    return false;
  }
  const auto children = children_of(plan);
  return std::all_of(children.begin(), children.end(), [](const auto& child) { return is_resolved(*child); });
}

}  // namespace hammerscale::sql
