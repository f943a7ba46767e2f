#include <gtest/gtest.h>

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <thread>

#include "hammerscale/dataset/dataset.hpp"
#include "hammerscale/dataset/words.hpp"
#include "support/session_test.hpp"

namespace hammerscale {
namespace {

using testing::session;
using Pair = std::pair<std::int64_t, std::int64_t>;

template <typename T>
std::vector<T> sorted(std::vector<T> values) {
  std::sort(values.begin(), values.end());
  return values;
}

Dataset<Pair> pairs(std::int64_t n, std::int64_t num_keys, std::uint32_t partitions) {
  return session().range(0, n, 1, partitions).map([num_keys](std::int64_t i) { return Pair(i * 7919 % num_keys, i); });
}

/// A folder of this test alone, on a file system that all ranks share.
class Folder {
 public:
  Folder() {
    static int number = 0;
    path_ = std::filesystem::temp_directory_path() /
            ("hammerscale-test-" + std::to_string(::getpid()) + "-" + std::to_string(number++));
    std::filesystem::create_directories(path_);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  [[nodiscard]] std::string path(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

TEST(OperatorsTest, CoalesceUnionAndRepartitionKeepTheElements) {
  const auto data = session().range(0, 1000, 1, 9);
  EXPECT_EQ(data.coalesce(2).num_partitions(), 2U);
  EXPECT_EQ(data.coalesce(2).collect(), data.collect());
  EXPECT_EQ(data.coalesce(20).num_partitions(), 9U);
  EXPECT_EQ(sorted(data.repartition(4).collect()), data.collect());
  auto twice = data.union_with(data.map([](std::int64_t x) { return x + 1000; })).collect();
  EXPECT_EQ(twice.size(), 2000U);
  EXPECT_TRUE(std::is_sorted(twice.begin(), twice.end()));
  EXPECT_EQ(data.glom().collect().size(), 9U);
  const auto sources = session()
                           .parallelize(std::vector<std::int64_t>{1, 2}, 2)
                           .union_with(session().parallelize(std::vector<std::int64_t>{3}, 1));
  EXPECT_EQ(sources.coalesce(1).collect(), (std::vector<std::int64_t>{1, 2, 3}));
}

TEST(OperatorsTest, SetOperationsAgreeWithTheStandardLibrary) {
  const auto a = session().parallelize(std::vector<std::int64_t>{1, 2, 2, 3, 5}, 3);
  const auto b = session().parallelize(std::vector<std::int64_t>{2, 3, 3, 4}, 2);
  EXPECT_EQ(sorted(a.distinct().collect()), (std::vector<std::int64_t>{1, 2, 3, 5}));
  EXPECT_EQ(sorted(a.intersection(b).collect()), (std::vector<std::int64_t>{2, 3}));
  EXPECT_EQ(sorted(a.subtract(b).collect()), (std::vector<std::int64_t>{1, 5}));
  EXPECT_EQ(a.cartesian(b).count(), 20U);
}

TEST(OperatorsTest, SampleAndZipDoNotDependOnPartitions) {
  std::vector<std::int64_t> chosen;
  for (const std::uint32_t partitions : {1U, 3U, 8U}) {
    const auto data = session().range(0, 10000, 1, partitions);
    const auto sample = data.sample(0.1, 42).collect();
    if (chosen.empty()) { chosen = sample; }
    EXPECT_EQ(sample, chosen);
    EXPECT_EQ(data.take_sample(5, 1), session().range(0, 10000, 1, 2).take_sample(5, 1));
    const auto numbered = data.zip_with_index().collect();
    EXPECT_TRUE(std::all_of(numbered.begin(), numbered.end(), [](const auto& row) { return row.first == row.second; }));
  }
  EXPECT_NEAR(static_cast<double>(chosen.size()), 1000, 150);
  EXPECT_THROW(static_cast<void>(session().range(3).sample(1.5, 1)), UserError);
}

TEST(OperatorsTest, AggregationsByKeyAgreeWithAMap) {
  std::map<std::int64_t, std::int64_t> sums;
  std::map<std::int64_t, std::uint64_t> counts;
  std::map<std::int64_t, std::vector<std::int64_t>> groups;
  for (std::int64_t i = 0; i < 5000; ++i) {
    sums[i * 7919 % 97] += i;
    ++counts[i * 7919 % 97];
    groups[i * 7919 % 97].push_back(i);
  }
  for (const std::uint32_t partitions : {1U, 4U, 7U}) {
    const auto data = pairs(5000, 97, partitions);
    EXPECT_EQ(sorted(data.reduce_by_key(std::plus<>{}).collect()), (std::vector<Pair>(sums.begin(), sums.end())));
    EXPECT_EQ(sorted(data.fold_by_key(0, std::plus<>{}).collect()), (std::vector<Pair>(sums.begin(), sums.end())));
    EXPECT_EQ(data.count_by_key(), counts);
    const auto means = data.aggregate_by_key(
        std::pair<std::int64_t, std::int64_t>{0, 0},
        [](auto total, std::int64_t x) {
          return std::pair{total.first + x, total.second + 1};
        },
        [](auto a, const auto& b) {
          return std::pair{a.first + b.first, a.second + b.second};
        });
    for (const auto& [key, total] : means.collect()) {
      EXPECT_EQ(total.first, sums[key]);
      EXPECT_EQ(static_cast<std::uint64_t>(total.second), counts[key]);
    }
    auto grouped = data.group_by_key(3).collect();
    EXPECT_EQ(grouped.size(), 97U);
    for (const auto& [key, values] : grouped) { EXPECT_EQ(values, groups[key]); }  // In the order of the input.
    EXPECT_EQ(data.lookup(5).size(), counts[5]);
    EXPECT_EQ(data.partition_by(HashPartitioner(5)).lookup(5), groups[5]);
  }
}

TEST(OperatorsTest, AwkwardShapes) {
  const auto none = session().parallelize(std::vector<Pair>{}, 3);
  EXPECT_TRUE(none.reduce_by_key(std::plus<>{}).collect().empty());
  EXPECT_TRUE(none.join(none).collect().empty());
  EXPECT_TRUE(none.sort_by_key().collect().empty());
  EXPECT_TRUE(none.is_empty());
  EXPECT_THROW(none.first(), UserError);
  EXPECT_THROW(none.reduce([](const Pair& a, const Pair&) { return a; }), UserError);
  const auto same = session().range(0, 1000, 1, 5).map([](std::int64_t i) { return Pair(1, i); });
  EXPECT_EQ(same.reduce_by_key(std::plus<>{}).collect(), (std::vector<Pair>{{1, 499500}}));
  EXPECT_EQ(same.join(same.filter([](const Pair& row) { return row.second < 3; })).count(), 3000U);
  EXPECT_EQ(same.sort_by_key().values().collect(), session().range(1000).collect());
}

TEST(OperatorsTest, CoPartitionedJoinNeedsNoShuffle) {
  const auto left = pairs(1000, 50, 4).partition_by(HashPartitioner(6)).cache();
  const auto right = pairs(300, 50, 3).partition_by(HashPartitioner(6)).cache();
  const auto joined = left.join(right);
  EXPECT_TRUE(joined.node()->shuffles.empty());
  EXPECT_EQ(joined.count(), pairs(1000, 50, 4).join(pairs(300, 50, 3)).count());
  EXPECT_TRUE(
      left.map_values([](std::int64_t x) { return x + 1; }).reduce_by_key(std::plus<>{}).node()->shuffles.empty());
  EXPECT_FALSE(left.map([](Pair row) { return row; }).reduce_by_key(std::plus<>{}).node()->shuffles.empty());
}

TEST(OperatorsTest, CogroupAndSubtractByKey) {
  const auto left = session().parallelize(std::vector<Pair>{{1, 10}, {2, 20}, {1, 11}}, 2);
  const auto right =
      session().parallelize(std::vector<std::pair<std::int64_t, std::string>>{{2, "two"}, {3, "three"}}, 2);
  auto groups = left.cogroup(right).collect();
  std::sort(groups.begin(), groups.end());
  ASSERT_EQ(groups.size(), 3U);
  EXPECT_EQ(groups[0].second.first, (std::vector<std::int64_t>{10, 11}));
  EXPECT_EQ(groups[1].second.second, (std::vector<std::string>{"two"}));
  EXPECT_TRUE(groups[2].second.first.empty());
  EXPECT_EQ(sorted(left.subtract_by_key(right).collect()), (std::vector<Pair>{{1, 10}, {1, 11}}));
}

TEST(OperatorsTest, UserPartitionersPlaceTheirKeys) {
  const auto placed = pairs(100, 10, 3).partition_by(FunctionPartitioner(4, [](std::int64_t key) { return key % 4; }));
  const auto wrong = placed.map_partitions_with_index<std::int64_t>(
      [](std::uint32_t partition, PartitionRows<Pair>& rows, Emitter<std::int64_t>& emit) {
        rows.for_each([&](Pair row) {
          if (row.first % 4 != partition) { emit(row.first); }
        });
      });
  EXPECT_TRUE(wrong.collect().empty());
  EXPECT_THROW(pairs(10, 10, 1).partition_by(FunctionPartitioner(2, [](std::int64_t) { return 2; })).collect(),
               UserError);
}

TEST(OperatorsTest, Actions) {
  const auto data = session().range(0, 1001, 1, 6);
  EXPECT_EQ(data.take(3), (std::vector<std::int64_t>{0, 1, 2}));
  EXPECT_EQ(data.top(2), (std::vector<std::int64_t>{1000, 999}));
  EXPECT_EQ(data.take_ordered(2), (std::vector<std::int64_t>{0, 1}));
  EXPECT_EQ(data.first(), 0);
  EXPECT_EQ(data.min(), 0);
  EXPECT_EQ(data.max(), 1000);
  EXPECT_EQ(data.reduce([](std::int64_t a, std::int64_t b) { return a + b; }), 500500);
  EXPECT_EQ(data.fold(0, std::plus<>{}), 500500);
  EXPECT_DOUBLE_EQ(data.mean(), 500);
  EXPECT_NEAR(data.stats().stdev(), std::sqrt((1001.0 * 1001.0 - 1) / 12), 1e-9);
  EXPECT_EQ(data.histogram(std::vector<double>{0, 10, 1000}), (std::vector<std::uint64_t>{10, 991}));
  EXPECT_EQ(data.histogram(2).second, (std::vector<std::uint64_t>{500, 501}));
  EXPECT_EQ(data.map([](std::int64_t x) { return x % 3; }).count_by_value(),
            (std::map<std::int64_t, std::uint64_t>{{0, 334}, {1, 334}, {2, 333}}));
  const auto add = [](std::int64_t total, std::int64_t x) { return total + x; };
  for (const std::uint32_t depth : {1U, 2U, 3U}) {
    EXPECT_EQ(session().range(0, 1001, 1, 30).tree_aggregate(std::int64_t{0}, add, std::plus<>{}, depth), 500500);
  }
  const auto counter = session().accumulator<std::int64_t>();
  data.foreach ([handle = counter.handle()](std::int64_t x) { handle.add(x); });
  EXPECT_EQ(counter.value(), 500500);
}

TEST(OperatorsTest, TextRoundTripsThroughEachCodec) {
  const Folder folder;
  std::vector<std::string> lines = {"", "a", "  b\r", std::string(100000, 'x'), "last"};
  for (int i = 0; i < 3000; ++i) { lines.push_back("line " + std::to_string(i)); }
  for (const std::string codec : {"", "gzip", "zstd", "bzip2"}) {
    const auto path = folder.path("out-" + codec);
    session().parallelize(lines, 4).save_as_text(path, codec);
    EXPECT_TRUE(std::filesystem::exists(path + "/_SUCCESS"));
    for (const std::uint32_t partitions : {1U, 7U}) {
      EXPECT_EQ(session().read_text(path, partitions).collect(), lines) << codec;
    }
    EXPECT_THROW(session().range(3).save_as_text(path), UserError);
  }
  EXPECT_EQ(session().read_whole_files({folder.path("out-")}).count(), 4U);
  EXPECT_THROW(session().read_text(folder.path("missing")), UserError);
  EXPECT_THROW(session().range(3).save_as_text(folder.path("x"), "lzw"), UserError);
}

TEST(OperatorsTest, TextSplitsAtEveryByteGiveEachLineOnce) {
  const Folder folder;
  const std::string text = "ab\n\ncd\nefghij\n\n\nk";
  std::ofstream(folder.path("text.txt")) << text;
  const std::vector<std::string> expected = {"ab", "", "cd", "efghij", "", "", "k"};
  for (std::uint32_t partitions = 1; partitions <= text.size() + 2; ++partitions) {
    EXPECT_EQ(session().read_text(folder.path("text.txt"), partitions).collect(), expected) << partitions;
  }
}

TEST(OperatorsTest, CountEachAgreesWithAMap) {
  // Many different keys, so that tables spill where memory is refused, and a few that are often there and long.
  std::vector<std::string> strings;
  std::map<std::string, std::int64_t> expected;
  for (int i = 0; i < 60000; ++i) {
    const int key = i % 3 == 0 ? i % 7 : i % 9001;
    strings.push_back(std::string(static_cast<std::size_t>(key == 3 ? 40 : key % 12), 'x') + std::to_string(key));
    ++expected[strings.back()];
  }
  const auto counts = session().parallelize(strings, 5).count_each(3);
  EXPECT_EQ(counts.num_partitions(), 3U);
  const auto rows = counts.collect();
  EXPECT_EQ(rows.size(), expected.size());
  EXPECT_EQ((std::map<std::string, std::int64_t>(rows.begin(), rows.end())), expected);
  const auto numbers = session().range(0, 1000, 1, 7).map([](std::int64_t i) { return i % 10; }).count_each().collect();
  EXPECT_EQ(numbers.size(), 10U);
  for (const auto& [number, count] : numbers) { EXPECT_EQ(count, 100) << number; }
  EXPECT_TRUE(session().parallelize(std::vector<std::string>{}, 2).count_each().collect().empty());
}

TEST(OperatorsTest, WordsOfFilesDoNotDependOnWhereTheFileIsCut) {
  const Folder folder;
  // Lines that end in the usual ways, one longer than a read, blank ones, and a last one without an end.
  std::string text = "\n \t\na bb\r\nccc\n";
  for (int i = 0; i < 90000; ++i) {
    text += "word" + std::to_string(i % 1000) + (i % 11 == 0 && i < 30000 ? "\n" : " ");
  }
  text += "\n\nlast words";
  std::map<std::string, std::int64_t> expected;
  for (const auto word : WordRange(text)) { ++expected[std::string(word)]; }
  std::ofstream(folder.path("text.txt")) << text;
  const auto as_map = [](const auto& rows) { return std::map<std::string, std::int64_t>(rows.begin(), rows.end()); };
  for (const std::uint32_t partitions : {1U, 2U, 7U, 40U}) {
    const auto lines = session().read_text(folder.path("text.txt"), partitions);
    EXPECT_EQ(as_map(lines.flat_map(split_words).count_each().collect()), expected) << partitions;
    // The same words as strings, and from lines that come out of another operator.
    const auto words = lines.flat_map(split_words).collect();
    std::map<std::string, std::int64_t> counted;
    for (const auto& word : words) { ++counted[word]; }
    EXPECT_EQ(counted, expected) << partitions;
    const auto kept = lines.filter([](const std::string&) { return true; });
    EXPECT_EQ(as_map(kept.flat_map(split_words).count_each().collect()), expected) << partitions;
  }
  EXPECT_EQ(session().read_text(folder.path("text.txt"), 3).flat_map(split_words).first(), "a");
}

TEST(OperatorsTest, CheckpointIsReadInsteadOfComputed) {
  const Folder folder;
  const auto runs = session().accumulator<std::int64_t>();
  const auto data = session().range(0, 5000, 1, 3).map([handle = runs.handle()](std::int64_t x) {
    handle.add(1);
    return "row " + std::to_string(x);
  });
  const auto expected = data.collect();
  EXPECT_EQ(data.checkpoint(folder.path("c")).collect(), expected);
  const auto after = runs.value();
  EXPECT_EQ(data.checkpoint(folder.path("c")).collect(), expected);
  EXPECT_EQ(runs.value(), after);
  EXPECT_THROW(data.coalesce(2).checkpoint(folder.path("c")), UserError);
  std::fstream part(folder.path("c") + "/part-00001.checkpoint", std::ios::in | std::ios::out);
  part.seekp(1000);
  part.put('!');
  part.close();
  EXPECT_THROW(data.checkpoint(folder.path("c")).collect(), ResourceError);
}

TEST(OperatorsTest, JobsRunAtOnceAndCancel) {
  std::vector<std::thread> threads;
  std::atomic<int> right{0};
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&right, i] {
      for (int j = 0; j < 20; ++j) {
        if (pairs(2000, 10 + i, 3).reduce_by_key(std::plus<>{}).count() == static_cast<std::uint64_t>(10 + i)) {
          ++right;
        }
      }
    });
  }
  for (auto& thread : threads) { thread.join(); }
  EXPECT_EQ(right, 80);

