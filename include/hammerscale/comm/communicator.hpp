#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hammerscale/base/check.hpp"
#include "hammerscale/base/error.hpp"
#include "hammerscale/comm/counters.hpp"
#include "hammerscale/comm/rank.hpp"
#include "hammerscale/comm/reduction.hpp"
#include "hammerscale/comm/request.hpp"
#include "hammerscale/comm/topology.hpp"

namespace hammerscale::comm {

class CommunicatorCore;

/// Longest piece in which a transfer travels. One giant transfer measured 2 to 6 times slower than pieces of this size.
inline constexpr std::uint64_t kDefaultPieceBytes = 64ULL << 20;

/// Bitwise elements one after another: vectors, arrays, spans; std::byte is as good as any.
template <typename Range>
concept BitwiseRange = std::ranges::contiguous_range<Range> && std::ranges::sized_range<Range> &&
                       Bitwise<std::ranges::range_value_t<Range>>;

/// The same, to write into.
template <typename Range>
concept MutableBitwiseRange =
    BitwiseRange<Range> && !std::is_const_v<std::remove_reference_t<std::ranges::range_reference_t<Range>>>;

template <BitwiseRange Range>
std::span<const std::byte> bytes_of(const Range& range) {
  return std::as_bytes(std::span(std::ranges::data(range), std::ranges::size(range)));
}

template <MutableBitwiseRange Range>
std::span<std::byte> writable_bytes_of(Range&& range) {
  return std::as_writable_bytes(std::span(std::ranges::data(range), std::ranges::size(range)));
}

/// A message that a probe has found and that now belongs to the holder of this envelope. Move-only. Receive it with
/// Communicator::recv; an envelope that is destroyed unread drops its message.
class Envelope {
 public:
  Envelope(std::shared_ptr<CommunicatorCore> core, Rank from, Tag tag, std::uint64_t num_bytes, std::uintptr_t message);
  Envelope(Envelope&& other) noexcept;
  Envelope& operator=(Envelope&& other) noexcept;
  ~Envelope();

  [[nodiscard]] Rank from() const noexcept { return from_; }
  [[nodiscard]] Tag tag() const noexcept { return tag_; }
  [[nodiscard]] std::uint64_t num_bytes() const noexcept { return num_bytes_; }

 private:
  friend class Communicator;
  void drop() noexcept;

  std::shared_ptr<CommunicatorCore> core_;  // null once received or moved from
  Rank from_;
  Tag tag_;
  std::uint64_t num_bytes_;
  std::uintptr_t message_;  // the backend's name for the matched message
};

/// Values of all ranks in rank order, and how many came from each.
template <typename T>
struct Gathered {
  std::vector<T> values;
  std::vector<std::uint64_t> counts;  ///< One per rank, in elements.
};

/// One message of a neighbour exchange, to be sent.
struct OutgoingMessage {
  Rank to;
  std::span<const std::byte> bytes;
};

/// One message of a neighbour exchange, received.
struct IncomingMessage {
  Rank from;
  std::vector<std::byte> bytes;
};

/// A group of ranks that exchange messages, apart from all other groups. The only door to MPI.
///
/// Two backends with one behaviour: MPI processes, and threads of one process. Collectives are written once on top of
/// point-to-point messages, so both combine values in the same order, and both can be poisoned and timed out.
///
/// One thread drives a communicator; over MPI it is the same thread for all of them, the one that made the Environment.
/// poison() alone may come from any thread. Every wait climbs the WaitLadder and calls the thread's wait hook.
/// Collectives must be entered by all ranks in the same order, with equal sizes where the text says so.
///
/// After an error thrown by a collective or a wait, the state between the ranks is unknown: agree by other means, then
/// split a fresh communicator from a healthy parent.
class Communicator {
 public:
  explicit Communicator(std::shared_ptr<CommunicatorCore> core);
  ~Communicator();
  Communicator(const Communicator&) = delete;
  Communicator& operator=(const Communicator&) = delete;

