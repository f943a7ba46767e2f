#include <gtest/gtest.h>

#include <atomic>
#include <tuple>

#include "comm/communicator_cases.hpp"
#include "hammerscale/comm/run_threads.hpp"

namespace hammerscale::comm {
namespace {

using namespace std::chrono_literals;

constexpr Tag kTag{3};

class CommunicatorThreads : public testing::TestWithParam<std::tuple<CommunicatorCase, std::int32_t>> {};

TEST_P(CommunicatorThreads, WithNormalPieces) {
  const auto& [test_case, num_ranks] = GetParam();
  run_threads(num_ranks, test_case.run);
}

TEST_P(CommunicatorThreads, WithSmallPieces) {
  const auto& [test_case, num_ranks] = GetParam();
  run_threads(num_ranks, test_case.run, {.piece_bytes = 1024});
}

TEST_P(CommunicatorThreads, WithSlowMessages) {
  const auto& [test_case, num_ranks] = GetParam();
  std::atomic<std::uint32_t> num_messages{0};
  RunThreadsOptions options;
  // Every seventh message is late, and all behind it with it.
  options.fault_hook = [&](const MessageInFlight&) {
    return MessageFate{.delay = num_messages.fetch_add(1) % 7 == 0 ? 50us : 0us};
  };
  run_threads(num_ranks, test_case.run, options);
}

INSTANTIATE_TEST_SUITE_P(All, CommunicatorThreads,
                         testing::Combine(testing::ValuesIn(communicator_cases()), testing::Values(1, 2, 3, 4, 7)),
                         [](const auto& instance) {
                           return std::string(std::get<0>(instance.param).name) + "_on_" +
                                  std::to_string(std::get<1>(instance.param));
                         });

TEST(RunThreads, FirstErrorEndsAllRanks) {
  std::atomic<int> num_poisoned{0};
  try {
    run_threads(4, [&](Communicator& comm) {
      if (comm.rank() == Rank(2)) { throw UserError(ErrorCode::kMalformedInput, "row is malformed", {{"row", "17"}}); }
      try {
        comm.duplicate()->barrier();
      } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::kMalformedInput);
        EXPECT_EQ(error.info().rank, 2);
        ++num_poisoned;
        throw;
      }
    });
    ADD_FAILURE() << "nothing was thrown";
  } catch (const UserError& error) {
    EXPECT_EQ(error.info().sentence, "row is malformed");
  }
  EXPECT_EQ(num_poisoned, 3);
}

TEST(RunThreads, PoisonReachesASleepingRank) {
  run_threads(2, [](Communicator& comm) {
    if (comm.rank() == Rank(0)) {
      std::byte byte{};
      Communicator* self = &comm;
      comm.send(Rank(1), kTag, std::as_bytes(std::span(&self, 1)));
      EXPECT_THROW(comm.recv_bytes_into(Rank(1), kTag, std::span(&byte, 1)), Cancelled);
    } else {
      Communicator* other = nullptr;
      comm.recv_bytes_into(Rank(0), kTag, std::as_writable_bytes(std::span(&other, 1)));
      other->poison(Cancelled("stopped from another thread").info());
    }
  });
}

TEST(RunThreads, TopologyIsWhatTheTestSays) {
  run_threads(
      5,
      [](Communicator& comm) {
        const Topology& topology = comm.topology();
        EXPECT_EQ(topology.num_nodes, 2);
        EXPECT_EQ(to_string(topology), "5 ranks on 2 nodes: [0 2 4] [1 3]");
        EXPECT_EQ(topology.my_index_on_node, comm.rank().value / 2);
        const auto node = comm.split(topology.my_node, comm.rank().value);
        EXPECT_EQ(node->topology().num_nodes, 1);
        EXPECT_EQ(node->size(), static_cast<std::int32_t>(topology.ranks_on_my_node.size()));
      },
      {.node_of_rank = {8, 4, 8, 4, 8}});
}

TEST(Faults, ALostMessageEndsInATimeoutThatNamesThePeer) {
  RunThreadsOptions options;
  options.fault_hook = [](const MessageInFlight& message) {
    return MessageFate{.dropped = message.from == Rank(1) && message.to == Rank(0) && !message.of_collective};
  };
  run_threads(
      2,
      [](Communicator& comm) {
        const auto group = comm.duplicate();
        group->set_timeout(20ms);
        double value = 1.0;
        if (comm.rank() == Rank(1)) {
          group->send(Rank(0), kTag, std::span(&value, 1));
        } else {
          try {
            group->recv_into(Rank(1), kTag, std::span(&value, 1));
            ADD_FAILURE() << "the message arrived";
          } catch (const ResourceError& error) {
            EXPECT_EQ(error.code(), ErrorCode::kTimeout);
            EXPECT_EQ(error.info().fields.at(1), ErrorField("peer", "1"));
          }
        }
        comm.barrier();
      },
      options);
}

TEST(Faults, ALostMessageInsideACollectiveEndsInATimeout) {
  for (const bool lose_large : {false, true}) {
    RunThreadsOptions options;
    options.fault_hook = [&](const MessageInFlight& message) {
      return MessageFate{.dropped = message.of_collective && message.from == Rank(2) &&
                                    (lose_large ? message.num_bytes > 1000 : message.num_bytes == 8)};
    };
    run_threads(
        3,
        [&](Communicator& comm) {
          comm.set_timeout(20ms);
          std::vector<double> values(lose_large ? 10'000 : 1, 1.0);
          try {
            comm.all_reduce(values, Sum{});
            // A rank whose messages all arrived is through.
          } catch (const ResourceError& error) {
            EXPECT_EQ(error.code(), ErrorCode::kTimeout);
            EXPECT_EQ(error.info().fields.at(0), ErrorField("operation", "all_reduce"));
          }
        },
        options);
  }
}

TEST(Faults, DelayedMessagesStayInOrder) {
  RunThreadsOptions options;
  options.fault_hook = [first = std::make_shared<std::atomic<bool>>(true)](const MessageInFlight& message) {
    const bool is_first = !message.of_collective && first->exchange(false);
    return MessageFate{.delay = is_first ? 5ms : 0ms};
  };
  run_threads(
      2,
      [](Communicator& comm) {
        if (comm.rank() == Rank(0)) {
          for (std::int32_t i = 0; i < 5; ++i) { comm.send(Rank(1), Tag{i}, std::span(&i, 1)); }
        } else {
          for (std::int32_t i = 0; i < 5; ++i) { EXPECT_EQ(comm.probe().tag(), Tag{i}); }
        }
      },
      options);
}

}  // namespace
}  // namespace hammerscale::comm
