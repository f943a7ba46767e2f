#include <algorithm>
#include <utility>

#include "sql/analyzer/builtin_call.hpp"
#include "sql/analyzer/plan_columns.hpp"
#include "sql/analyzer/resolver.hpp"
#include "sql/types/coercion.hpp"

namespace hammerscale::sql {

namespace {

std::string quoted_sql(const Expression& expression) { return "\"" + to_sql(expression) + "\""; }

bool is_bounded(const FrameBound& bound) {
  return bound.kind == BoundKind::kPreceding || bound.kind == BoundKind::kFollowing;
}

// Rows from the current one that a constant bound means; preceding ones are negative.
std::optional<std::int64_t> row_offset(const FrameBound& bound) {
  if (bound.kind == BoundKind::kCurrentRow) { return 0; }
  if (!is_bounded(bound)) { return std::nullopt; }
  const auto* literal = bound.offset->get_if<Literal>();
  if (literal == nullptr || literal->value.is_null()) { return std::nullopt; }
  const auto* number = std::get_if<std::int64_t>(&literal->value.holder());
  if (number == nullptr) { return std::nullopt; }
  return bound.kind == BoundKind::kPreceding ? -*number : *number;
}

bool same_bound(const FrameBound& a, const FrameBound& b) {
  if (a.kind == b.kind && !is_bounded(a)) { return true; }
  const auto x = row_offset(a);
  const auto y = row_offset(b);
  return x && y && *x == *y;
}

bool same_orders(const Expressions& a, const Expressions& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const auto& x, const auto& y) { return semantically_equal(x, y); });
}

// The frame that a window function has by nature, whatever is written; none where it takes any.
std::optional<WindowFrame> natural_frame(const AggregateCall& call, const WindowFunction& function) {
  if (!call.is_window_function || function.name == "nth_value") { return std::nullopt; }
  WindowFrame frame{.unit = FrameUnit::kRows,
                    .lower = {BoundKind::kUnboundedPreceding, nullptr},
                    .upper = {BoundKind::kCurrentRow, nullptr}};
  if (function.name == "lag" || function.name == "lead") {
    ExpressionPtr offset = call.arguments.size() > 1 ? call.arguments[1] : make_int_literal(1);
    if (const auto* literal = offset->get_if<Literal>();
        function.name == "lag" && literal != nullptr && std::holds_alternative<std::int64_t>(literal->value.holder())) {
      offset = make_int_literal(static_cast<std::int32_t>(-literal->value.as_int64()));
    }
    frame.lower = frame.upper = FrameBound{BoundKind::kFollowing, offset};
  }
  return frame;
}

bool same_frame(const WindowFrame& a, const WindowFrame& b) {
  return a.unit == b.unit && same_bound(a.lower, b.lower) && same_bound(a.upper, b.upper);
}

void check_rows_frame(const WindowFrame& frame, const Expression& shown, Origin origin) {
  for (const auto* bound : {&frame.lower, &frame.upper}) {
    if (!is_bounded(*bound)) { continue; }
    const DataType type = type_of(*bound->offset);
    if (type.is_integral()) { continue; }
    throw SqlError("DATATYPE_MISMATCH.SPECIFIED_WINDOW_FRAME_UNACCEPTED_TYPE",
                   {{"sqlExpr", quoted_sql(shown)},
                    {"location", bound == &frame.lower ? "lower" : "upper"},
                    {"exprType", "\"" + type.to_sql() + "\""},
                    {"expectedType", "\"INT\""}},
                   origin);
  }
}

// The type an offset of a RANGE frame must have beside keys of this type.
std::optional<DataType> range_offset_type(const DataType& key, const DataType& offset) {
  if (key.is_numeric()) {
    if (!offset.is_numeric()) { return std::nullopt; }
    return key;
  }
  if (key.id() == TypeId::kDate) {
    if (offset.is_integral() || offset.is_ansi_interval() || offset.id() == TypeId::kCalendarInterval) {
      return offset;
    }
    return std::nullopt;
  }
  if (key.id() == TypeId::kTimestamp || key.id() == TypeId::kTimestampNtz) {
    if (offset.is_ansi_interval() || offset.id() == TypeId::kCalendarInterval) { return offset; }
    return std::nullopt;
  }
  if (key.is_ansi_interval() && key.id() == offset.id()) { return key; }
  return std::nullopt;
}

}  // namespace

