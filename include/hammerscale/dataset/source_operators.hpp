#pragma once

#include <cstdint>

#include "hammerscale/dataset/narrow_operators.hpp"

namespace hammerscale::operators {

/// Elements that the driver gave; each task carries those of its partition.
template <typename T>
class Parallelize final : public Operator<T> {
 public:
  using Element = T;
  explicit Parallelize(const OperatorInit& init) : dataset_(init.node.dataset) {}

  void run(TaskContext& context, std::uint32_t partition, Sink<T>& out) const override {
    const auto bytes = context.payload(dataset_, partition);
    Reader reader(bytes);
    const auto num_elements = Serde<std::uint64_t>::read(reader);
    reader.take(8);  // Elements begin at a multiple of 16, as their type may want.
    decode_blocks<T>(reader.take(reader.remaining()), num_elements,
                     [&](BlockSpan<T> elements) { return out.push(elements); });
  }

  /// The payload of one partition.
  static std::vector<std::byte> encode_partition(std::span<const T> elements) {
    std::size_t num_bytes = 16;
    for (const T& element : elements) { num_bytes += Serde<T>::size(element); }
    std::vector<std::byte> bytes(num_bytes);
    Serde<std::uint64_t>::write(bytes.data(), elements.size());
    std::byte* out = bytes.data() + 16;
    for (const T& element : elements) { out = Serde<T>::write(out, element); }
    return bytes;
  }

 private:
  DatasetId dataset_;
};

/// first, first + step, ... : num_elements integers, split evenly.
class Range final : public Operator<std::int64_t> {
 public:
  struct Options {
    std::int64_t first = 0;
    std::int64_t step = 1;
    std::uint64_t num_elements = 0;
  };
  using Element = std::int64_t;
  explicit Range(const OperatorInit& init)
      : options_(Serde<Options>::read(init.params)), num_partitions_(init.node.num_partitions) {}

  void run(TaskContext& context, std::uint32_t partition, Sink<std::int64_t>& out) const override;

 private:
  Options options_;
  std::uint32_t num_partitions_;
};

}  // namespace hammerscale::operators
