#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "../analyzer/analysis_session.hpp"

namespace hammerscale::sql {
namespace {

template <typename Node>
int count(const PlanPtr& plan) {
  int found = 0;
  for_each(plan, [&](const PlanPtr& part) {
    found += part->is<Node>() ? 1 : 0;
    return true;
  });
  return found;
}

bool has_call(const PlanPtr& plan, std::string_view name) {
  bool found = false;
  for_each(plan, [&](const PlanPtr& part) {
    for (const auto& expression : expressions_of(*part)) {
      found = found || contains(expression, [&](const Expression& inner) {
                const auto* call = inner.get_if<FunctionCall>();
                return call != nullptr && call->name == name;
              });
    }
    return true;
  });
  return found;
}

bool has_cast_of_cast(const PlanPtr& plan) {
  bool found = false;
  for_each(plan, [&](const PlanPtr& part) {
    for (const auto& expression : expressions_of(*part)) {
      found = found || contains(expression, [](const Expression& inner) {
                const auto* cast = inner.get_if<Cast>();
                return cast != nullptr && cast->child->is<Cast>();
              });
    }
    return true;
  });
  return found;
}

bool has_case(const PlanPtr& plan) {
  bool found = false;
  for_each(plan, [&](const PlanPtr& part) {
    for (const auto& expression : expressions_of(*part)) {
      found = found || contains(expression, [](const Expression& inner) { return inner.is<CaseWhen>(); });
    }
    return true;
  });
  return found;
}

int num_joins(const PlanPtr& plan, JoinKind kind) {
  int found = 0;
  for_each(plan, [&](const PlanPtr& part) {
    const auto* join = part->get_if<Join>();
    found += join != nullptr && join->kind == kind ? 1 : 0;
    return true;
  });
  return found;
}

bool filters_a_source(const PlanPtr& plan) {
  bool found = false;
  for_each(plan, [&](const PlanPtr& part) {
    const auto* filter = part->get_if<Filter>();
    found =
        found || (filter != nullptr &&
                  (filter->child->is<SourceRelation>() ||
                   (filter->child->is<Project>() && filter->child->get_if<Project>()->child->is<SourceRelation>())));
    return true;
  });
  return found;
}

bool limits_a_source(const PlanPtr& plan) {
  bool found = false;
  for_each(plan, [&](const PlanPtr& part) {
    const auto* limit = part->get_if<Limit>();
    found = found || (limit != nullptr && limit->child->is<SourceRelation>());
    return true;
  });
  return found;
}

bool narrows_a_source(const PlanPtr& plan) {
  bool found = false;
  for_each(plan, [&](const PlanPtr& part) {
    const auto* project = part->get_if<Project>();
    found = found || (project != nullptr && project->child->is<SourceRelation>() && project->list.size() == 1);
    return true;
  });
  return found;
}

/// A query whose plan has a property because of one rule, and has not without it.
struct RuleCase {
  std::string rule;
  std::string query;
  std::function<bool(const PlanPtr&)> holds;
};

class OptimizerRules : public ::testing::Test {
 protected:
  OptimizerRules() {
    session_.create_table("t", {{"a", TypeId::kInt, true}, {"b", TypeId::kInt, false}, {"s", TypeId::kString, true}});
    session_.create_table("u", {{"a", TypeId::kInt, true}, {"c", TypeId::kInt, true}});
  }

