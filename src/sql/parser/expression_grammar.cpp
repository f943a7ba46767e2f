#include <array>

#include "sql/parser/grammar.hpp"

namespace hammerscale::sql {

namespace {

/// Binds tighter the higher it is. Comparisons are the loosest of what is no predicate.
constexpr int kComparison = 1;
constexpr int kBitOr = 2;
constexpr int kBitXor = 3;
constexpr int kBitAnd = 4;
constexpr int kShift = 5;
constexpr int kSum = 6;
constexpr int kProduct = 7;

struct BinaryOperator {
  std::string_view name;
  int precedence = 0;
  int num_tokens = 1;
};

}  // namespace

ExpressionPtr Grammar::call(std::string_view name, Expressions arguments, std::size_t start) const {
  return make_call(std::string(name), std::move(arguments), origin_from(start));
}

ExpressionPtr Grammar::expression() {
  const Nested nested(*this);
  return boolean_or();
}

ExpressionPtr Grammar::named_expression() {
  const std::size_t start = start_here();
  auto value = expression();
  if (accept(Keyword::kAs)) {
    if (is(TokenKind::kLeftParen)) {
      auto names = identifier_list_in_parens();
      return make_expression(MultiAlias{std::move(value), std::move(names)}, origin_from(start));
    }
    return make_expression(Alias{std::move(value), identifier()}, origin_from(start));
  }
  if (is_bare_alias(false)) { return make_expression(Alias{std::move(value), identifier()}, origin_from(start)); }
  return value;
}

Expressions Grammar::expression_list() {
  Expressions list;
  do { list.push_back(expression()); } while (accept(TokenKind::kComma));
  return list;
}

Expressions Grammar::named_expression_list() {
  Expressions list;
  do { list.push_back(named_expression()); } while (accept(TokenKind::kComma));
  return list;
}

/// Joins operands of AND or OR so that long chains stay shallow; two and three lean to the left.
ExpressionPtr Grammar::chain(std::string_view name, std::vector<ExpressionPtr> operands, std::size_t start) {
  const auto combine = [&](auto&& self, std::size_t low, std::size_t high) -> ExpressionPtr {
    if (low == high) { return operands[low]; }
    const std::size_t middle = high - low == 1 ? low : low + (high - low) / 2;
    auto left = self(self, low, middle);
    auto right = self(self, middle + 1, high);
    const Origin origin{left->origin.known() ? left->origin.start : static_cast<std::int32_t>(start),
                        right->origin.stop};
    return make_call(std::string(name), {std::move(left), std::move(right)}, origin);
  };
  return combine(combine, 0, operands.size() - 1);
}

ExpressionPtr Grammar::boolean_or() {
  const std::size_t start = start_here();
  auto first = boolean_and();
  if (!is(Keyword::kOr)) { return first; }
  const Height height(*this);
  std::vector<ExpressionPtr> operands{std::move(first)};
  while (accept(Keyword::kOr)) { operands.push_back(boolean_and()); }
  for (std::size_t n = operands.size(); n > 1; n = (n + 1) / 2) { height.grow(); }
  return chain("or", std::move(operands), start);
}

ExpressionPtr Grammar::boolean_and() {
  const std::size_t start = start_here();
  auto first = boolean_not();
  if (!is(Keyword::kAnd)) { return first; }
  const Height height(*this);
  std::vector<ExpressionPtr> operands{std::move(first)};
  while (accept(Keyword::kAnd)) { operands.push_back(boolean_not()); }
  for (std::size_t n = operands.size(); n > 1; n = (n + 1) / 2) { height.grow(); }
  return chain("and", std::move(operands), start);
}

ExpressionPtr Grammar::boolean_not() {
  const std::size_t start = start_here();
  const bool is_not = is(TokenKind::kBang) || (is(Keyword::kNot) && !is(TokenKind::kComma, 1) &&
                                               !is(TokenKind::kEnd, 1) && !is(Keyword::kFrom, 1));
  if (!is_not) { return predicate(); }
  take();
  const Nested nested(*this);
  const Height height(*this);
  auto operand = boolean_not();
  height.grow();
  return call("not", {std::move(operand)}, start);
}

ExpressionPtr Grammar::predicate() {
  const std::size_t start = start_here();
  if (is(Keyword::kExists) && is(TokenKind::kLeftParen, 1) && starts_query(2)) {
    take();
    take();
    auto plan = query();
    expect(TokenKind::kRightParen);
    return subquery(SubqueryKind::kExists, std::move(plan), start);
  }
  return predicate_tail(value(), start);
}

bool Grammar::starts_predicate(std::size_t ahead) const noexcept {
  return is_any({Keyword::kBetween, Keyword::kIn, Keyword::kLike, Keyword::kIlike, Keyword::kRlike, Keyword::kRegexp},
                ahead);
}

/// What may follow a value once: BETWEEN, IN, LIKE, IS. Nothing follows these but AND and OR.
ExpressionPtr Grammar::predicate_tail(ExpressionPtr left, std::size_t start) {
  if (is(Keyword::kIs)) { return is_tail(std::move(left), start); }
  if (is(TokenKind::kBang) && starts_predicate(1)) {
    fail("SYNTAX_DISCONTINUED.BANG_EQUALS_NOT", {{"clause", "!"}},
         Origin{static_cast<std::int32_t>(peek().start), static_cast<std::int32_t>(peek().stop)});
  }
  const bool negated = is(Keyword::kNot) && starts_predicate(1);
  if (!starts_predicate(negated ? 1 : 0)) { return left; }
  const Height height(*this);
  if (negated) { take(); }
  ExpressionPtr result;
  if (accept(Keyword::kBetween)) {
    // SYMMETRIC is a word like any other here, and so a column.
    auto lower = value();
    expect(Keyword::kAnd);
    auto upper = value();
    result = call("between", {std::move(left), std::move(lower), std::move(upper)}, start);
  } else if (accept(Keyword::kIn)) {
    result = in_tail(std::move(left), start);
  } else if (is_any({Keyword::kLike, Keyword::kIlike})) {
    height.grow();
    return like_tail(std::move(left), start, negated);
  } else {
    take();
    auto pattern = value();
    result = call("rlike", {std::move(left), std::move(pattern)}, start);
  }
  height.grow();
  return negated ? call("not", {std::move(result)}, start) : result;
}

ExpressionPtr Grammar::in_tail(ExpressionPtr left, std::size_t start) {
  const std::size_t open = start_here();
  expect(TokenKind::kLeftParen);
  if (starts_query()) {
    auto plan = query();
    expect(TokenKind::kRightParen);
    Expressions values{left};
    // (a, b) IN (query) compares column by column.
    const auto* row = left->get_if<UnresolvedFunction>();
    if (row != nullptr && row->name.size() == 1 && row->name[0] == "named_struct" && text_[start] == '(') {
      values.clear();
      for (std::size_t i = 1; i < row->arguments.size(); i += 2) { values.push_back(row->arguments[i]); }
    }
    return subquery(SubqueryKind::kIn, std::move(plan), start, std::move(values));
  }
  if (is(TokenKind::kRightParen)) {
    fail("INVALID_SQL_SYNTAX.EMPTY_IN_PREDICATE", {},
         Origin{static_cast<std::int32_t>(open), static_cast<std::int32_t>(peek().stop)});
  }
  Expressions arguments{std::move(left)};
  do { arguments.push_back(expression()); } while (accept(TokenKind::kComma));
  expect(TokenKind::kRightParen);
  return call("in", std::move(arguments), start);
}

ExpressionPtr Grammar::like_tail(ExpressionPtr left, std::size_t start, bool negated) {
  const std::size_t like_start = start_here();
  const std::string like = take().keyword == Keyword::kLike ? "like" : "ilike";
  if (is_any({Keyword::kAny, Keyword::kSome, Keyword::kAll}) && is(TokenKind::kLeftParen, 1)) {
    const bool is_all = take().keyword == Keyword::kAll;
    expect(TokenKind::kLeftParen);
    if (is(TokenKind::kRightParen)) {
      fail("_LEGACY_ERROR_TEMP_0064", {{"msg", "Expected something between '(' and ')'."}}, origin_from(like_start));
    }
    Expressions arguments{std::move(left)};
    do { arguments.push_back(expression()); } while (accept(TokenKind::kComma));
    expect(TokenKind::kRightParen);
    return call((negated ? "not_" : "") + like + (is_all ? "_all" : "_any"), std::move(arguments), start);
  }
  Expressions arguments{std::move(left), value()};
  if (accept(Keyword::kEscape)) {
    const std::size_t escape_start = start_here();
    auto escape = string_literal();
    std::size_t num_characters = 0;
    for (const char c : escape) { num_characters += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 : 0; }
    if (num_characters != 1) {
      fail("INVALID_ESC", {{"invalidEscape", text_from(escape_start)}}, origin_from(like_start));
    }
    arguments.push_back(make_literal(Value(std::move(escape)), TypeId::kString, origin_from(escape_start)));
  }
  auto result = call(like, std::move(arguments), start);
  return negated ? call("not", {std::move(result)}, start) : result;
}

ExpressionPtr Grammar::is_tail(ExpressionPtr left, std::size_t start) {
  const Height height(*this);
  expect(Keyword::kIs);
  const bool negated = accept(Keyword::kNot);
  height.grow();
  if (accept(Keyword::kNull) || accept(Keyword::kUnknown)) {
    return call(negated ? "isnotnull" : "isnull", {std::move(left)}, start);
  }
  if (is_any({Keyword::kTrue, Keyword::kFalse})) {
    const bool wanted = take().keyword == Keyword::kTrue;
    auto result = call("<=>", {std::move(left), make_bool_literal(wanted)}, start);
    return negated ? call("not", {std::move(result)}, start) : result;
  }
  if (!is(Keyword::kDistinct)) { fail_here(); }
  take();
  expect(Keyword::kFrom);
  auto right = value();
  height.grow();
  auto same = call("<=>", {std::move(left), std::move(right)}, start);
  return negated ? same : call("not", {std::move(same)}, start);
}

/// The binary operator at hand; shifts are > and < signs without space between.
static BinaryOperator operator_of(const Token& token, const Token& second, const Token& third) {
  const bool two = second.kind == token.kind && second.start == token.stop;
  switch (token.kind) {
    case TokenKind::kEqual: return {"=", kComparison};
    case TokenKind::kNullSafeEqual: return {"<=>", kComparison};
    case TokenKind::kNotEqual: return {"<>", kComparison};
    case TokenKind::kLess:
      if (two) { return {"<<", kShift, 2}; }
      return {"<", kComparison};
    case TokenKind::kLessEqual: return {"<=", kComparison};
    case TokenKind::kGreater:
      if (two && third.kind == token.kind && third.start == second.stop) { return {">>>", kShift, 3}; }
      if (two) { return {">>", kShift, 2}; }
      return {">", kComparison};
    case TokenKind::kGreaterEqual: return {">=", kComparison};
    case TokenKind::kPipe: return {"|", kBitOr};
    case TokenKind::kHat: return {"^", kBitXor};
    case TokenKind::kAmpersand: return {"&", kBitAnd};
    case TokenKind::kPlus: return {"+", kSum};
    case TokenKind::kMinus: return {"-", kSum};
    case TokenKind::kConcat: return {"concat", kSum};
    case TokenKind::kStar: return {"*", kProduct};
    case TokenKind::kSlash: return {"/", kProduct};
    case TokenKind::kPercent: return {"%", kProduct};
    default: break;
  }
  if (token.keyword == Keyword::kDiv) { return {"div", kProduct}; }
  return {};
}

ExpressionPtr Grammar::value(int min_precedence) {
  const std::size_t start = start_here();
  const Height height(*this);
  auto left = unary();
  while (true) {
    const auto op = operator_of(peek(), peek(1), peek(2));
    if (op.precedence == 0 || op.precedence <= min_precedence) { return left; }
    for (int i = 0; i < op.num_tokens; ++i) { take(); }
    auto right = value(op.precedence);
    height.grow();
    if (op.name == "<>") {
      left = call("not", {call("=", {std::move(left), std::move(right)}, start)}, start);
    } else {
      left = call(op.name, {std::move(left), std::move(right)}, start);
    }
  }
}

ExpressionPtr Grammar::unary() {
  const std::size_t start = start_here();
  const bool is_minus = is(TokenKind::kMinus);
  if (!is_minus && !is(TokenKind::kPlus) && !is(TokenKind::kTilde)) { return postfix(); }
  if (is_minus && peek(1).kind >= TokenKind::kInteger && peek(1).kind <= TokenKind::kBigDecimal) { return postfix(); }
  const std::string_view name = text_of(take());
  const Nested nested(*this);
  const Height height(*this);
  auto operand = unary();
  height.grow();
  return call(name, {std::move(operand)}, start);
}

/// A primary expression and what clings to it: [i], .field, ::type, :path, COLLATE name.
ExpressionPtr Grammar::postfix() {
  const std::size_t start = start_here();
  const Height height(*this);
  auto result = primary();
  while (true) {
    if (is(TokenKind::kLeftBracket) || (is(TokenKind::kDot) && is_identifier(1))) {
      height.grow();
      result = extraction(std::move(result), start);
    } else if (accept(TokenKind::kDoubleColon)) {
      height.grow();
      auto to = type();
      result = make_expression(Cast{std::move(result), std::move(to)}, origin_from(start));
    } else if (is(TokenKind::kColon) && (is_identifier(1) || is(TokenKind::kLeftBracket, 1))) {
      height.grow();
      result = semi_structured(std::move(result), start);
    } else if (accept(Keyword::kCollate)) {
      height.grow();
      const auto name = multipart_name();
      std::string joined;
      for (const auto& part : name) { joined += (joined.empty() ? "" : ".") + part; }
      result = call("collate", {std::move(result), make_string_literal(joined)}, start);
    } else {
      return result;
    }
  }
}

ExpressionPtr Grammar::extraction(ExpressionPtr child, std::size_t start) {
  if (accept(TokenKind::kLeftBracket)) {
    auto index = expression();
    expect(TokenKind::kRightBracket);
    return make_expression(UnresolvedExtract{std::move(child), std::move(index)}, origin_from(start));
  }
  expect(TokenKind::kDot);
  auto field = identifier();
  // (a).b is a.b: names stay together until they are resolved.
  if (const auto* attribute = child->get_if<UnresolvedAttribute>()) {
    auto parts = attribute->parts;
    parts.push_back(std::move(field));
    return make_expression(UnresolvedAttribute{std::move(parts)}, origin_from(start));
  }
  return make_expression(UnresolvedExtract{std::move(child), make_string_literal(std::move(field))},
                         origin_from(start));
}

/// value:field.inner[0]: a path into a variant.
ExpressionPtr Grammar::semi_structured(ExpressionPtr child, std::size_t start) {
  expect(TokenKind::kColon);
  std::string path = "$";
  const auto field = [&] {
    const bool quoted = is(TokenKind::kQuotedWord);
    const auto name = identifier();
    path += quoted ? "['" + name + "']" : "." + name;
  };
  if (is_identifier()) { field(); }
  while (true) {
    if (is(TokenKind::kDot) && is_identifier(1)) {
      take();
      field();
    } else if (accept(TokenKind::kLeftBracket)) {
      if (is_string()) {
        path += "['" + string_literal() + "']";
      } else {
        path += "[" + std::to_string(integer_value()) + "]";
      }
      expect(TokenKind::kRightBracket);
    } else {
      break;
    }
  }
  return call("semi_structured_extract", {std::move(child), make_string_literal(path)}, start);
}

ExpressionPtr Grammar::subquery(SubqueryKind kind, PlanPtr plan, std::size_t start, Expressions values) {
  return make_expression(SubqueryExpression{kind, std::move(plan), std::move(values), {}}, origin_from(start));
}

ExpressionPtr Grammar::primary() {
  const std::size_t start = start_here();
  switch (peek().kind) {
    case TokenKind::kInteger:
    case TokenKind::kDecimal:
    case TokenKind::kExponent:
    case TokenKind::kBigint:
    case TokenKind::kSmallint:
    case TokenKind::kTinyint:
    case TokenKind::kDouble:
    case TokenKind::kFloat:
    case TokenKind::kBigDecimal: return number(false, start);
    case TokenKind::kMinus: take(); return number(true, start);
    case TokenKind::kString:
    case TokenKind::kDoubleQuoted:
    case TokenKind::kRawString: return string();
    case TokenKind::kLeftParen: return starts_lambda_list() ? lambda() : parenthesised();
    case TokenKind::kStar: take(); return star({}, start);
    case TokenKind::kQuestion:
    case TokenKind::kColon: return parameter();
    case TokenKind::kWord:
    case TokenKind::kQuotedWord: return word_primary();
    default: fail_here();
  }
}

ExpressionPtr Grammar::parameter() {
  const std::size_t start = start_here();
  if (accept(TokenKind::kQuestion)) { return make_expression(Parameter{"", num_parameters_++}, origin_from(start)); }
  expect(TokenKind::kColon);
  auto name = identifier();
  return make_expression(Parameter{std::move(name), -1}, origin_from(start));
}

/// * or t.* with its exceptions, behind the star.
ExpressionPtr Grammar::star(NameParts target, std::size_t start) {
  UnresolvedStar node;
  node.target = std::move(target);
  if (is(Keyword::kExcept) && is(TokenKind::kLeftParen, 1) && !starts_query(2)) {
    take();
    take();
    do { node.except.push_back(multipart_name()); } while (accept(TokenKind::kComma));
    expect(TokenKind::kRightParen);
  }
  return make_expression(std::move(node), origin_from(start));
}

/// Whether (a, b) -> or () -> begins here.
bool Grammar::starts_lambda_list() const noexcept {
  std::size_t ahead = 1;
  while (is_identifier(ahead)) {
    ++ahead;
    if (is(TokenKind::kComma, ahead)) {
      ++ahead;
    } else {
      return is(TokenKind::kRightParen, ahead) && is(TokenKind::kArrow, ahead + 1);
    }
  }
  return false;
}

ExpressionPtr Grammar::lambda() {
  const std::size_t start = start_here();
  const Height height(*this);
  Expressions variables;
  const auto variable = [&] {
    const std::size_t at = start_here();
    auto name = identifier();
    variables.push_back(make_expression(UnresolvedAttribute{{std::move(name)}}, origin_from(at)));
  };
  if (accept(TokenKind::kLeftParen)) {
    do { variable(); } while (accept(TokenKind::kComma));
    expect(TokenKind::kRightParen);
  } else {
    variable();
  }
  expect(TokenKind::kArrow);
  auto body = expression();
  height.grow();
  return make_expression(LambdaFunction{std::move(variables), std::move(body)}, origin_from(start));
}

/// (expression), (a, b), (query).
ExpressionPtr Grammar::parenthesised() {
  const std::size_t start = start_here();
  const Height height(*this);
  expect(TokenKind::kLeftParen);
  if (starts_query()) {
    auto plan = query();
    expect(TokenKind::kRightParen);
    return subquery(SubqueryKind::kScalar, std::move(plan), start);
  }
  const bool is_nested = is(TokenKind::kLeftParen);
  auto first = named_expression();
  const auto* inner = first->get_if<SubqueryExpression>();
  if (is_nested && inner != nullptr && inner->kind == SubqueryKind::kScalar && starts_query_tail()) {
    // ((SELECT 1) UNION (SELECT 2)): what looked like an expression was the first part of a query.
    auto plan = query_tail(inner->plan);
    expect(TokenKind::kRightParen);
    return subquery(SubqueryKind::kScalar, std::move(plan), start);
  }
  if (is(TokenKind::kComma)) {
    Expressions parts{std::move(first)};
    while (accept(TokenKind::kComma)) { parts.push_back(named_expression()); }
    expect(TokenKind::kRightParen);
    height.grow();
    return tuple(std::move(parts), start);
  }
  expect(TokenKind::kRightParen);
  return first;
}

/// (a, b + 1) is a struct whose fields are named after columns, or by position.
ExpressionPtr Grammar::tuple(Expressions parts, std::size_t start) {
  Expressions arguments;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    std::string name = "col" + std::to_string(i + 1);
    if (const auto* attribute = parts[i]->get_if<UnresolvedAttribute>()) { name = attribute->parts.back(); }
    if (const auto* alias = parts[i]->get_if<Alias>()) {
      name = alias->name;
      parts[i] = alias->child;
    }
    arguments.push_back(make_string_literal(std::move(name)));
    arguments.push_back(std::move(parts[i]));
  }
  return call("named_struct", std::move(arguments), start);
}

