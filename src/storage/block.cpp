#include "hammerscale/storage/block.hpp"

#include <utility>

#include "hammerscale/base/check.hpp"

namespace hammerscale::storage {

std::optional<PieceView> BlockReader::next() {
  if (next_piece_ == block_->pieces_.size()) { return std::nullopt; }
  const Block::Piece& piece = block_->pieces_[next_piece_];
  PieceView view{{}, piece.num_elements};
  if (const auto* buffer = std::get_if<Buffer>(&piece.place)) {
    view.bytes = buffer->span();
  } else if (const auto* external = std::get_if<Block::View>(&piece.place)) {
    view.bytes = external->bytes;
  } else {
    const auto& extent = std::get<SpillExtent>(piece.place);
    if (buffer_.capacity() < extent.raw_bytes) {
      buffer_ = Buffer();  // gives the old one back first, so that two are never held
      buffer_ = BufferPool(*block_->pool_).allocate(extent.raw_bytes);
    }
    buffer_.resize(extent.raw_bytes);
    block_->file_->read_into(extent, buffer_.span());
    view.bytes = std::as_const(buffer_).span();
  }
  ++next_piece_;
  return view;
}

Block::~Block() {
  if (!file_) { return; }
  for (const Piece& piece : pieces_) {
    // Not every piece is on disk where moving a block that was being built failed half way.
    if (const auto* extent = std::get_if<SpillExtent>(&piece.place)) { file_->release(*extent); }
  }
}

void Block::add(Piece piece) {
  if (const auto* buffer = std::get_if<Buffer>(&piece.place)) {
    num_bytes_ += buffer->size();
    pool_bytes_ += buffer->capacity();
  } else if (const auto* view = std::get_if<View>(&piece.place)) {
    num_bytes_ += view->bytes.size();
  } else {
    const auto& extent = std::get<SpillExtent>(piece.place);
    num_bytes_ += extent.raw_bytes;
    disk_bytes_ += extent.stored_bytes;
  }
  num_elements_ += piece.num_elements;
  pieces_.push_back(std::move(piece));
}

void Block::for_each_piece(const std::function<bool(std::span<const std::byte>, std::uint64_t)>& visit) const {
  BlockReader pieces = reader();
  while (const auto piece = pieces.next()) {
    if (!visit(piece->bytes, piece->num_elements)) { return; }
  }
}

std::shared_ptr<const Block> Block::spill(const std::shared_ptr<SpillFile>& file, const BufferPool& pool) const {
  std::shared_ptr<Block> spilled(new Block);
  // Set first: when an append fails, the destructor frees what was written.
  spilled->file_ = file;
  spilled->pool_ = pool;
  spilled->pieces_.reserve(pieces_.size());
  for_each_piece([&](std::span<const std::byte> bytes, std::uint64_t num_elements) {
    spilled->add({file->append(bytes), num_elements});
    return true;
  });
  return spilled;
}

std::optional<std::shared_ptr<const Block>> Block::load(BufferPool& pool) const {
  HS_CHECK(!is_in_memory());
  std::vector<Buffer> buffers;
  buffers.reserve(pieces_.size());
  for (const Piece& piece : pieces_) {
    auto buffer = pool.try_allocate(std::get<SpillExtent>(piece.place).raw_bytes);
    if (!buffer) { return std::nullopt; }
    buffers.push_back(std::move(*buffer));
  }
  std::shared_ptr<Block> loaded(new Block);
  loaded->pieces_.reserve(pieces_.size());
  for (std::size_t i = 0; i < pieces_.size(); ++i) {
    const auto& extent = std::get<SpillExtent>(pieces_[i].place);
    buffers[i].resize(extent.raw_bytes);
    file_->read_into(extent, buffers[i].span());
    loaded->add({std::move(buffers[i]), pieces_[i].num_elements});
  }
  return loaded;
}

BlockBuilder::BlockBuilder() : block_(new Block) {}

void BlockBuilder::append(Buffer buffer, std::uint64_t num_elements) {
  if (block_->file_) {
    block_->add({block_->file_->append(std::as_const(buffer).span()), num_elements});
  } else {
    block_->add({std::move(buffer), num_elements});
  }
}

void BlockBuilder::move_to_disk(std::shared_ptr<SpillFile> file, const BufferPool& pool) {
  HS_CHECK(!block_->file_);
  block_->file_ = std::move(file);
  block_->pool_ = pool;
  for (auto& piece : block_->pieces_) {
    const auto* const buffer = std::get_if<Buffer>(&piece.place);
    const auto bytes = buffer != nullptr ? buffer->span() : std::get<Block::View>(piece.place).bytes;
    const auto extent = block_->file_->append(bytes);
    block_->disk_bytes_ += extent.stored_bytes;
    if (buffer != nullptr) { block_->pool_bytes_ -= buffer->capacity(); }
    piece.place = extent;
  }
}

void BlockBuilder::append_view(std::span<const std::byte> bytes, std::shared_ptr<const void> owner,
                               std::uint64_t num_elements) {
  if (block_->file_) {
    block_->add({block_->file_->append(bytes), num_elements});
  } else {
    block_->add({Block::View{bytes, std::move(owner)}, num_elements});
  }
}

std::shared_ptr<const Block> BlockBuilder::seal() { return std::exchange(block_, std::shared_ptr<Block>(new Block)); }

}  // namespace hammerscale::storage