  std::atomic<bool> cancelled{false};
  std::thread slow([&] {
    session().set_job_group("slow");
    try {
      // Endless, but each block looks whether it was cancelled.
      session().range(0, INT64_MAX, 1, 4).filter([](std::int64_t x) { return x < 0; }).count();
    } catch (const Cancelled&) { cancelled = true; }
  });
  while (!cancelled) {
    session().cancel_job_group("slow");
    std::this_thread::yield();
  }
  slow.join();
  EXPECT_EQ(session().range(10).count(), 10U);
}

TEST(OperatorsTest, SharedShuffleIsSkippedTheSecondTime) {
  const auto runs = session().accumulator<std::int64_t>();
  const auto reduced = session()
                           .range(0, 100, 1, 4)
                           .map([handle = runs.handle()](std::int64_t x) {
                             handle.add(1);
                             return Pair(x % 5, x);
                           })
                           .reduce_by_key(std::plus<>{});
  EXPECT_EQ(reduced.count(), 5U);
  EXPECT_EQ(reduced.collect().size(), 5U);
  EXPECT_EQ(runs.value(), 100);
}

TEST(OperatorsTest, AGangErrorEndsTheStageEverywhere) {
  for (int i = 0; i < 3; ++i) {
    try {
      session().gang([](GangContext& gang) {
        if (gang.comm().rank().value == gang.comm().size() - 1) { throw std::runtime_error("one rank fails"); }
        return gang.comm().all_reduce_value(1.0, comm::Sum{});
      });
      FAIL() << "no error";
    } catch (const Error& error) {
      EXPECT_NE(error.info().report().find("one rank fails"), std::string::npos) << error.info().report();
    }
    const auto sizes = session().gang([](GangContext& gang) { return gang.comm().all_reduce_value(1, comm::Sum{}); });
    EXPECT_EQ(sizes[0], static_cast<int>(session().num_executors()));
  }
}

TEST(OperatorsTest, GangThreadsShareTheWork) {
  const auto sums = session().gang([](GangContext& gang) {
    std::vector<std::int64_t> parts(100);
    gang.parallel_for(parts.size(), [&](std::size_t i) { parts[i] = static_cast<std::int64_t>(i); });
    std::int64_t sum = 0;
    for (const auto part : parts) { sum += part; }
    return sum;
  });
  EXPECT_EQ(sums[0], 4950);
  EXPECT_THROW(session().gang([](GangContext& gang) {
    gang.parallel_for(10, [](std::size_t i) {
      if (i == 5) { throw std::runtime_error("five"); }
    });
    return 0;
  }),
               Error);
}

TEST(OperatorsTest, ResultsAreGuarded) {
  EXPECT_THROW(session().range(0, 1 << 24, 1, 4).collect(), UserError);  // 128 MiB, above the 64 MiB of these tests.
  EXPECT_EQ(session().range(10).count(), 10U);
}

}  // namespace
}  // namespace hammerscale
