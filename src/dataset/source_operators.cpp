#include "hammerscale/dataset/source_operators.hpp"

#include <array>

#include "hammerscale/dataset/even_split.hpp"

namespace hammerscale::operators {

void Range::run(TaskContext& context, std::uint32_t partition, Sink<std::int64_t>& out) const {
  auto index = even_split_begin(options_.num_elements, num_partitions_, partition);
  const auto end = even_split_begin(options_.num_elements, num_partitions_, partition + 1);
  std::array<std::int64_t, block_elements<std::int64_t>> block;
  while (index < end) {
    context.throw_if_cancelled();
    const auto count = std::min<std::uint64_t>(block.size(), end - index);
    for (std::uint64_t i = 0; i < count; ++i) {
      // Unsigned, so that a range may end next to the limits of its type.
      block[i] = static_cast<std::int64_t>(static_cast<std::uint64_t>(options_.first) +
                                           static_cast<std::uint64_t>(options_.step) * (index + i));
    }
    if (!out.push(std::span<const std::int64_t>(block.data(), count))) { return; }
    index += count;
  }
}

}  // namespace hammerscale::operators
