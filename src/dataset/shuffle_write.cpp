#include "hammerscale/dataset/shuffle_write.hpp"

namespace hammerscale::operators {

void store_map_output(TaskContext& context, ShuffleId shuffle, std::uint32_t partition,
                      shuffle::MapOutputWriter& writer) {
  context.metrics().spill_bytes += writer.spill_bytes();
  auto output = writer.finish();
  context.metrics().shuffle_bytes_written += output.num_bytes();
  context.services().shuffle_store.add(shuffle, partition, std::move(output));
}

}  // namespace hammerscale::operators
