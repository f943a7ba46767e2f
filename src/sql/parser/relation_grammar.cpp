#include <charconv>
#include <optional>

#include "sql/parser/grammar.hpp"

namespace hammerscale::sql {

/// FROM a, b JOIN c ... LATERAL VIEW ...
PlanPtr Grammar::from_clause() {
  const std::size_t start = start_here();
  expect(Keyword::kFrom);
  auto plan = relation();
  int num_relations = 1;
  while (accept(TokenKind::kComma)) {
    if (++num_relations > kMaxHeight) { fail_too_complex(); }
    const bool is_lateral = is(Keyword::kLateral) && !is(Keyword::kView, 1);
    const bool lateral = is_lateral && (is(TokenKind::kLeftParen, 1) ||
                                        (is_identifier(1) && (is(TokenKind::kLeftParen, 2) || is(TokenKind::kDot, 2))));
    if (lateral) {
      take();
      // Only what directly follows sees the columns before it; its joins come on top.
      auto right = relation_primary();
      Join join;
      join.left = std::move(plan);
      join.right = std::move(right);
      join.is_lateral = true;
      plan = joins(make_plan(std::move(join), origin_from(start)));
      continue;
    }
    Join join;
    join.right = relation();
    join.left = std::move(plan);
    plan = make_plan(std::move(join), origin_from(start));
  }
  while (is(Keyword::kLateral) && is(Keyword::kView, 1)) { plan = lateral_view(std::move(plan)); }
  if (starts_pivot()) { plan = is(Keyword::kPivot) ? pivot(std::move(plan)) : unpivot(std::move(plan)); }
  return plan;
}

PlanPtr Grammar::relation() {
  const Nested nested(*this);
  const bool is_lateral = is(Keyword::kLateral) && (is(TokenKind::kLeftParen, 1) ||
                                                    (is_identifier(1) && is(TokenKind::kLeftParen, 2)));
  if (is_lateral) { take(); }
  return joins(relation_primary());
}

PlanPtr Grammar::joins(PlanPtr left) {
  int num_joins = 0;
  while (true) {
    if (starts_pivot()) {
      left = is(Keyword::kPivot) ? pivot(std::move(left)) : unpivot(std::move(left));
    } else if (!join_step(left)) {
      return left;
    }
    if (++num_joins > kMaxHeight) { fail_too_complex(); }
  }
}

/// One JOIN with its right side and condition; false where none begins.
bool Grammar::join_step(PlanPtr& left) {
  const std::size_t start = start_here();
  const std::size_t saved = at_;
  Join join;
  join.is_natural = accept(Keyword::kNatural);
  std::string_view written = "INNER";
  if (accept(Keyword::kInner)) {
  } else if (accept(Keyword::kCross)) {
    join.kind = JoinKind::kCross;
    written = "CROSS";
  } else if (accept(Keyword::kLeft)) {
    if (accept(Keyword::kSemi)) {
      join.kind = JoinKind::kLeftSemi;
      written = "LEFT SEMI";
    } else if (accept(Keyword::kAnti)) {
      join.kind = JoinKind::kLeftAnti;
      written = "LEFT ANTI";
    } else {
      accept(Keyword::kOuter);
      join.kind = JoinKind::kLeftOuter;
      written = "LEFT OUTER";
    }
  } else if (accept(Keyword::kRight)) {
    accept(Keyword::kOuter);
    join.kind = JoinKind::kRightOuter;
    written = "RIGHT OUTER";
  } else if (accept(Keyword::kFull)) {
    accept(Keyword::kOuter);
    join.kind = JoinKind::kFullOuter;
    written = "FULL OUTER";
  } else if (accept(Keyword::kSemi)) {
    join.kind = JoinKind::kLeftSemi;
    written = "LEFT SEMI";
  } else if (accept(Keyword::kAnti)) {
    join.kind = JoinKind::kLeftAnti;
    written = "LEFT ANTI";
  }
  const bool has_words = at_ != saved;
  if (!has_words && !is(Keyword::kJoin)) { return false; }
  expect(Keyword::kJoin);
  if (join.is_natural && join.kind == JoinKind::kCross) {
    fail("INCOMPATIBLE_JOIN_TYPES", {{"joinType1", "NATURAL"}, {"joinType2", "CROSS"}}, origin_from(start));
  }
  join.is_lateral = is(Keyword::kLateral) && (is(TokenKind::kLeftParen, 1) || is_identifier(1));
  if (join.is_lateral) {
    take();
    if (join.kind != JoinKind::kInner && join.kind != JoinKind::kCross && join.kind != JoinKind::kLeftOuter) {
      fail("INVALID_LATERAL_JOIN_TYPE", {{"joinType", std::string(written)}}, origin_from(start));
    }
  }
  join.left = left;
  join.right = relation_primary();
  if (!join.is_natural) {
    if (accept(Keyword::kOn)) {
      join.condition = expression();
    } else if (is(Keyword::kUsing) && is(TokenKind::kLeftParen, 1)) {
      take();
      join.using_columns = identifier_list_in_parens();
      if (join.is_lateral) { fail("UNSUPPORTED_FEATURE.LATERAL_JOIN_USING", {}, origin_from(start)); }
    }
  }
  left = make_plan(std::move(join), origin_from(start));
  return true;
}

PlanPtr Grammar::relation_primary() {
  if (is(TokenKind::kLeftParen)) {
    bool is_query = false;
    return alias_of(sample(parenthesised_relation(is_query)));
  }
  if (is(Keyword::kValues) && starts_query()) {
    take();
    return inline_table();
  }
  if (!is_identifier()) { fail_here(); }
  return table_relation();
}

/// ( query ) or ( relation ): which of the two may show only behind more parentheses.
PlanPtr Grammar::parenthesised_relation(bool& is_query) {
  const Nested nested(*this);
  expect(TokenKind::kLeftParen);
  PlanPtr plan;
  if (starts_query()) {
    plan = query();
    is_query = true;
  } else if (is(TokenKind::kLeftParen)) {
    bool inner_is_query = false;
    plan = parenthesised_relation(inner_is_query);
    if (inner_is_query && (starts_query_tail() || is(TokenKind::kRightParen))) {
      plan = query_tail(std::move(plan));
      is_query = true;
    } else {
      plan = joins(alias_of(sample(std::move(plan))));
    }
  } else {
    plan = relation();
  }
  expect(TokenKind::kRightParen);
  return plan;
}

PlanPtr Grammar::table_relation() {
  const std::size_t start = start_here();
  UnresolvedRelation node;
  if (is(Keyword::kIdentifier) && is(TokenKind::kLeftParen, 1)) {
    auto name = object_name();
    node.name = std::move(name.parts);
    node.identifier = std::move(name.identifier);
    if (is(TokenKind::kLeftParen)) { fail_here(); }
  } else {
    node.name = multipart_name();
    if (is(TokenKind::kLeftParen)) { return table_function(std::move(node.name), start); }
  }
  if (is(Keyword::kWith) && is(TokenKind::kLeftParen, 1)) {
    take();
    node.options = properties();
  }
  const bool has_for =
      is(Keyword::kFor) &&
      is_any({Keyword::kVersion, Keyword::kSystemVersion, Keyword::kTimestamp, Keyword::kSystemTime}, 1);
  if (has_for) { take(); }
  if (is_any({Keyword::kVersion, Keyword::kSystemVersion}) && is(Keyword::kAs, 1) && is(Keyword::kOf, 2)) {
    take();
    take();
    take();
    node.version = value();
  } else if (is_any({Keyword::kTimestamp, Keyword::kSystemTime}) && is(Keyword::kAs, 1) && is(Keyword::kOf, 2)) {
    take();
    take();
    take();
    node.timestamp = value();
  }
  return alias_of(sample(make_plan(std::move(node), origin_from(start))));
}

PlanPtr Grammar::table_function(NameParts name, std::size_t start) {
  UnresolvedTableFunction node;
  node.name = std::move(name);
  expect(TokenKind::kLeftParen);
  if (!is(TokenKind::kRightParen)) {
    do { node.arguments.push_back(argument()); } while (accept(TokenKind::kComma));
  }
  expect(TokenKind::kRightParen);
  return alias_of(make_plan(std::move(node), origin_from(start)));
}

/// TABLESAMPLE (...) [REPEATABLE (seed)].
PlanPtr Grammar::sample(PlanPtr child) {
  if (!is(Keyword::kTablesample) || !is(TokenKind::kLeftParen, 1)) { return child; }
  const std::size_t start = start_here();
  take();
  take();
  Sample node;
  node.child = std::move(child);
  const auto fail_fraction = [&](double fraction) {
    std::string text = std::to_string(fraction);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') { text += '0'; }
    fail("_LEGACY_ERROR_TEMP_0064", {{"msg", "Sampling fraction (" + text + ") must be on interval [0, 1]"}},
         origin_from(start));
  };
  if (accept(Keyword::kBucket)) {
    const auto numerator = integer_value();
    expect(Keyword::kOut);
    expect(Keyword::kOf);
    const auto denominator = integer_value();
    if (accept(Keyword::kOn)) {
      const auto* what = is_identifier() && is(TokenKind::kLeftParen, 1) ? "BUCKET x OUT OF y ON function"
                                                                         : "BUCKET x OUT OF y ON colname";
      fail("_LEGACY_ERROR_TEMP_0015", {{"msg", what}}, origin_from(start));
    }
    const double fraction = denominator == 0 ? 2 : static_cast<double>(numerator) / static_cast<double>(denominator);
    if (fraction < 0 || fraction > 1) { fail_fraction(fraction); }
    node.unit = SampleUnit::kBucket;
    node.upper = fraction;
  } else {
    const std::size_t value_start = start_here();
    const bool is_number = peek(is(TokenKind::kMinus) ? 1 : 0).kind >= TokenKind::kInteger &&
                           peek(is(TokenKind::kMinus) ? 1 : 0).kind <= TokenKind::kBigDecimal;
    if (is_number && (is(Keyword::kPercent, 1) || is(Keyword::kPercent, 2))) {
      const bool negative = accept(TokenKind::kMinus);
      const auto text = text_of(take());
      double percent = 0;
      std::from_chars(text.data(), text.data() + text.size(), percent);
      take();
      const double fraction = (negative ? -percent : percent) / 100.0;
      if (fraction < 0 || fraction > 1) { fail_fraction(fraction); }
      node.upper = fraction;
    } else {
      node.num_rows = expression();
      if (!accept(Keyword::kRows)) {
        if (is(TokenKind::kRightParen)) {
          fail("_LEGACY_ERROR_TEMP_0016", {{"bytesStr", text_from(value_start)}}, origin_from(value_start));
        }
        expect(Keyword::kRows);
      }
      node.unit = SampleUnit::kRows;
    }
  }
  expect(TokenKind::kRightParen);
  if (accept(Keyword::kRepeatable)) {
    expect(TokenKind::kLeftParen);
    node.seed = integer_value();
    expect(TokenKind::kRightParen);
  }
  return make_plan(std::move(node), origin_from(start));
}

/// [AS] name [(columns)].
PlanPtr Grammar::alias_of(PlanPtr child) {
  const std::size_t start = start_here();
  const bool has_as = accept(Keyword::kAs);
  if (!has_as && !is_bare_alias(true)) { return child; }
  SubqueryAlias node;
  node.child = std::move(child);
  node.alias.push_back(identifier());
  if (is(TokenKind::kLeftParen)) { node.columns = identifier_list_in_parens(); }
  return make_plan(std::move(node), origin_from(start));
}

/// LATERAL VIEW [OUTER] generator(...) [name] [AS columns].
PlanPtr Grammar::lateral_view(PlanPtr child) {
  const std::size_t start = start_here();
  expect(Keyword::kLateral);
  expect(Keyword::kView);
  Generate node;
  node.child = std::move(child);
  node.is_outer = is(Keyword::kOuter) && is_identifier(1);
  if (node.is_outer) { take(); }
  const std::size_t call_start = start_here();
  auto name = multipart_name();
  UnresolvedFunction function;
  function.name = std::move(name);
  expect(TokenKind::kLeftParen);
  if (!is(TokenKind::kRightParen)) {
    do { function.arguments.push_back(argument()); } while (accept(TokenKind::kComma));
  }
  expect(TokenKind::kRightParen);
  node.generator = make_expression(std::move(function), origin_from(call_start));
  if (is(Keyword::kAs)) {
    take();
    node.names.push_back(identifier());
  } else {
    if (!is_bare_alias(true)) { fail_here(); }
    node.qualifier = identifier();
    if (accept(Keyword::kAs) || is_bare_alias(true)) { node.names.push_back(identifier()); }
  }
  if (!node.names.empty()) {
    while (accept(TokenKind::kComma)) { node.names.push_back(identifier()); }
  }
  return make_plan(std::move(node), origin_from(start));
}

bool Grammar::starts_pivot() const noexcept {
  if (is(Keyword::kPivot)) { return is(TokenKind::kLeftParen, 1); }
  return is(Keyword::kUnpivot) && (is(TokenKind::kLeftParen, 1) || is_any({Keyword::kInclude, Keyword::kExclude}, 1));
}

/// PIVOT (aggregates FOR column IN (values)) [AS alias].
PlanPtr Grammar::pivot(PlanPtr child) {
  const std::size_t start = start_here();
  expect(Keyword::kPivot);
  expect(TokenKind::kLeftParen);
  Pivot node;
  node.child = std::move(child);
  do {
    const std::size_t at = start_here();
    auto aggregate = expression();
    const bool has_as = accept(Keyword::kAs);
    if (has_as || (is_identifier() && !is(Keyword::kFor))) {
      aggregate = make_expression(Alias{std::move(aggregate), identifier()}, origin_from(at));
    }
    node.aggregates.push_back(std::move(aggregate));
  } while (accept(TokenKind::kComma));
  expect(Keyword::kFor);
  const auto column = [&] {
    const std::size_t at = start_here();
    auto name = identifier();
    node.columns.push_back(make_expression(UnresolvedAttribute{{std::move(name)}}, origin_from(at)));
  };
  if (accept(TokenKind::kLeftParen)) {
    do { column(); } while (accept(TokenKind::kComma));
    expect(TokenKind::kRightParen);
  } else {
    column();
  }
  expect(Keyword::kIn);
  expect(TokenKind::kLeftParen);
  do {
    const std::size_t at = start_here();
    auto value = expression();
    const auto* row = value->get_if<UnresolvedFunction>();
    if (row != nullptr && row->name.size() == 1 && row->name[0] == "named_struct" && text_[at] == '(') {
      Expressions parts;
      for (std::size_t i = 1; i < row->arguments.size(); i += 2) { parts.push_back(row->arguments[i]); }
      value = call("struct", std::move(parts), at);
    }
    const bool has_as = accept(Keyword::kAs);
    if (has_as || is_identifier()) { value = make_expression(Alias{std::move(value), identifier()}, origin_from(at)); }
    node.values.push_back(std::move(value));
  } while (accept(TokenKind::kComma));
  expect(TokenKind::kRightParen);
  expect(TokenKind::kRightParen);
  return alias_of(make_plan(std::move(node), origin_from(start)));
}

/// UNPIVOT [INCLUDE | EXCLUDE NULLS] (values FOR name IN (columns)) [AS alias].
PlanPtr Grammar::unpivot(PlanPtr child) {
  const std::size_t start = start_here();
  expect(Keyword::kUnpivot);
  Unpivot node;
  node.child = std::move(child);
  if (accept(Keyword::kInclude)) {
    expect(Keyword::kNulls);
    node.include_nulls = true;
  } else if (accept(Keyword::kExclude)) {
    expect(Keyword::kNulls);
  }
  expect(TokenKind::kLeftParen);
  const bool is_multiple = is(TokenKind::kLeftParen);
  if (is_multiple) {
    node.value_names = identifier_list_in_parens();
  } else {
    node.value_names.push_back(identifier());
  }
  expect(Keyword::kFor);
  node.variable_name = identifier();
  expect(Keyword::kIn);
  expect(TokenKind::kLeftParen);
  const auto column = [&] {
    const std::size_t at = start_here();
    auto name = multipart_name();
    return make_expression(UnresolvedAttribute{std::move(name)}, origin_from(at));
  };
  do {
    Expressions group;
    if (is_multiple) {
      expect(TokenKind::kLeftParen);
      do { group.push_back(column()); } while (accept(TokenKind::kComma));
      expect(TokenKind::kRightParen);
    } else {
      group.push_back(column());
    }
    node.values.push_back(std::move(group));
    const bool has_as = accept(Keyword::kAs);
    node.value_aliases.push_back(has_as || is_identifier() ? identifier() : std::string());
  } while (accept(TokenKind::kComma));
  expect(TokenKind::kRightParen);
  expect(TokenKind::kRightParen);
  return alias_of(make_plan(std::move(node), origin_from(start)));
}

}  // namespace hammerscale::sql
