#include <algorithm>
#include <map>
#include <utility>

#include "sql/analyzer/plan_columns.hpp"
#include "sql/optimizer/rule.hpp"

namespace hammerscale::sql {

namespace {

std::map<AttributeId, int> count_uses(const Expressions& list) {
  std::map<AttributeId, int> uses;
  for (const auto& item : list) {
    for_each(item, [&](const ExpressionPtr& part) {
      if (const auto* attribute = part->get_if<Attribute>()) { ++uses[attribute->id]; }
      return true;
    });
  }
  return uses;
}

bool is_cheap(const ExpressionPtr& expression) {
  if (const auto* cast = expression->get_if<Cast>()) { return is_cheap(cast->child); }
  return expression->is<Attribute>() || expression->is<Literal>() || expression->is<OuterReference>();
}

// Upper items over the lower list's input; none where that would compute something twice or move what must stay.
std::optional<Expressions> merge(const Expressions& upper, const Expressions& lower) {
  std::map<AttributeId, ExpressionPtr> replacements;
  const auto uses = count_uses(upper);
  for (const auto& item : lower) {
    const auto* alias = item->get_if<Alias>();
    if (alias == nullptr) { continue; }
    const auto used = uses.find(alias->id);
    const int num_uses = used == uses.end() ? 0 : used->second;
    if (num_uses > 0 && !is_deterministic(*alias->child)) { return std::nullopt; }
    if (num_uses > 1 && !is_cheap(alias->child)) { return std::nullopt; }
    replacements[alias->id] = alias->child;
  }
  Expressions merged;
  for (const auto& item : upper) {
    if (const auto* attribute = item->get_if<Attribute>()) {
      const auto found = replacements.find(attribute->id);
      merged.push_back(found == replacements.end()
                           ? item
                           : make_expression(Alias{found->second, attribute->name, attribute->id}, item->origin));
      continue;
    }
    merged.push_back(replace_attributes(item, replacements));
  }
  return merged;
}

bool hands_on_child(const Project& project) {
  const Expressions output = output_of(*project.child);
  return output.size() == project.list.size() &&
         std::equal(output.begin(), output.end(), project.list.begin(), [](const auto& a, const auto& b) {
           return b->template is<Attribute>() && id_of(a) == id_of(b) && named_as(a) == named_as(b);
         });
}

}  // namespace

/// Project over Project is one; a Project that changes nothing goes.
PlanPtr combine_projects(const PlanPtr& plan, AnalyzerContext& /*context*/) {
  return transform_up(plan, [](const PlanPtr& node) -> PlanPtr {
    const auto* upper = node->get_if<Project>();
    if (upper == nullptr) { return node; }
    if (const auto* lower = upper->child->get_if<Project>()) {
      if (auto merged = merge(upper->list, lower->list)) {
        return make_plan(Project{lower->child, std::move(*merged)}, node->origin);
      }
    }
    return hands_on_child(*upper) ? upper->child : node;
  });
}

}  // namespace hammerscale::sql