  [[nodiscard]] Rank rank() const noexcept { return rank_; }
  [[nodiscard]] std::int32_t size() const noexcept { return size_; }
  [[nodiscard]] const Topology& topology() const noexcept;
  /// Transfers are cut into pieces of this size, and a message found by a probe is no longer than it.
  [[nodiscard]] std::uint64_t piece_bytes() const noexcept;

  // ---- Point to point -------------------------------------------------------------------------------------------

  /// Sends and waits until the bytes may be overwritten. Small messages do not wait for the receiver.
  void send_bytes(Rank to, Tag tag, std::span<const std::byte> bytes);
  /// Starts a send; the bytes must stay as they are until the request is done.
  Request isend_bytes(Rank to, Tag tag, std::span<const std::byte> bytes);
  /// Starts a receive of exactly buffer.size() bytes. Messages of one sender and tag arrive in the order sent.
  Request irecv_bytes(Rank from, Tag tag, std::span<std::byte> buffer);
  /// Receives exactly buffer.size() bytes and waits for them.
  void recv_bytes_into(Rank from, Tag tag, std::span<std::byte> buffer);

  template <BitwiseRange Range>
  void send(Rank to, Tag tag, const Range& values) {
    send_bytes(to, tag, bytes_of(values));
  }
  template <BitwiseRange Range>
  Request isend(Rank to, Tag tag, const Range& values) {
    return isend_bytes(to, tag, bytes_of(values));
  }
  template <MutableBitwiseRange Range>
  Request irecv(Rank from, Tag tag, Range&& values) {
    return irecv_bytes(from, tag, writable_bytes_of(values));
  }
  template <MutableBitwiseRange Range>
  void recv_into(Rank from, Tag tag, Range&& values) {
    recv_bytes_into(from, tag, writable_bytes_of(values));
  }

  /// Takes the oldest message that fits, without waiting. nullopt stands for any rank or any tag. Only for messages of
  /// at most piece_bytes(): a longer one is several messages, for irecv and recv_into, and must have a tag of its own.
  std::optional<Envelope> try_probe(std::optional<Rank> from = std::nullopt, std::optional<Tag> tag = std::nullopt);
  /// Waits for such a message.
  Envelope probe(std::optional<Rank> from = std::nullopt, std::optional<Tag> tag = std::nullopt);
  /// The bytes of a probed message.
  std::vector<std::byte> recv(Envelope envelope);
  /// The same into a buffer of exactly envelope.num_bytes() bytes.
  void recv_bytes_into(Envelope envelope, std::span<std::byte> buffer);
  /// A probed message as elements of T.
  /// @throws ResourceError kCommunication  its length is no multiple of sizeof(T).
  template <Bitwise T>
  std::vector<T> recv_values(Envelope envelope) {
    require_multiple(envelope.num_bytes(), sizeof(T));
    std::vector<T> values(envelope.num_bytes() / sizeof(T));
    recv_bytes_into(std::move(envelope), writable_bytes_of(values));
    return values;
  }

  // ---- Collectives ----------------------------------------------------------------------------------------------
  // p is size(), n the bytes involved. Combining functions must be associative; they are applied in rank order, in a
  // tree that only depends on p, the same one in reduce, all_reduce and reduce_scatter. So floating-point results are
  // bitwise equal on all ranks and from run to run for a given p.

  /// No rank leaves before all have entered. log p messages.
  void barrier();
  Request ibarrier();

  /// Copies the root's bytes to all ranks; equal sizes everywhere. log p messages deep, pieces overlap when large.
  void broadcast_bytes(Rank root, std::span<std::byte> bytes);
  Request ibroadcast_bytes(Rank root, std::span<std::byte> bytes);
  template <MutableBitwiseRange Range>
  void broadcast(Rank root, Range&& values) {
    broadcast_bytes(root, writable_bytes_of(values));
  }
  template <MutableBitwiseRange Range>
  Request ibroadcast(Rank root, Range&& values) {
    return ibroadcast_bytes(root, writable_bytes_of(values));
  }
  template <Bitwise T>
  [[nodiscard]] T broadcast_value(Rank root, T value) {
    broadcast_bytes(root, std::as_writable_bytes(std::span(&value, 1)));
    return value;
  }
  /// Broadcasts a vector or string whose length only the root knows; the others' is resized.
  template <typename Container>
    requires MutableBitwiseRange<Container&>
  void broadcast_resizing(Rank root, Container& values) {
    values.resize(broadcast_value(root, static_cast<std::uint64_t>(values.size())));
    broadcast(root, values);
  }

