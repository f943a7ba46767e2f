#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "hammerscale/base/error.hpp"
#include "hammerscale/base/id.hpp"
#include "hammerscale/comm/communicator.hpp"
#include "hammerscale/comm/shared_window.hpp"
#include "hammerscale/shuffle/shuffle_store.hpp"
#include "hammerscale/shuffle/shuffle_transport.hpp"
#include "hammerscale/storage/buffer_pool.hpp"
#include "hammerscale/storage/spill_file.hpp"
#include "shuffle/control_channel.hpp"
#include "shuffle/map_output_server.hpp"
#include "shuffle/remote_fetch.hpp"

namespace hammerscale::shuffle {

struct ExchangeOptions {
  /// Longest message; at most the communicator's piece_bytes().
  std::uint64_t piece_bytes = std::uint64_t{1} << 20;
  /// Pieces of one input that may be under way or unread; at least 1.
  std::uint32_t pieces_in_flight = 8;
  /// Whether memory of executors of this node is read where it lies; for tests and comparisons.
  bool read_in_place = true;
};

/// Bytes of map output, before compression, that readers of this executor were given, by the way they came.
struct ExchangeCounters {
  std::uint64_t in_place_bytes = 0;
  std::uint64_t streamed_bytes = 0;
  std::uint64_t prefetched_bytes = 0;  ///< Streamed before the reader asked.
};

/// Brings map output from other executors, and serves theirs.
///
/// A reader asks a source for what some map partitions wrote for one reduce partition. The answer, a directory, names
/// the segments and how each comes: in place, when it lies in a window of the same node (the source keeps it until the
/// reader is done), or streamed. For a streamed one the reader posts a receive into pool memory and grants the source
/// one piece; so memory for every byte under way is there before it is sent, and nothing is buffered inside MPI.
///
/// Executor i is rank i. All communication happens in poll(), on the thread that owns MPI; task threads hand it work
/// and wait. Destroy it on that thread, after every input of it.
class ExchangeTransport final : public ShuffleTransport {
 public:
  /// @param executors         a communicator of its own.
  /// @param window            the arena of the pool, shared among the executors of a node; nullptr where there is none.
  /// @param wake_main_thread  ends the sleep of the thread that calls poll(). Called on any thread.
  ExchangeTransport(std::shared_ptr<comm::Communicator> executors, ShuffleStore& store,
                    const storage::SpillFile& spill_file, storage::BufferPool pool, const comm::SharedWindow* window,
                    ExecutorId self, std::function<void()> wake_main_thread, ExchangeOptions options = {});
  ~ExchangeTransport() override;

  /// The result's calls throw ResourceError kMissingInput, retryable, when the source lacks an output;
  /// ResourceError kOutOfMemory when not even one segment has room; what the source met when it read spilled output.
  std::unique_ptr<RemoteInput> open(ShuffleId shuffle, ExecutorId source, std::uint32_t partition,
                                    std::vector<std::uint32_t> map_partitions) override;

  /// Asks a source on another node for what a finished map partition wrote for reduce partitions that will be read
  /// here. What arrives waits in pool memory for open(); where memory is short it is forgotten and comes later. Does
  /// nothing for a source whose memory is read in place. Any thread.
  void prefetch(ShuffleId shuffle, ExecutorId source, std::uint32_t map_partition,
                const std::vector<std::uint32_t>& partitions);
  /// Forgets what was prefetched. Any thread.
  void drop(ShuffleId shuffle);

  /// Sends what was asked for, serves the requests of others and takes what has arrived. Never waits.
  /// True if anything happened. A call out of itself, by a wait hook, does nothing.
  /// @throws what the communicator throws; call fail() with it then.
  bool poll();

  /// Every open input, and each that is opened later, throws this. Any thread.
  void fail(const ErrorInfo& error);

  /// Any thread.
  [[nodiscard]] ExchangeCounters counters() const;

 private:
  class Input;
  using FetchPtr = std::shared_ptr<RemoteFetch>;
  using PrefetchKey = std::tuple<ShuffleId, ExecutorId, std::uint32_t, std::uint32_t>;  // ..., partition, map.
  enum class Wish : std::uint8_t { kRequest, kPost, kRelease };
  struct Command {
    Wish wish;
    FetchPtr fetch;
  };
  struct PostedReceive {
    FetchPtr fetch;  // Keeps the memory that is received into.
    std::uint64_t num_bytes = 0;
    comm::Request receive;
  };

  FetchPtr make_fetch(ShuffleId shuffle, ExecutorId source, std::uint32_t partition,
                      std::vector<std::uint32_t> map_partitions, RemoteFetch::Owner owner);
  [[nodiscard]] bool reads_in_place(ExecutorId source) const;
  [[nodiscard]] bool may_look_ahead(std::uint64_t num_bytes) const;
  std::uint64_t reclaim_prefetched(std::uint64_t wanted);
  void push(Wish wish, const FetchPtr& fetch);
  void push(std::vector<Command> commands);

  bool take_commands();
  void take_record(Rank from, RecordKind kind, ControlChannel::Words words);
  void take_directory(const FetchPtr& fetch, ControlChannel::Words words);
  bool grant_prefetch(RemoteFetch& fetch);
  void forget_prefetch(const RemoteFetch& fetch);
  bool take_pieces();
  bool post_receives();
  void queue_for_posting(const FetchPtr& fetch);
  void release_at_source(RemoteFetch& fetch);

  std::shared_ptr<comm::Communicator> comm_;
  storage::BufferPool pool_;
  const comm::SharedWindow* window_;
  const ExecutorId self_;
  const std::function<void()> wake_main_thread_;
  const ExchangeOptions options_;
  const std::shared_ptr<std::atomic<std::uint64_t>> granted_bytes_;

  // Main thread only.
  ControlChannel control_;
  MapOutputServer server_;
  std::vector<std::deque<PostedReceive>> receives_;  // By source, in the order of the grants.
  std::deque<FetchPtr> posting_;                      // Those that may have a piece to post; served in turn.
  bool polling_ = false;

  // Guards what follows. Nothing is allocated from the pool while it is held, because a reclaimer takes it.
  mutable std::mutex mutex_;
  std::unordered_map<std::uint64_t, FetchPtr> fetches_;  // By id.
  std::map<PrefetchKey, FetchPtr> prefetched_;
  std::vector<Command> commands_;
  std::optional<ErrorInfo> failure_;
  std::uint64_t next_id_ = 0;

  std::atomic<bool> has_commands_{false};
  std::atomic<std::uint64_t> in_place_bytes_{0};
  std::atomic<std::uint64_t> streamed_bytes_{0};
  std::atomic<std::uint64_t> prefetched_bytes_{0};
  storage::ReclaimerHandle reclaimer_;  // Last, so that it ends before what it uses.
};

}  // namespace hammerscale::shuffle
