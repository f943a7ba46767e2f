#include "sql/exec/row_sorter.hpp"

#include "sql/exec/plan_fixture.hpp"

namespace hammerscale::sql::testing {
namespace {

PlanPtr sort(const PlanPtr& child, Expressions orders) { return make_plan(Sort{child, std::move(orders), true}); }

TEST(RowSorterTest, OrdersByColumnsDirectionsAndNulls) {
  const auto t = table({{"a", TypeId::kInt}, {"s", TypeId::kString}, {"x", TypeId::kDouble}},
                       {{int_value(2), text("pear"), real(1)},
                        {int_value(1), text("a long string, number two"), real(2)},
                        {null(), text("apple"), real(std::numeric_limits<double>::quiet_NaN())},
                        {int_value(2), text("apple"), real(-1)},
                        {int_value(1), text("a long string, number one"), null()}});
  expect_ordered(sort(t, {order_by(col(t, "a")), order_by(col(t, "s"))}),
                 {"NULL|apple|nan", "1|a long string, number one|NULL", "1|a long string, number two|2", "2|apple|-1",
                  "2|pear|1"});
  expect_ordered(sort(t, {order_by(col(t, "a"), false), order_by(col(t, "s"), false)}),
                 {"2|pear|1", "2|apple|-1", "1|a long string, number two|2", "1|a long string, number one|NULL",
                  "NULL|apple|nan"});
  expect_ordered(sort(t, {order_by(col(t, "x"), false)}),
                 {"NULL|apple|nan", "1|a long string, number two|2", "2|pear|1", "2|apple|-1",
                  "1|a long string, number one|NULL"});
  expect_ordered(sort(t, {order_by(call("*", {col(t, "a"), make_int_literal(-1)})), order_by(col(t, "x"))}),
                 {"NULL|apple|nan", "2|apple|-1", "2|pear|1", "1|a long string, number one|NULL",
                  "1|a long string, number two|2"});
}

TEST(RowSorterTest, LimitGivesTheFirstRows) {
  const auto t =
      table({{"a", TypeId::kInt}}, {{int_value(5)}, {int_value(3)}, {int_value(4)}, {int_value(1)}, {int_value(2)}});
  const auto sorted = sort(t, {order_by(col(t, "a"))});
  expect_ordered(make_plan(Limit{sorted, make_int_literal(2)}), {"1", "2"});
  expect_ordered(make_plan(Limit{make_plan(Offset{sorted, make_int_literal(2)}), make_int_literal(2)}), {"3", "4"});
}

TEST(RowSorterTest, WideDecimalsAndExtremes) {
  const DataType wide = DataType::decimal(38, 0);
  const Int128 big = static_cast<Int128>(1) << 100;
  const auto t = table({{"d", wide}, {"b", TypeId::kBigint}}, {{Value(big), int_value(INT64_MAX)},
                                                               {Value(-big), int_value(INT64_MIN)},
                                                               {Value(Int128{0}), int_value(0)},
                                                               {Value(big + 1), int_value(-1)}});
  const auto by_wide = sort(t, {order_by(col(t, "d"))});
  expect_ordered(make_plan(Project{by_wide, {col(t, "b")}}),
                 {"-9223372036854775808", "0", "9223372036854775807", "-1"});
  const auto by_bigint = sort(t, {order_by(col(t, "b"), false)});
  expect_ordered(make_plan(Project{by_bigint, {col(t, "b")}}),
                 {"9223372036854775807", "0", "-1", "-9223372036854775808"});
}

TEST(RowSorterTest, IsAPermutationUnderASmallBudget) {
  constexpr std::int64_t kRows = 300000;
  const auto ids =
      make_plan(Range{0, kRows, 1, 0, make_expression(Attribute{"id", TypeId::kBigint, false, next_attribute_id()})});
  const auto key = call("%", {call("*", {col(ids, "id"), make_bigint_literal(7919)}), make_bigint_literal(kRows)});
  const auto keyed = make_plan(Project{ids, {as(key, "k"), col(ids, "id")}});
  const auto plan = sort(keyed, {order_by(col(keyed, "k"))});
  for (const int threads : {1, 3}) {
    for (const std::uint64_t budget : {std::uint64_t{1} << 30, std::uint64_t{16} << 20}) {
      ExecutionContext context(make_settings(make_pool(budget)), {.num_threads = threads});
      std::int64_t next = 0;
      // The result is collected as a whole, so what it takes is counted here, not kept.
      const auto counted = make_plan(
          Aggregate{plan, GroupingKind::kPlain, {}, {}, {as(aggregate_call("count", {make_int_literal(1)}), "c")}});
      EXPECT_EQ(to_texts(run_plan(counted, context)), std::vector<std::string>{std::to_string(kRows)});
      if (budget < (std::uint64_t{1} << 29)) {
        EXPECT_GT(context.spill_bytes(), 0u);
        continue;
      }
      run_plan(plan, context, [&](Batch& batch) {
        for (std::int32_t i = 0; i < batch.num_rows; ++i, ++next) {
          EXPECT_EQ(batch.columns[0].value(i).as_int64(), next);
        }
        return true;
      });
      EXPECT_EQ(next, kRows);
    }
  }
}

}  // namespace
}  // namespace hammerscale::sql::testing
