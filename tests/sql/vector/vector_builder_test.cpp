#include "sql/vector/vector_builder.hpp"

#include <gtest/gtest.h>

#include "sql/vector/test_memory.hpp"

namespace hammerscale::sql {
namespace {

TEST(VectorBuilderTest, GrowsWithNullsAndStrings) {
  VectorBuilder builder(TypeId::kString, make_test_memory());
  for (int i = 0; i < 1000; ++i) {
    if (i % 7 == 0) {
      builder.append_null();
    } else {
      builder.append_string(std::string("text number ").append(std::to_string(i)));
    }
  }
  const Vector vector = builder.finish();
  ASSERT_EQ(vector.size(), 1000);
  EXPECT_EQ(builder.size(), 0);
  for (std::int32_t i = 0; i < 1000; ++i) {
    EXPECT_EQ(vector.value(i), i % 7 == 0 ? Value() : Value(std::string("text number ").append(std::to_string(i))));
  }
}

TEST(VectorBuilderTest, BuildsListsOfStructs) {
  const VectorMemory memory = make_test_memory();
  const DataType element = DataType::structure({{"a", TypeId::kInt}, {"b", TypeId::kString}});
  VectorBuilder builder(DataType::array(element), memory);
  for (int i = 0; i < 300; ++i) {
    for (int k = 0; k < i % 4; ++k) {
      if (k == 2) {
        builder.child(0).append_null();
      } else {
        builder.child(0).child(0).append<std::int32_t>(i);
        builder.child(0).child(1).append_string(std::string("s").append(std::to_string(k)));
        builder.child(0).finish_struct();
      }
    }
    builder.finish_list();
  }
  builder.append_null();
  const Vector vector = builder.finish();
  ASSERT_EQ(vector.size(), 301);
  const auto field = [](std::int64_t i, const char* s) { return Value(Value::List{Value(i), Value(std::string(s))}); };
  EXPECT_EQ(vector.value(299), Value(Value::List{field(299, "s0"), field(299, "s1"), Value()}));
  EXPECT_EQ(vector.value(4), Value(Value::List{}));
  EXPECT_TRUE(vector.is_null(300));

  VectorBuilder copy(DataType::array(element), memory);
  copy.append_range(vector, 0, 301);
  for (std::int32_t i = 0; i < 301; ++i) { copy.append_from(vector, i); }
  const Vector copied = copy.finish();
  ASSERT_EQ(copied.size(), 602);
  for (std::int32_t i = 0; i < 301; ++i) {
    EXPECT_EQ(copied.value(i), vector.value(i));
    EXPECT_EQ(copied.value(301 + i), vector.value(i));
  }
}

TEST(VectorBuilderTest, CopiesRangesWithNulls) {
  const VectorMemory memory = make_test_memory();
  VectorBuilder source(TypeId::kDouble, memory);
  for (int i = 0; i < 100; ++i) { i % 3 == 0 ? source.append_null() : source.append(i * 0.5); }
  const Vector from = source.finish();
  VectorBuilder builder(TypeId::kDouble, memory);
  builder.append(1.0);
  builder.append_range(from, 10, 80);
  builder.append_value(Value());
  builder.append_value(Value(2.0));
  const Vector to = builder.finish();
  ASSERT_EQ(to.size(), 83);
  for (std::int32_t i = 0; i < 80; ++i) { EXPECT_EQ(to.value(1 + i), from.value(10 + i)); }
  EXPECT_TRUE(to.is_null(81));
  EXPECT_EQ(to.value(82), Value(2.0));
}

TEST(VectorBuilderTest, AppendsNestedValues) {
  const DataType type = DataType::map(DataType::string(), DataType::array(TypeId::kBoolean));
  VectorBuilder builder(type, make_test_memory());
  const Value value(
      Value::List{Value(std::string("k")), Value(Value::List{Value(true), Value()}), Value(std::string("l")), Value()});
  builder.append_value(value);
  builder.append_value(Value());
  const Vector vector = builder.finish();
  EXPECT_EQ(vector.value(0), value);
  EXPECT_TRUE(vector.is_null(1));
}

}  // namespace
}  // namespace hammerscale::sql
