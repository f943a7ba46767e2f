#include "sql/types/time_zone.hpp"

#include <string>

#include <gtest/gtest.h>

#include "hammerscale/sql/sql_error.hpp"
#include "sql/types/civil_time.hpp"

namespace hammerscale::sql {
namespace {

constexpr std::int64_t seconds(std::int64_t year, int month, int day, int hour = 0, int minute = 0) {
  return days_from_civil(year, month, day) * kSecondsPerDay + hour * 3600 + minute * 60;
}

TEST(CivilTimeTest, DaysAndDatesAgreeOverTenThousandYears) {
  std::int64_t expected = days_from_civil(-5000, 1, 1);
  for (std::int64_t year = -5000; year < 5000; ++year) {
    for (int month = 1; month <= 12; ++month) {
      ASSERT_EQ(days_from_civil(year, month, 1), expected);
      const CivilDate last = civil_from_days(expected + days_in_month(year, month) - 1);
      ASSERT_EQ(last, (CivilDate{static_cast<std::int32_t>(year), month, days_in_month(year, month)}));
      expected += days_in_month(year, month);
    }
  }
  static_assert(days_from_civil(1970, 1, 1) == 0);
  static_assert(iso_day_of_week(0) == 4);
  static_assert(day_of_year(days_from_civil(2020, 12, 31)) == 366);
  EXPECT_EQ(iso_week(days_from_civil(2021, 1, 3)).year, 2020);
  EXPECT_EQ(iso_week(days_from_civil(2021, 1, 3)).week, 53);
  EXPECT_EQ(add_months(days_from_civil(2020, 1, 31), 1), days_from_civil(2020, 2, 29));
  EXPECT_EQ(add_months(days_from_civil(2020, 3, 31), -13), days_from_civil(2019, 2, 28));
}

TEST(TimeZoneTest, KnowsOffsets) {
  const auto offset = [](std::string_view id) { return TimeZone::get(id).offset_at(0); };
  EXPECT_EQ(offset("UTC"), 0);
  EXPECT_EQ(offset("Z"), 0);
  EXPECT_EQ(offset("+8"), 8 * 3600);
  EXPECT_EQ(offset("-08:30"), -(8 * 3600 + 1800));
  EXPECT_EQ(offset("+083015"), 8 * 3600 + 1815);
  EXPECT_EQ(offset("UTC+1"), 3600);
  EXPECT_EQ(offset("GMT-08:00"), -8 * 3600);
  EXPECT_EQ(offset("+18:00"), 18 * 3600);
  EXPECT_EQ(offset("EST"), -5 * 3600);
  for (const char* id : {"", "+", "+18:01", "+1:2:3", "europe/paris", "Nowhere", "../etc/passwd", "posix/UTC", "/UTC",
                         "UTC+", "tzdata.zi", "+123", "1"}) {
    EXPECT_EQ(TimeZone::find(id), nullptr) << id;
  }
  EXPECT_THROW((void)TimeZone::get("Nowhere"), SqlError);
  EXPECT_EQ(&TimeZone::get("Europe/Paris"), &TimeZone::get("Europe/Paris"));
}

TEST(TimeZoneTest, FollowsHistoryAndRule) {
  const TimeZone& paris = TimeZone::get("Europe/Paris");
  EXPECT_EQ(paris.offset_at(seconds(1800, 1, 1)), 561);
  EXPECT_EQ(paris.offset_at(seconds(2020, 1, 1)), 3600);
  EXPECT_EQ(paris.offset_at(seconds(2020, 7, 1)), 7200);
  EXPECT_EQ(paris.offset_at(seconds(2020, 3, 29, 0, 59)), 3600);
  EXPECT_EQ(paris.offset_at(seconds(2020, 3, 29, 1, 0)), 7200);
  // 2300, and 12020, which is like 2420.
  EXPECT_EQ(paris.offset_at(seconds(2300, 7, 1)), 7200);
  EXPECT_EQ(paris.offset_at(seconds(12020, 7, 1)), 7200);
  EXPECT_EQ(paris.offset_at(seconds(12020, 1, 1)), 3600);
  EXPECT_EQ(paris.abbreviation(seconds(2020, 7, 1)), "CEST");
  EXPECT_TRUE(paris.is_daylight(seconds(2020, 7, 1)));
  EXPECT_FALSE(paris.is_daylight(seconds(2020, 1, 1)));
  EXPECT_EQ(TimeZone::get("Asia/Kolkata").offset_at(seconds(2400, 1, 1)), 19800);
  EXPECT_EQ(TimeZone::get("Australia/Sydney").offset_at(seconds(2400, 1, 1)), 39600);
  EXPECT_EQ(TimeZone::get("Australia/Sydney").offset_at(seconds(2400, 7, 1)), 36000);
}

TEST(TimeZoneTest, GapsMoveForwardAndOverlapsTakeTheFirst) {
  const TimeZone& zone = TimeZone::get("America/Los_Angeles");
  // 2020-03-08 02:30 does not exist: it reads as 03:30 daylight time.
  EXPECT_EQ(zone.to_utc_micros(seconds(2020, 3, 8, 2, 30) * kMicrosPerSecond),
            seconds(2020, 3, 8, 10, 30) * kMicrosPerSecond);
  EXPECT_EQ(zone.to_local_micros(seconds(2020, 3, 8, 10, 30) * kMicrosPerSecond),
            seconds(2020, 3, 8, 3, 30) * kMicrosPerSecond);
  // 2020-11-01 01:30 comes twice: daylight time is first.
  EXPECT_EQ(zone.to_utc_micros(seconds(2020, 11, 1, 1, 30) * kMicrosPerSecond),
            seconds(2020, 11, 1, 8, 30) * kMicrosPerSecond);
  EXPECT_EQ(zone.to_utc_micros(seconds(2020, 11, 1, 2, 0) * kMicrosPerSecond),
            seconds(2020, 11, 1, 10, 0) * kMicrosPerSecond);
  EXPECT_EQ(zone.local_date(seconds(2020, 1, 1, 7, 59) * kMicrosPerSecond), days_from_civil(2019, 12, 31));
}

TEST(TimeZoneTest, LocalTimesComeBackOutsideOfChanges) {
  for (const char* id :
       {"Europe/Dublin", "America/St_Johns", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia", "UTC"}) {
    const TimeZone& zone = TimeZone::get(id);
    for (std::int64_t t = seconds(1850, 1, 1); t < seconds(2600, 1, 1); t += 86400 * 5 + 3601) {
      const std::int64_t local = zone.to_local_micros(t * kMicrosPerSecond);
      const std::int64_t back = zone.to_utc_micros(local);
      if (back != t * kMicrosPerSecond) {
        // Only the second pass of a repeated hour reads as the first.
        EXPECT_EQ(zone.to_local_micros(back), local) << id << " " << t;
        EXPECT_LT(back, t * kMicrosPerSecond);
      }
    }
  }
}

}  // namespace
}  // namespace hammerscale::sql
