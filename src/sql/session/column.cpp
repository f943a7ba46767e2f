#include "hammerscale/sql/column.hpp"

#include <utility>

#include "hammerscale/base/error.hpp"
#include "sql/parser/parser.hpp"
#include "sql/plan/expression.hpp"

namespace hammerscale::sql {

namespace {

Column unresolved_call(std::string_view name, Expressions arguments) {
  return Column(make_call(std::string(name), std::move(arguments)));
}

Column ordered(const Column& column, bool is_ascending, bool nulls_first) {
  return Column(make_expression(SortOrder{column.expression(), is_ascending, nulls_first}));
}

ExpressionPtr as_order(const Column& column) {
  if (column.expression()->is<SortOrder>()) { return column.expression(); }
  return make_expression(SortOrder{column.expression(), true, true});
}

}  // namespace

Column::Column(double value) : Column(make_literal(Value(value), TypeId::kDouble)) {}
Column::Column(float value) : Column(make_literal(Value(value), TypeId::kFloat)) {}
Column::Column(const char* value) : Column(make_string_literal(value)) {}
Column::Column(const std::string& value) : Column(make_string_literal(value)) {}
Column::Column(std::string_view value) : Column(make_string_literal(std::string(value))) {}

Column Column::literal_of(bool value) { return Column(make_bool_literal(value)); }
Column Column::literal_of(std::int64_t value, TypeId type) { return Column(make_literal(Value(value), type)); }

Column Column::call(std::string_view name) const { return unresolved_call(name, {expression_}); }
Column Column::call(std::string_view name, const Column& other) const {
  return unresolved_call(name, {expression_, other.expression_});
}

Column Column::alias(std::string_view name) const {
  return Column(make_expression(Alias{expression_, std::string(name)}));
}
Column Column::as(std::vector<std::string> names) const {
  return Column(make_expression(MultiAlias{expression_, std::move(names)}));
}
Column Column::cast(const DataType& type) const {
  return Column(make_expression(Cast{expression_, type, CastMode::kAnsi}));
}
Column Column::cast(std::string_view type) const { return cast(parse_data_type(type)); }
Column Column::try_cast(const DataType& type) const {
  return Column(make_expression(Cast{expression_, type, CastMode::kTry}));
}
Column Column::try_cast(std::string_view type) const { return try_cast(parse_data_type(type)); }

Column Column::is_null() const { return call("isnull"); }
Column Column::is_not_null() const { return call("isnotnull"); }
Column Column::is_nan() const { return call("isnan"); }
Column Column::eq_null_safe(const Column& other) const { return call("<=>", other); }
Column Column::isin(const std::vector<Column>& values) const {
  Expressions arguments = {expression_};
  for (const auto& value : values) { arguments.push_back(value.expression_); }
  return unresolved_call("in", std::move(arguments));
}
Column Column::between(const Column& low, const Column& high) const { return *this >= low && *this <= high; }
Column Column::like(const Column& pattern) const { return call("like", pattern); }
Column Column::ilike(const Column& pattern) const { return call("ilike", pattern); }
Column Column::rlike(const Column& pattern) const { return call("rlike", pattern); }
Column Column::starts_with(const Column& text) const { return call("startswith", text); }
Column Column::ends_with(const Column& text) const { return call("endswith", text); }
Column Column::contains(const Column& text) const { return call("contains", text); }
Column Column::substr(const Column& start, const Column& length) const {
  return unresolved_call("substring", {expression_, start.expression_, length.expression_});
}
Column Column::bitwise_and(const Column& other) const { return call("&", other); }
Column Column::bitwise_or(const Column& other) const { return call("|", other); }
Column Column::bitwise_xor(const Column& other) const { return call("^", other); }

Column Column::get_item(const Column& key) const {
  return Column(make_expression(UnresolvedExtract{expression_, key.expression_}));
}
Column Column::get_field(std::string_view name) const {
  return Column(make_expression(UnresolvedExtract{expression_, make_string_literal(std::string(name))}));
}

Column Column::asc() const { return ordered(*this, true, true); }
Column Column::asc_nulls_first() const { return ordered(*this, true, true); }
Column Column::asc_nulls_last() const { return ordered(*this, true, false); }
Column Column::desc() const { return ordered(*this, false, false); }
Column Column::desc_nulls_first() const { return ordered(*this, false, true); }
Column Column::desc_nulls_last() const { return ordered(*this, false, false); }

Column Column::over(const WindowSpecification& window) const {
  WindowSpec spec;
  for (const auto& key : window.partition_) { spec.partition_by.push_back(key.expression_); }
  for (const auto& order : window.orders_) { spec.order_by.push_back(as_order(order)); }
  if (window.unit_ != WindowSpecification::Unit::kNone) {
    const auto bound = [](const WindowBoundary& boundary) -> FrameBound {
      switch (boundary.kind) {
        case WindowBoundary::Kind::kUnboundedPreceding: return {BoundKind::kUnboundedPreceding, nullptr};
        case WindowBoundary::Kind::kUnboundedFollowing: return {BoundKind::kUnboundedFollowing, nullptr};
        case WindowBoundary::Kind::kCurrentRow: return {BoundKind::kCurrentRow, nullptr};
        case WindowBoundary::Kind::kOffset: break;
      }
      const bool is_before = boundary.offset < 0;
      const std::int64_t distance = is_before ? -boundary.offset : boundary.offset;
      const auto offset = distance == static_cast<std::int32_t>(distance)
                              ? make_int_literal(static_cast<std::int32_t>(distance))
                              : make_bigint_literal(distance);
      return {is_before ? BoundKind::kPreceding : BoundKind::kFollowing, offset};
    };
    const auto unit = window.unit_ == WindowSpecification::Unit::kRows ? FrameUnit::kRows : FrameUnit::kRange;
    spec.frame = WindowFrame{unit, bound(window.first_), bound(window.last_)};
  }
  return Column(make_expression(WindowExpression{expression_, std::move(spec)}));
}

Column Column::when(const Column& condition, const Column& value) const {
  const auto* cases = expression_->get_if<CaseWhen>();
  if (cases == nullptr || cases->otherwise) {
    throw UserError(ErrorCode::kInvalidArgument, "when() follows when() alone, before otherwise()");
  }
  CaseWhen longer = *cases;
  longer.branches.emplace_back(condition.expression_, value.expression_);
  return Column(make_expression(std::move(longer)));
}

Column Column::otherwise(const Column& value) const {
  const auto* cases = expression_->get_if<CaseWhen>();
  if (cases == nullptr || cases->otherwise) {
    throw UserError(ErrorCode::kInvalidArgument, "otherwise() follows when(), once");
  }
  CaseWhen complete = *cases;
  complete.otherwise = value.expression_;
  return Column(make_expression(std::move(complete)));
}

std::string Column::to_string() const { return to_sql(*expression_); }

Column col(std::string_view name) {
  if (name == "*") { return Column(make_expression(UnresolvedStar{})); }
  if (name.ends_with(".*")) {
    UnresolvedStar star;
    star.target = parse_multipart_name(name.substr(0, name.size() - 2));
    return Column(make_expression(std::move(star)));
  }
  return Column(make_expression(UnresolvedAttribute{parse_multipart_name(name)}));
}

Column lit(Value value, DataType type) { return Column(make_literal(std::move(value), std::move(type))); }

Column expr(std::string_view sql) { return Column(parse_expression(sql)); }

Column when(const Column& condition, const Column& value) {
  return Column(make_expression(CaseWhen{{{condition.expression(), value.expression()}}, nullptr}));
}

Column call_function(std::string_view name, const std::vector<Column>& arguments) {
  Expressions expressions;
  for (const auto& argument : arguments) { expressions.push_back(argument.expression()); }
  UnresolvedFunction function;
  function.name = parse_multipart_name(name);
  function.arguments = std::move(expressions);
  return Column(make_expression(std::move(function)));
}

WindowSpecification WindowSpecification::partition_by(const std::vector<Column>& keys) const {
  WindowSpecification window = *this;
  window.partition_ = keys;
  return window;
}
WindowSpecification WindowSpecification::order_by(const std::vector<Column>& orders) const {
  WindowSpecification window = *this;
  window.orders_ = orders;
  return window;
}
WindowSpecification WindowSpecification::rows_between(WindowBoundary first, WindowBoundary last) const {
  WindowSpecification window = *this;
  window.unit_ = Unit::kRows;
  window.first_ = first;
  window.last_ = last;
  return window;
}
WindowSpecification WindowSpecification::range_between(WindowBoundary first, WindowBoundary last) const {
  WindowSpecification window = *this;
  window.unit_ = Unit::kRange;
  window.first_ = first;
  window.last_ = last;
  return window;
}

namespace window {
WindowSpecification partition_by(const std::vector<Column>& keys) { return WindowSpecification().partition_by(keys); }
WindowSpecification order_by(const std::vector<Column>& orders) { return WindowSpecification().order_by(orders); }
}  // namespace window

}  // namespace hammerscale::sql
