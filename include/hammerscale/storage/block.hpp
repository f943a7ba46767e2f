#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "hammerscale/storage/buffer.hpp"
#include "hammerscale/storage/buffer_pool.hpp"
#include "hammerscale/storage/spill_file.hpp"

namespace hammerscale::storage {

/// One piece of a block as a reader sees it.
struct PieceView {
  std::span<const std::byte> bytes;
  std::uint64_t num_elements = 0;
};

class Block;

/// Walks over the pieces of a block, in memory or on disk alike. Keeps the block alive. One thread at a time; any
/// number of readers may walk over one block.
class BlockReader {
 public:
  /// The next piece; none at the end. The view is valid until the next call.
  /// @throws ResourceError kCorruptBlock, kInput  a piece on disk cannot be read back.
  /// @throws ResourceError kOutOfMemory           the budget cannot hold one piece that lies on disk.
  [[nodiscard]] std::optional<PieceView> next();

 private:
  friend class Block;
  explicit BlockReader(std::shared_ptr<const Block> block) : block_(std::move(block)) {}

  std::shared_ptr<const Block> block_;
  std::size_t next_piece_ = 0;
  Buffer buffer_;  ///< The present piece, when the block lies on disk.
};

/// The stored bytes of one partition: a list of pieces, each of which holds whole encoded elements.
///
/// Immutable, and shared as shared_ptr<const Block>; holding one pins the block where it is. All pieces of a block lie
/// in memory (buffers, or views of memory that something else keeps alive) or all lie in a spill file.
class Block : public std::enable_shared_from_this<Block> {
 public:
  Block(const Block&) = delete;
  Block& operator=(const Block&) = delete;
  /// Returns the buffers to the pool, and frees the disk space of pieces on disk.
  ~Block();

  [[nodiscard]] std::size_t num_pieces() const noexcept { return pieces_.size(); }
  [[nodiscard]] std::uint64_t num_elements() const noexcept { return num_elements_; }
  /// Raw bytes of all pieces, wherever they lie.
  [[nodiscard]] std::uint64_t num_bytes() const noexcept { return num_bytes_; }
  /// Bytes of the pool's budget the block holds: the capacity of its buffers. 0 for views and on disk.
  [[nodiscard]] std::uint64_t pool_bytes() const noexcept { return pool_bytes_; }
  /// Bytes on disk; 0 in memory.
  [[nodiscard]] std::uint64_t disk_bytes() const noexcept { return disk_bytes_; }
  [[nodiscard]] bool is_in_memory() const noexcept { return file_ == nullptr; }

  /// Calls visit with each piece in order until it returns false. @throws as BlockReader::next.
  void for_each_piece(
      const std::function<bool(std::span<const std::byte> bytes, std::uint64_t num_elements)>& visit) const;
  [[nodiscard]] BlockReader reader() const { return BlockReader(shared_from_this()); }

  /// Writes the pieces to `file` and returns a block that reads them from there, one piece at a time through a buffer
  /// of `pool`. Pieces keep their bounds. The block itself is not changed. @throws as SpillFile::append.
  [[nodiscard]] std::shared_ptr<const Block> spill(const std::shared_ptr<SpillFile>& file,
                                                   const BufferPool& pool) const;
  /// A copy of a block on disk in buffers of `pool`; none when try_allocate refuses room for any piece, which is known
  /// before anything is read. @throws ResourceError kCorruptBlock, kInput.
  [[nodiscard]] std::optional<std::shared_ptr<const Block>> load(BufferPool& pool) const;

 private:
  friend class BlockBuilder;
  friend class BlockReader;
  struct View {
    std::span<const std::byte> bytes;
    std::shared_ptr<const void> owner;
  };
  struct Piece {
    std::variant<Buffer, View, SpillExtent> place;
    std::uint64_t num_elements = 0;
  };

  Block() = default;
  void add(Piece piece);

  std::vector<Piece> pieces_;
  std::uint64_t num_elements_ = 0;
  std::uint64_t num_bytes_ = 0;
  std::uint64_t pool_bytes_ = 0;
  std::uint64_t disk_bytes_ = 0;
  std::shared_ptr<SpillFile> file_;
  std::optional<BufferPool> pool_;  ///< Where readers get the buffer for a piece on disk.
};

/// Collects pieces into a block. One thread at a time.
class BlockBuilder {
 public:
  BlockBuilder();

  /// Adds a piece: the size() bytes of the buffer, which hold num_elements whole encoded elements.
  void append(Buffer buffer, std::uint64_t num_elements);
  /// Writes the pieces so far to `file` and gives their memory back; pieces that are appended from now on go there too,
  /// until the block is sealed. Readers take the buffer for a piece from `pool`. @throws as SpillFile::append.
  void move_to_disk(std::shared_ptr<SpillFile> file, const BufferPool& pool);

  /// Adds a piece that lies in memory of someone else; `owner` keeps that memory alive and unchanged.
  void append_view(std::span<const std::byte> bytes, std::shared_ptr<const void> owner, std::uint64_t num_elements);

  [[nodiscard]] std::uint64_t num_elements() const noexcept { return block_->num_elements(); }
  [[nodiscard]] std::uint64_t num_bytes() const noexcept { return block_->num_bytes(); }

  /// The finished block; the builder is empty afterwards and can be used again.
  [[nodiscard]] std::shared_ptr<const Block> seal();

 private:
  std::shared_ptr<Block> block_;
};

}  // namespace hammerscale::storage
