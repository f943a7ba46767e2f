#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "hammerscale/comm/communicator.hpp"
#include "hammerscale/storage/scratch.hpp"
#include "shuffle/exchange_transport.hpp"

namespace hammerscale::shuffle {

/// What one run of the exchange test looks like; equal on all ranks.
struct ExchangeCase {
  std::string name;
  ExchangeOptions options = {};
  std::uint64_t budget_bytes = std::uint64_t{64} << 20;
  std::uint32_t num_maps = 9;             ///< Map partitions; executor i has those that are i modulo the ranks.
  std::uint32_t num_partitions = 5;       ///< Reduce partitions; each rank reads all of them.
  std::uint64_t elements_per_map = 4000;  ///< Of 8 bytes, over all partitions.
  std::uint64_t giant_bytes = 0;          ///< Length of one more element in every output; 0: none.
  bool use_window = true;
  bool spill = false;                     ///< Outputs of odd map partitions lie in the spill file.
  bool prefetch = false;                  ///< Every other output is asked for ahead.
};

/// One rank with its store, pool and transport.
class ExchangeRank {
 public:
  ExchangeRank(comm::Communicator& world, const ExchangeOptions& options, std::uint64_t budget_bytes, bool use_window);

  /// Polls until `done` is true on all ranks. Collective.
  void poll_until_all(const std::function<bool()>& done);

  comm::Communicator& world;
  std::unique_ptr<comm::SharedWindow> window;
  std::unique_ptr<storage::BufferPool> pool;
  std::unique_ptr<storage::Scratch> scratch;
  std::unique_ptr<storage::SpillFile> spill_file;
  std::unique_ptr<ShuffleStore> store;
  std::unique_ptr<ExchangeTransport> transport;
};

/// Drops the shuffle and polls until all memory is back; fails when some is not. Collective, after all have read.
void expect_nothing_held(ExchangeRank& rank, ShuffleId shuffle);

/// Every rank writes its map outputs, reads all partitions of all map partitions on two threads while its main thread
/// polls, and checks bytes, counts and order. Collective.
/// @return what this rank's readers were given.
ExchangeCounters run_exchange_case(comm::Communicator& world, const ExchangeCase& test_case);

}  // namespace hammerscale::shuffle
