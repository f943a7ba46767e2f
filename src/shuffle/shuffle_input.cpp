#include "hammerscale/shuffle/shuffle_input.hpp"

#include <utility>

#include "hammerscale/base/check.hpp"
#include "hammerscale/base/error.hpp"

namespace hammerscale::shuffle {
namespace {

[[noreturn]] void throw_missing(ShuffleId shuffle, std::uint32_t map_partition) {
  throw ResourceError(ErrorCode::kMissingInput, "a map output of a shuffle is missing",
                      {{"shuffle", to_string(shuffle)}, {"map_partition", std::to_string(map_partition)}}, true);
}

}  // namespace

ShuffleInput::ShuffleInput(ShuffleStore& store, ShuffleTransport* transport, const storage::SpillFile& spill_file,
                           ExecutorId self, ShuffleId shuffle, std::uint32_t partition,
                           std::span<const std::uint32_t> map_executors)
    : store_(store),
      spill_file_(spill_file),
      shuffle_(shuffle),
      partition_(partition),
      sources_(map_executors.size(), nullptr) {
  std::map<std::uint32_t, std::vector<std::uint32_t>> maps_of_remote;
  for (std::uint32_t map = 0; map < map_executors.size(); ++map) {
    if (map_executors[map] == self.value) {
      static_cast<void>(find_local(map));
    } else if (map_executors[map] != UINT32_MAX) {
      HS_CHECK(transport != nullptr);
      maps_of_remote[map_executors[map]].push_back(map);
    } else {
      throw_missing(shuffle, map);
    }
  }
  for (auto& [executor, maps] : maps_of_remote) {
    auto& remote = remotes_[executor];
    const auto numbers = maps;
    remote = transport->open(shuffle, ExecutorId(executor), partition, std::move(maps));
    for (const auto map : numbers) { sources_[map] = remote.get(); }
  }
}

std::shared_ptr<const MapOutput> ShuffleInput::find_local(std::uint32_t map_partition) const {
  auto output = store_.find(shuffle_, map_partition);
  if (!output) { throw_missing(shuffle_, map_partition); }
  return output;
}

std::uint64_t ShuffleInput::total_of_local(std::uint64_t Segment::* what) const {
  std::uint64_t total = 0;
  for (std::uint32_t map = 0; map < sources_.size(); ++map) {
    if (sources_[map] != nullptr) { continue; }
    const auto output = find_local(map);
    for (const auto& segment : output->segments(partition_)) { total += segment.*what; }
  }
  return total;
}

std::uint64_t ShuffleInput::num_bytes() {
  std::uint64_t total = total_of_local(&Segment::num_bytes);
  for (const auto& [executor, remote] : remotes_) { total += remote->num_bytes(); }
  return total;
}

std::uint64_t ShuffleInput::num_elements() {
  std::uint64_t total = total_of_local(&Segment::num_elements);
  for (const auto& [executor, remote] : remotes_) { total += remote->num_elements(); }
  return total;
}

void ShuffleInput::for_each(const SegmentVisitor& visit) {
  for (std::uint32_t map = 0; map < sources_.size(); ++map) {
    if (sources_[map] != nullptr) {
      sources_[map]->read_map(map, visit);
    } else {
      read_local(*find_local(map), visit);
    }
  }
}

void ShuffleInput::read_local(const MapOutput& output, const SegmentVisitor& visit) const {
  for (const auto& segment : output.segments(partition_)) {
    if (!segment.spilled()) {
      visit(std::span(segment.data, segment.num_bytes), segment.num_elements);
      continue;
    }
    // A segment is one frame, unless a single element is larger than a frame: then it holds that element alone.
    if (segment.num_bytes <= storage::kMaxSpillFrameBytes) {
      auto reader = spill_file_.reader(segment.extent);
      const auto bytes = reader.next();
      HS_CHECK(bytes && bytes->size() == segment.num_bytes);
      visit(*bytes, segment.num_elements);
    } else {
      const auto bytes = spill_file_.read_all(segment.extent);
      visit(bytes, segment.num_elements);
    }
  }
}

}  // namespace hammerscale::shuffle