  /// Combines element by element onto the root. `result` is written on the root only and may be empty elsewhere.
  template <BitwiseRange Range, MutableBitwiseRange Result, typename Op>
  void reduce(Rank root, const Range& values, Result&& result, const Op& op) {
    using T = std::ranges::range_value_t<Range>;
    static_assert(std::is_same_v<T, std::ranges::range_value_t<Result>>);
    reduce_bytes(root, bytes_of(values), writable_bytes_of(result), make_combiner<T>(op));
  }

  /// Combines element by element; every rank gets the result in place. Recursive doubling for short vectors (no
  /// allocation up to 1 KiB), reduce-scatter and all-gather, 2 n bytes sent a rank, for long ones.
  template <MutableBitwiseRange Range, typename Op>
  void all_reduce(Range&& values, const Op& op) {
    all_reduce_bytes(writable_bytes_of(values), make_combiner<std::ranges::range_value_t<Range>>(op));
  }
  template <Bitwise T, typename Op>
  [[nodiscard]] T all_reduce_value(T value, const Op& op) {
    all_reduce_bytes(std::as_writable_bytes(std::span(&value, 1)), make_combiner<T>(op));
    return value;
  }
  template <Bitwise T>
  [[nodiscard]] T all_reduce_sum(T value) {
    return all_reduce_value(value, Sum{});
  }
  template <Bitwise T>
  [[nodiscard]] T all_reduce_min(T value) {
    return all_reduce_value(value, Min{});
  }
  template <Bitwise T>
  [[nodiscard]] T all_reduce_max(T value) {
    return all_reduce_value(value, Max{});
  }
  /// Non-blocking all_reduce; op is copied.
  template <MutableBitwiseRange Range, typename Op>
  Request iall_reduce(Range&& values, Op op) {
    auto kept = std::make_shared<const Op>(std::move(op));
    const Combiner combiner = make_combiner<std::ranges::range_value_t<Range>>(*kept);
    return iall_reduce_bytes(writable_bytes_of(values), combiner, std::move(kept));
  }

  /// Collects equally many bytes of each rank, in rank order, on the root; `all` may be empty elsewhere.
  void gather_bytes(Rank root, std::span<const std::byte> mine, std::span<std::byte> all);
  /// Collects any number of elements of each rank on the root; empty elsewhere. p messages at the root.
  template <BitwiseRange Range>
  Gathered<std::ranges::range_value_t<Range>> gather_v(Rank root, const Range& mine) {
    using T = std::ranges::range_value_t<Range>;
    return to_elements<T>([&](auto& sink) { gather_v_bytes(root, bytes_of(mine), sink); });
  }
  template <Bitwise T>
  [[nodiscard]] std::vector<T> gather_value(Rank root, const T& value) {
    std::vector<T> all(rank() == root ? static_cast<std::size_t>(size()) : 0);
    gather_bytes(root, std::as_bytes(std::span(&value, 1)), writable_bytes_of(all));
    return all;
  }

  /// Collects equally many bytes of each rank on all ranks: all.size() == p * mine.size().
  void all_gather_bytes(std::span<const std::byte> mine, std::span<std::byte> all);
  template <Bitwise T>
  [[nodiscard]] std::vector<T> all_gather_value(const T& value) {
    std::vector<T> all(static_cast<std::size_t>(size()));
    all_gather_bytes(std::as_bytes(std::span(&value, 1)), writable_bytes_of(all));
    return all;
  }
  /// Collects any number of elements of each rank on all ranks.
  template <BitwiseRange Range>
  Gathered<std::ranges::range_value_t<Range>> all_gather_v(const Range& mine) {
    using T = std::ranges::range_value_t<Range>;
    return to_elements<T>([&](auto& sink) { all_gather_v_bytes(bytes_of(mine), sink); });
  }

