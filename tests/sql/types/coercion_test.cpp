#include "sql/types/coercion.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace hammerscale::sql {
namespace {

/// The types that the tables below are about, in the order of their rows and columns.
const std::vector<DataType>& types() {
  static const std::vector<DataType> all = {
      DataType(),
      TypeId::kBoolean,
      TypeId::kTinyint,
      TypeId::kSmallint,
      TypeId::kInt,
      TypeId::kBigint,
      TypeId::kFloat,
      TypeId::kDouble,
      DataType::decimal(3, 0),
      DataType::decimal(10, 0),
      DataType::decimal(10, 2),
      DataType::decimal(20, 0),
      DataType::decimal(38, 18),
      TypeId::kString,
      DataType::string(Collation::kUtf8Lcase),
      TypeId::kBinary,
      TypeId::kDate,
      DataType::time(6),
      DataType::time(0),
      TypeId::kTimestamp,
      TypeId::kTimestampNtz,
      DataType::year_month_interval(IntervalField::kYear, IntervalField::kYear),
      DataType::year_month_interval(IntervalField::kMonth, IntervalField::kMonth),
      DataType::year_month_interval(IntervalField::kYear, IntervalField::kMonth),
      DataType::day_time_interval(IntervalField::kDay, IntervalField::kDay),
      DataType::day_time_interval(IntervalField::kHour, IntervalField::kHour),
      DataType::day_time_interval(IntervalField::kSecond, IntervalField::kSecond),
      DataType::day_time_interval(IntervalField::kDay, IntervalField::kSecond),
      TypeId::kCalendarInterval,
      DataType::array(TypeId::kInt),
      DataType::array(TypeId::kString),
      DataType::map(TypeId::kString, TypeId::kInt),
      DataType::map(TypeId::kInt, TypeId::kString),
      DataType::structure({{"a", TypeId::kInt}}),
      DataType::structure({{"a", TypeId::kString}}),
      DataType::structure({{"b", TypeId::kInt}}),
      DataType::structure({{"a", TypeId::kInt}, {"b", TypeId::kInt}}),
      TypeId::kVariant,
  };
  return all;
}

using Matrix = std::array<std::string_view, 38>;

void expect_matrix(const Matrix& expected, bool (*actual)(const DataType&, const DataType&)) {
  for (std::size_t i = 0; i < expected.size(); ++i) {
    for (std::size_t j = 0; j < expected.size(); ++j) {
      EXPECT_EQ(actual(types()[i], types()[j]), expected[i][j] == '1')
          << types()[i].to_sql() << " to " << types()[j].to_sql();
    }
  }
}

// The tables hold what Apache Spark 4.2 answers for each pair: row to column.
constexpr Matrix kAnsiCasts = {
    "11111111111111111111111111111111111111", ".11111111111111......................1",
    ".11111111111111....1.1111111.........1", ".11111111111111....1.1111111.........1",
    ".11111111111111....1.1111111.........1", ".11111111111111....1.1111111.........1",
    ".11111111111111....1.................1", ".11111111111111....1.................1",
    ".11111111111111....1.1111111.........1", ".11111111111111....1.1111111.........1",
    ".11111111111111....1.1111111.........1", ".11111111111111....1.1111111.........1",
    ".11111111111111....1.1111111.........1", ".1111111111111111111111111111........1",
    ".1111111111111111111111111111........1", ".............111.....................1",
    ".............11.1..11................1", "..1111..1111111..11..................1",
    "..1111..1111111..11..................1", "..1111111111111.1..11................1",
    ".............11.1..11................1", "..1111..1111111......111..............",
    "..1111..1111111......111..............", "..1111..1111111......111..............",
    "..1111..1111111.........1111..........", "..1111..1111111.........1111..........",
    "..1111..1111111.........1111..........", "..1111..1111111.........1111..........",
    ".............11.............1.........", ".............11..............11......1",
    ".............11..............11......1", ".............11................11.....",
    ".............11................11.....", ".............11..................111..",
    ".............11..................111..", ".............11..................111..",
    ".............11.....................1.", ".11111111111111111111........111.11111",
};

constexpr Matrix kTryCasts = {
    "11111111111111111111111111111111111111", ".11111111111111......................1",
    ".11111111111111....1.1111111.........1", ".11111111111111....1.1111111.........1",
    ".11111111111111....1.1111111.........1", ".11111111111111....1.1111111.........1",
    ".11111111111111....1.................1", ".11111111111111....1.................1",
    ".11111111111111....1.1111111.........1", ".11111111111111....1.1111111.........1",
    ".11111111111111....1.1111111.........1", ".11111111111111....1.1111111.........1",
    ".11111111111111....1.1111111.........1", ".1111111111111111111111111111........1",
    ".1111111111111111111111111111........1", ".............111.....................1",
    ".............11.1..11................1", "..1111..1111111..11..................1",
    "..1111..1111111..11..................1", "..1111111111111.1..11................1",
    ".............11.1..11................1", "..1111..1111111......111..............",
    "..1111..1111111......111..............", "..1111..1111111......111..............",
    "..1111..1111111.........1111..........", "..1111..1111111.........1111..........",
    "..1111..1111111.........1111..........", "..1111..1111111.........1111..........",
    ".............11.............1.........", ".............11..............11......1",
    ".............11..............11......1", ".............11................1......",
    ".............11................11.....", ".............11..................111..",
    ".............11..................111..", ".............11..................111..",
    ".............11.....................1.", ".11111111111111111111........111.11111",
};

constexpr Matrix kLegacyCasts = {
    "11111111111111111111111111111111111111", ".11111111111111....1.................1",
    ".111111111111111...1.1111111.........1", ".111111111111111...1.1111111.........1",
    ".111111111111111...1.1111111.........1", ".111111111111111...1.1111111.........1",
    ".11111111111111....1.................1", ".11111111111111....1.................1",
    ".11111111111111....1.1111111.........1", ".11111111111111....1.1111111.........1",
    ".11111111111111....1.1111111.........1", ".11111111111111....1.1111111.........1",
    ".11111111111111....1.1111111.........1", ".1111111111111111111111111111........1",
    ".1111111111111111111111111111........1", ".............111.....................1",
    ".11111111111111.1..11................1", "..1111..1111111..11..................1",
    "..1111..1111111..11..................1", ".11111111111111.1..11................1",
    ".............11.1..11................1", "..1111..1111111......111..............",
    "..1111..1111111......111..............", "..1111..1111111......111..............",
    "..1111..1111111.........1111..........", "..1111..1111111.........1111..........",
    "..1111..1111111.........1111..........", "..1111..1111111.........1111..........",
    ".............11.............1.........", ".............11..............11......1",
    ".............11..............11......1", ".............11................1......",
    ".............11................11.....", ".............11..................111..",
    ".............11..................111..", ".............11..................111..",
    ".............11.....................1.", ".11111111111111111111........111.11111",
};

constexpr Matrix kUpCasts = {
    "11111111111111111111111111111111111111", ".1...........11.......................",
    "..1111111111111.......................", "...11111.111111.......................",
    "....1111.1.1111.......................", ".....111...1111....1..................",
    "......11.....11.......................", ".......1.....11.......................",
    "...111..1111111.......................", ".....1...1.1111.......................",
    "..........1.111.......................", "...........1111.......................",
    "............111.......................", ".............11.......................",
    ".............11.......................", ".............111......................",
    ".............11.1..11.................", ".............11..1....................",
    ".............11...1...................", ".....1.......11....11.................",
    ".............11....11.................", ".............11......111..............",
    ".............11......111..............", ".............11......111..............",
    ".............11.........1111..........", ".............11.........1111..........",
    ".............11.........1111..........", ".............11.........1111..........",
    ".............11.............1.........", ".............................11.......",
    "..............................1.......", "...............................1......",
    "................................1.....", ".................................111..",
    "..................................1...", ".................................111..",
    "....................................1.", ".....................................1",
};

constexpr Matrix kStoreAssignments = {
    "11111111111111111111111111111111111111", ".1...........11.......................",
    "..1111111111111.......................", "..1111111111111.......................",
    "..1111111111111.......................", "..1111111111111.......................",
    "..1111111111111.......................", "..1111111111111.......................",
    "..1111111111111.......................", "..1111111111111.......................",
    "..1111111111111.......................", "..1111111111111.......................",
    "..1111111111111.......................", ".............11.......................",
    ".............11.......................", ".............111......................",
    ".............11.11111.................", ".............11.11111.................",
    ".............11.11111.................", ".............11.11111.................",
    ".............11.11111.................", ".............11......1................",
    ".............11.......1...............", ".............11........1..............",
    ".............11.........1.............", ".............11..........1............",
    ".............11...........1...........", ".............11............1..........",
    ".............11.............1.........", ".............................11.......",
    "..............................1.......", "...............................1......",
    "................................1.....", ".................................111..",
    "..................................1...", ".................................111..",
    "....................................1.", ".............11......................1",
};

/// Pairs of different types that have a common one, by their numbers.
struct TightestCase {
  std::size_t a;
  std::size_t b;
  std::string_view common;
};
constexpr auto kTightest = std::to_array<TightestCase>({
    {2, 3, "SMALLINT"},
    {2, 4, "INT"},
    {2, 5, "BIGINT"},
    {2, 6, "DOUBLE"},
    {2, 7, "DOUBLE"},
    {2, 8, "DECIMAL(3,0)"},
    {2, 9, "DECIMAL(10,0)"},
    {2, 10, "DECIMAL(10,2)"},
    {2, 11, "DECIMAL(20,0)"},
    {2, 12, "DECIMAL(38,18)"},
    {3, 4, "INT"},
    {3, 5, "BIGINT"},
    {3, 6, "DOUBLE"},
    {3, 7, "DOUBLE"},
    {3, 9, "DECIMAL(10,0)"},
    {3, 10, "DECIMAL(10,2)"},
    {3, 11, "DECIMAL(20,0)"},
    {3, 12, "DECIMAL(38,18)"},
    {4, 5, "BIGINT"},
    {4, 6, "DOUBLE"},
    {4, 7, "DOUBLE"},
    {4, 9, "DECIMAL(10,0)"},
    {4, 11, "DECIMAL(20,0)"},
    {4, 12, "DECIMAL(38,18)"},
    {5, 6, "DOUBLE"},
    {5, 7, "DOUBLE"},
    {5, 11, "DECIMAL(20,0)"},
    {5, 12, "DECIMAL(38,18)"},
    {6, 7, "DOUBLE"},
    {16, 19, "TIMESTAMP"},
    {16, 20, "TIMESTAMP_NTZ"},
    {19, 20, "TIMESTAMP"},
    {21, 22, "INTERVAL YEAR TO MONTH"},
    {21, 23, "INTERVAL YEAR TO MONTH"},
    {22, 23, "INTERVAL YEAR TO MONTH"},
    {24, 25, "INTERVAL DAY TO HOUR"},
    {24, 26, "INTERVAL DAY TO SECOND"},
    {24, 27, "INTERVAL DAY TO SECOND"},
    {25, 26, "INTERVAL HOUR TO SECOND"},
    {25, 27, "INTERVAL DAY TO SECOND"},
    {26, 27, "INTERVAL DAY TO SECOND"},
});

/// Pairs of different types that have a common one, by their numbers.
struct WiderCase {
  std::size_t a;
  std::size_t b;
  std::string_view common;
};
constexpr auto kWider = std::to_array<WiderCase>({
    {1, 13, "BOOLEAN"},
    {1, 14, "BOOLEAN"},
    {2, 3, "SMALLINT"},
    {2, 4, "INT"},
    {2, 5, "BIGINT"},
    {2, 6, "DOUBLE"},
    {2, 7, "DOUBLE"},
    {2, 8, "DECIMAL(3,0)"},
    {2, 9, "DECIMAL(10,0)"},
    {2, 10, "DECIMAL(10,2)"},
    {2, 11, "DECIMAL(20,0)"},
    {2, 12, "DECIMAL(38,18)"},
    {2, 13, "BIGINT"},
    {2, 14, "BIGINT"},
    {3, 4, "INT"},
    {3, 5, "BIGINT"},
    {3, 6, "DOUBLE"},
    {3, 7, "DOUBLE"},
    {3, 8, "DECIMAL(5,0)"},
    {3, 9, "DECIMAL(10,0)"},
    {3, 10, "DECIMAL(10,2)"},
    {3, 11, "DECIMAL(20,0)"},
    {3, 12, "DECIMAL(38,18)"},
    {3, 13, "BIGINT"},
    {3, 14, "BIGINT"},
    {4, 5, "BIGINT"},
    {4, 6, "DOUBLE"},
    {4, 7, "DOUBLE"},
    {4, 8, "DECIMAL(10,0)"},
    {4, 9, "DECIMAL(10,0)"},
    {4, 10, "DECIMAL(12,2)"},
    {4, 11, "DECIMAL(20,0)"},
    {4, 12, "DECIMAL(38,18)"},
    {4, 13, "BIGINT"},
    {4, 14, "BIGINT"},
    {5, 6, "DOUBLE"},
    {5, 7, "DOUBLE"},
    {5, 8, "DECIMAL(20,0)"},
    {5, 9, "DECIMAL(20,0)"},
    {5, 10, "DECIMAL(22,2)"},
    {5, 11, "DECIMAL(20,0)"},
    {5, 12, "DECIMAL(38,18)"},
    {5, 13, "BIGINT"},
    {5, 14, "BIGINT"},
    {6, 7, "DOUBLE"},
    {6, 8, "DOUBLE"},
    {6, 9, "DOUBLE"},
    {6, 10, "DOUBLE"},
    {6, 11, "DOUBLE"},
    {6, 12, "DOUBLE"},
    {6, 13, "DOUBLE"},
    {6, 14, "DOUBLE"},
    {7, 8, "DOUBLE"},
    {7, 9, "DOUBLE"},
    {7, 10, "DOUBLE"},
    {7, 11, "DOUBLE"},
    {7, 12, "DOUBLE"},
    {7, 13, "DOUBLE"},
    {7, 14, "DOUBLE"},
    {8, 9, "DECIMAL(10,0)"},
    {8, 10, "DECIMAL(10,2)"},
    {8, 11, "DECIMAL(20,0)"},
    {8, 12, "DECIMAL(38,18)"},
    {8, 13, "DOUBLE"},
    {8, 14, "DOUBLE"},
    {9, 10, "DECIMAL(12,2)"},
    {9, 11, "DECIMAL(20,0)"},
    {9, 12, "DECIMAL(38,18)"},
    {9, 13, "DOUBLE"},
    {9, 14, "DOUBLE"},
    {10, 11, "DECIMAL(22,2)"},
    {10, 12, "DECIMAL(38,18)"},
    {10, 13, "DOUBLE"},
    {10, 14, "DOUBLE"},
    {11, 12, "DECIMAL(38,18)"},
    {11, 13, "DOUBLE"},
    {11, 14, "DOUBLE"},
    {12, 13, "DOUBLE"},
    {12, 14, "DOUBLE"},
    {13, 15, "BINARY"},
    {13, 16, "DATE"},
    {13, 17, "TIME(6)"},
    {13, 18, "TIME(0)"},
    {13, 19, "TIMESTAMP"},
    {13, 20, "TIMESTAMP_NTZ"},
    {13, 37, "VARIANT"},
    {14, 15, "BINARY"},
    {14, 16, "DATE"},
    {14, 17, "TIME(6)"},
    {14, 18, "TIME(0)"},
    {14, 19, "TIMESTAMP"},
    {14, 20, "TIMESTAMP_NTZ"},
    {14, 37, "VARIANT"},
    {16, 19, "TIMESTAMP"},
    {16, 20, "TIMESTAMP_NTZ"},
    {19, 20, "TIMESTAMP"},
    {21, 22, "INTERVAL YEAR TO MONTH"},
    {21, 23, "INTERVAL YEAR TO MONTH"},
    {22, 23, "INTERVAL YEAR TO MONTH"},
    {24, 25, "INTERVAL DAY TO HOUR"},
    {24, 26, "INTERVAL DAY TO SECOND"},
    {24, 27, "INTERVAL DAY TO SECOND"},
    {25, 26, "INTERVAL HOUR TO SECOND"},
    {25, 27, "INTERVAL DAY TO SECOND"},
    {26, 27, "INTERVAL DAY TO SECOND"},
    {29, 30, "ARRAY<BIGINT>"},
    {33, 34, "STRUCT<a: BIGINT>"},
});

template <typename Cases>
void expect_common(const Cases& cases, std::optional<DataType> (*common)(const DataType&, const DataType&)) {
  for (std::size_t i = 0; i < types().size(); ++i) {
    for (std::size_t j = i + 1; j < types().size(); ++j) {
      std::string expected = i == 0 ? types()[j].to_sql() : "none";
      for (const auto& known : cases) {
        if (known.a == i && known.b == j) { expected = known.common; }
      }
      const auto forward = common(types()[i], types()[j]);
      const auto backward = common(types()[j], types()[i]);
      EXPECT_EQ(forward ? forward->to_sql() : "none", expected)
          << types()[i].to_sql() << " and " << types()[j].to_sql();
      EXPECT_EQ(backward ? backward->to_sql() : "none", expected)
          << types()[j].to_sql() << " and " << types()[i].to_sql();
    }
    EXPECT_EQ(common(types()[i], types()[i]), types()[i]);
  }
}

TEST(CoercionTest, CastsAreAllowedAsInSpark) {
  expect_matrix(kAnsiCasts,
                [](const DataType& from, const DataType& to) { return can_cast(from, to, CastMode::kAnsi); });
  expect_matrix(kTryCasts, [](const DataType& from, const DataType& to) { return can_cast(from, to, CastMode::kTry); });
  expect_matrix(kLegacyCasts,
                [](const DataType& from, const DataType& to) { return can_cast(from, to, CastMode::kLegacy); });
}

TEST(CoercionTest, UpCastsAndStoreAssignmentsAreAllowedAsInSpark) {
  expect_matrix(kUpCasts, can_up_cast);
  expect_matrix(kStoreAssignments, can_store_assign);
}

TEST(CoercionTest, CommonTypesAreSparks) {
  expect_common(kTightest, tightest_common_type);
  expect_common(kWider, wider_type);
}

TEST(CoercionTest, WideDecimalsKeepWholeDigits) {
  EXPECT_EQ(wider_type(DataType::decimal(38, 0), DataType::decimal(38, 18)), DataType::decimal(38, 0));
  EXPECT_EQ(wider_type(DataType::decimal(30, 0), DataType::decimal(38, 18)), DataType::decimal(38, 8));
}

TEST(CoercionTest, WiderOfSeveralLooksAtStringsLast) {
  const std::vector<DataType> mixed = {TypeId::kString, TypeId::kInt, TypeId::kBigint};
  EXPECT_EQ(wider_type(mixed), DataType(TypeId::kBigint));
  const std::vector<DataType> hopeless = {TypeId::kInt, TypeId::kDate};
  EXPECT_EQ(wider_type(hopeless), std::nullopt);
  EXPECT_EQ(wider_type(std::span<const DataType>()), std::nullopt);
}

TEST(CoercionTest, ImplicitCastsOfArguments) {
  const auto type = [](std::optional<DataType> found) { return found ? found->to_sql() : "none"; };
  EXPECT_EQ(type(implicit_cast(TypeId::kBigint, DataType(TypeId::kInt))), "INT");    // repeat('a', 3L)
  EXPECT_EQ(type(implicit_cast(TypeId::kDouble, DataType(TypeId::kInt))), "INT");    // repeat('a', 3.7D)
  EXPECT_EQ(type(implicit_cast(TypeId::kString, DataType(TypeId::kInt))), "INT");    // repeat('a', '3')
  EXPECT_EQ(type(implicit_cast(TypeId::kBoolean, DataType(TypeId::kInt))), "none");  // repeat('a', true)
  EXPECT_EQ(type(implicit_cast(TypeId::kInt, TypeClass::kString)), "STRING");        // upper(5)
  EXPECT_EQ(type(implicit_cast(TypeId::kBinary, TypeClass::kString)), "STRING");     // upper(x'61')
  EXPECT_EQ(type(implicit_cast(DataType::array(TypeId::kInt), TypeClass::kString)), "none");
  EXPECT_EQ(type(implicit_cast(TypeId::kString, TypeClass::kNumeric)), "DOUBLE");  // abs('5')
  EXPECT_EQ(type(implicit_cast(TypeId::kBoolean, TypeClass::kNumericOrInterval)), "none");
  EXPECT_EQ(type(implicit_cast(DataType(), TypeClass::kNumericOrInterval)), "DOUBLE");   // abs(NULL)
  EXPECT_EQ(type(implicit_cast(TypeId::kDate, TypeClass::kTimestampAny)), "TIMESTAMP");  // hour(date)
  EXPECT_EQ(type(implicit_cast(TypeId::kInt, TypeClass::kBinary)), "none");              // md5(1)
  EXPECT_EQ(type(implicit_cast(TypeId::kInt, TypeClass::kDecimal)), "DECIMAL(10,0)");
  const std::vector<DataType> days = {TypeId::kInt, TypeId::kSmallint, TypeId::kTinyint};
  EXPECT_EQ(type(implicit_cast(TypeId::kBigint, days)), "none");  // date_add(d, 3L)
  EXPECT_EQ(type(implicit_cast(TypeId::kString, days)), "INT");   // date_add(d, '3')
  EXPECT_EQ(type(implicit_cast(TypeId::kTinyint, days)), "TINYINT");
  const std::vector<DataType> floating = {TypeId::kDouble, TypeId::kFloat};
  EXPECT_EQ(type(implicit_cast(TypeId::kInt, floating)), "DOUBLE");  // isnan(1)
}

}  // namespace
}  // namespace hammerscale::sql
