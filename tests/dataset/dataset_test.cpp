#include "hammerscale/dataset/dataset.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>
#include <string>

#include "hammerscale/dataset/words.hpp"
#include "support/session_test.hpp"

namespace hammerscale {
namespace {

using testing::session;

std::vector<std::int64_t> iota(std::int64_t n) {
  std::vector<std::int64_t> values(static_cast<std::size_t>(n));
  std::iota(values.begin(), values.end(), 0);
  return values;
}

template <typename T>
std::vector<T> sorted(std::vector<T> values) {
  std::sort(values.begin(), values.end());
  return values;
}

TEST(DatasetTest, RangeCollectsInOrder) {
  EXPECT_EQ(session().range(10).collect(), iota(10));
  EXPECT_EQ(session().range(100000).collect(), iota(100000));
  EXPECT_EQ(session().range(10, 0, -3).collect(), (std::vector<std::int64_t>{10, 7, 4, 1}));
  EXPECT_TRUE(session().range(5, 5).collect().empty());
}

TEST(DatasetTest, ParallelizeKeepsOrderAtAnyNumberOfPartitions) {
  const std::vector<std::string> words = {"a", "", "a string that is longer than the short ones", "b", "c"};
  for (const std::uint32_t partitions : {1U, 2U, 5U, 9U}) {
    EXPECT_EQ(session().parallelize(words, partitions).collect(), words) << partitions;
  }
}

TEST(DatasetTest, MapFilterFlatMapCompose) {
  const auto result = session()
                          .range(1000)
                          .map([](std::int64_t x) { return x * 2; })
                          .filter([](std::int64_t x) { return x % 3 == 0; })
                          .flat_map([](const std::int64_t& x) {
                            return std::vector<std::int64_t>{x, -x};
                          })
                          .collect();
  std::vector<std::int64_t> expected;
  for (std::int64_t x = 0; x < 2000; x += 2) {
    if (x % 3 == 0) { expected.insert(expected.end(), {x, -x}); }
  }
  EXPECT_EQ(result, expected);
}

TEST(DatasetTest, BooleansAreElements) {
  const auto flags = session().range(5).map([](std::int64_t x) { return x % 2 == 0; });
  EXPECT_EQ(flags.collect(), (std::vector<bool>{true, false, true, false, true}));
  EXPECT_EQ(session().parallelize(std::vector<bool>{true, false, true}).collect(),
            (std::vector<bool>{true, false, true}));
}

TEST(DatasetTest, ReduceByKeyCountsWords) {
  const auto lines = session().parallelize(std::vector<std::string>{"a b a", "", "c  b\ta"}, 3);
  const auto counts = lines.flat_map(split_words)
                          .map([](std::string word) {
                            return std::pair{std::move(word), std::int64_t{1}};
                          })
                          .reduce_by_key(std::plus<>{});
  EXPECT_EQ(sorted(counts.collect()),
            (std::vector<std::pair<std::string, std::int64_t>>{{"a", 3}, {"b", 2}, {"c", 1}}));
  EXPECT_EQ(counts.top(1, by_value)[0].first, "a");
}

TEST(DatasetTest, SortByIsATotalStableOrder) {
  std::vector<std::pair<std::int32_t, std::int32_t>> rows;
  std::mt19937 random(7);
  for (std::int32_t i = 0; i < 20000; ++i) { rows.emplace_back(static_cast<std::int32_t>(random() % 100), i); }
  auto expected = rows;
  std::stable_sort(expected.begin(), expected.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  EXPECT_EQ(session().parallelize(rows, 5).sort_by([](const auto& row) { return row.first; }).collect(), expected);
  std::stable_sort(expected.begin(), expected.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  auto descending = rows;
  std::stable_sort(descending.begin(), descending.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  EXPECT_EQ(session().parallelize(rows, 5).sort_by([](const auto& row) { return row.first; }, false).collect(),
            descending);
}

TEST(DatasetTest, CachedDatasetIsComputedOnce) {
  const auto runs = session().accumulator<std::int64_t>();
  const auto data = session()
                        .range(0, 1000, 1, 4)
                        .map([handle = runs.handle()](std::int64_t x) {
                          handle.add(1);
                          return x;
                        })
                        .cache();
  EXPECT_EQ(data.count(), 1000U);
  EXPECT_EQ(data.sum(), 499500);
  EXPECT_EQ(runs.value(), 1000);
  data.unpersist();
  EXPECT_EQ(data.count(), 1000U);
  EXPECT_EQ(runs.value(), 2000);
}

TEST(DatasetTest, BroadcastAndBindReachTasks) {
  const auto table = session().broadcast(std::vector<std::int64_t>{10, 20, 30});
  EXPECT_EQ(session().range(3).map([table](std::int64_t i) { return (*table)[static_cast<std::size_t>(i)]; }).sum(),
            60);
  const auto prefix = hammerscale::bind(
      std::string("number "), [](const std::string& text, std::int64_t i) { return text + std::to_string(i); });
  EXPECT_EQ(session().range(2).map(prefix).collect(), (std::vector<std::string>{"number 0", "number 1"}));
}

TEST(DatasetTest, JoinsAgreeWithNestedLoops) {
  std::vector<std::pair<std::int64_t, std::string>> left;
  std::vector<std::pair<std::int64_t, std::int64_t>> right;
  for (std::int64_t i = 0; i < 300; ++i) { left.emplace_back(i % 70, "l" + std::to_string(i)); }
  for (std::int64_t i = 0; i < 200; ++i) { right.emplace_back(i % 90 + 20, i); }
  using Row = std::pair<std::int64_t, std::pair<std::optional<std::string>, std::optional<std::int64_t>>>;
  std::vector<Row> expected;
  for (const auto& l : left) {
    bool met = false;
    for (const auto& r : right) {
      if (l.first == r.first) {
        expected.push_back({l.first, {l.second, r.second}});
        met = true;
      }
    }
    if (!met) { expected.push_back({l.first, {l.second, std::nullopt}}); }
  }
  for (const auto& r : right) {
    if (std::none_of(left.begin(), left.end(), [&](const auto& l) { return l.first == r.first; })) {
      expected.push_back({r.first, {std::nullopt, r.second}});
    }
  }
  const auto a = session().parallelize(left, 3);
  const auto b = session().parallelize(right, 4);
  EXPECT_EQ(sorted(a.full_outer_join(b).collect()), sorted(expected));
  EXPECT_EQ(a.join(b).count(),
            static_cast<std::uint64_t>(std::count_if(expected.begin(), expected.end(), [](const Row& row) {
              return row.second.first && row.second.second;
            })));
  EXPECT_EQ(a.left_outer_join(b).count(),
            static_cast<std::uint64_t>(std::count_if(expected.begin(), expected.end(),
                                                     [](const Row& row) { return row.second.first.has_value(); })));
  EXPECT_EQ(a.right_outer_join(b).count(),
            static_cast<std::uint64_t>(std::count_if(expected.begin(), expected.end(),
                                                     [](const Row& row) { return row.second.second.has_value(); })));
}

TEST(DatasetTest, GangSumsWithOneAllReduce) {
  const auto data = session().range(0, 1000, 1, 7);
  const auto sums = data.gang([](GangContext& gang, GangRows<std::int64_t>& rows) {
    std::int64_t sum = 0;
    rows.for_each([&](std::int64_t x) { sum += x; });
    gang.report("local_sum", static_cast<double>(sum));
    return gang.comm().all_reduce_value(sum, comm::Sum{});
  });
  EXPECT_EQ(sums.size(), session().num_executors());
  for (const auto sum : sums) { EXPECT_EQ(sum, 499500); }
}

TEST(DatasetTest, AnErrorNamesItsCallSite) {
  try {
    session()
        .range(10)
        .map([](std::int64_t x) -> std::int64_t {
          if (x == 7) { throw std::runtime_error("seven"); }
          return x;
        })
        .collect();
    FAIL() << "no error";
  } catch (const UserError& error) {
    EXPECT_EQ(error.code(), ErrorCode::kUserCode);
    EXPECT_NE(error.info().report().find("seven"), std::string::npos);
    EXPECT_NE(error.info().call_site.find("dataset_test.cpp"), std::string::npos) << error.info().report();
  }
}

TEST(DatasetTest, CapturedAddressIsRefused) {
  std::int64_t local = 3;
  try {
    session().range(3).map([&local](std::int64_t x) { return x + local; });
    FAIL() << "no error";
  } catch (const UserError& error) {
    EXPECT_EQ(error.code(), ErrorCode::kCapturesAddress);
    EXPECT_NE(error.info().call_site.find("dataset_test.cpp"), std::string::npos);
  }
}

}  // namespace
}  // namespace hammerscale
