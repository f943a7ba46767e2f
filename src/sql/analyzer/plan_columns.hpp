#pragma once

#include <map>
#include <set>
#include <vector>

#include "sql/plan/plan.hpp"

namespace hammerscale::sql {

/// Id of an Attribute or Alias; 0 for anything else.
AttributeId id_of(const ExpressionPtr& named);
/// Name of an Attribute or Alias.
const std::string& named_as(const ExpressionPtr& named);

/// Ids of the attributes in an expression; OuterReferences and the insides of subqueries are not among them, but a
/// subquery's own outer references and IN values are.
std::set<AttributeId> references_of(const ExpressionPtr& expression);
std::set<AttributeId> references_of(const Expressions& expressions);
/// Ids of output_of.
std::set<AttributeId> output_ids(const Plan& plan);

/// Attributes and outer references of ids in the map replaced, in subqueries' plans as well.
ExpressionPtr replace_attributes(const ExpressionPtr& expression,
                                 const std::map<AttributeId, ExpressionPtr>& replacements);
PlanPtr replace_attributes(const PlanPtr& plan, const std::map<AttributeId, ExpressionPtr>& replacements);

/// A copy whose operators all give new ids to what they make, so that it can stand beside the original. Outer
/// references to queries around it stay.
PlanPtr with_fresh_ids(const PlanPtr& plan);

/// Columns that t.c can reach though * does not show them: the keys of USING and NATURAL joins on both sides.
Expressions hidden_output_of(const Plan& plan);

/// The plan with these columns, which lie in its children's outputs, in its own output too; null where an operator
/// between (DISTINCT, a set operation, an alias) does not let them through.
PlanPtr with_columns(const PlanPtr& plan, const Expressions& attributes);

/// The plan with those of its hidden columns in its output that the expressions read.
PlanPtr with_hidden_columns(const PlanPtr& plan, const Expressions& expressions);

/// Attributes that OuterReferences of the plan name, each once, nested subqueries included.
Expressions outer_references_of(const PlanPtr& plan);

bool contains_aggregate(const ExpressionPtr& expression);  ///< Outside of WindowExpressions' own functions.
bool contains_window(const ExpressionPtr& expression);
bool contains_generator(const ExpressionPtr& expression);

/// A join; without a condition an inner one is a cross join.
PlanPtr make_join(PlanPtr left, PlanPtr right, JoinKind kind, ExpressionPtr condition = nullptr);

/// A Project that gives exactly these attributes; the plan itself where it gives them already.
PlanPtr project_to(PlanPtr plan, const Expressions& attributes);

}  // namespace hammerscale::sql
