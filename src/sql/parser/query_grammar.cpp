#include <algorithm>

#include "sql/parser/grammar.hpp"

namespace hammerscale::sql {

namespace {

struct SetOperator {
  SetOperationKind kind = SetOperationKind::kUnion;
  int precedence = 0;  ///< 0: none.
};

SetOperator set_operator_of(Keyword keyword) {
  switch (keyword) {
    case Keyword::kUnion: return {SetOperationKind::kUnion, 1};
    case Keyword::kExcept:
    case Keyword::kMinus:
    case Keyword::kSetminus: return {SetOperationKind::kExcept, 1};
    case Keyword::kIntersect: return {SetOperationKind::kIntersect, 2};
    default: return {};
  }
}

}  // namespace

/// Whether a query, and no column of such a name, begins here.
bool Grammar::starts_query(std::size_t ahead) const noexcept {
  const bool word_follows = is_identifier(ahead + 1);
  switch (peek(ahead).keyword) {
    case Keyword::kSelect:
      return !is(TokenKind::kRightParen, ahead + 1) && !is(TokenKind::kComma, ahead + 1) &&
             !is(TokenKind::kDot, ahead + 1) && !is(TokenKind::kEnd, ahead + 1);
    case Keyword::kWith: return word_follows;
    case Keyword::kFrom: return word_follows || is(TokenKind::kLeftParen, ahead + 1);
    case Keyword::kTable: return word_follows && !is(Keyword::kFrom, ahead + 1) && !is(Keyword::kAs, ahead + 1);
    case Keyword::kValues: {
      const auto kind = peek(ahead + 1).kind;
      return kind == TokenKind::kLeftParen || (kind >= TokenKind::kString && kind <= TokenKind::kBigDecimal) ||
             kind == TokenKind::kMinus ||
             (word_follows && !is(Keyword::kFrom, ahead + 1) && !is(Keyword::kAs, ahead + 1));
    }
    default: return false;
  }
}

/// What may follow a parenthesised query that is a part of a larger one.
bool Grammar::starts_query_tail() const noexcept {
  return set_operator_of(peek().keyword).precedence != 0 ||
         is_any({Keyword::kOrder, Keyword::kSort, Keyword::kDistribute, Keyword::kCluster, Keyword::kLimit,
                 Keyword::kOffset}) ||
         is(TokenKind::kPipeInto);
}

PlanPtr Grammar::query() {
  const Nested nested(*this);
  const std::size_t start = start_here();
  if (is(Keyword::kWith)) {
    bool is_recursive = false;
    auto definitions = cte_definitions(is_recursive);
    auto plan = query_after_with();
    return wrap_with(std::move(plan), std::move(definitions), is_recursive, start);
  }
  return query_after_with();
}

PlanPtr Grammar::wrap_with(PlanPtr plan, std::vector<CteDefinition> definitions, bool is_recursive, std::size_t start) {
  return make_plan(With{std::move(plan), std::move(definitions), is_recursive}, origin_from(start));
}

PlanPtr Grammar::query_after_with() { return query_tail(query_primary()); }

PlanPtr Grammar::query_tail(PlanPtr first) { return pipes(organisation(query_term(std::move(first), 0))); }

/// UNION and EXCEPT from left to right; INTERSECT first.
PlanPtr Grammar::query_term(PlanPtr left, int min_precedence) {
  const std::size_t start = start_here();
  int num_operations = 0;
  while (true) {
    const auto op = set_operator_of(peek().keyword);
    if (op.precedence == 0 || op.precedence <= min_precedence) { return left; }
    // A chain makes a plan as high as it is long.
    if (++num_operations > kMaxHeight) { fail_too_complex(); }
    take();
    SetOperation node;
    node.kind = op.kind;
    if (accept(Keyword::kAll)) {
      node.is_all = true;
    } else {
      accept(Keyword::kDistinct);
    }
    auto right = query_term(query_primary(), op.precedence);
    node.inputs.push_back(std::move(left));
    node.inputs.push_back(std::move(right));
    left = make_plan(std::move(node), origin_from(start));
  }
}

PlanPtr Grammar::query_primary() {
  const std::size_t start = start_here();
  switch (peek().keyword) {
    case Keyword::kSelect: return select();
    case Keyword::kFrom: return from_first();
    case Keyword::kValues: {
      take();
      return inline_table();
    }
    case Keyword::kTable: {
      take();
      UnresolvedRelation relation;
      auto name = object_name();
      relation.name = std::move(name.parts);
      relation.identifier = std::move(name.identifier);
      return make_plan(std::move(relation), origin_from(start));
    }
    default: break;
  }
  if (!is(TokenKind::kLeftParen)) { fail_here(); }
  take();
  auto plan = query();
  expect(TokenKind::kRightParen);
  return plan;
}

/// FROM relations [SELECT ...].
PlanPtr Grammar::from_first() {
  auto relation = from_clause();
  if (is(Keyword::kSelect)) { return select_after_from(std::move(relation)); }
  return relation;
}

/// (1, 2), (3, 4) behind VALUES, with its alias.
PlanPtr Grammar::inline_table() {
  const std::size_t start = start_here();
  InlineTable table;
  do {
    auto row = expression();
    const auto* call = row->get_if<UnresolvedFunction>();
    Expressions cells;
    if (call != nullptr && call->name.size() == 1 && call->name[0] == "named_struct" &&
        text_[static_cast<std::size_t>(row->origin.start)] == '(') {
      for (std::size_t i = 1; i < call->arguments.size(); i += 2) { cells.push_back(call->arguments[i]); }
    } else if (call != nullptr && call->name.size() == 1 && call->name[0] == "struct" && !call->is_distinct) {
      cells = call->arguments;
    } else {
      cells.push_back(std::move(row));
    }
    table.rows.push_back(std::move(cells));
  } while (accept(TokenKind::kComma));
  return alias_of(make_plan(std::move(table), origin_from(start)));
}

std::vector<CteDefinition> Grammar::cte_definitions(bool& is_recursive) {
  const std::size_t start = start_here();
  expect(Keyword::kWith);
  is_recursive = is(Keyword::kRecursive) && is_identifier(1) && !is(Keyword::kAs, 1);
  if (is_recursive) { take(); }
  std::vector<CteDefinition> definitions;
  do {
    CteDefinition definition;
    definition.name = object_identifier();
    if (is(TokenKind::kLeftParen) && !starts_query(1)) { definition.columns = identifier_list_in_parens(); }
    if (accept({Keyword::kMax, Keyword::kRecursion, Keyword::kLevel})) { definition.max_level = value(); }
    accept(Keyword::kAs);
    expect(TokenKind::kLeftParen);
    definition.plan = query();
    expect(TokenKind::kRightParen);
    const auto same = [&](const CteDefinition& other) { return other.name == definition.name; };
    if (std::any_of(definitions.begin(), definitions.end(), same)) {
      fail("DUPLICATED_CTE_NAMES", {{"duplicateNames", quote_identifier(definition.name)}}, origin_from(start));
    }
    definitions.push_back(std::move(definition));
  } while (accept(TokenKind::kComma));
  return definitions;
}

/// ORDER BY, CLUSTER BY, DISTRIBUTE BY, SORT BY, LIMIT, OFFSET.
PlanPtr Grammar::organisation(PlanPtr plan) {
  const std::size_t start = start_here();
  Expressions order;
  Expressions sort;
  Expressions distribute;
  const bool has_order = accept({Keyword::kOrder, Keyword::kBy});
  if (has_order) { order = sort_items(); }
  const bool has_cluster = !has_order && accept({Keyword::kCluster, Keyword::kBy});
  if (has_cluster) {
    distribute = expression_list();
    for (const auto& key : distribute) { sort.push_back(make_expression(SortOrder{key}, key->origin)); }
  }
  const bool has_distribute = accept({Keyword::kDistribute, Keyword::kBy});
  if (has_distribute) { distribute = expression_list(); }
  const bool has_sort = accept({Keyword::kSort, Keyword::kBy});
  if (has_sort) { sort = sort_items(); }
  if ((has_order || has_cluster) && (has_distribute || has_sort)) {
    fail("UNSUPPORTED_FEATURE.COMBINATION_QUERY_RESULT_CLAUSES", {}, origin_from(start));
  }
  if (!distribute.empty()) {
    plan =
        make_plan(Repartition{std::move(plan), RepartitionKind::kHash, std::move(distribute), 0}, origin_from(start));
  }
  if (has_order) {
    if (order.size() == 1) {
      const auto& only = *order[0]->get_if<SortOrder>();
      const auto* name = only.child->get_if<UnresolvedAttribute>();
      if (name != nullptr && name->parts.size() == 1 && find_keyword(name->parts[0]) == Keyword::kAll) {
        auto all = only;
        all.child = make_expression(UnresolvedAttribute{{"all"}}, only.child->origin);
        order[0] = make_expression(std::move(all), order[0]->origin);
      }
    }
    plan = make_plan(Sort{std::move(plan), std::move(order), true}, origin_from(start));
  }
  if (!sort.empty()) { plan = make_plan(Sort{std::move(plan), std::move(sort), false}, origin_from(start)); }
  if (is(Keyword::kWindow) && is_identifier(1) && is(Keyword::kAs, 2)) {
    auto windows = window_definitions();
    plan = make_plan(NamedWindows{std::move(plan), std::move(windows)}, origin_from(start));
  }
  ExpressionPtr limit;
  if (accept(Keyword::kLimit)) {
    if (!accept(Keyword::kAll)) { limit = expression(); }
  }
  if (accept(Keyword::kOffset)) {
    auto offset = expression();
    plan = make_plan(Offset{std::move(plan), std::move(offset)}, origin_from(start));
  }
  if (limit != nullptr) { plan = make_plan(Limit{std::move(plan), std::move(limit)}, origin_from(start)); }
  return plan;
}

std::vector<Hint> Grammar::hints() {
  std::vector<Hint> all;
  while (accept(TokenKind::kHintStart)) {
    do {
      accept(TokenKind::kComma);
      Hint hint;
      hint.name = identifier();
      if (accept(TokenKind::kLeftParen)) {
        if (!is(TokenKind::kRightParen)) { hint.arguments = expression_list(); }
        expect(TokenKind::kRightParen);
      }
      all.push_back(std::move(hint));
    } while (is(TokenKind::kComma) || is_identifier());
    expect(TokenKind::kHintEnd);
  }
  return all;
}

std::vector<std::pair<std::string, WindowSpec>> Grammar::window_definitions() {
  const std::size_t start = start_here();
  expect(Keyword::kWindow);
  std::vector<std::pair<std::string, WindowSpec>> windows;
  do {
    auto name = identifier();
    expect(Keyword::kAs);
    WindowSpec spec;
    if (is_identifier()) {
      spec.base = identifier();
    } else if (is(TokenKind::kLeftParen) && is_identifier(1) && is(TokenKind::kRightParen, 2)) {
      take();
      spec.base = identifier();
      take();
    } else {
      spec = window_spec();
    }
    const auto same = [&](const auto& other) { return other.first == name; };
    if (std::any_of(windows.begin(), windows.end(), same)) {
      fail("INVALID_SQL_SYNTAX.REPETITIVE_WINDOW_DEFINITION", {{"windowName", quote_identifier(name)}},
           origin_from(start));
    }
    windows.emplace_back(std::move(name), std::move(spec));
  } while (accept(TokenKind::kComma));
  return windows;
}

PlanPtr Grammar::select() { return select_after_from(nullptr); }

/// SELECT and all its clauses; the relation was read before where FROM stood first.
PlanPtr Grammar::select_after_from(PlanPtr relation) {
  const std::size_t start = start_here();
  expect(Keyword::kSelect);
  auto all_hints = hints();
  const bool is_distinct =
      is(Keyword::kDistinct) && !is(TokenKind::kComma, 1) && !is(Keyword::kFrom, 1) && !is(TokenKind::kEnd, 1);
  if (is_distinct) {
    take();
  } else if (is(Keyword::kAll) && !is(TokenKind::kComma, 1) && !is(Keyword::kFrom, 1) && !is(TokenKind::kEnd, 1) &&
             !is(TokenKind::kLeftParen, 1) && !is(TokenKind::kDot, 1)) {
    take();
  }
  if (is(Keyword::kTransform) && is(TokenKind::kLeftParen, 1)) {
    // TRANSFORM(...) USING 'script' starts a program per partition; transform(array, lambda) is a function.
    std::size_t ahead = 2;
    for (int depth = 1; depth > 0 && !is(TokenKind::kEnd, ahead); ++ahead) {
      depth += is(TokenKind::kLeftParen, ahead) ? 1 : is(TokenKind::kRightParen, ahead) ? -1 : 0;
    }
    if (is(Keyword::kUsing, ahead)) { fail("UNSUPPORTED_FEATURE.TRANSFORM_NON_HIVE", {}, origin_from(start)); }
  }
  auto list = named_expression_list();
  if (relation == nullptr) { relation = is(Keyword::kFrom) ? from_clause() : make_plan(OneRow{}, origin_from(start)); }
  while (is(Keyword::kLateral) && is(Keyword::kView, 1)) { relation = lateral_view(std::move(relation)); }
  if (accept(Keyword::kWhere)) {
    auto condition = expression();
    relation = make_plan(Filter{std::move(relation), std::move(condition)}, origin_from(start));
  }
  PlanPtr plan;
  const bool has_group = accept({Keyword::kGroup, Keyword::kBy});
  if (has_group) {
    plan = aggregate_of(std::move(relation), std::move(list));
  } else if (is(Keyword::kHaving)) {
    plan = make_plan(Aggregate{std::move(relation), GroupingKind::kPlain, {}, {}, std::move(list)}, origin_from(start));
  } else {
    plan = make_plan(Project{std::move(relation), std::move(list)}, origin_from(start));
  }
  if (accept(Keyword::kHaving)) {
    auto condition = expression();
    plan = make_plan(Having{std::move(plan), std::move(condition)}, origin_from(start));
  }
  std::vector<std::pair<std::string, WindowSpec>> windows;
  const auto at_windows = [&] { return is(Keyword::kWindow) && is_identifier(1) && is(Keyword::kAs, 2); };
  if (at_windows()) { windows = window_definitions(); }
  if (accept(Keyword::kQualify)) {
    auto condition = expression();
    plan = make_plan(Qualify{std::move(plan), std::move(condition)}, origin_from(start));
  }
  if (windows.empty() && at_windows()) { windows = window_definitions(); }
  if (is_distinct) { plan = make_plan(Distinct{std::move(plan)}, origin_from(start)); }
  if (!windows.empty()) { plan = make_plan(NamedWindows{std::move(plan), std::move(windows)}, origin_from(start)); }
  if (!all_hints.empty()) { plan = make_plan(Hinted{std::move(plan), std::move(all_hints)}, origin_from(start)); }
  return plan;
}

/// What follows GROUP BY.
PlanPtr Grammar::aggregate_of(PlanPtr child, Expressions list) {
  const std::size_t start = start_here();
  Aggregate node;
  node.child = std::move(child);
  node.list = std::move(list);
  if (is(Keyword::kAll) && !is(TokenKind::kComma, 1) && !is(TokenKind::kLeftParen, 1) && !is(TokenKind::kDot, 1)) {
    take();
    node.kind = GroupingKind::kAll;
    return make_plan(std::move(node), origin_from(start));
  }
  do { node.grouping.push_back(grouping_element()); } while (accept(TokenKind::kComma));
  if (accept({Keyword::kWith, Keyword::kRollup})) {
    node.kind = GroupingKind::kRollup;
  } else if (accept({Keyword::kWith, Keyword::kCube})) {
    node.kind = GroupingKind::kCube;
  } else if (accept({Keyword::kGrouping, Keyword::kSets})) {
    node.kind = GroupingKind::kGroupingSets;
    expect(TokenKind::kLeftParen);
    do {
      const auto set = grouping_set();
      const auto* group = set->get_if<UnresolvedFunction>();
      const bool is_group = group != nullptr && group->name.size() == 1 && group->name[0] == "struct";
      node.grouping_sets.push_back(is_group ? group->arguments : Expressions{set});
    } while (accept(TokenKind::kComma));
    expect(TokenKind::kRightParen);
  }
  return make_plan(std::move(node), origin_from(start));
}

/// (a, b), () or a, as ROLLUP, CUBE and GROUPING SETS hold them; the first two as "struct" calls.
ExpressionPtr Grammar::grouping_set() {
  const std::size_t start = start_here();
  if (is_any({Keyword::kRollup, Keyword::kCube}) && is(TokenKind::kLeftParen, 1)) { return grouping_element(); }
  if (is(Keyword::kGrouping) && is(Keyword::kSets, 1)) { return grouping_element(); }
  if (is(TokenKind::kLeftParen) && is(TokenKind::kRightParen, 1)) {
    take();
    take();
    return call("struct", {}, start);
  }
  auto element = expression();
  const auto* row = element->get_if<UnresolvedFunction>();
  if (row != nullptr && row->name.size() == 1 && row->name[0] == "named_struct" && text_[start] == '(') {
    Expressions parts;
    for (std::size_t i = 1; i < row->arguments.size(); i += 2) { parts.push_back(row->arguments[i]); }
    return call("struct", std::move(parts), start);
  }
  return element;
}

/// One element of GROUP BY: an expression, ROLLUP (...), CUBE (...) or GROUPING SETS (...).
ExpressionPtr Grammar::grouping_element() {
  const Nested nested(*this);
  const std::size_t start = start_here();
  std::string_view name;
  if (is(Keyword::kRollup) && is(TokenKind::kLeftParen, 1)) { name = "rollup"; }
  if (is(Keyword::kCube) && is(TokenKind::kLeftParen, 1)) { name = "cube"; }
  if (is(Keyword::kGrouping) && is(Keyword::kSets, 1)) {
    name = "grouping sets";
    take();
  }
  if (name.empty()) { return expression(); }
  take();
  Expressions sets;
  expect(TokenKind::kLeftParen);
  do { sets.push_back(grouping_set()); } while (accept(TokenKind::kComma));
  expect(TokenKind::kRightParen);
  return call(name, std::move(sets), start);
}

}  // namespace hammerscale::sql
