#include "hammerscale/shuffle/sort_kernel.hpp"

#include <hwy/contrib/sort/vqsort.h>

#include <array>

namespace hammerscale::shuffle::detail {

namespace {

/// One a thread: a sorter owns buffers that two sorts must not share.
const hwy::Sorter& thread_sorter() {
  thread_local const hwy::Sorter sorter;
  return sorter;
}

template <typename T>
void sort_wide(T* keys, std::size_t n, SortOrder order) {
  if (n < 2) { return; }
  if (order == SortOrder::kAscending) {
    thread_sorter()(keys, n, hwy::SortAscending());
  } else {
    thread_sorter()(keys, n, hwy::SortDescending());
  }
}

/// There are only 256 values, so counting beats any comparison.
template <typename T>
void sort_bytes(T* keys, std::size_t n, SortOrder order) {
  constexpr int kSmallest = std::numeric_limits<T>::min();
  std::array<std::size_t, 256> counts{};
  for (std::size_t i = 0; i < n; ++i) { ++counts[static_cast<std::size_t>(keys[i] - kSmallest)]; }
  T* out = keys;
  for (std::size_t step = 0; step < 256; ++step) {
    const std::size_t rank = order == SortOrder::kAscending ? step : 255 - step;
    out = std::fill_n(out, counts[rank], static_cast<T>(static_cast<int>(rank) + kSmallest));
  }
}

/// Sorts floating point as integers of its bits: vector minimum and maximum of floats would turn one of two zeros of
/// different sign into the other, and lose NaN.
template <typename Integer, typename Float>
void sort_floats(Float* keys, std::size_t n, SortOrder order) {
  Float* numbers = keys;
  std::size_t num_numbers = n;
  if (order == SortOrder::kAscending) {
    num_numbers = static_cast<std::size_t>(std::partition(keys, keys + n, [](Float key) { return key == key; }) - keys);
  } else {
    numbers = std::partition(keys, keys + n, [](Float key) { return key != key; });
    num_numbers = static_cast<std::size_t>(keys + n - numbers);
  }
  const auto flip_negatives = [numbers, num_numbers] {
    constexpr Integer kMagnitude = std::numeric_limits<Integer>::max();
    for (std::size_t i = 0; i < num_numbers; ++i) {
      Integer bits;
      std::memcpy(&bits, numbers + i, sizeof(bits));
      bits ^= bits < 0 ? kMagnitude : Integer{0};
      std::memcpy(numbers + i, &bits, sizeof(bits));
    }
  };
  flip_negatives();
  // The library reads and writes these words as integers; they are only floats again after flipping back.
  sort_wide(reinterpret_cast<Integer*>(numbers), num_numbers, order);
  flip_negatives();
}

}  // namespace

void vector_sort(std::int8_t* keys, std::size_t n, SortOrder order) { sort_bytes(keys, n, order); }
void vector_sort(std::uint8_t* keys, std::size_t n, SortOrder order) { sort_bytes(keys, n, order); }
void vector_sort(std::int16_t* keys, std::size_t n, SortOrder order) { sort_wide(keys, n, order); }
void vector_sort(std::uint16_t* keys, std::size_t n, SortOrder order) { sort_wide(keys, n, order); }
void vector_sort(std::int32_t* keys, std::size_t n, SortOrder order) { sort_wide(keys, n, order); }
void vector_sort(std::uint32_t* keys, std::size_t n, SortOrder order) { sort_wide(keys, n, order); }
void vector_sort(std::int64_t* keys, std::size_t n, SortOrder order) { sort_wide(keys, n, order); }
void vector_sort(std::uint64_t* keys, std::size_t n, SortOrder order) { sort_wide(keys, n, order); }
void vector_sort(float* keys, std::size_t n, SortOrder order) { sort_floats<std::int32_t>(keys, n, order); }
void vector_sort(double* keys, std::size_t n, SortOrder order) { sort_floats<std::int64_t>(keys, n, order); }

}  // namespace hammerscale::shuffle::detail