ExpressionPtr Grammar::case_when() {
  const std::size_t start = start_here();
  const Height height(*this);
  expect(Keyword::kCase);
  CaseWhen node;
  ExpressionPtr operand;
  std::size_t operand_start = start_here();
  if (!is(Keyword::kWhen)) { operand = expression(); }
  if (!is(Keyword::kWhen)) { fail_here(); }
  while (accept(Keyword::kWhen)) {
    auto condition = expression();
    if (operand != nullptr) { condition = call("=", {operand, std::move(condition)}, operand_start); }
    expect(Keyword::kThen);
    auto result = expression();
    node.branches.emplace_back(std::move(condition), std::move(result));
  }
  if (accept(Keyword::kElse)) { node.otherwise = expression(); }
  expect(Keyword::kEnd);
  height.grow();
  height.grow();
  return make_expression(std::move(node), origin_from(start));
}

ExpressionPtr Grammar::cast(CastMode mode) {
  const std::size_t start = start_here();
  const Height height(*this);
  take();
  expect(TokenKind::kLeftParen);
  auto child = expression();
  expect(Keyword::kAs);
  auto to = type();
  expect(TokenKind::kRightParen);
  height.grow();
  return make_expression(Cast{std::move(child), std::move(to), mode}, origin_from(start));
}

