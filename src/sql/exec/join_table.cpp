#include "sql/exec/join_table.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#include "sql/exec/copy_rows.hpp"

namespace hammerscale::sql {

bool JoinDescription::has_null_safe_keys() const {
  return std::find(null_safe.begin(), null_safe.end(), true) != null_safe.end();
}

std::vector<DataType> JoinDescription::key_types() const {
  std::vector<DataType> types;
  for (const std::int32_t key : build_keys) { types.push_back(build_types[static_cast<std::size_t>(key)]); }
  return types;
}

void select_matchable(std::span<const Vector* const> keys, const std::vector<bool>& null_safe, RowSet rows,
                      std::vector<std::int32_t>& selected) {
  std::vector<const Vector*> with_nulls;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (!null_safe[i] && keys[i]->may_have_nulls()) { with_nulls.push_back(keys[i]); }
  }
  rows.for_each([&](std::int32_t row) {
    for (const Vector* key : with_nulls) {
      if (key->is_null(row)) { return; }
    }
    selected.push_back(row);
  });
}

JoinTable::JoinTable(const JoinDescription& description, std::vector<Batch> batches, const VectorMemory& memory,
                     bool constant_hash)
    : layout_(description.key_types(), description.has_null_safe_keys()),
      constant_hash_(constant_hash),
      strings_(std::make_unique<StringHeap>(memory)) {
  std::int64_t num_rows = 0;
  for (const Batch& batch : batches) { num_rows += batch.num_rows; }
  HS_CHECK(num_rows <= INT32_MAX);
  num_rows_ = static_cast<std::int32_t>(num_rows);
  for (std::size_t column = 0; column < description.build_types.size(); ++column) {
    std::vector<Vector> pieces;
    for (Batch& batch : batches) { pieces.push_back(std::move(batch.columns[column])); }
    columns_.push_back(
        std::make_shared<const Vector>(concatenate(std::move(pieces), description.build_types[column], memory)));
  }
  if (description.keeps_unmatched_build()) {
    matched_ = std::make_unique<std::atomic<std::uint8_t>[]>(static_cast<std::size_t>(num_rows_));
  }
  if (!description.build_keys.empty()) { build(description, memory); }
}

void JoinTable::build(const JoinDescription& description, const VectorMemory& memory) {
  std::vector<const Vector*> keys;
  for (const std::int32_t key : description.build_keys) {
    keys.push_back(columns_[static_cast<std::size_t>(key)].get());
  }
  std::vector<std::int32_t> matchable;
  matchable.reserve(static_cast<std::size_t>(num_rows_));
  select_matchable(keys, description.null_safe, RowSet{nullptr, num_rows_}, matchable);
  if (static_cast<std::int32_t>(matchable.size()) < num_rows_) {
    std::size_t next = 0;
    for (std::int32_t row = 0; row < num_rows_; ++row) {
      if (next < matchable.size() && matchable[next] == row) {
        ++next;
      } else {
        null_rows_.push_back(row);
      }
    }
  }
  const std::size_t n = matchable.size();
  const std::size_t width = layout_.num_bytes();
  const auto unsorted = memory.allocate(std::max<std::size_t>(n * width, 1));
  layout_.encode(keys, RowSet{matchable.data(), static_cast<std::int32_t>(n)}, unsorted.get(), *strings_);

  // Between one and two rows a slot.
  const int bits = std::max(1, static_cast<int>(std::bit_width(n)) - 1);
  shift_ = 64 - bits;
  directory_.assign((std::size_t{1} << bits) + 1, 0);
  std::vector<std::uint64_t> hashes(n);
  for (std::size_t i = 0; i < n; ++i) {
    hashes[i] = hash(unsorted.get() + i * width);
    ++directory_[slot(hashes[i]) + 1];
  }
  for (std::size_t i = 1; i < directory_.size(); ++i) { directory_[i] += directory_[i - 1]; }
  record_memory_ = memory.allocate(std::max<std::size_t>(n * width, 1));
  records_ = record_memory_.get();
  rows_.resize(n);
  std::vector<std::uint64_t> next(directory_.begin(), directory_.end() - 1);
  for (std::size_t i = 0; i < n; ++i) {
    const std::uint64_t to = next[slot(hashes[i])]++;
    std::memcpy(record_memory_.get() + to * width, unsorted.get() + i * width, width);
    rows_[to] = matchable[i];
  }
  for (const std::uint64_t key_hash : hashes) {
    directory_[slot(key_hash)] |= std::uint64_t{1} << (48 + (key_hash & 15));
  }
}

}  // namespace hammerscale::sql
