#include "sql/exec/plan_fixture.hpp"

namespace hammerscale::sql::testing {
namespace {

ExpressionPtr window_function(const std::string& name, Expressions arguments, DataType type, WindowSpec spec,
                              bool ignore_nulls = false) {
  AggregateCall call{name, std::move(arguments), std::move(type), true, false, ignore_nulls, nullptr, {}, true};
  return make_expression(WindowExpression{make_expression(std::move(call)), std::move(spec)});
}
ExpressionPtr over(ExpressionPtr aggregate, WindowSpec spec) {
  return make_expression(WindowExpression{std::move(aggregate), std::move(spec)});
}
WindowFrame frame(FrameUnit unit, FrameBound lower, FrameBound upper) {
  return WindowFrame{unit, std::move(lower), std::move(upper)};
}
FrameBound bound(BoundKind kind, std::int32_t offset = 0) {
  const bool has_offset = kind == BoundKind::kPreceding || kind == BoundKind::kFollowing;
  return FrameBound{kind, has_offset ? make_int_literal(offset) : nullptr};
}

PlanPtr window(const PlanPtr& child, const WindowSpec& spec, Expressions functions) {
  Expressions list;
  for (auto& function : functions) { list.push_back(as(std::move(function), "w" + std::to_string(list.size()))); }
  return make_plan(Window{child, std::move(list), spec.partition_by, spec.order_by});
}

PlanPtr scores() {
  return table({{"g", TypeId::kString}, {"v", TypeId::kInt}}, {{text("b"), int_value(5)},
                                                               {text("a"), int_value(3)},
                                                               {text("a"), int_value(1)},
                                                               {text("b"), null()},
                                                               {text("a"), int_value(3)},
                                                               {text("a"), int_value(7)}});
}

TEST(WindowTest, RanksWithinPartitions) {
  const auto t = scores();
  const WindowSpec spec{"", {col(t, "g")}, {order_by(col(t, "v"))}, std::nullopt};
  expect_ordered(
      window(t, spec,
             {window_function("row_number", {}, TypeId::kInt, spec), window_function("rank", {}, TypeId::kInt, spec),
              window_function("dense_rank", {}, TypeId::kInt, spec),
              window_function("percent_rank", {}, TypeId::kDouble, spec),
              window_function("cume_dist", {}, TypeId::kDouble, spec),
              window_function("ntile", {make_int_literal(3)}, TypeId::kInt, spec)}),
      {"a|1|1|1|1|0|0.25|1", "a|3|2|2|2|0.3333333333|0.75|1", "a|3|3|2|2|0.3333333333|0.75|2", "a|7|4|4|3|1|1|3",
       "b|NULL|1|1|1|0|0.5|1", "b|5|2|2|2|1|1|2"});
}

TEST(WindowTest, OffsetsAndNulls) {
  const auto t = scores();
  const WindowSpec spec{"", {}, {order_by(col(t, "g")), order_by(col(t, "v"))}, std::nullopt};
  expect_ordered(
      window(t, spec,
             {window_function("lag", {col(t, "v")}, TypeId::kInt, spec),
              window_function("lead", {col(t, "v"), make_int_literal(2), make_int_literal(-1)}, TypeId::kInt, spec),
              window_function("lag", {col(t, "v")}, TypeId::kInt, spec, true)}),
      {"a|1|NULL|3|NULL", "a|3|1|7|1", "a|3|3|NULL|3", "a|7|3|5|3", "b|NULL|7|-1|7", "b|5|NULL|-1|7"});
}

TEST(WindowTest, FramesOfRows) {
  const auto t =
      table({{"v", TypeId::kInt}}, {{int_value(1)}, {int_value(2)}, {int_value(3)}, {int_value(4)}, {int_value(5)}});
  const auto spec = [&](WindowFrame f) { return WindowSpec{"", {}, {order_by(col(t, "v"))}, std::move(f)}; };
  const auto rows = [&](FrameBound lower, FrameBound upper) {
    return spec(frame(FrameUnit::kRows, std::move(lower), std::move(upper)));
  };
  const auto sum = [&] { return aggregate_call("sum", {col(t, "v")}); };
  const auto max = [&] { return aggregate_call("max", {col(t, "v")}); };
  const WindowSpec running = rows(bound(BoundKind::kUnboundedPreceding), bound(BoundKind::kCurrentRow));
  const WindowSpec sliding = rows(bound(BoundKind::kPreceding, 1), bound(BoundKind::kFollowing, 1));
  const WindowSpec ahead = rows(bound(BoundKind::kFollowing, 2), bound(BoundKind::kFollowing, 3));
  const WindowSpec rest = rows(bound(BoundKind::kCurrentRow), bound(BoundKind::kUnboundedFollowing));
  expect_ordered(window(t, running,
                        {over(sum(), running), over(sum(), sliding), over(max(), sliding), over(sum(), ahead),
                         over(sum(), rest), over(max(), rest)}),
                 {"1|1|3|2|7|15|5", "2|3|6|3|9|14|5", "3|6|9|4|5|12|5", "4|10|12|5|NULL|9|5", "5|15|9|5|NULL|5|5"});
}

TEST(WindowTest, FramesOfRangesAndPeers) {
  const auto t = table({{"v", TypeId::kInt}},
                       {{int_value(1)}, {null()}, {int_value(2)}, {int_value(2)}, {int_value(5)}, {int_value(6)}});
  const auto spec = [&](std::optional<WindowFrame> f) {
    return WindowSpec{"", {}, {order_by(col(t, "v"))}, std::move(f)};
  };
  const WindowSpec peers = spec(std::nullopt);
  const WindowSpec near =
      spec(frame(FrameUnit::kRange, bound(BoundKind::kPreceding, 1), bound(BoundKind::kFollowing, 1)));
  const auto count = [&] { return aggregate_call("count", {make_int_literal(1)}); };
  expect_ordered(
      window(t, peers, {over(count(), peers), over(count(), near), over(aggregate_call("sum", {col(t, "v")}), near)}),
      {"NULL|1|1|NULL", "1|2|3|5", "2|4|3|5", "2|4|3|5", "5|5|2|11", "6|6|2|11"});
  const WindowSpec down{"",
                        {},
                        {order_by(col(t, "v"), false)},
                        frame(FrameUnit::kRange, bound(BoundKind::kPreceding, 1), bound(BoundKind::kCurrentRow))};
  expect_ordered(window(t, down, {over(count(), down)}), {"6|1", "5|2", "2|2", "2|2", "1|3", "NULL|1"});
}

/// Long frames of an aggregate that cannot take rows back: the tree must agree with the plain definition.
TEST(WindowTest, TreesOfStates) {
  constexpr std::int64_t kRows = 3000;
  const auto ids =
      make_plan(Range{0, kRows, 1, 0, make_expression(Attribute{"id", TypeId::kBigint, false, next_attribute_id()})});
  const auto keyed = make_plan(Project{
      ids,
      {col(ids, "id"),
       as(call("%", {call("*", {col(ids, "id"), make_bigint_literal(7919)}), make_bigint_literal(1009)}), "x")}});
  const WindowSpec spec{"",
                        {},
                        {order_by(col(keyed, "id"))},
                        frame(FrameUnit::kRows, bound(BoundKind::kPreceding, 300), bound(BoundKind::kFollowing, 41))};
  const auto plan = window(keyed, spec, {over(aggregate_call("max", {col(keyed, "x")}), spec)});
  const auto rows = run(plan);
  ASSERT_EQ(rows.size(), static_cast<std::size_t>(kRows));
  for (std::int64_t row = 0; row < kRows; ++row) {
    std::int64_t largest = 0;
    for (std::int64_t i = std::max<std::int64_t>(0, row - 300); i <= std::min(kRows - 1, row + 41); ++i) {
      largest = std::max(largest, i * 7919 % 1009);
    }
    ASSERT_EQ(rows[static_cast<std::size_t>(row)],
              std::to_string(row) + "|" + std::to_string(row * 7919 % 1009) + "|" + std::to_string(largest));
  }
}

}  // namespace
}  // namespace hammerscale::sql::testing
