#include "hammerscale/sql/data_type.hpp"

#include <gtest/gtest.h>

#include "hammerscale/sql/value.hpp"

namespace hammerscale::sql {
namespace {

TEST(DataTypeTest, PrintsBothSpellings) {
  const DataType nested = DataType::structure(
      {{"a", TypeId::kInt, false}, {"b c", DataType::map(DataType::string(), DataType::array(TypeId::kDouble))}});
  EXPECT_EQ(nested.to_string(), "struct<a:int,b c:map<string,array<double>>>");
  EXPECT_EQ(nested.to_sql(), "STRUCT<a: INT NOT NULL, `b c`: MAP<STRING, ARRAY<DOUBLE>>>");
  EXPECT_EQ(DataType::decimal(10, 2).to_string(), "decimal(10,2)");
  EXPECT_EQ(DataType(TypeId::kDecimal).to_sql(), "DECIMAL(10,0)");
  EXPECT_EQ(DataType(TypeId::kDayTimeInterval).to_sql(), "INTERVAL DAY TO SECOND");
  EXPECT_EQ(DataType::year_month_interval(IntervalField::kYear, IntervalField::kYear).to_string(), "interval year");
  EXPECT_EQ(DataType::char_of(3).to_sql(), "CHAR(3)");
  EXPECT_EQ(DataType::varchar(3).to_string(), "varchar(3)");
  EXPECT_EQ(DataType::string(Collation::kUtf8Lcase).to_sql(), "STRING COLLATE UTF8_LCASE");
  EXPECT_EQ(DataType(TypeId::kTime).to_sql(), "TIME(6)");
  EXPECT_EQ(DataType().to_string(), "void");
}

TEST(DataTypeTest, EqualityKnowsNullability) {
  const DataType with = DataType::array(TypeId::kInt, true);
  const DataType without = DataType::array(TypeId::kInt, false);
  EXPECT_NE(with, without);
  EXPECT_TRUE(with.same_but_nullability(without));
  EXPECT_FALSE(with.same_but_nullability(DataType::array(TypeId::kBigint, true)));
  EXPECT_NE(DataType::structure({{"a", TypeId::kInt}}), DataType::structure({{"b", TypeId::kInt}}));
  EXPECT_NE(DataType::decimal(5, 1), DataType::decimal(5, 2));
}

TEST(DataTypeTest, LayoutsFollowPrecision) {
  EXPECT_EQ(DataType::decimal(18, 0).physical(), PhysicalType::kInt64);
  EXPECT_EQ(DataType::decimal(19, 0).physical(), PhysicalType::kInt128);
  EXPECT_EQ(DataType(TypeId::kYearMonthInterval).physical(), PhysicalType::kInt32);
  EXPECT_FALSE(DataType::array(DataType::map(TypeId::kInt, TypeId::kInt)).is_orderable());
  EXPECT_EQ(DataType::structure({{"Ab", TypeId::kInt}}).find_field("aB"), 0U);
}

TEST(DataTypeTest, QuotesIdentifiers) {
  EXPECT_EQ(quote_identifier("a`b"), "`a``b`");
  EXPECT_EQ(quote_identifier_if_needed("a_1"), "a_1");
  EXPECT_EQ(quote_identifier_if_needed("1a"), "`1a`");
  EXPECT_EQ(quote_identifier_if_needed("a b"), "`a b`");
}

TEST(ValueTest, EqualityIsBitwise) {
  EXPECT_EQ(Value(0.0), Value(0.0));
  EXPECT_FALSE(Value(0.0) == Value(-0.0));
  EXPECT_EQ(Value(Value::List{Value(), Value(true)}), Value(Value::List{Value(), Value(true)}));
  EXPECT_FALSE(Value(std::int64_t{1}) == Value(1.0));
}

}  // namespace
}  // namespace hammerscale::sql
