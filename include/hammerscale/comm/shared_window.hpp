#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "hammerscale/comm/communicator.hpp"

namespace hammerscale::comm {

/// Memory of each rank that the other ranks of its node read (and may write) in place.
///
/// The memory is sparse: pages exist once they are touched, and read as zeros before. It has no name in any file
/// system, so nothing of it outlives the processes, not even after a SIGKILL. Ordering is the caller's business: a
/// message or barrier between a write here and a read there makes the write visible.
///
/// Where a peer's memory cannot be opened (its process is in another container), has_peer() is false on both sides
/// alike or on one only; use messages then.
class SharedWindow {
 public:
  /// Collective over comm. Sizes may differ.
  /// @param num_bytes  of this rank's part; 0 is fine.
  /// @throws ResourceError kOutOfMemory  on all ranks, when one rank's part cannot be reserved.
  SharedWindow(Communicator& comm, std::uint64_t num_bytes);
  /// Local. This rank's part lives on while a peer still has it open.
  ~SharedWindow();
  SharedWindow(const SharedWindow&) = delete;
  SharedWindow& operator=(const SharedWindow&) = delete;

  /// This rank's part, aligned to pages; null when it is empty.
  [[nodiscard]] std::byte* base() const noexcept;
  [[nodiscard]] std::uint64_t size() const noexcept;

  /// Whether base_of(rank) may be used: the rank is on this node (this rank included) and its part is open here.
  [[nodiscard]] bool has_peer(Rank rank) const;
  /// Where the part of `rank` lies in this process. Only where has_peer(rank); null when the part is empty.
  [[nodiscard]] std::byte* base_of(Rank rank) const;
  /// Bytes in the part of any rank, this node's or not.
  [[nodiscard]] std::uint64_t size_of(Rank rank) const;

  /// Gives whole pages of this rank's own part back to the machine; they read as zeros afterwards, on all ranks.
  /// Local. Pages that lie only partly inside keep their contents.
  void release(std::uint64_t offset, std::uint64_t length);

 private:
  struct Mapping;
  struct Peer {
    std::shared_ptr<Mapping> mapping;  // null where it is not open here
    std::uint64_t num_bytes = 0;
  };

  [[nodiscard]] const Peer& peer(Rank rank) const;

  Rank rank_;
  std::vector<Peer> peers_;  // one per rank of the communicator
};

}  // namespace hammerscale::comm
