#include <map>

#include "sql/exec/plan_fixture.hpp"

namespace hammerscale::sql::testing {
namespace {

PlanPtr left_rows() {
  return table({{"a", TypeId::kInt}, {"x", TypeId::kString}}, {{int_value(1), text("one")},
                                                               {int_value(2), text("two")},
                                                               {null(), text("none")},
                                                               {int_value(2), text("zwei")},
                                                               {int_value(4), text("four")}});
}
PlanPtr right_rows() {
  return table({{"b", TypeId::kInt}, {"y", TypeId::kString}}, {{int_value(2), text("B2")},
                                                               {int_value(1), text("B1")},
                                                               {int_value(2), text("B2'")},
                                                               {null(), text("BN")},
                                                               {int_value(9), text("B9")}});
}

PlanPtr join(const PlanPtr& left, const PlanPtr& right, JoinKind kind, ExpressionPtr condition) {
  Join node;
  node.left = left;
  node.right = right;
  node.kind = kind;
  node.condition = std::move(condition);
  if (kind == JoinKind::kMark) {
    node.mark = make_expression(Attribute{"m", TypeId::kBoolean, true, next_attribute_id()});
  }
  return make_plan(std::move(node));
}

/// Each kind once as a hash join (a = b) and once as nested loops (a <= b and a >= b).
TEST(HashJoinTest, EveryKind) {
  const auto l = left_rows();
  const auto r = right_rows();
  const auto equal_keys = call("=", {col(l, "a"), col(r, "b")});
  const auto looped = call("and", {call("<=", {col(l, "a"), col(r, "b")}), call(">=", {col(l, "a"), col(r, "b")})});
  const std::vector<std::string> pairs{"1|one|1|B1", "2|two|2|B2", "2|two|2|B2'", "2|zwei|2|B2", "2|zwei|2|B2'"};
  const auto with = [&](std::vector<std::string> more) {
    more.insert(more.end(), pairs.begin(), pairs.end());
    return more;
  };
  for (const auto& condition : {equal_keys, looped}) {
    expect_rows(join(l, r, JoinKind::kInner, condition), pairs);
    expect_rows(join(l, r, JoinKind::kLeftOuter, condition), with({"NULL|none|NULL|NULL", "4|four|NULL|NULL"}));
    expect_rows(join(l, r, JoinKind::kRightOuter, condition), with({"NULL|NULL|NULL|BN", "NULL|NULL|9|B9"}));
    expect_rows(join(l, r, JoinKind::kFullOuter, condition),
                with({"NULL|none|NULL|NULL", "4|four|NULL|NULL", "NULL|NULL|NULL|BN", "NULL|NULL|9|B9"}));
    expect_rows(join(l, r, JoinKind::kLeftSemi, condition), {"1|one", "2|two", "2|zwei"});
    expect_rows(join(l, r, JoinKind::kLeftAnti, condition), {"NULL|none", "4|four"});
    expect_rows(join(l, r, JoinKind::kMark, condition),
                {"1|one|true", "2|two|true", "NULL|none|NULL", "2|zwei|true", "4|four|NULL"});
    expect_rows(join(l, r, JoinKind::kNullAwareAnti, condition), {});
    expect_condition(join(l, r, JoinKind::kSingle, condition), "SCALAR_SUBQUERY_TOO_MANY_ROWS");
  }
}

TEST(HashJoinTest, NullAwareAntiWithoutNullsOnTheRight) {
  const auto l = left_rows();
  const auto r = right_rows();
  const auto known = make_plan(Filter{r, call("isnotnull", {col(r, "b")})});
  const auto condition = call("=", {col(l, "a"), col(r, "b")});
  expect_rows(join(l, known, JoinKind::kNullAwareAnti, condition), {"4|four"});
  const auto nothing = make_plan(Filter{r, make_bool_literal(false)});
  expect_rows(join(l, nothing, JoinKind::kNullAwareAnti, condition),
              {"1|one", "2|two", "NULL|none", "2|zwei", "4|four"});
  expect_rows(join(l, nothing, JoinKind::kMark, condition),
              {"1|one|false", "2|two|false", "NULL|none|false", "2|zwei|false", "4|four|false"});
}

TEST(HashJoinTest, ResidualConditionsDecideAboutMatches) {
  const auto l = left_rows();
  const auto r = right_rows();
  const auto condition =
      call("and", {call("=", {col(l, "a"), col(r, "b")}), call("<>", {col(r, "y"), make_string_literal("B2")})});
  expect_rows(join(l, r, JoinKind::kLeftOuter, condition),
              {"1|one|1|B1", "2|two|2|B2'", "2|zwei|2|B2'", "NULL|none|NULL|NULL", "4|four|NULL|NULL"});
  expect_rows(join(l, r, JoinKind::kSingle, condition),
              {"1|one|1|B1", "2|two|2|B2'", "2|zwei|2|B2'", "NULL|none|NULL|NULL", "4|four|NULL|NULL"});
  const auto never =
      call("and", {call("=", {col(l, "a"), col(r, "b")}), call("=", {col(r, "y"), make_string_literal("B9")})});
  expect_rows(join(l, r, JoinKind::kLeftSemi, never), {});
  expect_rows(join(l, r, JoinKind::kFullOuter, never),
              {"1|one|NULL|NULL", "2|two|NULL|NULL", "NULL|none|NULL|NULL", "2|zwei|NULL|NULL", "4|four|NULL|NULL",
               "NULL|NULL|2|B2", "NULL|NULL|1|B1", "NULL|NULL|2|B2'", "NULL|NULL|NULL|BN", "NULL|NULL|9|B9"});
}

TEST(HashJoinTest, NullSafeKeysMatchNulls) {
  const auto l = left_rows();
  const auto r = right_rows();
  expect_rows(join(l, r, JoinKind::kInner, call("<=>", {col(l, "a"), col(r, "b")})),
              {"1|one|1|B1", "2|two|2|B2", "2|two|2|B2'", "2|zwei|2|B2", "2|zwei|2|B2'", "NULL|none|NULL|BN"});
}

TEST(HashJoinTest, KeysMayBeExpressions) {
  const auto l = left_rows();
  const auto r = right_rows();
  expect_rows(join(l, r, JoinKind::kInner, call("=", {call("+", {col(l, "a"), make_int_literal(1)}), col(r, "b")})),
              {"1|one|2|B2", "1|one|2|B2'"});
}

TEST(HashJoinTest, CrossJoinAndEmptySides) {
  const auto l = left_rows();
  const auto r = right_rows();
  EXPECT_EQ(run(join(l, r, JoinKind::kCross, nullptr)).size(), 25u);
  const auto nothing = make_plan(Filter{r, make_bool_literal(false)});
  expect_rows(join(l, nothing, JoinKind::kCross, nullptr), {});
  expect_rows(join(nothing, r, JoinKind::kLeftOuter, call("=", {col(nothing, "b"), make_int_literal(1)})), {});
}

TEST(HashJoinTest, ManyRowsUnderASmallBudget) {
  constexpr std::int64_t kRows = 100000;
  const auto range = [](const std::string& name, std::int64_t end) {
    return make_plan(
        Range{0, end, 1, 0, make_expression(Attribute{name, TypeId::kBigint, false, next_attribute_id()})});
  };
  const auto l = range("a", kRows);
  const auto r = range("b", 2 * kRows);
  const auto halves = make_plan(Project{r, {as(call("div", {col(r, "b"), make_bigint_literal(4)}), "h"), col(r, "b")}});
  const auto joined = join(l, halves, JoinKind::kLeftOuter, call("=", {col(l, "a"), col(halves, "h")}));
  const auto plan = make_plan(Aggregate{
      joined,
      GroupingKind::kPlain,
      {},
      {},
      {as(aggregate_call("count", {make_int_literal(1)}), "c"), as(aggregate_call("count", {col(joined, "b")}), "m"),
       as(aggregate_call("sum", {col(joined, "b")}), "s"), as(aggregate_call("sum", {col(joined, "a")}), "t")}});
  // Of 100,000 left rows 50,000 find four partners each, the others none.
  std::int64_t sum_b = 0;
  std::int64_t sum_a = 0;
  for (std::int64_t b = 0; b < 2 * kRows; ++b) {
    sum_b += b;
    sum_a += b / 4;
  }
  for (std::int64_t a = kRows / 2; a < kRows; ++a) { sum_a += a; }
  const std::string expected = "250000|200000|" + std::to_string(sum_b) + "|" + std::to_string(sum_a);
  for (const int threads : {1, 3}) {
    for (const std::uint64_t budget : {std::uint64_t{1} << 30, std::uint64_t{6} << 20}) {
      ExecutionContext context(make_settings(make_pool(budget)), {.num_threads = threads});
      EXPECT_EQ(to_texts(run_plan(plan, context)), std::vector<std::string>{expected}) << threads << " " << budget;
      if (budget < (std::uint64_t{1} << 29)) { EXPECT_GT(context.spill_bytes(), 0u) << threads; }
    }
  }
}

}  // namespace
}  // namespace hammerscale::sql::testing
