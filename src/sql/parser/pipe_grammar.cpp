#include "sql/parser/grammar.hpp"

namespace hammerscale::sql {

/// query |> step |> step.
PlanPtr Grammar::pipes(PlanPtr plan) {
  int num_steps = 0;
  while (accept(TokenKind::kPipeInto)) {
    if (++num_steps > kMaxHeight) { fail_too_complex(); }
    plan = pipe_step(std::move(plan));
  }
  return plan;
}

PlanPtr Grammar::pipe_step(PlanPtr plan) {
  const std::size_t start = start_here();
  const auto fail_clause = [&](std::string clause) {
    fail("UNSUPPORTED_FEATURE.CLAUSE_WITH_PIPE_OPERATORS", {{"clauses", std::move(clause)}}, origin_from(start));
  };
  switch (peek().keyword) {
    case Keyword::kSelect: {
      // The relation is the pipe's input, so FROM and what belongs to it may not stand here.
      take();
      auto all_hints = hints();
      const bool is_distinct = accept(Keyword::kDistinct);
      auto list = named_expression_list();
      auto result = make_plan(Project{std::move(plan), std::move(list)}, origin_from(start));
      if (is_distinct) { result = make_plan(Distinct{std::move(result)}, origin_from(start)); }
      if (is(Keyword::kWindow)) {
        auto windows = window_definitions();
        result = make_plan(NamedWindows{std::move(result), std::move(windows)}, origin_from(start));
      }
      if (!all_hints.empty()) {
        result = make_plan(Hinted{std::move(result), std::move(all_hints)}, origin_from(start));
      }
      return result;
    }
    case Keyword::kExtend: {
      take();
      Expressions list{make_expression(UnresolvedStar{}, origin_from(start))};
      do { list.push_back(named_expression()); } while (accept(TokenKind::kComma));
      return make_plan(Project{std::move(plan), std::move(list)}, origin_from(start));
    }
    case Keyword::kSet: {
      take();
      do {
        auto name = identifier();
        expect(TokenKind::kEqual);
        auto value = expression();
        EditColumns node;
        node.child = std::move(plan);
        node.columns.push_back(make_expression(Alias{std::move(value), std::move(name)}, origin_from(start)));
        plan = make_plan(std::move(node), origin_from(start));
      } while (accept(TokenKind::kComma));
      return plan;
    }
    case Keyword::kDrop: {
      take();
      EditColumns node;
      node.child = std::move(plan);
      node.kind = ColumnEditKind::kDrop;
      do {
        const std::size_t at = start_here();
        auto name = multipart_name();
        node.columns.push_back(make_expression(UnresolvedAttribute{std::move(name)}, origin_from(at)));
      } while (accept(TokenKind::kComma));
      return make_plan(std::move(node), origin_from(start));
    }
    case Keyword::kAs: {
      take();
      SubqueryAlias node;
      node.child = std::move(plan);
      node.alias.push_back(identifier());
      return make_plan(std::move(node), origin_from(start));
    }
    case Keyword::kWhere: {
      take();
      auto condition = expression();
      return make_plan(Filter{std::move(plan), std::move(condition)}, origin_from(start));
    }
    case Keyword::kAggregate: return pipe_aggregate(std::move(plan));
    case Keyword::kPivot:
    case Keyword::kUnpivot:
      if (starts_pivot()) { return is(Keyword::kPivot) ? pivot(std::move(plan)) : unpivot(std::move(plan)); }
      break;
    case Keyword::kTablesample: return sample(std::move(plan));
    case Keyword::kUnion:
    case Keyword::kIntersect:
    case Keyword::kExcept:
    case Keyword::kMinus:
    case Keyword::kSetminus: {
      SetOperation node;
      const auto keyword = take().keyword;
      node.kind = keyword == Keyword::kUnion       ? SetOperationKind::kUnion
                  : keyword == Keyword::kIntersect ? SetOperationKind::kIntersect
                                                   : SetOperationKind::kExcept;
      node.is_all = accept(Keyword::kAll);
      if (!node.is_all) { accept(Keyword::kDistinct); }
      auto right = query_primary();
      node.inputs.push_back(std::move(plan));
      node.inputs.push_back(std::move(right));
      return make_plan(std::move(node), origin_from(start));
    }
    case Keyword::kOrder:
    case Keyword::kSort:
    case Keyword::kDistribute:
    case Keyword::kCluster:
    case Keyword::kLimit:
    case Keyword::kOffset: {
      const std::size_t before = at_;
      auto result = organisation(std::move(plan));
      if (at_ == before) { fail_here(); }
      return result;
    }
    case Keyword::kWindow: fail_clause("the WINDOW clause"); break;
    default: break;
  }
  auto joined = plan;
  if (!join_step(joined)) { fail_here(); }
  return joined;
}

/// AGGREGATE [aggregates] [GROUP BY keys]: gives the keys and then the aggregates.
PlanPtr Grammar::pipe_aggregate(PlanPtr plan) {
  const std::size_t start = start_here();
  expect(Keyword::kAggregate);
  Aggregate node;
  node.child = std::move(plan);
  Expressions aggregates;
  if (!is(Keyword::kGroup)) { aggregates = named_expression_list(); }
  if (accept({Keyword::kGroup, Keyword::kBy})) {
    do {
      const std::size_t at = start_here();
      auto key = grouping_element();
      node.grouping.push_back(key);
      const bool has_as = accept(Keyword::kAs);
      if (has_as || is_bare_alias(false)) {
        key = make_expression(Alias{std::move(key), identifier()}, origin_from(at));
      }
      node.list.push_back(std::move(key));
    } while (accept(TokenKind::kComma));
  } else if (aggregates.empty()) {
    fail_here();
  }
  for (auto& aggregate : aggregates) { node.list.push_back(std::move(aggregate)); }
  return make_plan(std::move(node), origin_from(start));
}

}  // namespace hammerscale::sql
