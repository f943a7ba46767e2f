#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

namespace hammerscale::comm {

/// Messages of the user and of collectives never meet: a probe for any tag must not see a collective's message.
enum class Channel : std::uint8_t { kUser, kCollective };

/// One piece under way. `native` is the backend's own name for it, 0 when there is none. Plain data, so that short
/// collectives allocate nothing.
struct PieceRequest {
  std::uintptr_t native = 0;
  std::uint64_t num_bytes = 0;
  std::int32_t peer = -1;
  bool is_send = false;
};

/// A message taken by a probe; `native` is the backend's own name for it.
struct ProbedMessage {
  std::int32_t from = -1;
  std::int32_t tag = 0;
  std::uint64_t num_bytes = 0;
  std::uintptr_t native = 0;
};

/// Moves single pieces between the ranks of one group, never waiting. Everything else is built on this.
/// Driven by one thread. Pieces of one sender, channel and tag arrive in the order sent.
class Backend {
 public:
  virtual ~Backend() = default;

  /// Starts a transfer; `request` must be empty.
  virtual void start_send(PieceRequest& request, Channel channel, std::int32_t to, std::int32_t tag,
                          std::span<const std::byte> bytes) = 0;
  virtual void start_receive(PieceRequest& request, Channel channel, std::int32_t from, std::int32_t tag,
                             std::span<std::byte> buffer) = 0;
  /// True once the piece is through; the request is empty then.
  /// @throws ResourceError kCommunication  the transfer failed, or another number of bytes came than expected.
  virtual bool test(PieceRequest& request) = 0;
  /// Empties the request. Afterwards a receive writes nothing more; a send may still be read by its receiver if that
  /// cannot be taken back.
  virtual void cancel(PieceRequest& request) noexcept = 0;

  /// Takes the oldest message that fits.
  virtual std::optional<ProbedMessage> try_probe(Channel channel, std::optional<std::int32_t> from,
                                                 std::optional<std::int32_t> tag) = 0;
  /// Starts to receive a message that a probe took; buffer.size() is its length.
  virtual void start_receive_probed(PieceRequest& request, ProbedMessage& message, std::span<std::byte> buffer) = 0;

  /// Collective over all ranks of this group, called when all are known to be about to enter. `members` are the ranks
  /// of the new group in order, the same list on each of them and empty on ranks that join none; `color` tells groups
  /// that are made at once apart; `sequence` is equal on all ranks and different in each call.
  virtual std::shared_ptr<Backend> make_group(std::span<const std::int32_t> members, std::int32_t my_index,
                                              std::int32_t color, std::uint64_t sequence) = 0;

  /// Whether all ranks are threads of this process.
  [[nodiscard]] virtual bool shares_address_space() const noexcept = 0;
};

}  // namespace hammerscale::comm
