#include "hammerscale/serde/serde.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <random>

#include "hammerscale/base/error.hpp"
#include "hammerscale/base/id.hpp"
#include "serde/structs_of_many_fields.hpp"

namespace hammerscale {
namespace {

enum class Colour : std::uint8_t { kRed, kBlue };

struct Inner {
  std::string name;
  std::optional<std::string> note;
  friend bool operator==(const Inner&, const Inner&) = default;
};
struct Outer {
  Inner inner;
  std::array<std::string, 2> pair_of_texts;
  std::variant<int, std::string> choice;
  std::map<std::string, Inner> by_name;
  double weight = 0;
  friend bool operator==(const Outer&, const Outer&) = default;
};

static_assert(Serializable<Outer>);
static_assert(Serializable<testing::Fields16>);
static_assert(!Serializable<testing::Fields17>, "more than 16 fields would be cut off");
static_assert(!Serializable<int*>);
static_assert(!Serializable<std::string_view>, "what it shows lies elsewhere");
static_assert(is_bitwise_v<std::variant<int, double>>);
static_assert(!is_bitwise_v<std::variant<int, const char*>>);
static_assert(is_bitwise_v<std::pair<int, std::array<double, 3>>>);
static_assert(!is_bitwise_v<std::pair<int, std::string>>);

/// Encodes and decodes the value, from all its bytes and from each shorter prefix of them.
template <typename T>
void round_trip(const T& value) {
  const auto bytes = encode(value);
  EXPECT_EQ(bytes.size(), Serde<T>::size(value));
  Reader reader(bytes);
  EXPECT_EQ(Serde<T>::read(reader), value);
  EXPECT_TRUE(reader.at_end());
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    try {
      static_cast<void>(decode<T>(std::span(bytes).first(length)));
      ADD_FAILURE() << "a value from " << length << " of " << bytes.size() << " bytes";
    } catch (const ResourceError& error) { EXPECT_EQ(error.code(), ErrorCode::kCorruptBlock); }
  }
  // Values one after the other, as they lie in blocks.
  std::vector<std::byte> several;
  for (int i = 0; i < 3; ++i) { append_encoded(several, value); }
  EXPECT_EQ(several.size(), 3 * bytes.size());
  Reader all(several);
  for (int i = 0; i < 3; ++i) { EXPECT_EQ(Serde<T>::read(all), value); }
  EXPECT_TRUE(all.at_end());
}

TEST(SerdeTest, BitwiseTypes) {
  round_trip(std::int8_t{-1});
  round_trip(std::numeric_limits<std::uint64_t>::max());
  round_trip(-0.0F);
  round_trip(std::numeric_limits<double>::denorm_min());
  round_trip(true);
  round_trip(Colour::kBlue);
  round_trip(std::pair<std::int16_t, double>(3, 0.5));
  round_trip(std::tuple<char, std::int64_t, bool>('x', -9, true));
  round_trip(std::array<std::int32_t, 4>{1, 2, 3, 4});
  round_trip(std::optional<int>());
  round_trip(std::optional<int>(5));
  round_trip(std::variant<int, double>(0.25));
  round_trip(StageId(7));
}

TEST(SerdeTest, NanKeepsItsBits) {
  const auto bits = std::bit_cast<double>(std::uint64_t{0x7ff8000000abcdef});
  EXPECT_EQ(std::bit_cast<std::uint64_t>(decode<double>(encode(bits))), 0x7ff8000000abcdefU);
}

TEST(SerdeTest, Strings) {
  round_trip(std::string());
  round_trip(std::string("be"));
  round_trip(std::string("nul \0 inside", 12));
  round_trip(std::string(127, 'a'));  // The last length of one byte.
  round_trip(std::string(128, 'b'));
  round_trip(std::string(20000, 'c'));
}

TEST(SerdeTest, Containers) {
  round_trip(std::vector<double>{});
  round_trip(std::vector<double>{1, -2, 0.5});
  round_trip(std::vector<bool>{true, false, true, true});
  round_trip(std::vector<std::string>{"", "a", std::string(200, 'x')});
  round_trip(std::vector<std::vector<std::vector<int>>>{{}, {{1}, {}, {2, 3}}});
  round_trip(std::map<std::string, int>{{"a", 1}, {"b", 2}});
  round_trip(std::map<int, double, std::greater<>>{{1, 1.5}, {2, 2.5}});
  round_trip(std::unordered_map<std::string, std::vector<int>>{{"a", {1, 2}}, {"b", {}}});
  round_trip(std::set<std::int64_t>{-1, 5});
  round_trip(std::unordered_set<std::string>{"x", "y"});
  round_trip(std::vector<std::pair<std::string, std::optional<std::string>>>{{"a", "b"}, {"c", std::nullopt}});
}

TEST(SerdeTest, PairsTuplesAndArraysOfStrings) {
  round_trip(std::pair<std::string, std::int64_t>("be", 2));
  round_trip(std::tuple<std::string, double, std::vector<int>>("x", 1.5, {1}));
  round_trip(std::array<std::string, 3>{"a", "", "c"});
  // Fields are read in the order in which they were written, whatever the compiler evaluates first.
  const auto bytes = encode(std::tuple<std::string, std::string, std::string>("1", "22", "333"));
  EXPECT_EQ(static_cast<char>(bytes[0]), 1);
  EXPECT_EQ(static_cast<char>(bytes[2]), 2);
  EXPECT_EQ(static_cast<char>(bytes[5]), 3);
}

TEST(SerdeTest, OptionalsAndVariants) {
  round_trip(std::optional<std::string>());
  round_trip(std::optional<std::string>("here"));
  round_trip(std::optional<std::optional<std::string>>(std::optional<std::string>()));
  using Choice = std::variant<std::string, int, std::vector<std::string>, int>;  // One type twice.
  round_trip(Choice(std::in_place_index<0>, "text"));
  round_trip(Choice(std::in_place_index<1>, 5));
  round_trip(Choice(std::in_place_index<2>, std::vector<std::string>{"a", "b"}));
  const Choice last(std::in_place_index<3>, 5);
  round_trip(last);
  EXPECT_EQ(decode<Choice>(encode(last)).index(), 3U);
}

TEST(SerdeTest, AggregatesOfUpTo16Fields) {
  round_trip(testing::Fields1{"s0"});
  round_trip(testing::Fields2{"s0", 1});
  round_trip(testing::Fields3{"s0", 1, {2.5, -1}});
  round_trip(testing::Fields4{"s0", 1, {2.5, -1}, "s3"});
  round_trip(testing::Fields5{"s0", 1, {2.5, -1}, "s3", 4});
  round_trip(testing::Fields6{"s0", 1, {2.5, -1}, "s3", 4, {5.5, -1}});
  round_trip(testing::Fields7{"s0", 1, {2.5, -1}, "s3", 4, {5.5, -1}, "s6"});
  round_trip(testing::Fields8{"s0", 1, {2.5, -1}, "s3", 4, {5.5, -1}, "s6", 7});
  round_trip(testing::Fields9{"s0", 1, {2.5, -1}, "s3", 4, {5.5, -1}, "s6", 7, {8.5, -1}});
  round_trip(testing::Fields10{"s0", 1, {2.5, -1}, "s3", 4, {5.5, -1}, "s6", 7, {8.5, -1}, "s9"});
  round_trip(testing::Fields11{"s0", 1, {2.5, -1}, "s3", 4, {5.5, -1}, "s6", 7, {8.5, -1}, "s9", 10});
  round_trip(testing::Fields12{"s0", 1, {2.5, -1}, "s3", 4, {5.5, -1}, "s6", 7, {8.5, -1}, "s9", 10, {11.5, -1}});
  round_trip(testing::Fields13{"s0", 1, {2.5, -1}, "s3", 4, {5.5, -1}, "s6", 7, {8.5, -1}, "s9", 10, {11.5, -1},
                               "s12"});
  round_trip(testing::Fields14{"s0", 1, {2.5, -1}, "s3", 4, {5.5, -1}, "s6", 7, {8.5, -1}, "s9", 10, {11.5, -1},
                               "s12", 13});
  round_trip(testing::Fields15{"s0", 1, {2.5, -1}, "s3", 4, {5.5, -1}, "s6", 7, {8.5, -1}, "s9", 10, {11.5, -1},
                               "s12", 13, {14.5, -1}});
  round_trip(testing::Fields16{"s0", 1, {2.5, -1}, "s3", 4, {5.5, -1}, "s6", 7, {8.5, -1}, "s9", 10, {11.5, -1},
                               "s12", 13, {14.5, -1}, "s15"});
}

TEST(SerdeTest, NestedAggregates) {
  Outer value;
  value.inner = {"n", "note"};
  value.pair_of_texts = {"left", "right"};
  value.choice = "chosen";
  value.by_name = {{"x", {"x", std::nullopt}}};
  value.weight = 2.5;
  round_trip(value);
  round_trip(Outer{});
}

TEST(SerdeTest, LengthsTakeAsFewBytesAsTheyCan) {
  for (const std::uint64_t value : {std::uint64_t{0}, std::uint64_t{127}, std::uint64_t{128}, std::uint64_t{16383},
                                    std::uint64_t{16384}, std::uint64_t{1} << 62, UINT64_MAX}) {
    std::array<std::byte, 10> bytes{};
    const auto size = static_cast<std::size_t>(write_length(bytes.data(), value) - bytes.data());
    EXPECT_EQ(size, length_size(value));
    Reader reader{std::span(bytes).first(size)};
    EXPECT_EQ(reader.read_length(), value);
  }
  EXPECT_EQ(length_size(127), 1U);
  EXPECT_EQ(length_size(128), 2U);
  EXPECT_EQ(length_size(UINT64_MAX), 10U);
}

template <typename T>
void expect_corrupt(const std::vector<std::byte>& bytes) {
  try {
    static_cast<void>(decode<T>(bytes));
    ADD_FAILURE() << "no error";
  } catch (const ResourceError& error) { EXPECT_EQ(error.code(), ErrorCode::kCorruptBlock) << error.what(); }
}

TEST(SerdeTest, CorruptBytesAreErrorsBeforeMemoryIsReserved) {
  const std::vector<std::byte> endless(11, std::byte{0xff});
  expect_corrupt<std::string>(endless);
  std::vector<std::byte> huge(10);
  write_length(huge.data(), UINT64_MAX);
  expect_corrupt<std::string>(huge);
  expect_corrupt<std::vector<double>>(huge);
  expect_corrupt<std::vector<std::string>>(huge);
  expect_corrupt<std::map<std::string, int>>(huge);
  expect_corrupt<std::vector<double>>({std::byte{9}, std::byte{0}});
  expect_corrupt<std::optional<std::string>>({std::byte{2}, std::byte{0}});
  expect_corrupt<std::variant<std::string, int>>({std::byte{2}, std::byte{0}});
  expect_corrupt<std::variant<std::string, int>>(huge);
}

// Whatever single bytes become, reading ends with some value or with this error.
TEST(SerdeTest, DamagedBytesNeverDoMore) {
  Outer value;
  value.inner = {"name", "note"};
  value.pair_of_texts = {"left", "right"};
  value.choice = "chosen";
  for (const std::string key : {"a", "b", "c"}) { value.by_name[key] = {key, key + key}; }
  const auto right = encode(std::vector<Outer>(5, value));
  std::mt19937 random(1);
  int num_errors = 0;
  for (int i = 0; i < 20000; ++i) {
    auto bytes = right;
    for (auto n = 1 + random() % 3; n > 0; --n) {
      bytes[random() % bytes.size()] = static_cast<std::byte>(random() % 256);
    }
    bytes.resize(random() % 2 == 0 ? bytes.size() : random() % bytes.size());
    try {
      static_cast<void>(decode<std::vector<Outer>>(bytes));
    } catch (const ResourceError& error) {
      EXPECT_EQ(error.code(), ErrorCode::kCorruptBlock);
      ++num_errors;
    }
  }
  EXPECT_GT(num_errors, 5000);
}

TEST(SerdeTest, HeapBytesCountWhatTheValueHolds) {
  EXPECT_EQ(Serde<std::int64_t>::heap_bytes(1), 0U);
  EXPECT_EQ(Serde<std::string>::heap_bytes("short"), 0U);
  EXPECT_GE(Serde<std::string>::heap_bytes(std::string(100, 'x')), 101U);
  EXPECT_LE(Serde<std::string>::heap_bytes(std::string(100, 'x')), 200U);
  EXPECT_EQ(Serde<std::vector<double>>::heap_bytes({}), 0U);
  EXPECT_GE(Serde<std::vector<double>>::heap_bytes(std::vector<double>(10)), 80U);
  const std::string text(100, 'x');
  EXPECT_GE(Serde<std::vector<std::string>>::heap_bytes({text, text}), 200U + 2 * sizeof(std::string));
  EXPECT_GE((Serde<std::pair<std::string, std::string>>::heap_bytes({text, text})), 200U);
  EXPECT_EQ(Serde<std::optional<std::string>>::heap_bytes(std::nullopt), 0U);
  EXPECT_GE(Serde<std::optional<std::string>>::heap_bytes(text), 100U);
  EXPECT_GE((Serde<std::variant<int, std::string>>::heap_bytes(text)), 100U);
  EXPECT_EQ((Serde<std::variant<int, std::string>>::heap_bytes(3)), 0U);
  EXPECT_GE((Serde<std::map<std::string, int>>::heap_bytes({{text, 1}})), 100U + sizeof(std::pair<std::string, int>));
  EXPECT_GE(Serde<Inner>::heap_bytes({text, text}), 200U);
}

}  // namespace
}  // namespace hammerscale
