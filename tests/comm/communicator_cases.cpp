#include "comm/communicator_cases.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <map>
#include <numeric>
#include <string>

#include "hammerscale/comm/shared_window.hpp"
#include "hammerscale/comm/wait_ladder.hpp"

namespace hammerscale::comm {
namespace {

using namespace std::chrono_literals;

constexpr Tag kTag{7};
constexpr Tag kOtherTag{30000};

// Lengths around the limits inside: nothing, one, the stack buffer, the doubling limit, the tests' piece size (1 KiB).
constexpr std::array<std::size_t, 8> kLengths = {0, 1, 3, 127, 128, 129, 2049, 5003};

std::size_t index(Rank rank) { return static_cast<std::size_t>(rank.value); }

// A value that tells rank and place apart; small enough that sums are exact.
double value_of(std::int32_t rank, std::size_t i) {
  return static_cast<double>((rank + 1) * 1000) + static_cast<double>(i % 97);
}

std::vector<double> values_of(std::int32_t rank, std::size_t length) {
  std::vector<double> values(length);
  for (std::size_t i = 0; i < length; ++i) { values[i] = value_of(rank, i); }
  return values;
}

std::vector<double> sum_over_ranks(std::int32_t num_ranks, std::size_t length) {
  std::vector<double> sum(length);
  for (std::int32_t rank = 0; rank < num_ranks; ++rank) {
    for (std::size_t i = 0; i < length; ++i) { sum[i] += value_of(rank, i); }
  }
  return sum;
}

// An affine map; composing is associative but not commutative, so a wrong order shows.
struct Affine {
  std::int64_t scale = 1;
  std::int64_t shift = 0;
  friend bool operator==(const Affine&, const Affine&) = default;
};
struct Compose {
  Affine operator()(const Affine& first, const Affine& second) const {
    constexpr std::int64_t kPrime = 1'000'003;
    return {first.scale * second.scale % kPrime, (first.shift * second.scale + second.shift) % kPrime};
  }
};
Affine affine_of(std::int32_t rank, std::size_t i) {
  return {rank + 2, static_cast<std::int64_t>(i) * 31 + rank * 7 + 1};
}
Affine compose_ranks(std::int32_t begin, std::int32_t end, std::size_t i) {
  Affine all = affine_of(begin, i);
  for (std::int32_t rank = begin + 1; rank < end; ++rank) { all = Compose{}(all, affine_of(rank, i)); }
  return all;
}

template <typename Function>
ErrorInfo error_of(Function function) {
  try {
    function();
  } catch (const Error& error) {
    return error.info();
  }
  ADD_FAILURE() << "nothing was thrown";
  return {};
}

void ring_of_sends(Communicator& comm) {
  const Rank right((comm.rank().value + 1) % comm.size());
  const Rank left((comm.rank().value + comm.size() - 1) % comm.size());
  for (const std::size_t length : kLengths) {
    const auto sent = values_of(comm.rank().value, length);
    std::vector<double> received(length);
    Request receive = comm.irecv(left, kTag, received);
    Request send = comm.isend(right, kTag, sent);
    send.wait();
    receive.wait();
    EXPECT_TRUE(send.is_done());
    EXPECT_EQ(received, values_of(left.value, length));
  }
}

void blocking_send_and_receive(Communicator& comm) {
  if (comm.size() < 2) { return; }
  // Two messages of one tag keep their order although they are cut into pieces.
  if (comm.rank() == Rank(0)) {
    comm.send(Rank(1), kTag, values_of(0, 5003));
    comm.send(Rank(1), kTag, values_of(1, 300));
    comm.send(Rank(1), kOtherTag, std::string("by tag"));
  } else if (comm.rank() == Rank(1)) {
    std::vector<double> first(5003);
    std::vector<double> second(300);
    comm.recv_into(Rank(0), kTag, first);
    comm.recv_into(Rank(0), kTag, second);
    EXPECT_EQ(first, values_of(0, 5003));
    EXPECT_EQ(second, values_of(1, 300));
    std::string text(6, ' ');
    comm.recv_into(Rank(0), kOtherTag, text);
    EXPECT_EQ(text, "by tag");
  }
}

void probe_sees_order_and_size(Communicator& comm) {
  const Rank right((comm.rank().value + 1) % comm.size());
  const Rank left((comm.rank().value + comm.size() - 1) % comm.size());
  for (std::int32_t i = 0; i < 10; ++i) {
    comm.send(right, kTag, std::vector<std::int32_t>(static_cast<std::size_t>(i), i));
  }
  comm.send(right, kOtherTag, std::array<std::int32_t, 1>{comm.rank().value});

  // By tag, past the earlier ones.
  Envelope other = comm.probe(std::nullopt, kOtherTag);
  EXPECT_EQ(other.from(), left);
  EXPECT_EQ(comm.recv_values<std::int32_t>(std::move(other)), std::vector<std::int32_t>{left.value});
  for (std::int32_t i = 0; i < 9; ++i) {
    Envelope envelope = i % 2 == 0 ? comm.probe() : comm.probe(left, kTag);
    EXPECT_EQ(envelope.tag(), kTag);
    EXPECT_EQ(envelope.num_bytes(), static_cast<std::uint64_t>(i) * sizeof(std::int32_t));
    const auto values = comm.recv_values<std::int32_t>(std::move(envelope));
    EXPECT_EQ(values, std::vector<std::int32_t>(static_cast<std::size_t>(i), i));
  }
  // The last one is dropped unread, and nothing is left.
  { const Envelope dropped = comm.probe(); }
  comm.barrier();
  EXPECT_FALSE(comm.try_probe().has_value());
}

// A message longer than a piece is several to a probe: each as long as a piece but the last, in order, and those of two
// senders may come in turns.
void probes_find_the_pieces_of_long_messages(Communicator& comm) {
  constexpr std::size_t kNumBytes = 5000;
  const auto bytes_of_rank = [](std::int32_t rank) {
    std::vector<std::byte> bytes(kNumBytes);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      bytes[i] = static_cast<std::byte>((i * 7 + static_cast<std::size_t>(rank)) % 253);
    }
    return bytes;
  };
  const Rank right((comm.rank().value + 1) % comm.size());
  const Rank left((comm.rank().value + comm.size() - 1) % comm.size());
  const auto mine = bytes_of_rank(comm.rank().value);
  Request to_right = comm.isend_bytes(right, kTag, mine);
  Request to_left = comm.isend_bytes(left, kTag, mine);
  std::map<std::int32_t, std::vector<std::byte>> arrived;
  for (std::size_t total = 0; total < 2 * kNumBytes;) {
    Envelope envelope = comm.probe(std::nullopt, kTag);
    auto& of_sender = arrived[envelope.from().value];
    const std::uint64_t rest_of_message = kNumBytes - of_sender.size() % kNumBytes;
    EXPECT_EQ(envelope.num_bytes(), std::min<std::uint64_t>(comm.piece_bytes(), rest_of_message));
    const auto piece = comm.recv(std::move(envelope));
    of_sender.insert(of_sender.end(), piece.begin(), piece.end());
    total += piece.size();
  }
  for (const auto& [from, bytes] : arrived) {
    const auto once = bytes_of_rank(from);
    auto expected = once;
    if (left == right) { expected.insert(expected.end(), once.begin(), once.end()); }
    EXPECT_EQ(bytes, expected) << from;
  }
  EXPECT_EQ(arrived.size(), left == right ? 1U : 2U);
  to_right.wait();
  to_left.wait();
}

void two_probed_messages_are_read_in_any_order(Communicator& comm) {
  const Rank right((comm.rank().value + 1) % comm.size());
  comm.send(right, kTag, std::string("first"));
  comm.send(right, kTag, std::string("second"));
  Envelope first = comm.probe();
  Envelope second = comm.probe();
  const auto second_bytes = comm.recv(std::move(second));
  const auto first_bytes = comm.recv(std::move(first));
  EXPECT_EQ(second_bytes.size(), 6U);
  EXPECT_EQ(first_bytes.size(), 5U);
}

void invalid_arguments_throw(Communicator& comm) {
  EXPECT_EQ(error_of([&] { comm.send(Rank(comm.size()), kTag, std::string("x")); }).code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(error_of([&] { comm.send(Rank(0), Tag{-1}, std::string("x")); }).code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(error_of([&] { comm.send(Rank(0), Tag{kMaxTag + 1}, std::string("x")); }).code,
      ErrorCode::kInvalidArgument);
}

void wrong_size_is_an_error(Communicator& comm) {
  const Rank right((comm.rank().value + 1) % comm.size());
  const Rank left((comm.rank().value + comm.size() - 1) % comm.size());
  std::array<std::byte, 8> buffer{};
  Request receive = comm.irecv(left, kTag, buffer);
  comm.send(right, kTag, std::string("short"));
  EXPECT_EQ(error_of([&] { receive.wait(); }).code, ErrorCode::kCommunication);
  EXPECT_TRUE(receive.is_done());
  comm.send(right, kTag, std::string("nine byte"));
  EXPECT_EQ(error_of([&] { comm.recv_into(left, kTag, buffer); }).code, ErrorCode::kCommunication);
}

void cancelled_receive_leaves_the_buffer(Communicator& comm) {
  const Rank right((comm.rank().value + 1) % comm.size());
  const Rank left((comm.rank().value + comm.size() - 1) % comm.size());
  std::vector<double> abandoned(500, -1.0);
  Request receive = comm.irecv(left, kTag, abandoned);
  EXPECT_FALSE(receive.test());
  receive.cancel();
  EXPECT_TRUE(receive.is_done());
  {
    const Request destroyed = comm.irecv(left, kTag, abandoned);
  }
  comm.barrier();
  // The message now belongs to the next receive, not to one of the cancelled.
  std::vector<double> received(500);
  Request wanted = comm.irecv(left, kTag, received);
  comm.send(right, kTag, values_of(comm.rank().value, 500));
  wanted.wait();
  EXPECT_EQ(received, values_of(left.value, 500));
  EXPECT_EQ(abandoned, std::vector<double>(500, -1.0));
}

void barrier_waits_for_all(Communicator& comm) {
  // All ranks of these tests run on one machine and read one clock.
  const auto now = [] { return std::chrono::steady_clock::now().time_since_epoch().count(); };
  for (std::int32_t round = 0; round < 20; ++round) {
    // One rank comes late, after a message to itself.
    if (comm.rank().value == round % comm.size()) {
      comm.send(comm.rank(), kTag, std::string("x"));
      EXPECT_EQ(comm.recv(comm.probe()).size(), 1U);
    }
    const auto entered = now();
    if (round % 2 == 0) {
      comm.barrier();
    } else {
      comm.ibarrier().wait();
    }
    const auto left = now();
    EXPECT_LE(comm.all_reduce_max(entered), comm.all_reduce_min(left));
  }
}

void ibarrier_is_not_done_early(Communicator& comm) {
  if (comm.size() < 2) { return; }
  if (comm.rank() == Rank(0)) {
    // Told only after the others have looked.
    for (std::int32_t from = 1; from < comm.size(); ++from) {
      EXPECT_EQ(comm.recv(comm.probe(Rank(from), kTag)).size(), 0U);
    }
    comm.ibarrier().wait();
  } else {
    Request barrier = comm.ibarrier();
    for (int i = 0; i < 100; ++i) { EXPECT_FALSE(barrier.test()); }
    comm.send(Rank(0), kTag, std::string());
    barrier.wait();
  }
}

void broadcast_from_each_root(Communicator& comm) {
  for (std::int32_t root = 0; root < comm.size(); ++root) {
    for (const std::size_t length : kLengths) {
      auto values = comm.rank() == Rank(root) ? values_of(root, length) : std::vector<double>(length, -1.0);
      comm.broadcast(Rank(root), values);
      EXPECT_EQ(values, values_of(root, length));
      auto again = comm.rank() == Rank(root) ? values_of(root + 1, length) : std::vector<double>(length, -1.0);
      comm.ibroadcast(Rank(root), again).wait();
      EXPECT_EQ(again, values_of(root + 1, length));
    }
    EXPECT_EQ(comm.broadcast_value(Rank(root), comm.rank().value), root);
    std::string text = comm.rank() == Rank(root) ? "only the root knows how long" : "";
    comm.broadcast_resizing(Rank(root), text);
    EXPECT_EQ(text, "only the root knows how long");
  }
}

void broadcast_longer_than_a_segment(Communicator& comm) {
  const Rank root(comm.size() - 1);
  auto values = comm.rank() == root ? values_of(3, 200'001) : std::vector<double>(200'001);
  comm.broadcast(root, values);
  EXPECT_EQ(values, values_of(3, 200'001));
}

void reduce_to_each_root(Communicator& comm) {
  for (std::int32_t root = 0; root < comm.size(); ++root) {
    for (const std::size_t length : kLengths) {
      std::vector<double> result(comm.rank() == Rank(root) ? length : 0);
      comm.reduce(Rank(root), values_of(comm.rank().value, length), result, Sum{});
      if (comm.rank() == Rank(root)) { EXPECT_EQ(result, sum_over_ranks(comm.size(), length)); }
    }
    const std::vector<Affine> mine{affine_of(comm.rank().value, 1), affine_of(comm.rank().value, 2)};
    std::vector<Affine> result(2);
    comm.reduce(Rank(root), mine, result, Compose{});
    if (comm.rank() == Rank(root)) {
      EXPECT_EQ(result[0], compose_ranks(0, comm.size(), 1));
      EXPECT_EQ(result[1], compose_ranks(0, comm.size(), 2));
    }
  }
}

void all_reduce_of_any_length(Communicator& comm) {
  for (const std::size_t length : kLengths) {
    auto values = values_of(comm.rank().value, length);
    comm.all_reduce(values, Sum{});
    EXPECT_EQ(values, sum_over_ranks(comm.size(), length));
    auto again = values_of(comm.rank().value, length);
    Request request = comm.iall_reduce(again, Sum{});
    request.wait();
    EXPECT_EQ(again, sum_over_ranks(comm.size(), length));
  }
}

void all_reduce_operations(Communicator& comm) {
  const std::int32_t me = comm.rank().value;
  const std::int32_t p = comm.size();
  EXPECT_EQ(comm.all_reduce_sum(std::int64_t{me} << 33), (std::int64_t{p} * (p - 1) / 2) << 33);
  EXPECT_EQ(comm.all_reduce_min(me), 0);
  EXPECT_EQ(comm.all_reduce_max(me), p - 1);
  EXPECT_EQ(comm.all_reduce_value(me != 0, LogicalAnd{}), false);
  EXPECT_EQ(comm.all_reduce_value(me == 0, LogicalOr{}), true);
  EXPECT_EQ(comm.all_reduce_value(me >= 0, LogicalAnd{}), true);
  EXPECT_EQ(comm.all_reduce_value(me < 0, LogicalOr{}), false);
}

void combining_keeps_rank_order(Communicator& comm) {
  for (const std::size_t length : {std::size_t{1}, std::size_t{63}, std::size_t{500}, std::size_t{3001}}) {
    std::vector<Affine> values(length);
    for (std::size_t i = 0; i < length; ++i) { values[i] = affine_of(comm.rank().value, i); }
    auto scanned = values;
    comm.all_reduce(values, Compose{});
    comm.inclusive_scan(scanned, Compose{});
    for (std::size_t i = 0; i < length; ++i) {
      ASSERT_EQ(values[i], compose_ranks(0, comm.size(), i));
      ASSERT_EQ(scanned[i], compose_ranks(0, comm.rank().value + 1, i));
    }
  }
}

void floating_point_sums_are_bitwise_equal(Communicator& comm) {
  // Values of very different size, so that another order of additions gives another sum.
  const auto awkward = [](std::int32_t rank, std::size_t i) {
    return std::sin(static_cast<double>(i) + rank) * std::pow(10.0, (rank * 5) % 13);
  };
  for (const std::size_t length : {std::size_t{1}, std::size_t{100}, std::size_t{1000}, std::size_t{6007}}) {
    std::vector<double> values(length);
    for (std::size_t i = 0; i < length; ++i) { values[i] = awkward(comm.rank().value, i); }
    const auto original = values;
    comm.all_reduce(values, Sum{});
    auto of_first = values;
    comm.broadcast(Rank(0), of_first);
    EXPECT_EQ(values, of_first);

    // The same tree in every collective that combines, and for every length.
    std::vector<double> reduced(length);
    comm.reduce(Rank(comm.size() / 2), original, reduced, Sum{});
    if (comm.rank().value == comm.size() / 2) { EXPECT_EQ(reduced, values); }
    std::vector<std::uint64_t> counts(static_cast<std::size_t>(comm.size()),
        length / static_cast<std::size_t>(comm.size()));
    counts.back() += length % static_cast<std::size_t>(comm.size());
    const auto mine = comm.reduce_scatter(original, counts, Sum{});
    const std::size_t start = index(comm.rank()) * counts.front();
    EXPECT_TRUE(std::equal(mine.begin(), mine.end(), values.begin() + static_cast<std::ptrdiff_t>(start)));
    EXPECT_EQ(comm.all_reduce_sum(original.back()), values.back());
  }
}

void gather_equal_shares(Communicator& comm) {
  for (std::int32_t root = 0; root < comm.size(); ++root) {
    const auto ranks = comm.gather_value(Rank(root), comm.rank().value * 3);
    if (comm.rank() != Rank(root)) {
      EXPECT_TRUE(ranks.empty());
      continue;
    }
    ASSERT_EQ(ranks.size(), static_cast<std::size_t>(comm.size()));
    for (std::int32_t r = 0; r < comm.size(); ++r) { EXPECT_EQ(ranks[static_cast<std::size_t>(r)], r * 3); }
  }
}

// Rank r contributes (r * 417) % 1300 elements, so rank 0 none and some more than a piece.
std::size_t share_of(std::int32_t rank) { return static_cast<std::size_t>(rank * 417 % 1300); }

void expect_all_shares(const Gathered<double>& gathered, std::int32_t num_ranks) {
  ASSERT_EQ(gathered.counts.size(), static_cast<std::size_t>(num_ranks));
  std::vector<double> expected;
  for (std::int32_t r = 0; r < num_ranks; ++r) {
    EXPECT_EQ(gathered.counts[static_cast<std::size_t>(r)], share_of(r));
    const auto part = values_of(r, share_of(r));
    expected.insert(expected.end(), part.begin(), part.end());
  }
  EXPECT_EQ(gathered.values, expected);
}

void gather_unequal_shares(Communicator& comm) {
  const auto mine = values_of(comm.rank().value, share_of(comm.rank().value));
  for (std::int32_t root = 0; root < comm.size(); ++root) {
    const auto gathered = comm.gather_v(Rank(root), mine);
    if (comm.rank() == Rank(root)) {
      expect_all_shares(gathered, comm.size());
    } else {
      EXPECT_TRUE(gathered.values.empty());
    }
  }
  expect_all_shares(comm.all_gather_v(mine), comm.size());
  EXPECT_TRUE(comm.all_gather_v(std::vector<double>()).values.empty());
}

void all_gather_equal_shares(Communicator& comm) {
  for (const std::size_t length : kLengths) {
    const auto mine = values_of(comm.rank().value, length);
    std::vector<double> all(length * static_cast<std::size_t>(comm.size()));
    comm.all_gather_bytes(bytes_of(mine), writable_bytes_of(all));
    for (std::int32_t r = 0; r < comm.size(); ++r) {
      const auto begin = all.begin() + static_cast<std::ptrdiff_t>(length) * r;
      EXPECT_EQ(std::vector<double>(begin, begin + static_cast<std::ptrdiff_t>(length)), values_of(r, length));
    }
  }
}

void scatter_shares(Communicator& comm) {
  for (std::int32_t root = 0; root < comm.size(); ++root) {
    std::vector<double> all;
    std::vector<std::uint64_t> counts;
    if (comm.rank() == Rank(root)) {
      for (std::int32_t r = 0; r < comm.size(); ++r) {
        const auto part = values_of(r, share_of(r));
        all.insert(all.end(), part.begin(), part.end());
        counts.push_back(part.size());
      }
    }
    EXPECT_EQ(comm.scatter_v(Rank(root), all, counts), values_of(comm.rank().value, share_of(comm.rank().value)));

    std::vector<std::int32_t> numbers;
    for (std::int32_t i = 0; comm.rank() == Rank(root) && i < 2 * comm.size(); ++i) { numbers.push_back(i); }
    std::array<std::int32_t, 2> mine{};
    comm.scatter_bytes(Rank(root), bytes_of(numbers), writable_bytes_of(mine));
    EXPECT_EQ(mine[0], 2 * comm.rank().value);
    EXPECT_EQ(mine[1], 2 * comm.rank().value + 1);
  }
}

void all_to_all_equal_blocks(Communicator& comm) {
  for (const std::size_t length : {std::size_t{0}, std::size_t{1}, std::size_t{700}}) {
    const auto p = static_cast<std::size_t>(comm.size());
    std::vector<std::uint64_t> send(length * p);
    for (std::size_t to = 0; to < p; ++to) {
      for (std::size_t i = 0; i < length; ++i) {
        send[to * length + i] = index(comm.rank()) * 1'000'000 + to * 1000 + i;
      }
    }
    std::vector<std::uint64_t> received(length * p);
    comm.all_to_all(send, received);
    for (std::size_t from = 0; from < p; ++from) {
      for (std::size_t i = 0; i < length; ++i) {
        ASSERT_EQ(received[from * length + i], from * 1'000'000 + index(comm.rank()) * 1000 + i);
      }
    }
  }
}

void all_to_all_unequal_blocks(Communicator& comm) {
  // Rank r sends (r * 5 + to * 3) % 11 * 60 elements to rank `to`: some blocks are empty, some longer than a piece.
  const auto count_of = [](std::int32_t from, std::int32_t to) {
    return static_cast<std::uint64_t>((from * 5 + to * 3) % 11 * 60);
  };
  std::vector<std::int32_t> send;
  std::vector<std::uint64_t> counts;
  for (std::int32_t to = 0; to < comm.size(); ++to) {
    counts.push_back(count_of(comm.rank().value, to));
    for (std::uint64_t i = 0; i < counts.back(); ++i) {
      send.push_back(comm.rank().value * 100'000 + to * 10'000 + static_cast<std::int32_t>(i));
    }
  }
  const auto result = comm.all_to_all_v(send, counts);
  std::vector<std::int32_t> expected;
  for (std::int32_t from = 0; from < comm.size(); ++from) {
    EXPECT_EQ(result.counts[static_cast<std::size_t>(from)], count_of(from, comm.rank().value));
    for (std::uint64_t i = 0; i < count_of(from, comm.rank().value); ++i) {
      expected.push_back(from * 100'000 + comm.rank().value * 10'000 + static_cast<std::int32_t>(i));
    }
  }
  EXPECT_EQ(result.values, expected);
}

void everything_to_one_rank(Communicator& comm) {
  std::vector<std::uint64_t> counts(static_cast<std::size_t>(comm.size()));
  counts.back() = 3000;
  const auto result = comm.all_to_all_v(values_of(comm.rank().value, 3000), counts);
  EXPECT_EQ(result.values.size(), comm.rank().value + 1 == comm.size()
      ? 3000U * static_cast<std::size_t>(comm.size()) : 0U);
  for (std::size_t i = 0; i < result.values.size(); ++i) {
    ASSERT_EQ(result.values[i], value_of(static_cast<std::int32_t>(i / 3000), i % 3000));
  }
}

void reduce_scatter_uneven_blocks(Communicator& comm) {
  std::vector<std::uint64_t> counts;
  for (std::int32_t r = 0; r < comm.size(); ++r) { counts.push_back(share_of(r)); }
  const std::size_t total = std::accumulate(counts.begin(), counts.end(), std::size_t{0});
  const auto mine = comm.reduce_scatter(values_of(comm.rank().value, total), counts, Sum{});
  const auto sum = sum_over_ranks(comm.size(), total);
  const auto start = std::accumulate(counts.begin(), counts.begin() + comm.rank().value, std::ptrdiff_t{0});
  ASSERT_EQ(mine.size(), share_of(comm.rank().value));
  EXPECT_TRUE(std::equal(mine.begin(), mine.end(), sum.begin() + start));
}

void scans(Communicator& comm) {
  const std::int64_t me = comm.rank().value;
  std::array<std::int64_t, 2> values{me + 1, 1};
  comm.inclusive_scan(values, Sum{});
  EXPECT_EQ(values[0], (me + 1) * (me + 2) / 2);
  EXPECT_EQ(values[1], me + 1);
  EXPECT_EQ(comm.exclusive_scan_sum(me + 1), me * (me + 1) / 2);
  std::array<std::int64_t, 3> largest{me, -me, 5};
  comm.exclusive_scan(largest, std::int64_t{-99}, Max{});
  EXPECT_EQ(largest[0], me == 0 ? -99 : me - 1);
  EXPECT_EQ(largest[1], me == 0 ? -99 : 0);
  EXPECT_EQ(largest[2], me == 0 ? -99 : 5);
}

void neighbours_exchange_sparsely(Communicator& comm) {
  // Rank r sends to r + 1 (twice), to itself, and everybody to rank 0 nothing; lengths cross all limits inside.
  for (const std::size_t length : {std::size_t{0}, std::size_t{1}, std::size_t{120}, std::size_t{128},
      std::size_t{1000}}) {
    const auto to_right = values_of(comm.rank().value, length);
    const auto also_right = values_of(comm.rank().value + 50, length * 2);
    const auto to_self = values_of(comm.rank().value + 90, 3);
    const Rank right((comm.rank().value + 1) % comm.size());
    const Rank left((comm.rank().value + comm.size() - 1) % comm.size());
    std::vector<OutgoingMessage> outgoing;
    if (right != comm.rank()) {
      outgoing.push_back({right, bytes_of(to_right)});
      outgoing.push_back({right, bytes_of(also_right)});
    }
    outgoing.push_back({comm.rank(), bytes_of(to_self)});
    const auto incoming = comm.neighbour_exchange(outgoing);
    ASSERT_EQ(incoming.size(), outgoing.size());
    EXPECT_TRUE(std::ranges::is_sorted(incoming, {}, &IncomingMessage::from));
    std::vector<std::vector<std::byte>> from_left;
    for (const auto& message : incoming) {
      const auto self_bytes = bytes_of(to_self);
      if (message.from == comm.rank()) {
        EXPECT_TRUE(std::ranges::equal(message.bytes, self_bytes));
      } else {
        EXPECT_EQ(message.from, left);
        from_left.push_back(message.bytes);
      }
    }
    if (comm.size() > 1) {
      ASSERT_EQ(from_left.size(), 2U);
      const auto first = values_of(left.value, length);
      const auto second = values_of(left.value + 50, length * 2);
      EXPECT_TRUE(std::ranges::equal(from_left[0], bytes_of(first)));
      EXPECT_TRUE(std::ranges::equal(from_left[1], bytes_of(second)));
    }
  }
  EXPECT_TRUE(comm.neighbour_exchange({}).empty());
}

void all_ranks_raise_the_same_error(Communicator& comm) {
  comm.require_all_ok(std::nullopt, "doing nothing");
  std::optional<ErrorInfo> local;
  // The upper half fails; the lowest of them counts.
  const std::int32_t first_failed = comm.size() / 2;
  if (comm.rank().value >= first_failed) {
    local = UserError(ErrorCode::kFileNotFound, "file is missing", {{"file", "part-" + to_string(comm.rank())}}).info();
  }
  const ErrorInfo error = error_of([&] { comm.require_all_ok(local, "open input partition"); });
  EXPECT_EQ(error.code, ErrorCode::kFileNotFound);
  EXPECT_EQ(error.kind, ErrorKind::kUser);
  EXPECT_EQ(error.rank, first_failed);
  EXPECT_EQ(error.sentence, "file is missing");
  const std::vector<ErrorField> fields{{"file", "part-" + std::to_string(first_failed)}, {"doing",
      "open input partition"}};
  EXPECT_EQ(error.fields, fields);
  // All are still in step.
  EXPECT_EQ(comm.all_reduce_sum(1), comm.size());
}

void split_by_colour_and_key(Communicator& comm) {
  const std::int32_t color = comm.rank().value % 2;
  const auto half = comm.split(color, -comm.rank().value);
  ASSERT_NE(half, nullptr);
  const std::int32_t num_even = (comm.size() + 1) / 2;
  EXPECT_EQ(half->size(), color == 0 ? num_even : comm.size() - num_even);
  // The keys turn the order round.
  EXPECT_EQ(half->rank().value, half->size() - 1 - comm.rank().value / 2);
  const auto members = half->all_gather_value(comm.rank().value);
  EXPECT_TRUE(std::ranges::is_sorted(members, std::greater<>{}));
  EXPECT_EQ(half->topology().node_of_rank.size(), static_cast<std::size_t>(half->size()));

  const auto none_but_first = comm.split(comm.rank() == Rank(0) ? std::optional(0) : std::nullopt, 0);
  EXPECT_EQ(none_but_first != nullptr, comm.rank() == Rank(0));
  if (none_but_first) { EXPECT_EQ(none_but_first->size(), 1); }
}

void duplicates_do_not_mix_messages(Communicator& comm) {
  const auto other = comm.duplicate();
  EXPECT_EQ(other->rank(), comm.rank());
  EXPECT_EQ(other->piece_bytes(), comm.piece_bytes());
  const Rank right((comm.rank().value + 1) % comm.size());
  other->send(right, kTag, std::string("other"));
  comm.send(right, kTag, std::string("this"));
  EXPECT_EQ(comm.recv(comm.probe()).size(), 4U);
  EXPECT_EQ(other->recv(other->probe()).size(), 5U);
  comm.barrier();
  EXPECT_FALSE(comm.try_probe().has_value());
}

void non_blocking_collectives_overlap(Communicator& comm) {
  std::vector<double> first = values_of(comm.rank().value, 3000);
  std::array<double, 2> second{1.0, 2.0};
  std::vector<double> third = comm.rank() == Rank(0) ? values_of(9, 400) : std::vector<double>(400);
  Request one = comm.iall_reduce(first, Sum{});
  Request two = comm.iall_reduce(second, Max{});
  Request three = comm.ibroadcast(Rank(0), third);
  Request four = comm.ibarrier();
  // A blocking one in between, and waits in another order. Each wait only drives its own collective, so the ones
  // started first are driven along.
  while (!(one.test() & two.test() & three.test() & four.test())) {}
  EXPECT_EQ(comm.all_reduce_sum(1), comm.size());
  EXPECT_EQ(first, sum_over_ranks(comm.size(), 3000));
  EXPECT_EQ(second[1], 2.0);
  EXPECT_EQ(third, values_of(9, 400));
}

void poison_ends_waits_and_frees_buffers(Communicator& comm) {
  const auto group = comm.duplicate();
  const auto child = group->duplicate();
  std::vector<double> buffer(100, -1.0);
  std::vector<double> also_buffer(100, -1.0);
  {
    // From the wait hook, while inside a wait that nobody will end.
    const auto previous = set_wait_hook([&] {
      group->poison(ResourceError(ErrorCode::kLostRank, "rank is gone", {{"rank", "5"}}).info());
    });
    Request never = group->irecv(Rank(0), kTag, also_buffer);
    EXPECT_EQ(error_of([&] { group->recv_into(Rank(0), kTag, buffer); }).code, ErrorCode::kLostRank);
    EXPECT_EQ(error_of([&] { never.wait(); }).code, ErrorCode::kLostRank);
    EXPECT_TRUE(never.is_done());
    set_wait_hook(previous);
  }
  EXPECT_EQ(error_of([&] { group->barrier(); }).sentence, "rank is gone");
  EXPECT_EQ(error_of([&] { static_cast<void>(group->all_reduce_sum(1)); }).code, ErrorCode::kLostRank);
  EXPECT_EQ(error_of([&] { static_cast<void>(group->try_probe()); }).code, ErrorCode::kLostRank);
  EXPECT_EQ(error_of([&] { child->barrier(); }).code, ErrorCode::kLostRank);
  // The parent is healthy.
  EXPECT_EQ(comm.all_reduce_sum(1), comm.size());
  EXPECT_EQ(buffer, std::vector<double>(100, -1.0));
  EXPECT_EQ(also_buffer, std::vector<double>(100, -1.0));
}

void waits_time_out(Communicator& comm) {
  const auto group = comm.duplicate();
  group->set_timeout(20ms);
  std::array<double, 4> buffer{};
  const Rank left((comm.rank().value + comm.size() - 1) % comm.size());
  const auto start = std::chrono::steady_clock::now();
  const ErrorInfo error = error_of([&] { group->recv_into(left, kTag, buffer); });
  EXPECT_GE(std::chrono::steady_clock::now() - start, 20ms);
  EXPECT_EQ(error.code, ErrorCode::kTimeout);
  EXPECT_EQ(error.kind, ErrorKind::kResource);
  EXPECT_EQ(error.fields.at(0), ErrorField("operation", "receive"));
  EXPECT_EQ(error.fields.at(1), ErrorField("peer", to_string(left)));
  comm.barrier();
}

void the_wait_hook_serves_others(Communicator& comm) {
  // Rank 0 sits in a barrier that the others enter only once it has answered them from its hook.
  const auto control = comm.duplicate();
  if (comm.size() < 2) { return; }
  if (comm.rank() == Rank(0)) {
    std::int32_t num_answers = 0;
    bool inside = false;
    set_wait_hook([&] {
      EXPECT_FALSE(inside) << "the hook was called from inside itself";
      inside = true;
      while (auto envelope = control->try_probe()) {
        const Rank from = envelope->from();
        static_cast<void>(control->recv(std::move(*envelope)));
        // Long enough to wait for its receiver, so that there is a wait inside the hook.
        control->send(from, kTag, std::vector<double>(1000));
        ++num_answers;
      }
      inside = false;
    });
    comm.barrier();
    set_wait_hook(nullptr);
    EXPECT_EQ(num_answers, comm.size() - 1);
  } else {
    control->send(Rank(0), kTag, std::string("question"));
    std::vector<double> answer(1000, 1.0);
    control->recv_into(Rank(0), kTag, answer);
    EXPECT_EQ(answer.back(), 0.0);
    comm.barrier();
  }
}

void hook_errors_leave_the_wait(Communicator& comm) {
  const auto group = comm.duplicate();
  set_wait_hook([] { throw Cancelled("job was cancelled"); });
  std::vector<double> buffer(10, -1.0);
  EXPECT_EQ(error_of([&] { group->recv_into(Rank(0), kTag, buffer); }).code, ErrorCode::kCancelled);
  set_wait_hook(nullptr);
  comm.barrier();
}

void counters_count(Communicator& comm) {
  const auto fresh = comm.duplicate();
  EXPECT_EQ(fresh->counters().total().num_calls, 0U);
  const Rank right((comm.rank().value + 1) % comm.size());
  Request send = fresh->isend(right, kTag, std::vector<std::byte>(10));
  EXPECT_EQ(fresh->recv(fresh->probe()).size(), 10U);
  send.wait();
  static_cast<void>(fresh->all_reduce_sum(1.0));
  const Counters counters = fresh->counters();
  EXPECT_EQ(counters.of(OperationKind::kSend).num_calls, 1U);
  EXPECT_EQ(counters.of(OperationKind::kSend).num_messages, 1U);
  EXPECT_EQ(counters.of(OperationKind::kSend).num_bytes, 10U);
  EXPECT_EQ(counters.of(OperationKind::kReceive).num_bytes, 10U);
  EXPECT_EQ(counters.of(OperationKind::kAllReduce).num_calls, 1U);
  if (comm.size() == 2) {
    EXPECT_EQ(counters.of(OperationKind::kAllReduce).num_messages, 1U);
    EXPECT_EQ(counters.of(OperationKind::kAllReduce).num_bytes, 8U);
  }
  EXPECT_NE(to_string(counters).find("send: 1 calls, 1 messages, 10 bytes"), std::string::npos);
  comm.barrier();
}

void window_is_read_in_place(Communicator& comm) {
  constexpr std::uint64_t kBytes = 1 << 20;
  SharedWindow window(comm, kBytes);
  ASSERT_TRUE(window.has_peer(comm.rank()));
  EXPECT_EQ(window.size(), kBytes);
  auto* mine = reinterpret_cast<double*>(window.base());
  const auto values = values_of(comm.rank().value, 5000);
  std::ranges::copy(values, mine);
  comm.barrier();
  for (const Rank peer : comm.topology().ranks_on_my_node) {
    ASSERT_TRUE(window.has_peer(peer));
    EXPECT_EQ(window.size_of(peer), kBytes);
    const auto* theirs = reinterpret_cast<const double*>(window.base_of(peer));
    EXPECT_TRUE(std::ranges::equal(std::span(theirs, 5000), values_of(peer.value, 5000)));
  }
  comm.barrier();
  // Released pages read as zeros, for the peers as well.
  window.release(4096, 8192);
  comm.barrier();
  const Rank peer = comm.topology().ranks_on_my_node.back();
  const auto* theirs = reinterpret_cast<const double*>(window.base_of(peer));
  EXPECT_EQ(theirs[511], value_of(peer.value, 511));
  EXPECT_EQ(theirs[512], 0.0);
  EXPECT_EQ(theirs[1535], 0.0);
  EXPECT_EQ(theirs[1536], value_of(peer.value, 1536));
  comm.barrier();
}

void windows_may_be_empty(Communicator& comm) {
  const SharedWindow window(comm, comm.rank() == Rank(0) ? 0 : 100);
  EXPECT_EQ(window.size_of(Rank(0)), 0U);
  comm.barrier();
}

}  // namespace

const std::vector<CommunicatorCase>& communicator_cases() {
  static const std::vector<CommunicatorCase> cases = {
      {"ring_of_sends", ring_of_sends},
      {"blocking_send_and_receive", blocking_send_and_receive},
      {"probe_sees_order_and_size", probe_sees_order_and_size},
      {"probes_find_the_pieces_of_long_messages", probes_find_the_pieces_of_long_messages},
      {"two_probed_messages_are_read_in_any_order", two_probed_messages_are_read_in_any_order},
      {"invalid_arguments_throw", invalid_arguments_throw},
      {"wrong_size_is_an_error", wrong_size_is_an_error},
      {"cancelled_receive_leaves_the_buffer", cancelled_receive_leaves_the_buffer},
      {"barrier_waits_for_all", barrier_waits_for_all},
      {"ibarrier_is_not_done_early", ibarrier_is_not_done_early},
      {"broadcast_from_each_root", broadcast_from_each_root},
      {"broadcast_longer_than_a_segment", broadcast_longer_than_a_segment},
      {"reduce_to_each_root", reduce_to_each_root},
      {"all_reduce_of_any_length", all_reduce_of_any_length},
      {"all_reduce_operations", all_reduce_operations},
      {"combining_keeps_rank_order", combining_keeps_rank_order},
      {"floating_point_sums_are_bitwise_equal", floating_point_sums_are_bitwise_equal},
      {"gather_equal_shares", gather_equal_shares},
      {"gather_unequal_shares", gather_unequal_shares},
      {"all_gather_equal_shares", all_gather_equal_shares},
      {"scatter_shares", scatter_shares},
      {"all_to_all_equal_blocks", all_to_all_equal_blocks},
      {"all_to_all_unequal_blocks", all_to_all_unequal_blocks},
      {"everything_to_one_rank", everything_to_one_rank},
      {"reduce_scatter_uneven_blocks", reduce_scatter_uneven_blocks},
      {"scans", scans},
      {"neighbours_exchange_sparsely", neighbours_exchange_sparsely},
      {"all_ranks_raise_the_same_error", all_ranks_raise_the_same_error},
      {"split_by_colour_and_key", split_by_colour_and_key},
      {"duplicates_do_not_mix_messages", duplicates_do_not_mix_messages},
      {"non_blocking_collectives_overlap", non_blocking_collectives_overlap},
      {"poison_ends_waits_and_frees_buffers", poison_ends_waits_and_frees_buffers},
      {"waits_time_out", waits_time_out},
      {"the_wait_hook_serves_others", the_wait_hook_serves_others},
      {"hook_errors_leave_the_wait", hook_errors_leave_the_wait},
      {"counters_count", counters_count},
      {"window_is_read_in_place", window_is_read_in_place},
      {"windows_may_be_empty", windows_may_be_empty},
  };
  return cases;
}

}  // namespace hammerscale::comm
