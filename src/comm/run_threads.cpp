#include "hammerscale/comm/run_threads.hpp"

#include <exception>
#include <mutex>
#include <thread>

#include "comm/communicator_core.hpp"
#include "comm/threads_backend.hpp"
#include "hammerscale/base/check.hpp"

namespace hammerscale::comm {

void run_threads(std::int32_t num_ranks, const std::function<void(Communicator&)>& body,
                 const RunThreadsOptions& options) {
  HS_CHECK(num_ranks >= 1);
  HS_CHECK(options.node_of_rank.empty() || options.node_of_rank.size() == static_cast<std::size_t>(num_ranks));
  std::vector<std::int32_t> node_ids = options.node_of_rank;
  if (node_ids.empty()) { node_ids.resize(static_cast<std::size_t>(num_ranks)); }
  const auto group = ThreadsBackend::make_outermost_group(num_ranks, options.fault_hook);

  // All exist before any thread starts, so that the first to fail can poison the others.
  std::vector<std::unique_ptr<Communicator>> communicators;
  for (std::int32_t rank = 0; rank < num_ranks; ++rank) {
    communicators.push_back(std::make_unique<Communicator>(
        std::make_shared<CommunicatorCore>(std::make_shared<ThreadsBackend>(group, rank),
                                           make_topology(node_ids, Rank(rank)), rank, options.piece_bytes)));
  }

  std::mutex mutex;
  std::exception_ptr first_failure;
  const auto run_rank = [&](std::size_t rank) {
    try {
      body(*communicators[rank]);
    } catch (...) {
      const std::lock_guard lock(mutex);
      if (first_failure) { return; }
      first_failure = std::current_exception();
      ErrorInfo error = describe_exception(first_failure);
      if (error.rank < 0) { error.rank = static_cast<std::int32_t>(rank); }
      for (const auto& communicator : communicators) { communicator->poison(error); }
    }
  };
  {
    std::vector<std::jthread> threads;
    for (std::size_t rank = 1; rank < communicators.size(); ++rank) { threads.emplace_back(run_rank, rank); }
    run_rank(0);
  }
  if (first_failure) { std::rethrow_exception(first_failure); }
}

std::shared_ptr<Communicator> make_single_communicator(std::uint64_t piece_bytes) {
  return std::make_shared<Communicator>(std::make_shared<CommunicatorCore>(
      std::make_shared<ThreadsBackend>(ThreadsBackend::make_outermost_group(1, nullptr), 0),
      make_topology({0}, Rank(0)), 0, piece_bytes));
}

}  // namespace hammerscale::comm
