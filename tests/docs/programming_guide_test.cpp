// The examples of docs/programming_guide.md. The guide quotes what lies between "// [name]" and "// [/name]" word for
// word; tests/docs/compare_quotes.cmake compares the two. The program of README.md is compiled in as well.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "hammerscale/hammerscale.hpp"
#include "support/session_test.hpp"

namespace hs = hammerscale;

void show_top_words(hs::Session& session, const std::string& input);

namespace {

using hammerscale::testing::session;

// [types]
struct Sale {
  std::string shop;
  std::int64_t cents = 0;
};
// [/types]

/// A folder of this test alone that goes when the test ends. All ranks of a test share one machine.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "programming_guide_XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) { throw std::runtime_error("cannot make " + pattern); }
    path_ = pattern;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  [[nodiscard]] std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

template <typename T>
std::vector<T> sorted(std::vector<T> values) {
  std::sort(values.begin(), values.end());
  return values;
}

using Count = std::pair<std::string, std::int64_t>;

TEST(ProgrammingGuide, TheProgramOfTheReadme) {
  const TemporaryFolder folder;
  std::ofstream(folder.file("a.txt")) << "to be or not\nto be\n";
  std::ostringstream shown;
  auto* const standard = std::cout.rdbuf(shown.rdbuf());
  show_top_words(session(), folder.file("*.txt"));
  std::cout.rdbuf(standard);
  EXPECT_EQ(shown.str(), "4 different words\nbe 2\nto 2\nnot 1\nor 1\n");
}

TEST(ProgrammingGuide, Sources) {
  const TemporaryFolder folder;
  std::ofstream(folder.file("a.log")) << "first\nsecond\n";
  const std::string logs = folder.file("*.log");
  // [sources]
  auto numbers = session().range(0, 1'000'000);                                 // 64-bit numbers, made on the executors
  auto words = session().parallelize(std::vector<std::string>{"to", "be"}, 2);  // in 2 partitions
  auto sales = session().parallelize(std::vector<Sale>{{"north", 250}, {"south", 100}});
  auto lines = session().read_text(logs);  // a file, a folder or a glob; .gz, .zst and .bz2 too
  // [/sources]
  EXPECT_EQ(numbers.count(), 1'000'000U);
  EXPECT_EQ(words.num_partitions(), 2U);
  EXPECT_EQ(sales.first().shop, "north");
  EXPECT_EQ(lines.collect(), (std::vector<std::string>{"first", "second"}));
}

TEST(ProgrammingGuide, Transformations) {
  // [transformations]
  auto numbers = session().range(10);
  auto squares = numbers.map([](std::int64_t x) { return x * x; });
  auto even = squares.filter([](std::int64_t x) { return x % 2 == 0; });
  auto both = even.flat_map([](std::int64_t x) { return std::array{x, -x}; });
  auto sums = both.map_partitions<std::int64_t>([](auto& rows, auto& emit) {
    std::int64_t sum = 0;
    rows.for_each([&](std::int64_t x) { sum += x; });
    emit(sum);
  });
  // [/transformations]
  EXPECT_EQ(even.collect(), (std::vector<std::int64_t>{0, 4, 16, 36, 64}));
  EXPECT_EQ(both.count(), 10U);
  EXPECT_EQ(sums.count(), numbers.num_partitions());
  EXPECT_EQ(sums.sum(), 0);
}

TEST(ProgrammingGuide, Actions) {
  // [actions]
  auto numbers = session().range(1, 101);
  std::uint64_t how_many = numbers.count();
  std::vector<std::int64_t> first = numbers.take(3);
  std::vector<std::int64_t> largest = numbers.top(2);
  std::int64_t product_mod = numbers.reduce([](std::int64_t a, std::int64_t b) { return a * b % 101; });
  hs::Statistics statistics = numbers.stats();
  auto [bounds, counts] = numbers.histogram(4);  // 4 buckets of even width
  // [/actions]
  EXPECT_EQ(how_many, 100U);
  EXPECT_EQ(first, (std::vector<std::int64_t>{1, 2, 3}));
  EXPECT_EQ(largest, (std::vector<std::int64_t>{100, 99}));
  EXPECT_EQ(product_mod, 100);  // Wilson's theorem: 100! = -1 mod 101.
  EXPECT_DOUBLE_EQ(statistics.mean(), 50.5);
  EXPECT_EQ(bounds.size(), 5U);
  EXPECT_EQ(counts, (std::vector<std::uint64_t>{25, 25, 25, 25}));
}

TEST(ProgrammingGuide, Pairs) {
  // [pairs]
  auto sales = session().parallelize(std::vector<Sale>{{"north", 250}, {"south", 100}, {"north", 50}});
  auto by_shop = sales.map([](Sale sale) { return std::pair{std::move(sale.shop), sale.cents}; });
  auto totals = by_shop.reduce_by_key(std::plus<>{});
  auto count_and_sum = by_shop.aggregate_by_key(
      std::pair<std::int64_t, std::int64_t>{0, 0},
      [](auto total, std::int64_t cents) { return std::pair{total.first + 1, total.second + cents}; },
      [](auto a, auto b) { return std::pair{a.first + b.first, a.second + b.second}; });
  auto all_of_shop = by_shop.group_by_key();
  // [/pairs]
  EXPECT_EQ(sorted(totals.collect()), (std::vector<Count>{{"north", 300}, {"south", 100}}));
  using CountAndSum = std::pair<std::int64_t, std::int64_t>;
  EXPECT_EQ(count_and_sum.lookup("north"), (std::vector<CountAndSum>{{2, 300}}));
  EXPECT_EQ(sorted(all_of_shop.values().collect()), (std::vector<std::vector<std::int64_t>>{{100}, {250, 50}}));
}

TEST(ProgrammingGuide, Joins) {
  // [joins]
  using Row = std::pair<std::string, std::int64_t>;
  auto prices = session().parallelize(std::vector<Row>{{"apple", 30}, {"pear", 40}});
  auto stocks = session().parallelize(std::vector<Row>{{"apple", 7}, {"plum", 2}});
  auto inner = prices.join(stocks);            // (apple, (30, 7))
  auto left = prices.left_outer_join(stocks);  // the right value is a std::optional
  auto only_prices = prices.subtract_by_key(stocks);
  // [/joins]
  using Joined = std::pair<std::string, std::pair<std::int64_t, std::int64_t>>;
  EXPECT_EQ(inner.collect(), (std::vector<Joined>{{"apple", {30, 7}}}));
  EXPECT_EQ(left.count(), 2U);
  EXPECT_FALSE(left.sort_by_key().collect().at(1).second.second.has_value());
  EXPECT_EQ(only_prices.collect(), (std::vector<Count>{{"pear", 40}}));
}

TEST(ProgrammingGuide, Sorting) {
  // [sorting]
  auto counts = session().parallelize(std::vector<std::pair<std::string, std::int64_t>>{{"b", 1}, {"a", 5}, {"c", 5}});
  auto by_count = counts.sort_by([](const auto& row) { return row.second; }, /*ascending=*/false);
  auto by_word = counts.sort_by_key();
  // [/sorting]
  EXPECT_EQ(by_count.collect(), (std::vector<Count>{{"a", 5}, {"c", 5}, {"b", 1}}));
  EXPECT_EQ(by_word.collect(), (std::vector<Count>{{"a", 5}, {"b", 1}, {"c", 5}}));
}

TEST(ProgrammingGuide, Partitioners) {
  // [partitioners]
  auto pairs = session().range(100).map([](std::int64_t x) { return std::pair{x % 10, x}; });
  auto placed = pairs.partition_by(hs::HashPartitioner(4)).cache();
  auto sums = placed.reduce_by_key(std::plus<>{});  // no shuffle: equal keys lie together already
  auto joined = placed.join(sums);                  // no shuffle either
  auto by_size = pairs.partition_by(hs::FunctionPartitioner(2, [](std::int64_t key) { return key < 5 ? 0 : 1; }));
  // [/partitioners]
  EXPECT_EQ(sums.partitioning(), placed.partitioning());
  EXPECT_EQ(joined.partitioning(), placed.partitioning());
  EXPECT_EQ(sums.node()->shuffles.size() + joined.node()->shuffles.size(), 0U);
  EXPECT_EQ(joined.count(), 100U);
  const auto of_partition = by_size.glom().collect();
  ASSERT_EQ(of_partition.size(), 2U);
  for (const auto& [key, value] : of_partition[0]) { EXPECT_LT(key, 5); }
  EXPECT_EQ(of_partition[1].size(), 50U);
}

TEST(ProgrammingGuide, Caching) {
  const auto runs = session().accumulator<std::int64_t>();
  // [caching]
  auto slow = session().range(1000).map([calls = runs.handle()](std::int64_t x) {
    calls.add(1);
    return x * x;
  });
  slow.persist(hs::storage::StorageLevel::kMemoryAndDisk);  // cache() is the same
  auto sum = slow.sum();                                    // computes and keeps
  auto largest = slow.max();                                // reads what was kept
  auto calls = runs.value();                                // 1000, not 2000
  slow.unpersist();
  // [/caching]
  EXPECT_EQ(sum, 332833500);
  EXPECT_EQ(largest, 998001);
  EXPECT_EQ(calls, 1000);
}

TEST(ProgrammingGuide, Checkpoint) {
  const TemporaryFolder folder;
  const std::string directory = folder.file("squares");
  const auto runs = session().accumulator<std::int64_t>();
  // [checkpoint]
  auto squares = session().range(0, 1000, 1, 4).map([calls = runs.handle()](std::int64_t x) {
    calls.add(1);
    return x * x;
  });
  auto stored = squares.checkpoint(directory);  // computes and writes
  auto again = squares.checkpoint(directory);   // finds it whole and computes nothing
  // [/checkpoint]
  EXPECT_EQ(stored.sum(), 332833500);
  EXPECT_EQ(again.collect(), squares.collect());
  EXPECT_EQ(runs.value(), 2000);  // The checkpoint and the last collect.
}

TEST(ProgrammingGuide, Hdf5) {
  const TemporaryFolder folder;
  const std::string path = folder.file("points.h5");
  // [hdf5]
  auto points = session().range(100).map([](std::int64_t x) { return std::vector<double>{1.0 * x, 0.5 * x}; });
  points.save_as_hdf5(path, "points");  // 100 x 2
  auto read = hs::read_hdf5<std::vector<double>>(session(), path + ":/points");
  // [/hdf5]
  EXPECT_EQ(read.collect(), points.collect());
}

TEST(ProgrammingGuide, SharedVariables) {
  // [shared]
  auto names = session().broadcast(std::map<std::int64_t, std::string>{{1, "one"}, {2, "two"}});
  auto unknown = session().accumulator<std::int64_t>();
  auto spell = [names, misses = unknown.handle()](std::int64_t x, auto& emit) {
    const auto found = names->find(x);
    if (found == names->end()) {
      misses.add(1);
    } else {
      emit(found->second);
    }
  };
  auto spelled = session().range(1, 5).flat_map<std::string>(spell);
  std::vector<std::string> words = spelled.collect();
  std::int64_t num_unknown = unknown.value();  // on the driver, after the action
  session().destroy(names);
  // [/shared]
  EXPECT_EQ(words, (std::vector<std::string>{"one", "two"}));
  EXPECT_EQ(num_unknown, 2);
}

TEST(ProgrammingGuide, Closures) {
  // [closures]
  auto lines = session().parallelize(std::vector<std::string>{"an error", "all is well"});
  std::string wanted = "error";
  auto hits = lines.filter(hs::bind(wanted, [](const std::string& word, const std::string& line) {
    return line.find(word) != std::string::npos;
  }));
  // [/closures]
  EXPECT_EQ(hits.collect(), (std::vector<std::string>{"an error"}));
}

TEST(ProgrammingGuide, CapturedAddress) {
  // [captured_address]
  std::int64_t limit = 3;
  try {
    session().range(10).filter([&limit](std::int64_t x) { return x < limit; });  // wrong: capture limit by value
  } catch (const hs::UserError& error) {
    std::cerr << error.info().report() << '\n';  // "... captures an address ..., at job.cpp:12"
  }
  // [/captured_address]
  EXPECT_THROW(session().range(10).filter([&limit](std::int64_t x) { return x < limit; }), hs::UserError);
  EXPECT_FALSE(hs::Shippable<decltype([text = std::string()](int) { return text; })>);
}

TEST(ProgrammingGuide, Gangs) {
  // [gangs]
  auto points = session().range(1, 1001).map([](std::int64_t x) { return static_cast<double>(x); });
  std::vector<double> means = points.gang([](hs::GangContext& gang, hs::GangRows<double>& rows) {
    double mean = 0;
    for (int iteration = 0; iteration < 3; ++iteration) {  // no trip to the driver between iterations
      double sum = 0;
      rows.for_each([&](double x) { sum += x; });
      const auto n = static_cast<double>(rows.num_local_elements());
      mean = gang.comm().all_reduce_value(sum, hs::comm::Sum{}) / gang.comm().all_reduce_value(n, hs::comm::Sum{});
      gang.report("mean", mean);
    }
    return mean;
  });
  // [/gangs]
  EXPECT_EQ(means, std::vector<double>(session().num_executors(), 500.5));
}

TEST(ProgrammingGuide, Errors) {
  bool caught = false;
  // [errors]
  try {
    session().read_text("no/such/file.txt").count();
  } catch (const hs::UserError& error) {
    caught = error.code() == hs::ErrorCode::kFileNotFound;
  }
  // [/errors]
  EXPECT_TRUE(caught);
}

TEST(ProgrammingGuide, Determinism) {
  // [determinism]
  auto few = session().range(0, 1000, 1, 3).sample(0.1, /*seed=*/7);
  auto same = session().range(0, 1000, 1, 8).sample(0.1, /*seed=*/7);
  // [/determinism]
  EXPECT_EQ(few.collect(), same.collect());
  EXPECT_GT(few.count(), 0U);
}

TEST(ProgrammingGuide, Output) {
  const TemporaryFolder folder;
  const std::string output = folder.file("squares");
  // [output]
  session().range(5).map([](std::int64_t x) { return std::to_string(x * x); }).save_as_text(output);
  // [/output]
  EXPECT_TRUE(std::filesystem::exists(output + "/_SUCCESS"));
  EXPECT_EQ(session().read_text(output).collect(), (std::vector<std::string>{"0", "1", "4", "9", "16"}));
}

}  // namespace
