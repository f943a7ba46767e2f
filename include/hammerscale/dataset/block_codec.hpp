#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <utility>

#include "hammerscale/base/byte_size.hpp"
#include "hammerscale/dataset/block_span.hpp"
#include "hammerscale/dataset/element_block.hpp"
#include "hammerscale/serde/serde.hpp"
#include "hammerscale/storage/block.hpp"
#include "hammerscale/storage/block_manager.hpp"

namespace hammerscale {

/// Calls `bool(BlockSpan<T>)` for the elements encoded in bytes, a block at a time, until it returns false. Bitwise
/// elements are shown in place.
/// @return false when the function did.
template <typename T, typename Function>
bool decode_blocks(std::span<const std::byte> bytes, std::uint64_t num_elements, Function&& function) {
  if constexpr (is_bitwise_v<T>) {
    const auto* elements = reinterpret_cast<const T*>(bytes.data());
    for (std::uint64_t begin = 0; begin < num_elements; begin += block_elements<T>) {
      const auto count = std::min<std::uint64_t>(block_elements<T>, num_elements - begin);
      if (!function(BlockSpan<T>(elements + begin, count))) { return false; }
    }
  } else {
    Reader reader(bytes);
    ElementBlock<T> block;
    for (std::uint64_t done = 0; done < num_elements;) {
      const auto count = std::min<std::uint64_t>(block_elements<T>, num_elements - done);
      for (std::uint64_t i = 0; i < count; ++i) {
        block.emplace_with([&] { return Serde<T>::read(reader); });
      }
      if (!function(block.span())) { return false; }
      block.clear();
      done += count;
    }
  }
  return true;
}

/// Encodes elements into the pieces of a block. Pieces double from 64 KiB to 2 MiB, so that small partitions waste
/// little and large ones have few. A block that may lie on disk goes there when memory is short, and grows on there.
template <typename T>
class BlockEncoder {
 public:
  BlockEncoder(storage::BlockManager& blocks, storage::StorageLevel level)
      : blocks_(blocks), pool_(blocks.pool()), level_(level) {
    if (level == storage::StorageLevel::kDiskOnly) { move_to_disk(); }
  }

  /// @return false when the pool has no memory for them and the block may not go to disk; the encoder then holds a part
  /// of the elements and is of no use.
  /// @throws ResourceError kOutOfMemory         the budget has no room for even the one piece that goes to disk next.
  /// @throws ResourceError kDiskFull, kOutput  the piece cannot be written.
  [[nodiscard]] bool append(BlockSpan<T> elements) {
    if constexpr (is_bitwise_v<T>) {
      while (!elements.empty()) {
        if (room() < sizeof(T) && !open_piece(sizeof(T))) { return false; }
        const auto count = std::min(elements.size(), room() / sizeof(T));
        std::memcpy(piece_.data() + piece_.size(), static_cast<const void*>(elements.data()), count * sizeof(T));
        piece_.resize(piece_.size() + count * sizeof(T));
        num_elements_ += count;
        elements = elements.subspan(count);
      }
    } else {
      for (const T& element : elements) {
        const std::size_t num_bytes = Serde<T>::size(element);
        if (room() < num_bytes && !open_piece(num_bytes)) { return false; }
        Serde<T>::write(piece_.data() + piece_.size(), element);
        piece_.resize(piece_.size() + num_bytes);
        ++num_elements_;
      }
    }
    return true;
  }

  [[nodiscard]] std::shared_ptr<const storage::Block> seal() {
    close_piece();
    return builder_.seal();
  }

 private:
  static constexpr std::size_t kFirstPieceBytes = 64 * kKiB;
  static constexpr std::size_t kLargestPieceBytes = 2 * kMiB;
  // Readers hold one piece of a block on disk each, also where memory is short.
  static constexpr std::size_t kLargestDiskPieceBytes = 256 * kKiB;

  [[nodiscard]] std::size_t room() const noexcept { return piece_.capacity() - piece_.size(); }

  bool open_piece(std::size_t num_bytes) {
    close_piece();
    auto piece = pool_.try_allocate(std::max(num_bytes, next_piece_bytes_));
    if (piece) {
      next_piece_bytes_ = std::min(next_piece_bytes_ * 2, on_disk_ ? kLargestDiskPieceBytes : kLargestPieceBytes);
    } else {
      if (level_ == storage::StorageLevel::kMemoryOnly) { return false; }
      if (!on_disk_) { move_to_disk(); }
      next_piece_bytes_ = kFirstPieceBytes;
      piece = pool_.allocate(std::max(num_bytes, next_piece_bytes_));
    }
    piece_ = std::move(*piece);
    piece_.resize(0);
    return true;
  }
  void move_to_disk() {
    builder_.move_to_disk(blocks_.spill_file(), pool_);
    on_disk_ = true;
    next_piece_bytes_ = std::min(next_piece_bytes_, kLargestDiskPieceBytes);
  }
  void close_piece() {
    if (num_elements_ == 0) { return; }
    builder_.append(std::exchange(piece_, {}), std::exchange(num_elements_, 0));
  }

  storage::BlockManager& blocks_;
  storage::BufferPool pool_;
  storage::StorageLevel level_;
  bool on_disk_ = false;
  storage::BlockBuilder builder_;
  storage::Buffer piece_;
  std::uint64_t num_elements_ = 0;
  std::size_t next_piece_bytes_ = kFirstPieceBytes;
};

}  // namespace hammerscale
