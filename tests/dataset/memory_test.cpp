// Every operator that holds data works on several times its memory, gives the right answer and stays within its budget.
// The entries run with a budget of 48 MiB and 2 task threads an executor (tests/dataset/CMakeLists.txt).

#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hammerscale/base/error.hpp"
#include "hammerscale/hammerscale.hpp"
#include "support/memory_peak.hpp"
#include "support/session_test.hpp"

namespace hammerscale {
namespace {

using testing::session;
using Key = std::uint64_t;
using Row = std::pair<Key, std::int64_t>;

constexpr std::uint64_t kMemoryBytes = std::uint64_t{48} << 20;
constexpr std::uint64_t kDataBytes = 4 * kMemoryBytes;
// What docs/tuning.md allows beside the budget: workspaces of threads, free memory inside malloc's arenas, what MPI
// allocates for each peer, the sampling itself.
constexpr std::uint64_t kSlackBytes = std::uint64_t{16} << 20;

/// Begins before main on every rank.
const testing::MemoryPeak memory_peak;

/// Mixes a number one to one, so that keys come in no order and their checksums are known.
Key mixed(std::int64_t i) {
  auto x = static_cast<std::uint64_t>(i);
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

/// Rows of 16 bytes, as many as fill `bytes` on each executor.
std::int64_t rows_of(std::uint64_t bytes) {
  return static_cast<std::int64_t>(bytes / sizeof(Row)) * session().num_executors();
}

/// Rows of 16 bytes, as many as fill `bytes` in all.
std::int64_t rows_in(std::uint64_t bytes) { return static_cast<std::int64_t>(bytes / sizeof(Row)); }

Dataset<Row> rows(std::int64_t count) {
  return session().range(count).map([](std::int64_t i) { return Row(mixed(i), i); });
}

std::int64_t sum_below(std::int64_t n) { return n * (n - 1) / 2; }

struct Summary {
  std::uint64_t num_rows = 0;
  std::uint64_t checksum = 0;
};

/// Number of rows and the sum of a number made of each, modulo 2^64.
template <typename T, typename NumberOf>
Summary summary_of(const Dataset<T>& data, NumberOf number_of) {
  const auto total = data.aggregate(
      std::pair<std::uint64_t, std::uint64_t>{0, 0},
      [number_of](std::pair<std::uint64_t, std::uint64_t> sum, const T& element) {
        return std::pair<std::uint64_t, std::uint64_t>{sum.first + 1,
                                                       sum.second + static_cast<std::uint64_t>(number_of(element))};
      },
      [](std::pair<std::uint64_t, std::uint64_t> a, const std::pair<std::uint64_t, std::uint64_t>& b) {
        return std::pair<std::uint64_t, std::uint64_t>{a.first + b.first, a.second + b.second};
      });
  return {total.first, total.second};
}

/// After a test: no executor ever held more than its budget.
class MemoryTest : public ::testing::Test {
 protected:
  void TearDown() override {
    const auto peaks = session().gang([](GangContext&) { return memory_peak.bytes(); });
    for (std::size_t executor = 0; executor < peaks.size(); ++executor) {
      EXPECT_LE(peaks[executor], kMemoryBytes + kSlackBytes) << "executor " << executor;
      RecordProperty(std::string("peak_bytes_").append(std::to_string(executor)), std::to_string(peaks[executor]));
    }
  }
};

/// What a sorted partition looks like from outside.
template <typename K>
struct SortedPart {
  std::uint64_t num_rows = 0;
  bool in_order = true;
  std::uint64_t checksum = 0;
  K first{};
  K last{};
};

template <typename K>
void expect_sorted(const std::vector<SortedPart<K>>& parts, std::uint64_t num_rows, std::uint64_t checksum) {
  std::uint64_t num_seen = 0;
  std::uint64_t checksum_seen = 0;
  const SortedPart<K>* before = nullptr;
  for (const auto& part : parts) {
    EXPECT_TRUE(part.in_order);
    num_seen += part.num_rows;
    checksum_seen += part.checksum;
    if (part.num_rows == 0) { continue; }
    if (before != nullptr) { EXPECT_LE(before->last, part.first); }
    before = &part;
  }
  EXPECT_EQ(num_seen, num_rows);
  EXPECT_EQ(checksum_seen, checksum);
}

TEST_F(MemoryTest, SortOfFourTimesTheBudget) {
  const auto count = rows_of(kDataBytes);
  const auto parts = rows(count)
                         .sort_by_key()
                         .map_partitions<SortedPart<Key>>([](PartitionRows<Row>& all, Emitter<SortedPart<Key>>& emit) {
                           SortedPart<Key> part;
                           all.for_each([&](const Row& row) {
                             if (part.num_rows == 0) { part.first = part.last = row.first; }
                             part.in_order = part.in_order && part.last <= row.first;
                             part.last = row.first;
                             part.checksum += static_cast<std::uint64_t>(row.second);
                             ++part.num_rows;
                             return true;
                           });
                           emit(part);
                         })
                         .collect();
  expect_sorted(parts, static_cast<std::uint64_t>(count), static_cast<std::uint64_t>(sum_below(count)));
}

TEST_F(MemoryTest, SortOfStringsOfFourTimesTheBudget) {
  // 64 characters, and 32 bytes for the object.
  const auto count = static_cast<std::int64_t>(kDataBytes / 96) * session().num_executors();
  const auto parts =
      session()
          .range(count)
          .map([](std::int64_t i) { return std::to_string(mixed(i)) + std::string(44, 'x'); })
          .sort()
          .map_partitions<SortedPart<std::string>>(
              [](PartitionRows<std::string>& all, Emitter<SortedPart<std::string>>& emit) {
                SortedPart<std::string> part;
                all.for_each([&](const std::string& line) {
                  if (part.num_rows == 0) { part.first = part.last = line; }
                  part.in_order = part.in_order && part.last <= line;
                  part.last = line;
                  part.checksum += std::stoull(line);
                  ++part.num_rows;
                  return true;
                });
                emit(part);
              })
          .collect();
  const auto expected = summary_of(session().range(count), [](std::int64_t i) { return mixed(i); });
  expect_sorted(parts, expected.num_rows, expected.checksum);
}

TEST_F(MemoryTest, JoinOfFourTimesTheBudget) {
  const auto count = rows_of(kDataBytes / 2);
  const auto joined = rows(count).join(rows(count).map_values([](std::int64_t i) { return -2 * i; }));
  const auto seen = summary_of(joined, [](const std::pair<Key, std::pair<std::int64_t, std::int64_t>>& row) {
    return row.second.first + row.second.second;
  });
  EXPECT_EQ(seen.num_rows, static_cast<std::uint64_t>(count));
  EXPECT_EQ(seen.checksum, static_cast<std::uint64_t>(-sum_below(count)));
}

TEST_F(MemoryTest, FullOuterJoinOfFourTimesTheBudget) {
  const auto count = rows_in(kDataBytes / 2);
  // Half of the keys are on one side only.
  const auto right = session().range(count).map([count](std::int64_t i) { return Row(mixed(i + count / 2), i); });
  const auto seen = summary_of(
      rows(count).full_outer_join(right),
      [](const std::pair<Key, std::pair<std::optional<std::int64_t>, std::optional<std::int64_t>>>& row) {
        return (row.second.first ? 1 : 0) + (row.second.second ? 1 << 16 : 0);
      });
  EXPECT_EQ(seen.num_rows, static_cast<std::uint64_t>(count + count / 2));
  EXPECT_EQ(seen.checksum, static_cast<std::uint64_t>(count) * 65537);
}

TEST_F(MemoryTest, JoinWithOneGiantKeyOnEitherSide) {
  // The rows of key 7 alone are twice what one executor may hold.
  const auto count = static_cast<std::int64_t>(2 * kMemoryBytes / sizeof(Row));
  const auto giant = session().range(count).map([](std::int64_t i) { return Row(7, i); });
  const auto few = session().range(12).map([](std::int64_t i) { return Row(static_cast<Key>(i % 4 + 5), i); });
  const auto sum_of_giant = [](const std::pair<Key, std::pair<std::int64_t, std::int64_t>>& row) {
    return row.second.first + row.second.second;
  };
  // Keys 5..8 come three times each; those of 7 have the values 2, 6 and 10.
  const auto expected = static_cast<std::uint64_t>(3 * sum_below(count) + 18 * count);
  const auto on_left = summary_of(giant.join(few), sum_of_giant);
  EXPECT_EQ(on_left.num_rows, static_cast<std::uint64_t>(3 * count));
  EXPECT_EQ(on_left.checksum, expected);
  const auto on_right = summary_of(few.join(giant), sum_of_giant);
  EXPECT_EQ(on_right.num_rows, static_cast<std::uint64_t>(3 * count));
  EXPECT_EQ(on_right.checksum, expected);
}

TEST_F(MemoryTest, ReduceByKeyWithAKeyARow) {
  const auto count = rows_in(kDataBytes);
  const auto seen = summary_of(rows(count).reduce_by_key(std::plus<>{}), [](const Row& row) { return row.second; });
  EXPECT_EQ(seen.num_rows, static_cast<std::uint64_t>(count));
  EXPECT_EQ(seen.checksum, static_cast<std::uint64_t>(sum_below(count)));
}

TEST_F(MemoryTest, GroupByKeyWithManyKeys) {
  const auto count = rows_in(kDataBytes / 2);
  const auto groups = session()
                          .range(count)
                          .map([](std::int64_t i) { return Row(mixed(i / 4), i); })
                          .group_by_key();
  const auto seen = summary_of(groups, [](const std::pair<Key, std::vector<std::int64_t>>& group) {
    std::int64_t sum = group.second.size() == 4 ? 0 : -1000;
    for (const auto value : group.second) { sum += value; }
    return sum;
  });
  EXPECT_EQ(seen.num_rows, static_cast<std::uint64_t>(count / 4));
  EXPECT_EQ(seen.checksum, static_cast<std::uint64_t>(sum_below(count)));
}

TEST_F(MemoryTest, AGroupThatCannotFitIsAnErrorAndNothingElse) {
  const auto count = static_cast<std::int64_t>(2 * kMemoryBytes / sizeof(std::int64_t));
  const auto giant = session().range(count).map([](std::int64_t i) { return Row(static_cast<Key>(i % 2), i); });
  try {
    giant.group_by_key().count();
    ADD_FAILURE() << "a group of twice the budget was made";
  } catch (const ResourceError& error) {
    EXPECT_EQ(error.code(), ErrorCode::kOutOfMemory);
    EXPECT_NE(std::string(error.what()).find("reduce_by_key"), std::string::npos) << error.what();
  }
  EXPECT_EQ(giant.reduce_by_key(std::plus<>{}).count(), 2U);
}

TEST_F(MemoryTest, CombinersThatGrowInTheMapTask) {
  // Lists of 64 values that map tasks collect: combiners on the heap.
  const auto count = rows_in(kDataBytes / 4);
  const auto lists = session()
                         .range(count)
                         .map([](std::int64_t i) { return Row(mixed(i / 64), i); })
                         .combine_by_key([](std::int64_t value) { return std::vector<std::int64_t>{value}; },
                                         [](std::vector<std::int64_t> list, std::int64_t value) {
                                           list.push_back(value);
                                           return list;
                                         },
                                         [](std::vector<std::int64_t> a, const std::vector<std::int64_t>& b) {
                                           a.insert(a.end(), b.begin(), b.end());
                                           return a;
                                         });
  const auto seen = summary_of(lists, [](const std::pair<Key, std::vector<std::int64_t>>& list) {
    std::int64_t sum = 0;
    for (const auto value : list.second) { sum += value; }
    return sum;
  });
  EXPECT_EQ(seen.num_rows, static_cast<std::uint64_t>((count + 63) / 64));
  EXPECT_EQ(seen.checksum, static_cast<std::uint64_t>(sum_below(count)));
}

TEST_F(MemoryTest, Distinct) {
  const auto count = rows_in(kDataBytes);
  const auto twice = session().range(count).map([count](std::int64_t i) { return mixed(i % (count / 2)); });
  EXPECT_EQ(twice.distinct().count(), static_cast<std::uint64_t>(count / 2));
}

TEST_F(MemoryTest, Cogroup) {
  const auto count = rows_in(kDataBytes / 4);
  const auto seen = summary_of(
      rows(count).cogroup(rows(count)),
      [](const std::pair<Key, std::pair<std::vector<std::int64_t>, std::vector<std::int64_t>>>& group) {
        const auto& [left, right] = group.second;
        return left.size() == 1 && right.size() == 1 ? left[0] + right[0] : -1000;
      });
  EXPECT_EQ(seen.num_rows, static_cast<std::uint64_t>(count));
  EXPECT_EQ(seen.checksum, static_cast<std::uint64_t>(2 * sum_below(count)));
}

TEST_F(MemoryTest, CachedDataLargerThanMemoryIsThereForJobsAndGangs) {
  const auto count = rows_in(kDataBytes);
  const auto expected = static_cast<std::uint64_t>(sum_below(count));
  for (const auto level :
       {storage::StorageLevel::kMemoryAndDisk, storage::StorageLevel::kDiskOnly, storage::StorageLevel::kMemoryOnly}) {
    auto computed = session().accumulator<std::int64_t>(0);
    const auto data = rows(count)
                          .map([counter = computed.handle()](Row row) {
                            counter.add(1);
                            return row;
                          })
                          .persist(level);
    EXPECT_EQ(data.count(), static_cast<std::uint64_t>(count));
    const auto seen = summary_of(data, [](const Row& row) { return row.second; });
    EXPECT_EQ(seen.num_rows, static_cast<std::uint64_t>(count));
    EXPECT_EQ(seen.checksum, expected);
    // Without loss: nothing was computed twice.
    if (level != storage::StorageLevel::kMemoryOnly) { EXPECT_EQ(computed.value(), count); }
    const auto sums = data.gang([](GangContext&, GangRows<Row>& local) {
      std::uint64_t sum = 0;
      for (int pass = 0; pass < 2; ++pass) {
        local.for_each([&](const Row& row) { sum += static_cast<std::uint64_t>(row.second); });
      }
      return std::pair<std::uint64_t, std::uint64_t>(local.num_local_elements(), sum);
    });
    std::uint64_t num_rows = 0;
    std::uint64_t checksum = 0;
    for (const auto& [rows_here, sum_here] : sums) {
      num_rows += rows_here;
      checksum += sum_here;
    }
    EXPECT_EQ(num_rows, static_cast<std::uint64_t>(count));
    EXPECT_EQ(checksum, 2 * expected);
    data.unpersist();
  }
}

}  // namespace
}  // namespace hammerscale