  /// Deals the root's bytes out in equal shares: all.size() == p * mine.size() on the root; `all` is ignored elsewhere.
  void scatter_bytes(Rank root, std::span<const std::byte> all, std::span<std::byte> mine);
  /// Deals the root's elements out, counts[r] of them to rank r, one after another; both are ignored elsewhere.
  template <BitwiseRange Range>
  std::vector<std::ranges::range_value_t<Range>> scatter_v(Rank root, const Range& all,
                                                           std::span<const std::uint64_t> counts) {
    using T = std::ranges::range_value_t<Range>;
    std::vector<T> mine(scatter_count(root, counts));
    scatter_v_bytes(root, bytes_of(all), counts, sizeof(T), writable_bytes_of(mine));
    return mine;
  }

  /// Block r of `send` goes to rank r; block r of `receive` came from rank r. Both have p blocks of equal size.
  void all_to_all_bytes(std::span<const std::byte> send, std::span<std::byte> receive);
  template <BitwiseRange Range, MutableBitwiseRange Result>
  void all_to_all(const Range& send, Result&& receive) {
    all_to_all_bytes(bytes_of(send), writable_bytes_of(receive));
  }

  /// The same with sizes of their own: send_bytes[r] bytes go to rank r, receive_bytes[r] come from it, packed one
  /// after another. Both sides know the sizes (see all_to_all). A few peers are in flight at a time, in shifted order.
  void all_to_all_v_bytes(std::span<const std::byte> send, std::span<const std::uint64_t> send_bytes,
                          std::span<std::byte> receive, std::span<const std::uint64_t> receive_bytes);
  /// Exchanges the counts first, then the elements: send_counts[r] elements go to rank r.
  template <BitwiseRange Range>
  Gathered<std::ranges::range_value_t<Range>> all_to_all_v(const Range& send,
                                                           std::span<const std::uint64_t> send_counts) {
    using T = std::ranges::range_value_t<Range>;
    Gathered<T> result;
    result.counts.resize(static_cast<std::size_t>(size()));
    all_to_all(send_counts, result.counts);
    std::uint64_t total = 0;
    for (const std::uint64_t count : result.counts) { total += count; }
    result.values.resize(total);
    all_to_all_v_bytes(bytes_of(send), in_bytes(send_counts, sizeof(T)), writable_bytes_of(result.values),
                       in_bytes(result.counts, sizeof(T)));
    return result;
  }

  /// Combines element by element; rank r gets the counts[r] elements of its block. values.size() is the sum of counts,
  /// which are equal on all ranks. Needs scratch of the size of values.
  template <BitwiseRange Range, typename Op>
  std::vector<std::ranges::range_value_t<Range>> reduce_scatter(const Range& values,
                                                                std::span<const std::uint64_t> counts, const Op& op) {
    using T = std::ranges::range_value_t<Range>;
    HS_CHECK(counts.size() == static_cast<std::size_t>(size()));
    std::vector<T> mine(counts[static_cast<std::size_t>(rank().value)]);
    reduce_scatter_bytes(bytes_of(values), counts, writable_bytes_of(mine), make_combiner<T>(op));
    return mine;
  }

  /// In place: element i becomes the combination of element i of ranks 0 .. rank().
  template <MutableBitwiseRange Range, typename Op>
  void inclusive_scan(Range&& values, const Op& op) {
    scan_bytes(writable_bytes_of(values), {}, make_combiner<std::ranges::range_value_t<Range>>(op));
  }
  /// In place: element i becomes the combination of element i of ranks 0 .. rank() - 1, and `first` on rank 0.
  template <MutableBitwiseRange Range, typename Op>
  void exclusive_scan(Range&& values, const std::ranges::range_value_t<Range>& first, const Op& op) {
    using T = std::ranges::range_value_t<Range>;
    scan_bytes(writable_bytes_of(values), std::as_bytes(std::span(&first, 1)), make_combiner<T>(op));
  }
  template <Bitwise T>
  [[nodiscard]] T exclusive_scan_sum(T value) {
    exclusive_scan(std::span(&value, 1), T{}, Sum{});
    return value;
  }

