#include "hammerscale/serde/boost.hpp"

#include <gtest/gtest.h>

#include "hammerscale/base/error.hpp"

namespace hammerscale {
namespace {

/// A class with invariants and a private serialize, as users of Boost.Serialization write them.
class Account {
 public:
  Account() = default;
  Account(std::string owner, std::vector<double> amounts) : owner_(std::move(owner)), amounts_(std::move(amounts)) {}
  friend bool operator==(const Account&, const Account&) = default;

 private:
  friend class boost::serialization::access;
  template <typename Archive>
  void serialize(Archive& archive, unsigned int /*version*/) {
    archive & owner_;
    archive & amounts_;
  }
  std::string owner_;
  std::vector<double> amounts_;
};

static_assert(Serializable<Account>);

TEST(SerdeBoostTest, ValuesComeBack) {
  for (const auto& account : {Account(), Account("Ada", {1.5, -2}), Account(std::string(1000, 'x'), {})}) {
    const auto bytes = encode(account);
    EXPECT_EQ(bytes.size(), Serde<Account>::size(account));
    EXPECT_EQ(decode<Account>(bytes), account);
  }
}

TEST(SerdeBoostTest, TheyNestInContainersAndTuples) {
  const std::vector<std::pair<std::string, Account>> rows = {{"a", Account("Ada", {1})}, {"b", Account()}};
  EXPECT_EQ((decode<std::vector<std::pair<std::string, Account>>>(encode(rows))), rows);
  EXPECT_GE(Serde<Account>::heap_bytes(Account(std::string(1000, 'x'), {})), 1000U);
}

TEST(SerdeBoostTest, BytesThatAreNoArchiveAreCorrupt) {
  const auto right = encode(Account("Ada", {1.5, -2}));
  const auto expect_corrupt = [](std::span<const std::byte> bytes) {
    try {
      static_cast<void>(decode<Account>(bytes));
      ADD_FAILURE() << "no error";
    } catch (const ResourceError& error) { EXPECT_EQ(error.code(), ErrorCode::kCorruptBlock); }
  };
  for (std::size_t length = 0; length < right.size(); ++length) { expect_corrupt(std::span(right).first(length)); }
  // Whole as a string, yet the archive inside ends too early.
  std::vector<std::byte> cut(right.begin(), right.begin() + 9);
  cut[0] = std::byte{8};
  expect_corrupt(cut);
  // A length of the text inside that no memory can hold.
  auto huge = right;
  for (std::size_t i = 1; i < huge.size() - 8; ++i) { huge[i] = std::byte{0x7f}; }
  expect_corrupt(huge);
}

}  // namespace
}  // namespace hammerscale