WindowSpec Resolver::resolve_window_spec(const WindowSpec& written, Place& place, Origin origin) {
  WindowSpec spec = written;
  if (!spec.base.empty()) {
    const WindowSpec* base = nullptr;
    for (auto list = windows_.rbegin(); list != windows_.rend() && base == nullptr; ++list) {
      for (const auto& [name, known] : **list) {
        if (same_name(name, spec.base)) { base = &known; }
      }
    }
    if (base == nullptr) {
      throw SqlError("MISSING_WINDOW_SPECIFICATION",
                     {{"windowName", spec.base}, {"docroot", "https://spark.apache.org/docs/latest"}}, origin);
    }
    WindowSpec refined = *base;
    if (!spec.partition_by.empty()) { refined.partition_by = spec.partition_by; }
    if (!spec.order_by.empty()) { refined.order_by = spec.order_by; }
    if (spec.frame) { refined.frame = spec.frame; }
    refined.base = base->base;
    if (same_name(refined.base, spec.base)) { refined.base.clear(); }
    return resolve_window_spec(refined, place, origin);
  }
  for (auto& key : spec.partition_by) { key = resolve_expression(key, place); }
  for (auto& order : spec.order_by) { order = resolve_expression(order, place); }
  if (spec.frame) {
    for (auto* bound : {&spec.frame->lower, &spec.frame->upper}) {
      if (!is_bounded(*bound)) { continue; }
      bound->offset = resolve_expression(bound->offset, place);
      if (!is_foldable(*bound->offset)) {
        throw SqlError("DATATYPE_MISMATCH.SPECIFIED_WINDOW_FRAME_WITHOUT_FOLDABLE",
                       {{"sqlExpr", quoted_sql(*bound->offset)},
                        {"location", bound == &spec.frame->lower ? "lower" : "upper"},
                        {"expression", quoted_sql(*bound->offset)}},
                       origin);
      }
      // Offsets become literals, so that plans print and compare them by value.
      if (!bound->offset->is<Literal>()) {
        bound->offset = make_literal(constant_value(bound->offset), type_of(*bound->offset), bound->offset->origin);
      }
    }
  }
  return spec;
}

ExpressionPtr Resolver::resolve_window_reference(const UnresolvedWindowReference& reference, Place& place,
                                                 Origin origin) {
  WindowSpec spec;
  spec.base = reference.window;
  return resolve_window(WindowExpression{reference.function, std::move(spec)}, place, origin);
}