/// Everything that begins with a word: forms with syntax of their own, literals, calls, lambdas, columns.
ExpressionPtr Grammar::word_primary() {
  const std::size_t start = start_here();
  if (is(TokenKind::kArrow, 1)) { return lambda(); }
  const Keyword keyword = peek().keyword;
  const bool is_call = is(TokenKind::kLeftParen, 1);
  if (starts_typed_literal()) { return typed_literal(); }
  switch (keyword) {
    case Keyword::kNoKeyword: break;
    case Keyword::kTrue:
    case Keyword::kFalse:
      if (is_call || is(TokenKind::kDot, 1)) { break; }
      take();
      return make_literal(Value(keyword == Keyword::kTrue), TypeId::kBoolean, origin_from(start));
    case Keyword::kNull:
      if (is_call || is(TokenKind::kDot, 1)) { break; }
      take();
      return make_literal(Value(), DataType(), origin_from(start));
    case Keyword::kInterval:
      if (starts_interval()) { return interval(); }
      break;
    case Keyword::kCase: {
      // CASE END, case FROM t: a column, as no WHEN follows.
      const bool is_column = is(TokenKind::kComma, 1) || is(TokenKind::kEnd, 1) || is(TokenKind::kRightParen, 1) ||
                             is(TokenKind::kDot, 1) || is(Keyword::kEnd, 1) || is(Keyword::kFrom, 1) ||
                             is(Keyword::kAs, 1);
      if (!is_column) { return case_when(); }
      break;
    }
    default:
      if (is_call) {
        if (auto form = special_form(keyword, start)) { return form; }
      }
      // `SELECT FROM t` names a forgotten column; only where a clause cannot begin may its word be a column.
      if ((keyword == Keyword::kFrom || keyword == Keyword::kWhere || keyword == Keyword::kThen ||
           keyword == Keyword::kWhen) &&
          (is_identifier(1) || is(TokenKind::kLeftParen, 1)) && !is(Keyword::kFrom, 1) && !is(Keyword::kAs, 1)) {
        fail_here();
      }
      break;
  }
  NameParts parts{identifier()};
  while (is(TokenKind::kDot)) {
    if (is_identifier(1)) {
      take();
      parts.push_back(identifier());
    } else if (is(TokenKind::kStar, 1)) {
      take();
      take();
      return star(std::move(parts), start);
    } else {
      take();
      fail_here();
    }
  }
  if (is(TokenKind::kLeftParen)) { return function_call(std::move(parts), start); }
  return make_expression(UnresolvedAttribute{std::move(parts)}, origin_from(start));
}

SortOrder Grammar::sort_item() {
  SortOrder order;
  order.child = expression();
  if (accept(Keyword::kDesc)) {
    order.is_ascending = false;
  } else {
    accept(Keyword::kAsc);
  }
  order.nulls_first = order.is_ascending;
  if (accept(Keyword::kNulls)) {
    if (accept(Keyword::kFirst)) {
      order.nulls_first = true;
    } else {
      expect(Keyword::kLast);
      order.nulls_first = false;
    }
  }
  return order;
}

Expressions Grammar::sort_items() {
  Expressions orders;
  do {
    const std::size_t start = start_here();
    auto order = sort_item();
    orders.push_back(make_expression(std::move(order), origin_from(start)));
  } while (accept(TokenKind::kComma));
  return orders;
}

}  // namespace hammerscale::sql
