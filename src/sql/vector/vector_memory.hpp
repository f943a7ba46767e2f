#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "hammerscale/storage/buffer_pool.hpp"
#include "sql/vector/string_view.hpp"

namespace hammerscale::sql {

/// Where a query's vectors get their memory: the executor's one budget. A handle; copies share. Any thread.
///
/// Blocks of up to 16 KiB come from the heap and are counted against the budget in steps of 1 MiB; larger ones are
/// frames of the pool.
class VectorMemory {
 public:
  explicit VectorMemory(storage::BufferPool pool);

  /// Aligned to 64 bytes; arbitrary contents. Freed when the last copy of the pointer goes.
  /// @throws ResourceError kOutOfMemory  the budget is spent; operators spill by asking try_allocate.
  [[nodiscard]] std::shared_ptr<std::byte[]> allocate(std::size_t num_bytes) const;
  [[nodiscard]] std::shared_ptr<std::byte[]> try_allocate(std::size_t num_bytes) const;
  [[nodiscard]] const storage::BufferPool& pool() const noexcept;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

/// Bytes of long strings that views point at; grows by blocks and never moves what it holds. One thread writes.
class StringHeap {
 public:
  explicit StringHeap(VectorMemory memory) : memory_(std::move(memory)) {}
  StringHeap(const StringHeap&) = delete;
  StringHeap& operator=(const StringHeap&) = delete;

  /// A view of a copy of text.
  StringView add(std::string_view text) {
    if (text.size() <= StringView::kInlineBytes) { return StringView(text); }
    char* out = reserve(text.size());
    std::memcpy(out, text.data(), text.size());
    used_ += text.size();
    return StringView(std::string_view(out, text.size()));
  }
  /// Room for num_bytes, to write into; commit says how many were used.
  char* reserve(std::size_t num_bytes) {
    if (capacity_ - used_ < num_bytes) { add_block(num_bytes); }
    return block_ + used_;
  }
  StringView commit(std::size_t num_bytes) {
    const std::string_view text(block_ + used_, num_bytes);
    if (num_bytes > StringView::kInlineBytes) { used_ += num_bytes; }
    return StringView(text);
  }
  /// Forgets all strings; keeps the newest block. Only when no view into it is left.
  void clear();
  [[nodiscard]] std::size_t num_bytes() const noexcept { return total_; }

 private:
  void add_block(std::size_t num_bytes);

  VectorMemory memory_;
  std::vector<std::shared_ptr<std::byte[]>> blocks_;
  char* block_ = nullptr;
  std::size_t used_ = 0;
  std::size_t capacity_ = 0;
  std::size_t total_ = 0;
};

}  // namespace hammerscale::sql
