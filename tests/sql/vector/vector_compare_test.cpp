#include "sql/vector/vector_compare.hpp"

#include <cmath>
#include <limits>
#include <set>

#include <gtest/gtest.h>

#include "sql/vector/test_memory.hpp"
#include "sql/vector/vector_builder.hpp"

namespace hammerscale::sql {
namespace {

Vector make(const DataType& type, const std::vector<Value>& values) {
  VectorBuilder builder(type, make_test_memory());
  for (const Value& value : values) { builder.append_value(value); }
  return builder.finish();
}

Value list(std::vector<Value> values) { return Value(std::move(values)); }
Value number(std::int64_t value) { return Value(value); }
Value text(std::string value) { return Value(std::move(value)); }

/// Values are ascending; equal ones must have equal hashes.
void expect_ascending(const DataType& type, const std::vector<Value>& values) {
  const Vector vector = make(type, values);
  for (std::int32_t i = 0; i < vector.size(); ++i) {
    for (std::int32_t j = 0; j < vector.size(); ++j) {
      const int order = compare_cells(vector, i, vector, j);
      EXPECT_EQ(order < 0, i < j) << type.to_string() << i << " " << j;
      EXPECT_EQ(order > 0, i > j) << type.to_string() << i << " " << j;
      EXPECT_EQ(equal_cells(vector, i, vector, j), i == j);
    }
  }
}

TEST(VectorCompareTest, OrdersEveryType) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  expect_ascending(TypeId::kBoolean, {Value(false), Value(true)});
  expect_ascending(TypeId::kTinyint, {number(-128), number(0), number(127)});
  expect_ascending(TypeId::kDouble,
                   {Value(-kInfinity), Value(-1.0), Value(0.0), Value(kInfinity), Value(std::nan(""))});
  expect_ascending(DataType::decimal(38, 0), {Value(-(Int128{1} << 100)), Value(Int128{0}), Value(Int128{1} << 100)});
  expect_ascending(TypeId::kString, {text(""), text("a"), text("ab"), text("abcdefghijklm"), text("abcdefghijklmn"),
                                     text("b"), text("\xC3\xA9")});
  expect_ascending(DataType::string(Collation::kUtf8Lcase),
                   {text("A"), text("b"), text("Ba"), text("C"), text("\xC3\x89"), text("\xC3\xAA")});
  expect_ascending(DataType::array(TypeId::kInt),
                   {list({}), list({Value()}), list({number(1)}), list({number(1), Value()}), list({number(2)})});
  expect_ascending(DataType::structure({{"a", TypeId::kInt}, {"b", TypeId::kString}}),
                   {list({Value(), text("z")}), list({number(1), Value()}), list({number(1), text("a")}),
                    list({number(2), Value()})});
}

TEST(VectorCompareTest, EqualCellsHashAlike) {
  const auto expect_same = [](const DataType& type, const Value& x, const Value& y) {
    const Vector vector = make(type, {x, y});
    EXPECT_TRUE(same_cells(vector, 0, vector, 1)) << type.to_string();
    std::uint64_t hashes[2] = {1, 1};
    hash_cells(vector, RowSet{nullptr, 2}, hashes);
    EXPECT_EQ(hashes[0], hashes[1]) << type.to_string();
  };
  expect_same(TypeId::kDouble, Value(0.0), Value(-0.0));
  expect_same(TypeId::kDouble, Value(std::nan("")), Value(-std::nan("1")));
  expect_same(TypeId::kFloat, Value(0.0F), Value(-0.0F));
  expect_same(DataType::string(Collation::kUtf8Lcase), text("\xC3\x89T\xC3\x89 A LONG TEXT"),
              text("\xC3\xA9t\xC3\xA9 a long text"));
  expect_same(DataType::array(TypeId::kDouble), list({Value(-0.0), Value()}), list({Value(0.0), Value()}));
  expect_same(DataType::map(TypeId::kInt, TypeId::kInt), list({number(1), number(2), number(3), Value()}),
              list({number(3), Value(), number(1), number(2)}));
  expect_same(TypeId::kInt, Value(), Value());
}

TEST(VectorCompareTest, NullIsNotAValue) {
  const Vector vector = make(TypeId::kInt, {Value(), number(0)});
  EXPECT_FALSE(same_cells(vector, 0, vector, 1));
  EXPECT_FALSE(same_cells(vector, 1, vector, 0));
}

TEST(VectorCompareTest, HashesSpreadAndCombine) {
  std::vector<Value> values;
  for (int i = 0; i < 4096; ++i) { values.push_back(number(i * 8)); }
  const Vector vector = make(TypeId::kBigint, values);
  std::vector<std::uint64_t> hashes(4096, 0);
  hash_cells(vector, RowSet{nullptr, 4096}, hashes.data());
  std::set<std::uint64_t> low;
  std::set<std::uint64_t> high;
  for (const std::uint64_t hash : hashes) {
    low.insert(hash & 0xFFFFU);
    high.insert(hash >> 48);
  }
  // 4096 random draws out of 65536 leave about 3970 different ones.
  EXPECT_GT(low.size(), 3850U);
  EXPECT_GT(high.size(), 3850U);
  // The same column once more gives other hashes, and only for the rows asked.
  const std::vector<std::uint64_t> once = hashes;
  const std::int32_t rows[] = {1, 3};
  hash_cells(vector, RowSet{rows, 2}, hashes.data());
  EXPECT_EQ(hashes[0], once[0]);
  EXPECT_NE(hashes[1], once[1]);
  EXPECT_EQ(hashes[2], once[2]);
}

TEST(VectorCompareTest, EncodingsHashAlike) {
  const VectorMemory memory = make_test_memory();
  const Vector flat = make(TypeId::kString, {text("a"), Value(), text("a longer text than fits")});
  const std::vector<std::int32_t> picked = {2, 1, 0};
  const Vector lazy = flat.gather(picked, memory);
  std::uint64_t a[3] = {};
  std::uint64_t b[3] = {};
  hash_cells(flat, RowSet{nullptr, 3}, a);
  hash_cells(lazy, RowSet{nullptr, 3}, b);
  EXPECT_EQ(a[0], b[2]);
  EXPECT_EQ(a[1], b[1]);
  EXPECT_EQ(a[2], b[0]);
  EXPECT_TRUE(equal_cells(flat, 2, lazy, 0));
}

}  // namespace
}  // namespace hammerscale::sql
