#include "sql/vector/vector.hpp"

#include <numeric>

#include <gtest/gtest.h>

#include "sql/vector/test_memory.hpp"

namespace hammerscale::sql {
namespace {

Value text(std::string value) { return Value(std::move(value)); }
Value number(std::int64_t value) { return Value(value); }

/// A type and three values for each physical layout.
struct Sample {
  DataType type;
  std::vector<Value> values;
};

std::vector<Sample> samples() {
  const std::string long_text = "a text that does not fit into a view";
  return {
      {TypeId::kBoolean, {Value(true), Value(false), Value()}},
      {TypeId::kTinyint, {number(-1), Value(), number(127)}},
      {TypeId::kSmallint, {number(-1), Value(), number(32767)}},
      {TypeId::kInt, {number(-1), Value(), number(1 << 30)}},
      {TypeId::kBigint, {number(-1), Value(), number(std::int64_t{1} << 60)}},
      {TypeId::kFloat, {Value(1.5F), Value(), Value(-0.0F)}},
      {TypeId::kDouble, {Value(1.5), Value(), Value(-0.0)}},
      {DataType::decimal(10, 2), {Value(Int128{150}), Value(), Value(Int128{-1})}},
      {DataType::decimal(38, 2), {Value(Int128{1} << 100), Value(), Value(Int128{-1})}},
      {TypeId::kString, {text(long_text), Value(), text("short")}},
      {TypeId::kCalendarInterval, {Value(CalendarInterval{1, 2, 3}), Value(), Value(CalendarInterval{})}},
      {DataType::array(TypeId::kString), {Value(Value::List{text(long_text), Value()}), Value(), Value(Value::List{})}},
      {DataType::map(DataType::string(), TypeId::kInt),
       {Value(Value::List{text("k"), number(1)}), Value(), Value(Value::List{})}},
      {DataType::structure({{"a", TypeId::kInt}, {"b", DataType::array(TypeId::kInt)}}),
       {Value(Value::List{number(1), Value(Value::List{number(2), number(3)})}), Value(),
        Value(Value::List{Value(), Value()})}},
      {DataType(), {Value(), Value(), Value()}},
  };
}

Vector make_flat(const Sample& sample, const VectorMemory& memory) {
  Vector vector(sample.type, 3, memory);
  for (std::int32_t i = 0; i < 3; ++i) {
    vector.set_size(i + 1);
    vector.set_value(i, sample.values[static_cast<std::size_t>(i)]);
  }
  return vector;
}

TEST(VectorTest, HoldsWhatWasSet) {
  const VectorMemory memory = make_test_memory();
  for (const Sample& sample : samples()) {
    const Vector vector = make_flat(sample, memory);
    for (std::int32_t i = 0; i < 3; ++i) {
      EXPECT_EQ(vector.value(i), sample.values[static_cast<std::size_t>(i)]) << sample.type.to_string() << " " << i;
      EXPECT_EQ(vector.is_null(i), sample.values[static_cast<std::size_t>(i)].is_null());
    }
  }
}

TEST(VectorTest, EncodingsReadAlike) {
  const VectorMemory memory = make_test_memory();
  const std::vector<std::int32_t> rows = {2, 0, 0, 1, 2};
  for (const Sample& sample : samples()) {
    const Vector vector = make_flat(sample, memory);
    const Vector lazy = vector.gather(rows, memory);
    const Vector copied = vector.gather(rows, memory, true);
    const Vector twice = lazy.gather(rows, memory);
    const Vector flattened = lazy.flatten(memory);
    EXPECT_EQ(lazy.encoding(), Encoding::kDictionary);
    EXPECT_EQ(flattened.encoding(), Encoding::kFlat);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const auto row = static_cast<std::int32_t>(i);
      const Value& expected = sample.values[static_cast<std::size_t>(rows[i])];
      EXPECT_EQ(lazy.value(row), expected) << sample.type.to_string();
      EXPECT_EQ(copied.value(row), expected) << sample.type.to_string();
      EXPECT_EQ(flattened.value(row), expected) << sample.type.to_string();
      EXPECT_EQ(twice.value(row), sample.values[static_cast<std::size_t>(rows[static_cast<std::size_t>(rows[i])])]);
    }
    const Vector constant = Vector::constant(sample.values[0], sample.type, 4, memory);
    EXPECT_EQ(constant.value(3), sample.values[0]);
    EXPECT_EQ(constant.flatten(memory).value(3), sample.values[0]);
    EXPECT_EQ(constant.gather(rows, memory).size(), 5);
  }
}

TEST(VectorTest, StringsOutliveTheirVector) {
  const VectorMemory memory = make_test_memory();
  Vector copy;
  {
    Vector original(TypeId::kString, 1, memory);
    original.set_size(1);
    original.set_value(0, text("a text that does not fit into a view"));
    const std::vector<std::int32_t> rows = {0};
    copy = original.gather(rows, memory, true);
    original.prepare(TypeId::kString, 1, memory);
    original.set_value(0, text("another text of about that length..."));
  }
  EXPECT_EQ(copy.value(0), text("a text that does not fit into a view"));
}

TEST(VectorTest, PrepareReusesMemoryUnlessShared) {
  const VectorMemory memory = make_test_memory();
  Vector vector(TypeId::kBigint, 100, memory);
  vector.set_size(100);
  const void* before = vector.values<std::int64_t>();
  vector.set_null(5);
  vector.prepare(TypeId::kBigint, 100, memory);
  EXPECT_EQ(vector.values<std::int64_t>(), before);
  EXPECT_EQ(vector.validity(), nullptr);
  vector.set_size(100);
  vector.mutable_values<std::int64_t>()[0] = 7;
  const Vector copy = vector;
  vector.prepare(TypeId::kBigint, 100, memory);
  EXPECT_NE(vector.values<std::int64_t>(), before);
  vector.mutable_values<std::int64_t>()[0] = 8;
  EXPECT_EQ(copy.value(0), number(7));
}

TEST(VectorTest, SharedValidityIsCopiedBeforeItIsWritten) {
  const VectorMemory memory = make_test_memory();
  Vector a(TypeId::kInt, 10, memory);
  a.set_size(10);
  a.set_null(3);
  Vector b(TypeId::kInt, 10, memory);
  b.set_size(10);
  b.share_validity(a);
  EXPECT_TRUE(b.is_null(3));
  b.set_null(4);
  EXPECT_TRUE(b.is_null(3));
  EXPECT_FALSE(a.is_null(4));
}

TEST(VectorTest, WrapsForeignMemory) {
  auto owner = std::make_shared<std::vector<std::int32_t>>(std::vector<std::int32_t>{4, 5, 6});
  const std::uint64_t validity = 0b101;
  Vector vector = Vector::wrap(TypeId::kInt, 3, owner->data(), &validity, {}, owner);
  owner.reset();
  EXPECT_EQ(vector.value(0), number(4));
  EXPECT_TRUE(vector.is_null(1));
  EXPECT_EQ(vector.value(2), number(6));
  vector.prepare(TypeId::kInt, 3, make_test_memory());
  vector.set_size(3);
  vector.set_value(1, number(9));
  EXPECT_EQ(vector.value(1), number(9));
}

TEST(BitmapTest, CountsOnlyTheBitsAsked) {
  const std::uint64_t words[2] = {~std::uint64_t{0}, ~std::uint64_t{0}};
  EXPECT_EQ(bitmap::count(words, 0), 0);
  EXPECT_EQ(bitmap::count(words, 64), 64);
  EXPECT_EQ(bitmap::count(words, 70), 70);
}

}  // namespace
}  // namespace hammerscale::sql