ExpressionPtr Resolver::resolve_window(const WindowExpression& window, Place& place, Origin origin) {
  const bool was_inside = std::exchange(place.inside_window_function, true);
  ExpressionPtr function = resolve_expression(window.function, place);
  place.inside_window_function = false;
  WindowSpec spec = resolve_window_spec(window.spec, place, origin);
  place.inside_window_function = was_inside;

  const auto* call = function->get_if<AggregateCall>();
  if (call == nullptr) { throw SqlError("UNSUPPORTED_EXPR_FOR_WINDOW", {{"sqlExpr", quoted_sql(*function)}}, origin); }
  const WindowFunction* known = call->is_window_function ? context_.catalog->find_window(call->name) : nullptr;
  const auto shown = [&] { return Expression{WindowExpression{function, spec}, origin}; };
  if (call->is_distinct) {
    throw SqlError("DISTINCT_WINDOW_FUNCTION_UNSUPPORTED", {{"windowExpr", quoted_sql(shown())}}, origin);
  }
  if (known != nullptr && known->needs_order && spec.order_by.empty()) {
    throw SqlError("WINDOW_FUNCTION_FRAME_NOT_ORDERED", {{"wf_name", call->name}, {"wf_expr", to_sql(*function)}},
                   origin);
  }
  if (known != nullptr) {
    if (auto natural = natural_frame(*call, *known)) {
      if (spec.frame && !same_frame(*spec.frame, *natural)) {
        throw SqlError("WINDOW_FUNCTION_AND_FRAME_MISMATCH",
                       {{"funcName", quoted_sql(*function)}, {"windowExpr", quoted_sql(shown())}}, origin);
      }
      spec.frame = std::move(natural);
    }
  }
  if (!spec.frame) {
    const bool is_ordered = !spec.order_by.empty();
    spec.frame = WindowFrame{.unit = is_ordered ? FrameUnit::kRange : FrameUnit::kRows,
                             .lower = {BoundKind::kUnboundedPreceding, nullptr},
                             .upper = {is_ordered ? BoundKind::kCurrentRow : BoundKind::kUnboundedFollowing, nullptr}};
    return make_expression(WindowExpression{std::move(function), std::move(spec)}, origin);
  }

  WindowFrame& frame = *spec.frame;
  const bool is_reversed =
      frame.lower.kind == BoundKind::kUnboundedFollowing || frame.upper.kind == BoundKind::kUnboundedPreceding;
  const auto lower = row_offset(frame.lower);
  const auto upper = row_offset(frame.upper);
  // A frame from the current row backwards is just empty, as in Spark.
  const bool are_offsets = is_bounded(frame.lower) && is_bounded(frame.upper);
  if (is_reversed || (are_offsets && lower && upper && *lower > *upper)) {
    throw SqlError("DATATYPE_MISMATCH.SPECIFIED_WINDOW_FRAME_WRONG_COMPARISON",
                   {{"sqlExpr", quoted_sql(shown())}, {"comparison", "less than or equal"}}, origin);
  }
  if (frame.unit == FrameUnit::kRows) {
    check_rows_frame(frame, shown(), origin);
  } else if (spec.order_by.empty()) {
    if (is_bounded(frame.lower) || is_bounded(frame.upper) || frame.lower.kind != BoundKind::kUnboundedPreceding ||
        frame.upper.kind != BoundKind::kUnboundedFollowing) {
      throw SqlError("DATATYPE_MISMATCH.RANGE_FRAME_WITHOUT_ORDER", {{"sqlExpr", quoted_sql(shown())}}, origin);
    }
  } else if (is_bounded(frame.lower) || is_bounded(frame.upper)) {
    if (spec.order_by.size() > 1) {
      std::string orders;
      for (const auto& order : spec.order_by) { orders += (orders.empty() ? "" : ",") + to_sql(*order); }
      throw SqlError("DATATYPE_MISMATCH.RANGE_FRAME_MULTI_ORDER",
                     {{"sqlExpr", quoted_sql(shown())}, {"orderSpec", orders}}, origin);
    }
    const DataType key = type_of(*spec.order_by.front());
    if (!key.is_numeric() && !key.is_datetime() && !key.is_ansi_interval()) {
      throw SqlError("DATATYPE_MISMATCH.SPECIFIED_WINDOW_FRAME_UNACCEPTED_TYPE",
                     {{"sqlExpr", quoted_sql(shown())},
                      {"location", is_bounded(frame.lower) ? "lower" : "upper"},
                      {"exprType", "\"" + key.to_sql() + "\""},
                      {"expectedType",
                       "(\"NUMERIC\" or \"INTERVAL DAY TO SECOND\" or \"INTERVAL YEAR TO MONTH\" or \"INTERVAL\")"}},
                     origin);
    }
    for (auto* bound : {&frame.lower, &frame.upper}) {
      if (!is_bounded(*bound)) { continue; }
      const DataType given = type_of(*bound->offset);
      const auto type = range_offset_type(key, given);
      if (!type) {
        throw SqlError("DATATYPE_MISMATCH.RANGE_FRAME_INVALID_TYPE",
                       {{"sqlExpr", quoted_sql(shown())},
                        {"orderSpecType", "\"" + key.to_sql() + "\""},
                        {"valueBoundaryType", "\"" + given.to_sql() + "\""}},
                       origin);
      }
      bound->offset = cast_implicitly(bound->offset, *type);
    }
  }
  return make_expression(WindowExpression{std::move(function), std::move(spec)}, origin);
}

PlanPtr Resolver::extract_windows(PlanPtr child, Expressions& list) {
  Expressions found;  // Aliases of WindowExpressions, each once.
  const std::function<ExpressionPtr(const ExpressionPtr&)> replace = [&](const ExpressionPtr& part) -> ExpressionPtr {
    if (!part->is<WindowExpression>()) { return map_children(part, replace); }
    for (const auto& known : found) {
      if (semantically_equal(known->get_if<Alias>()->child, part)) { return to_attribute(known); }
    }
    found.push_back(make_expression(Alias{part, name_of(*part), next_attribute_id()}, part->origin));
    return to_attribute(found.back());
  };
  for (auto& item : list) {
    if (!contains_window(item)) { continue; }
    // A window that is a whole item keeps its name and id, with no copy above.
    const auto* alias = item->get_if<Alias>();
    const bool is_whole = alias != nullptr && alias->child->is<WindowExpression>();
    const bool is_new = is_whole && std::ranges::none_of(found, [&](const ExpressionPtr& known) {
                          return semantically_equal(known->get_if<Alias>()->child, alias->child);
                        });
    if (is_new) {
      found.push_back(item);
      item = to_attribute(item);
    } else {
      item = map_children(item, replace);
    }
  }
  while (!found.empty()) {
    const WindowSpec spec = found.front()->get_if<Alias>()->child->get_if<WindowExpression>()->spec;
    Window window{.child = std::move(child), .list = {}, .partition_by = spec.partition_by, .order_by = spec.order_by};
    std::erase_if(found, [&](const ExpressionPtr& candidate) {
      const WindowSpec& other = candidate->get_if<Alias>()->child->get_if<WindowExpression>()->spec;
      if (!same_orders(other.partition_by, spec.partition_by) || !same_orders(other.order_by, spec.order_by)) {
        return false;
      }
      window.list.push_back(candidate);
      return true;
    });
    child = make_plan(std::move(window));
  }
  return child;
}

}  // namespace hammerscale::sql
