#include "sql/vector/batch_bytes.hpp"

#include <gtest/gtest.h>

#include "hammerscale/base/error.hpp"
#include "sql/vector/test_memory.hpp"
#include "sql/vector/vector_builder.hpp"

namespace hammerscale::sql {
namespace {

Value text(std::string value) { return Value(std::move(value)); }
Value number(std::int64_t value) { return Value(value); }

struct Column {
  DataType type;
  std::vector<Value> values;
};

std::vector<Column> columns() {
  const std::string long_text = "a text that does not fit into a view";
  return {
      {TypeId::kBoolean, {Value(true), Value(), Value(false), Value(true)}},
      {TypeId::kTinyint, {number(-1), number(2), Value(), number(127)}},
      {TypeId::kInt, {number(1), number(2), number(3), number(4)}},
      {TypeId::kDouble, {Value(1.5), Value(), Value(-0.0), Value(2.5)}},
      {DataType::decimal(38, 2), {Value(Int128{1} << 100), Value(), Value(Int128{-1}), Value(Int128{0})}},
      {TypeId::kString, {text(long_text), text(""), Value(), text("short")}},
      {TypeId::kCalendarInterval, {Value(CalendarInterval{1, 2, 3}), Value(), Value(CalendarInterval{}), Value()}},
      {DataType::array(TypeId::kString),
       {Value(Value::List{text(long_text), Value()}), Value(), Value(Value::List{}), Value(Value::List{text("x")})}},
      {DataType::map(TypeId::kInt, TypeId::kInt),
       {Value(), Value(Value::List{number(1), Value()}), Value(Value::List{}), Value()}},
      {DataType::structure({{"a", TypeId::kInt}, {"b", TypeId::kString}}),
       {Value(Value::List{number(1), text("b")}), Value(), Value(Value::List{Value(), text(long_text)}),
        Value(Value::List{Value(), Value()})}},
      {DataType(), {Value(), Value(), Value(), Value()}},
  };
}

class BatchBytesTest : public ::testing::Test {
 protected:
  Batch make_batch() {
    Batch batch;
    batch.num_rows = 4;
    for (const Column& column : columns()) {
      VectorBuilder builder(column.type, memory_);
      for (const Value& value : column.values) { builder.append_value(value); }
      batch.columns.push_back(builder.finish());
      types_.push_back(column.type);
    }
    return batch;
  }
  Batch round_trip(const Batch& batch) {
    std::vector<std::byte> bytes;
    append_batch_bytes(bytes, batch);
    bytes.push_back(std::byte{7});
    std::span<const std::byte> rest = bytes;
    Batch result = read_batch_bytes(rest, types_, memory_);
    EXPECT_EQ(rest.size(), 1U);
    return result;
  }

  VectorMemory memory_ = make_test_memory();
  std::vector<DataType> types_;
};

TEST_F(BatchBytesTest, AllTypesComeBack) {
  const Batch back = round_trip(make_batch());
  ASSERT_EQ(back.num_rows, 4);
  for (std::size_t c = 0; c < back.columns.size(); ++c) {
    for (std::int32_t row = 0; row < 4; ++row) {
      EXPECT_EQ(back.columns[c].value(row), columns()[c].values[static_cast<std::size_t>(row)])
          << types_[c].to_string() << row;
    }
  }
}

TEST_F(BatchBytesTest, OnlySelectedRowsOfAnyEncodingAreWritten) {
  Batch batch = make_batch();
  for (Vector& column : batch.columns) {
    const std::vector<std::int32_t> order = {3, 2, 1, 0};
    column = column.gather(order, memory_);
  }
  batch.columns.push_back(Vector::constant(text("a constant text that is long enough"), TypeId::kString, 4, memory_));
  types_.push_back(TypeId::kString);
  batch.selection = std::make_shared<std::vector<std::int32_t>>(std::vector<std::int32_t>{0, 3});
  const Batch back = round_trip(batch);
  ASSERT_EQ(back.num_rows, 2);
  for (std::size_t c = 0; c + 1 < back.columns.size(); ++c) {
    EXPECT_EQ(back.columns[c].value(0), columns()[c].values[3]) << types_[c].to_string();
    EXPECT_EQ(back.columns[c].value(1), columns()[c].values[0]) << types_[c].to_string();
  }
  EXPECT_EQ(back.columns.back().encoding(), Encoding::kConstant);
  EXPECT_EQ(back.columns.back().value(1), text("a constant text that is long enough"));
}

TEST_F(BatchBytesTest, EmptyBatchesWork) {
  Batch batch = make_batch();
  batch.selection = std::make_shared<std::vector<std::int32_t>>();
  EXPECT_EQ(round_trip(batch).num_rows, 0);
}

TEST_F(BatchBytesTest, CutBytesAreAnErrorEverywhere) {
  std::vector<std::byte> bytes;
  append_batch_bytes(bytes, make_batch());
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    std::span<const std::byte> cut = std::span<const std::byte>(bytes).first(length);
    EXPECT_THROW(static_cast<void>(read_batch_bytes(cut, types_, memory_)), ResourceError) << length;
  }
}

}  // namespace
}  // namespace hammerscale::sql
