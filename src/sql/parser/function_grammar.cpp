#include "sql/parser/grammar.hpp"

namespace hammerscale::sql {

/// name(...) with everything that may follow the arguments.
ExpressionPtr Grammar::function_call(NameParts name, std::size_t start) {
  const Height height(*this);
  UnresolvedFunction function;
  function.name = std::move(name);
  expect(TokenKind::kLeftParen);
  if (is(Keyword::kDistinct) && !is(TokenKind::kComma, 1) && !is(TokenKind::kRightParen, 1)) {
    take();
    function.is_distinct = true;
  } else if (is(Keyword::kAll) && !is(TokenKind::kComma, 1) && !is(TokenKind::kRightParen, 1)) {
    take();
  }
  if (!is(TokenKind::kRightParen)) {
    do { function.arguments.push_back(argument()); } while (accept(TokenKind::kComma));
  }
  expect(TokenKind::kRightParen);
  height.grow();
  return function_tail(std::move(function), start);
}

ExpressionPtr Grammar::argument() {
  const std::size_t start = start_here();
  if (is_identifier() && is(TokenKind::kFatArrow, 1)) {
    const Height height(*this);
    auto name = identifier();
    take();
    auto value = is(Keyword::kTable) && is(TokenKind::kLeftParen, 1) ? table_argument() : expression();
    height.grow();
    return make_expression(NamedArgument{std::move(name), std::move(value)}, origin_from(start));
  }
  if (is(Keyword::kTable) && (is(TokenKind::kLeftParen, 1) || is_identifier(1))) { return table_argument(); }
  return expression();
}

ExpressionPtr Grammar::table_argument() {
  const std::size_t start = start_here();
  expect(Keyword::kTable);
  if (!is(TokenKind::kLeftParen)) {
    const std::size_t at = start_here();
    auto name = multipart_name();
    fail("INVALID_SQL_SYNTAX.INVALID_TABLE_FUNCTION_IDENTIFIER_ARGUMENT_MISSING_PARENTHESES",
         {{"argumentName", quote_identifier(name.back())}}, origin_from(at));
  }
  take();
  PlanPtr plan;
  if (starts_query() || is(TokenKind::kLeftParen)) {
    plan = query();
  } else {
    const std::size_t at = start_here();
    UnresolvedRelation relation;
    auto name = object_name();
    relation.name = std::move(name.parts);
    relation.identifier = std::move(name.identifier);
    plan = make_plan(std::move(relation), origin_from(at));
  }
  expect(TokenKind::kRightParen);
  return table_argument_options(std::move(plan), start);
}

ExpressionPtr Grammar::table_argument_options(PlanPtr plan, std::size_t start) {
  const auto list = [&] {
    Expressions keys;
    if (is(TokenKind::kLeftParen) && accept(TokenKind::kLeftParen)) {
      keys = expression_list();
      expect(TokenKind::kRightParen);
    } else {
      keys.push_back(expression());
    }
    return keys;
  };
  if (accept({Keyword::kWith, Keyword::kSingle, Keyword::kPartition})) {
    plan = make_plan(Repartition{std::move(plan), RepartitionKind::kCoalesce, {}, 1}, origin_from(start));
  } else if (accept({Keyword::kPartition, Keyword::kBy}) || accept({Keyword::kDistribute, Keyword::kBy})) {
    auto keys = list();
    plan = make_plan(Repartition{std::move(plan), RepartitionKind::kHash, std::move(keys), 0}, origin_from(start));
  }
  if (accept({Keyword::kOrder, Keyword::kBy}) || accept({Keyword::kSort, Keyword::kBy})) {
    Expressions orders;
    if (accept(TokenKind::kLeftParen)) {
      orders = sort_items();
      expect(TokenKind::kRightParen);
    } else {
      const std::size_t at = start_here();
      auto order = sort_item();
      orders.push_back(make_expression(std::move(order), origin_from(at)));
    }
    plan = make_plan(Sort{std::move(plan), std::move(orders), false}, origin_from(start));
  }
  return subquery(SubqueryKind::kTableArgument, std::move(plan), start);
}

/// WITHIN GROUP, FILTER, IGNORE NULLS and OVER behind a call.
ExpressionPtr Grammar::function_tail(UnresolvedFunction function, std::size_t start) {
  if (accept({Keyword::kWithin, Keyword::kGroup})) {
    expect(TokenKind::kLeftParen);
    expect({Keyword::kOrder, Keyword::kBy});
    function.within_group = sort_items();
    expect(TokenKind::kRightParen);
  }
  if (is(Keyword::kFilter) && is(TokenKind::kLeftParen, 1)) {
    take();
    take();
    expect(Keyword::kWhere);
    function.filter = expression();
    expect(TokenKind::kRightParen);
  }
  if (accept({Keyword::kIgnore, Keyword::kNulls})) {
    function.ignore_nulls = true;
  } else {
    accept({Keyword::kRespect, Keyword::kNulls});
  }
  auto result = make_expression(std::move(function), origin_from(start));
  const bool has_over =
      is(Keyword::kOver) && (is(TokenKind::kLeftParen, 1) || (is_identifier(1) && !is(Keyword::kFrom, 1)));
  return has_over ? over(std::move(result), start) : result;
}

ExpressionPtr Grammar::over(ExpressionPtr function, std::size_t start) {
  const Height height(*this);
  expect(Keyword::kOver);
  height.grow();
  if (is_identifier()) {
    auto name = identifier();
    return make_expression(UnresolvedWindowReference{std::move(function), std::move(name)}, origin_from(start));
  }
  if (is(TokenKind::kLeftParen) && is_identifier(1) && is(TokenKind::kRightParen, 2)) {
    take();
    auto name = identifier();
    take();
    return make_expression(UnresolvedWindowReference{std::move(function), std::move(name)}, origin_from(start));
  }
  auto spec = window_spec();
  height.grow();
  return make_expression(WindowExpression{std::move(function), std::move(spec)}, origin_from(start));
}

/// ( [PARTITION | DISTRIBUTE BY ...] [ORDER | SORT BY ...] [frame] ), ( CLUSTER BY ... ).
WindowSpec Grammar::window_spec() {
  WindowSpec spec;
  expect(TokenKind::kLeftParen);
  if (accept({Keyword::kCluster, Keyword::kBy})) {
    spec.partition_by = expression_list();
  } else {
    if (accept({Keyword::kPartition, Keyword::kBy}) || accept({Keyword::kDistribute, Keyword::kBy})) {
      spec.partition_by = expression_list();
    }
    if (accept({Keyword::kOrder, Keyword::kBy}) || accept({Keyword::kSort, Keyword::kBy})) {
      spec.order_by = sort_items();
    }
  }
  if (is_any({Keyword::kRows, Keyword::kRange})) { spec.frame = window_frame(); }
  expect(TokenKind::kRightParen);
  return spec;
}

WindowFrame Grammar::window_frame() {
  WindowFrame frame;
  frame.unit = take().keyword == Keyword::kRows ? FrameUnit::kRows : FrameUnit::kRange;
  if (accept(Keyword::kBetween)) {
    frame.lower = frame_bound();
    expect(Keyword::kAnd);
    frame.upper = frame_bound();
  } else {
    frame.lower = frame_bound();
  }
  return frame;
}

FrameBound Grammar::frame_bound() {
  FrameBound bound;
  if (accept(Keyword::kUnbounded)) {
    if (accept(Keyword::kPreceding)) {
      bound.kind = BoundKind::kUnboundedPreceding;
    } else {
      expect(Keyword::kFollowing);
      bound.kind = BoundKind::kUnboundedFollowing;
    }
    return bound;
  }
  if (is(Keyword::kCurrent) && is(Keyword::kRow, 1)) {
    take();
    take();
    return bound;
  }
  bound.offset = expression();
  if (accept(Keyword::kPreceding)) {
    bound.kind = BoundKind::kPreceding;
  } else {
    expect(Keyword::kFollowing);
    bound.kind = BoundKind::kFollowing;
  }
  return bound;
}

/// Calls whose arguments have words between them. Null when the keyword has no such form, or this call does not use it.
ExpressionPtr Grammar::special_form(Keyword keyword, std::size_t start) {
  switch (keyword) {
    case Keyword::kCast: return cast(CastMode::kAnsi);
    case Keyword::kTryCast: return cast(CastMode::kTry);
    case Keyword::kStruct: return struct_form(start);
    case Keyword::kIdentifier: return identifier_clause();
    case Keyword::kExtract: return extract_form(start);
    case Keyword::kSubstring:
    case Keyword::kSubstr: return substring_form(keyword == Keyword::kSubstr ? "substr" : "substring", start);
    case Keyword::kTrim: return trim_form(start);
    case Keyword::kOverlay: return overlay_form(start);
    case Keyword::kPosition: return position_form(start);
    case Keyword::kFirst: return nulls_form(start);
    case Keyword::kLast: return nulls_form(start);
    case Keyword::kAnyValue: return nulls_form(start);
    case Keyword::kTimestampadd:
    case Keyword::kDateAdd:
    case Keyword::kDateadd: return unit_form("timestampadd", start);
    case Keyword::kTimestampdiff:
    case Keyword::kDateDiff:
    case Keyword::kDatediff:
    case Keyword::kTimediff: return unit_form("timestampdiff", start);
    default: return nullptr;
  }
}

/// STRUCT(a AS x, b).
ExpressionPtr Grammar::struct_form(std::size_t start) {
  const Height height(*this);
  UnresolvedFunction function;
  function.name.push_back(std::string(text_of(take())));
  take();
  if (!is(TokenKind::kRightParen)) {
    do {
      function.arguments.push_back(is_identifier() && is(TokenKind::kFatArrow, 1) ? argument() : named_expression());
    } while (accept(TokenKind::kComma));
  }
  expect(TokenKind::kRightParen);
  height.grow();
  return function_tail(std::move(function), start);
}

/// EXTRACT(field FROM source).
ExpressionPtr Grammar::extract_form(std::size_t start) {
  if (!is_identifier(2) || !is(Keyword::kFrom, 3)) { return nullptr; }
  const Height height(*this);
  take();
  take();
  auto field = identifier();
  expect(Keyword::kFrom);
  auto source = value();
  expect(TokenKind::kRightParen);
  height.grow();
  return call("extract", {make_string_literal(std::move(field)), std::move(source)}, start);
}

/// SUBSTRING(text FROM position [FOR length]), or with commas.
ExpressionPtr Grammar::substring_form(std::string_view name, std::size_t start) {
  if (is(TokenKind::kRightParen, 2) || (is_identifier(2) && is(TokenKind::kFatArrow, 3))) { return nullptr; }
  const Height height(*this);
  const auto written = std::string(text_of(take()));
  take();
  Expressions arguments{value()};
  if (accept(Keyword::kFrom)) {
    // Both spellings are the same operator here, which is named so.
    name = "substring";
    arguments.push_back(value());
    if (accept(Keyword::kFor)) { arguments.push_back(value()); }
    expect(TokenKind::kRightParen);
    height.grow();
    return call(name, std::move(arguments), start);
  }
  height.grow();
  return finish_call(written, std::move(arguments[0]), start);
}

/// TRIM([BOTH | LEADING | TRAILING] [characters] FROM text).
ExpressionPtr Grammar::trim_form(std::size_t start) {
  if (is(TokenKind::kRightParen, 2) || (is_identifier(2) && is(TokenKind::kFatArrow, 3))) { return nullptr; }
  const Height height(*this);
  const auto written = std::string(text_of(take()));
  take();
  Keyword side = Keyword::kBoth;
  if (is_any({Keyword::kBoth, Keyword::kLeading, Keyword::kTrailing}) && !is(TokenKind::kComma, 1) &&
      !is(TokenKind::kRightParen, 1)) {
    side = take().keyword;
  }
  ExpressionPtr characters;
  if (!is(Keyword::kFrom)) { characters = value(); }
  if (!accept(Keyword::kFrom)) {
    if (side != Keyword::kBoth) { fail_here(); }
    height.grow();
    return finish_call(written, std::move(characters), start);
  }
  auto text = value();
  expect(TokenKind::kRightParen);
  height.grow();
  const std::string_view name = side == Keyword::kLeading ? "ltrim" : side == Keyword::kTrailing ? "rtrim" : "trim";
  if (characters == nullptr) { return call(name, {std::move(text)}, start); }
  return call(name, {std::move(characters), std::move(text)}, start);
}

/// OVERLAY(text PLACING other FROM position [FOR length]).
ExpressionPtr Grammar::overlay_form(std::size_t start) {
  if (is(TokenKind::kRightParen, 2) || (is_identifier(2) && is(TokenKind::kFatArrow, 3))) { return nullptr; }
  const Height height(*this);
  const auto written = std::string(text_of(take()));
  take();
  Expressions arguments{value()};
  if (!accept(Keyword::kPlacing)) {
    height.grow();
    return finish_call(written, std::move(arguments[0]), start);
  }
  arguments.push_back(value());
  expect(Keyword::kFrom);
  arguments.push_back(value());
  if (accept(Keyword::kFor)) { arguments.push_back(value()); }
  expect(TokenKind::kRightParen);
  height.grow();
  return call("overlay", std::move(arguments), start);
}

/// POSITION(part IN text); with commas it is an ordinary call.
ExpressionPtr Grammar::position_form(std::size_t start) {
  if (is(TokenKind::kRightParen, 2) || (is_identifier(2) && is(TokenKind::kFatArrow, 3))) { return nullptr; }
  const Height height(*this);
  const auto written = std::string(text_of(take()));
  take();
  auto part = value();
  if (!accept(Keyword::kIn)) {
    height.grow();
    return finish_call(written, std::move(part), start);
  }
  auto text = value();
  expect(TokenKind::kRightParen);
  height.grow();
  return call("locate", {std::move(part), std::move(text)}, start);
}

/// FIRST(x IGNORE NULLS) and its like, where the words stand inside.
ExpressionPtr Grammar::nulls_form(std::size_t start) {
  if (is_any({Keyword::kDistinct, Keyword::kAll}, 2) || is(TokenKind::kRightParen, 2) ||
      (is_identifier(2) && is(TokenKind::kFatArrow, 3))) {
    return nullptr;
  }
  const Height height(*this);
  const auto written = std::string(text_of(take()));
  take();
  auto child = expression();
  height.grow();
  if (!accept({Keyword::kIgnore, Keyword::kNulls})) { return finish_call(written, std::move(child), start); }
  expect(TokenKind::kRightParen);
  UnresolvedFunction function;
  function.name.push_back(written);
  function.arguments.push_back(std::move(child));
  function.ignore_nulls = true;
  return function_tail(std::move(function), start);
}

/// The rest of an ordinary call whose first argument has been read. Reading it a second time instead would take time
/// exponential in the nesting.
ExpressionPtr Grammar::finish_call(std::string name, ExpressionPtr first, std::size_t start) {
  UnresolvedFunction function;
  function.name.push_back(std::move(name));
  function.arguments.push_back(predicate_tail(std::move(first), start));
  while (accept(TokenKind::kComma)) { function.arguments.push_back(argument()); }
  expect(TokenKind::kRightParen);
  return function_tail(std::move(function), start);
}

/// TIMESTAMPADD(unit, count, time), TIMESTAMPDIFF(unit, from, to) and their other names; without a unit, ordinary
/// calls.
ExpressionPtr Grammar::unit_form(std::string_view name, std::size_t start) {
  // A unit is one word or text, and two more arguments follow: find the third by the commas at this level.
  const bool has_unit = (is(TokenKind::kWord, 2) || is_string(2)) && is(TokenKind::kComma, 3);
  if (!has_unit) { return nullptr; }
  int depth = 0;
  int num_commas = 0;
  for (std::size_t ahead = 2; !is(TokenKind::kEnd, ahead); ++ahead) {
    const TokenKind kind = peek(ahead).kind;
    if (kind == TokenKind::kLeftParen || kind == TokenKind::kLeftBracket) { ++depth; }
    if (kind == TokenKind::kRightBracket) { --depth; }
    if (kind == TokenKind::kRightParen && depth-- == 0) { break; }
    if (kind == TokenKind::kComma && depth == 0) { ++num_commas; }
  }
  if (num_commas != 2) { return nullptr; }
  const Height height(*this);
  const auto function = std::string(text_of(take()));
  take();
  if (is_string()) {
    const std::size_t at = start_here();
    take();
    const auto written = text_from(at);
    fail("INVALID_PARAMETER_VALUE.DATETIME_UNIT",
         {{"functionName", quote_identifier(function)}, {"parameter", "`unit`"}, {"invalidValue", written}},
         origin_from(start));
  }
  std::string unit;
  for (const char c : identifier()) { unit += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
  Expressions arguments{make_string_literal(std::move(unit))};
  while (accept(TokenKind::kComma)) { arguments.push_back(expression()); }
  expect(TokenKind::kRightParen);
  height.grow();
  return call(name, std::move(arguments), start);
}

/// IDENTIFIER(expression), which may be called.
ExpressionPtr Grammar::identifier_clause() {
  const std::size_t start = start_here();
  const Height height(*this);
  take();
  take();
  IdentifierClause clause;
  clause.name = expression();
  expect(TokenKind::kRightParen);
  height.grow();
  while (is(TokenKind::kDot) && is_identifier(1)) {
    take();
    clause.suffix.push_back(identifier());
  }
  if (accept(TokenKind::kLeftParen)) {
    clause.is_function = true;
    if (!is(TokenKind::kRightParen)) {
      do { clause.arguments.push_back(argument()); } while (accept(TokenKind::kComma));
    }
    expect(TokenKind::kRightParen);
    auto result = make_expression(std::move(clause), origin_from(start));
    return is(Keyword::kOver) ? over(std::move(result), start) : result;
  }
  return make_expression(std::move(clause), origin_from(start));
}

}  // namespace hammerscale::sql