  AnalysisSession session_;
};

TEST_F(OptimizerRules, EachRuleMakesItsDifference) {
  const std::vector<RuleCase> cases = {
      {"combine_unions", "SELECT a FROM t UNION (SELECT a FROM u UNION SELECT c FROM u)",
       [](const PlanPtr& plan) { return count<SetOperation>(plan) == 1; }},
      {"fold_constants", "SELECT a + (1 + 2) FROM t",
       [](const PlanPtr& plan) {
         bool folded = false;
         for (const auto& item : expressions_of(*plan)) {
           folded = folded || contains(item, [](const Expression& part) {
                      const auto* literal = part.get_if<Literal>();
                      return literal != nullptr && literal->value == Value(std::int64_t{3});
                    });
         }
         return folded;
       }},
      {"simplify_booleans", "SELECT a FROM t WHERE NOT (a > 1)",
       [](const PlanPtr& plan) { return !has_call(plan, "not"); }},
      {"simplify_conditionals", "SELECT CASE WHEN true THEN a ELSE b END FROM t",
       [](const PlanPtr& plan) { return !has_case(plan); }},
      {"simplify_casts", "SELECT CAST(CAST(a AS BIGINT) AS DOUBLE) FROM t",
       [](const PlanPtr& plan) { return !has_cast_of_cast(plan); }},
      {"simplify_like", "SELECT a FROM t WHERE s LIKE 'x%'",
       [](const PlanPtr& plan) { return !has_call(plan, "like"); }},
      {"optimize_in", "SELECT a FROM t WHERE a IN (1, 1)", [](const PlanPtr& plan) { return !has_call(plan, "in"); }},
      {"outer_join_to_inner", "SELECT t.b FROM t LEFT JOIN u ON t.a = u.a WHERE u.c > 1",
       [](const PlanPtr& plan) { return num_joins(plan, JoinKind::kLeftOuter) == 0; }},
      {"push_filter_down", "SELECT t.b FROM t JOIN u ON t.a = u.a WHERE t.b > 1", filters_a_source},
      {"combine_filters", "SELECT * FROM (SELECT * FROM t WHERE a > 1) x WHERE b > 1",
       [](const PlanPtr& plan) { return count<Filter>(plan) == 1; }},
      {"combine_projects", "SELECT x + 1 FROM (SELECT a + 1 AS x FROM t) y",
       [](const PlanPtr& plan) { return count<Project>(plan) == 1; }},
      {"push_limit_down", "SELECT a + 1 FROM t LIMIT 5", limits_a_source},
      {"combine_limits", "SELECT * FROM (SELECT * FROM t LIMIT 5) x LIMIT 3",
       [](const PlanPtr& plan) { return count<Limit>(plan) == 1; }},
      {"remove_redundant_sorts", "SELECT a, count(*) FROM (SELECT * FROM t ORDER BY b) x GROUP BY a",
       [](const PlanPtr& plan) { return count<Sort>(plan) == 0; }},
      {"remove_redundant_distinct", "SELECT DISTINCT a FROM (SELECT a, count(*) FROM t GROUP BY a) x",
       [](const PlanPtr& plan) { return count<Distinct>(plan) == 0 || count<Aggregate>(plan) == 0; }},
      {"prune_columns", "SELECT count(t.b) FROM t JOIN u ON t.b = u.a", narrows_a_source},
      {"propagate_empty_relations", "SELECT t.a FROM t JOIN u ON t.a = u.a WHERE false",
       [](const PlanPtr& plan) { return count<Join>(plan) == 0; }},
  };
  for (const auto& [rule, query, holds] : cases) {
    session_.context().settings.clear();
    EXPECT_TRUE(holds(session_.optimize(query))) << rule << "\n" << to_tree_string(*session_.optimize(query));
    // Some rules do what another one would leave for them, so only a few stand alone.
    session_.context().settings["spark.sql.optimizer.excludedRules"] = rule;
    EXPECT_FALSE(holds(session_.optimize(query))) << "without " << rule << "\n"
                                                  << to_tree_string(*session_.optimize(query));
  }
}

TEST_F(OptimizerRules, SubqueriesBecomeJoins) {
  const auto joins = [&](const std::string& query, JoinKind kind) { return num_joins(session_.optimize(query), kind); };
  EXPECT_EQ(joins("SELECT a FROM t WHERE EXISTS (SELECT 1 FROM u WHERE u.a = t.a)", JoinKind::kLeftSemi), 1);
  EXPECT_EQ(joins("SELECT a FROM t WHERE NOT EXISTS (SELECT 1 FROM u WHERE u.a = t.a)", JoinKind::kLeftAnti), 1);
  EXPECT_EQ(joins("SELECT a FROM t WHERE a IN (SELECT a FROM u)", JoinKind::kLeftSemi), 1);
  EXPECT_EQ(joins("SELECT a FROM t WHERE a NOT IN (SELECT a FROM u)", JoinKind::kNullAwareAnti), 1);
  EXPECT_EQ(joins("SELECT a FROM t WHERE a IN (SELECT a FROM u) OR b = 1", JoinKind::kMark), 1);
  EXPECT_EQ(joins("SELECT (SELECT max(c) FROM u WHERE u.a = t.a) FROM t", JoinKind::kSingle), 1);
  // Plain equalities are pulled up; D is made only where nothing simpler does.
  EXPECT_EQ(count<Distinct>(session_.optimize("SELECT (SELECT max(c) FROM u WHERE u.a = t.a) FROM t")), 0);
  EXPECT_GE(count<Distinct>(session_.optimize("SELECT (SELECT max(c) FROM u WHERE u.a < t.a) FROM t")), 1);
}

TEST_F(OptimizerRules, FoldingLeavesErrorsToTheRows) {
  EXPECT_TRUE(has_call(session_.optimize("SELECT 1 / 0 FROM t"), "/"));
}

TEST_F(OptimizerRules, SortUnderLimitStays) {
  EXPECT_EQ(count<Sort>(session_.optimize("SELECT a, count(*) FROM (SELECT * FROM t ORDER BY b LIMIT 3) x GROUP BY a")),
            1);
}

}  // namespace
}  // namespace hammerscale::sql
