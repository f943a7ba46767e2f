#include "sql/exec/expression_program.hpp"

#include "sql/exec/plan_fixture.hpp"
#include "sql/vector/vector_builder.hpp"

namespace hammerscale::sql::testing {
namespace {

ExpressionPtr column(std::int32_t index, DataType type) {
  return make_expression(BoundReference{index, std::move(type), true});
}

Vector ints(std::initializer_list<std::optional<std::int32_t>> values, const VectorMemory& memory) {
  VectorBuilder builder(DataType(TypeId::kInt), memory);
  for (const auto& value : values) {
    if (value) {
      builder.append<std::int32_t>(*value);
    } else {
      builder.append_null();
    }
  }
  return builder.finish();
}

TEST(ExpressionProgramTest, PeelsDictionaries) {
  EvaluationContext settings = make_settings();
  const auto doubled = call("*", {column(0, TypeId::kInt), make_int_literal(2)});
  auto program = ExpressionProgram::compile(std::span(&doubled, 1), settings);
  Batch batch;
  batch.num_rows = 6;
  // The last entry would overflow, but no row uses it.
  const Vector dictionary = ints({7, std::nullopt, 2147483647}, settings.memory);
  const std::int32_t rows[] = {0, 1, 0, 0, 1, 0};
  batch.columns.push_back(dictionary.gather(rows, settings.memory));
  std::vector<Vector> results;
  program.evaluate(batch, results);
  EXPECT_EQ(results[0].encoding(), Encoding::kDictionary);
  const std::vector<std::string> expected{"14", "NULL", "14", "14", "NULL", "14"};
  for (std::int32_t row = 0; row < 6; ++row) {
    EXPECT_EQ(to_text(results[0].value(row)), expected[static_cast<std::size_t>(row)]);
  }
}

TEST(ExpressionProgramTest, FoldsConstantsAndKeepsTheirErrorsForRows) {
  EvaluationContext settings = make_settings();
  const auto fails = call("div", {make_int_literal(1), make_int_literal(0)});
  const auto guarded = make_expression(
      CaseWhen{{{call(">", {column(0, TypeId::kInt), make_int_literal(5)}), fails}}, make_bigint_literal(0)});
  auto program = ExpressionProgram::compile(std::span(&guarded, 1), settings);
  Batch batch;
  batch.num_rows = 2;
  batch.columns.push_back(ints({1, 2}, settings.memory));
  std::vector<Vector> results;
  program.evaluate(batch, results);
  EXPECT_EQ(results[0].value(1).as_int64(), 0);
  batch.columns[0] = ints({1, 6}, settings.memory);
  EXPECT_THROW(program.evaluate(batch, results), SqlError);
}

TEST(ExpressionProgramTest, UsesItsMemoryAgain) {
  EvaluationContext settings = make_settings();
  const Expressions sums{
      call("+", {call("*", {column(0, TypeId::kBigint), make_bigint_literal(3)}), make_bigint_literal(1)})};
  auto program = ExpressionProgram::compile(sums, settings);
  Batch batch;
  batch.num_rows = 2048;
  Vector values(DataType(TypeId::kBigint), 2048, settings.memory);
  values.set_size(2048);
  for (std::int32_t i = 0; i < 2048; ++i) { values.mutable_values<std::int64_t>()[i] = i; }
  batch.columns.push_back(values);
  std::vector<Vector> results;
  program.evaluate(batch, results);
  const void* first = results[0].values<std::int64_t>();
  for (int round = 0; round < 5; ++round) {
    program.evaluate(batch, results);
    EXPECT_EQ(static_cast<const void*>(results[0].values<std::int64_t>()), first);
    EXPECT_EQ(results[0].values<std::int64_t>()[2047], 3 * 2047 + 1);
  }
}

TEST(ExpressionProgramTest, FilterNarrowsTheSelection) {
  EvaluationContext settings = make_settings();
  const Expressions conjuncts{call(">", {column(0, TypeId::kInt), make_int_literal(1)}),
                              call("<", {column(0, TypeId::kInt), make_int_literal(9)})};
  auto program = ExpressionProgram::compile(conjuncts, settings);
  for (int round = 0; round < 20; ++round) {
    Batch batch;
    batch.num_rows = 6;
    batch.columns.push_back(ints({1, 5, std::nullopt, 9, 8, 2}, settings.memory));
    program.filter(batch);
    ASSERT_NE(batch.selection, nullptr);
    EXPECT_EQ(*batch.selection, (std::vector<std::int32_t>{1, 4, 5}));
    program.filter(batch);
    EXPECT_EQ(*batch.selection, (std::vector<std::int32_t>{1, 4, 5}));
  }
}

TEST(ExpressionProgramTest, BranchesWithCommonPartsOnDifferentRows) {
  EvaluationContext settings = make_settings();
  const auto a = column(0, TypeId::kInt);
  const auto twice = call("*", {a, make_int_literal(2)});
  // a * 2 is asked for by a branch, by the other branch and by the whole.
  const auto choice = make_expression(
      CaseWhen{{{call(">", {a, make_int_literal(2)}), call("+", {twice, make_int_literal(1)})}}, twice});
  const Expressions both{choice, call("+", {twice, a}), choice};
  auto program = ExpressionProgram::compile(both, settings);
  Batch batch;
  batch.num_rows = 4;
  batch.columns.push_back(ints({1, 3, std::nullopt, 4}, settings.memory));
  std::vector<Vector> results;
  program.evaluate(batch, results);
  const std::vector<std::string> expected{"2", "7", "NULL", "9"};
  const std::vector<std::string> sums{"3", "9", "NULL", "12"};
  for (std::int32_t row = 0; row < 4; ++row) {
    EXPECT_EQ(to_text(results[0].value(row)), expected[static_cast<std::size_t>(row)]);
    EXPECT_EQ(to_text(results[1].value(row)), sums[static_cast<std::size_t>(row)]);
    EXPECT_EQ(to_text(results[2].value(row)), expected[static_cast<std::size_t>(row)]);
  }
}

TEST(ExpressionProgramTest, LambdasSeeCapturedColumns) {
  EvaluationContext settings = make_settings();
  if (builtin_functions().find_scalar("transform") == nullptr) {
    GTEST_SKIP() << "no higher-order functions in this build";
  }
  const auto x = make_expression(LambdaVariable{"x", TypeId::kInt, true, next_attribute_id()});
  const auto lambda = make_expression(LambdaFunction{{x}, call("+", {x, column(1, TypeId::kInt)})});
  const auto transformed = make_expression(
      FunctionCall{"transform", {column(0, DataType::array(TypeId::kInt)), lambda}, DataType::array(TypeId::kInt)});
  auto program = ExpressionProgram::compile(std::span(&transformed, 1), settings);
  VectorBuilder lists(DataType::array(TypeId::kInt), settings.memory);
  lists.append_value(Value(Value::List{int_value(1), int_value(2)}));
  lists.append_value(Value(Value::List{int_value(3)}));
  Batch batch;
  batch.num_rows = 2;
  batch.columns.push_back(lists.finish());
  batch.columns.push_back(ints({10, 20}, settings.memory));
  std::vector<Vector> results;
  program.evaluate(batch, results);
  EXPECT_EQ(to_text(results[0].value(0)), "[11,12]");
  EXPECT_EQ(to_text(results[0].value(1)), "[23]");
}

}  // namespace
}  // namespace hammerscale::sql::testing