  /// Each rank sends to the few ranks it lists and receives from whoever listed it, without knowing them before.
  /// Several messages to one rank, empty ones and messages to itself are fine; lengths are not limited.
  /// @return sorted by sender, those of one sender in the order sent.
  /// Traffic   one reduce-scatter of p counts, then the messages themselves.
  std::vector<IncomingMessage> neighbour_exchange(std::span<const OutgoingMessage> outgoing);

  /// Collective. Returns when no rank has an error; else raises, on all ranks, the error of the lowest rank that has
  /// one, with its rank filled in and a field "doing" = what. One small all-reduce when all is well.
  void require_all_ok(const std::optional<ErrorInfo>& local_error, std::string_view what);

  // ---- Groups ---------------------------------------------------------------------------------------------------

  /// Collective. Ranks of equal color form a new communicator, ordered by (key, rank); nullopt joins none.
  /// The new one inherits the timeout and is poisoned together with this one.
  /// @return null where color is nullopt.
  std::shared_ptr<Communicator> split(std::optional<std::int32_t> color, std::int32_t key);
  /// Collective. The same ranks, apart from the messages of this one.
  std::shared_ptr<Communicator> duplicate();

  // ---- Behaviour ------------------------------------------------------------------------------------------------

  /// Waits that last longer throw ResourceError kTimeout, naming operation and peer. nullopt: for ever (default).
  void set_timeout(std::optional<std::chrono::nanoseconds> timeout);

  /// Makes every current and later wait of this rank on this communicator, and on those split from it, throw `error`.
  /// The first call wins. Any thread; a wait notices within 1 ms.
  void poison(ErrorInfo error);

  /// What this rank did so far. Local.
  [[nodiscard]] Counters counters() const;

  /// For other parts of comm.
  [[nodiscard]] const std::shared_ptr<CommunicatorCore>& core() const noexcept { return core_; }

 private:
  struct GatherSink {
    std::size_t element_bytes;
    // Told the bytes of each rank, returns the memory for all of them.
    std::span<std::byte> (*allocate)(void* target, std::span<const std::uint64_t> bytes_of_rank);
    void* target;
  };

  template <Bitwise T, typename Run>
  Gathered<T> to_elements(Run run) {
    Gathered<T> result;
    GatherSink sink{sizeof(T),
                    [](void* target, std::span<const std::uint64_t> bytes_of_rank) {
                      auto& gathered = *static_cast<Gathered<T>*>(target);
                      std::uint64_t total = 0;
                      for (const std::uint64_t bytes : bytes_of_rank) {
                        gathered.counts.push_back(bytes / sizeof(T));
                        total += bytes;
                      }
                      gathered.values.resize(total / sizeof(T));
                      return writable_bytes_of(gathered.values);
                    },
                    &result};
    run(sink);
    return result;
  }

  static void require_multiple(std::uint64_t num_bytes, std::size_t element_bytes);
  static std::vector<std::uint64_t> in_bytes(std::span<const std::uint64_t> counts, std::size_t element_bytes);
  void reduce_bytes(Rank root, std::span<const std::byte> values, std::span<std::byte> result,
                    const Combiner& combiner);
  void all_reduce_bytes(std::span<std::byte> values, const Combiner& combiner);
  Request iall_reduce_bytes(std::span<std::byte> values, const Combiner& combiner, std::shared_ptr<const void> kept);
  void gather_v_bytes(Rank root, std::span<const std::byte> mine, const GatherSink& sink);
  void all_gather_v_bytes(std::span<const std::byte> mine, const GatherSink& sink);
  std::uint64_t scatter_count(Rank root, std::span<const std::uint64_t> counts);
  void scatter_v_bytes(Rank root, std::span<const std::byte> all, std::span<const std::uint64_t> counts,
                       std::size_t element_bytes, std::span<std::byte> mine);
  void reduce_scatter_bytes(std::span<const std::byte> values, std::span<const std::uint64_t> counts,
                            std::span<std::byte> mine, const Combiner& combiner);
  void scan_bytes(std::span<std::byte> values, std::span<const std::byte> first, const Combiner& combiner);

  std::shared_ptr<CommunicatorCore> core_;
  Rank rank_;
  std::int32_t size_;
};

}  // namespace hammerscale::comm
