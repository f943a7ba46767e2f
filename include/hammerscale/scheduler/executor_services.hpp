#pragma once

#include <cstdint>

#include "hammerscale/base/id.hpp"
#include "hammerscale/shuffle/shuffle_store.hpp"
#include "hammerscale/shuffle/shuffle_transport.hpp"
#include "hammerscale/storage/block_manager.hpp"
#include "hammerscale/storage/buffer_pool.hpp"
#include "hammerscale/storage/spill_file.hpp"

namespace hammerscale {

/// What an executor offers to its tasks. All of it may be used from any task thread; it outlives all tasks.
struct ExecutorServices {
  ExecutorId id;
  std::uint32_t num_task_threads;
  storage::BufferPool& pool;
  storage::BlockManager& blocks;
  storage::SpillFile& spill_file;
  shuffle::ShuffleStore& shuffle_store;
  shuffle::ShuffleTransport* transport;  ///< nullptr where there is one executor only.
};

}  // namespace hammerscale
