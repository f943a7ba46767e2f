#include "hammerscale/graph/vertex_index.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <numeric>
#include <utility>

#include "hammerscale/base/check.hpp"
#include "hammerscale/graph/rank_bitmap.hpp"
#include "hammerscale/shuffle/sort_kernel.hpp"

namespace hammerscale::graph {
namespace {

using Counts = std::vector<std::uint64_t>;

/// Ids a task looks up at a time.
constexpr std::size_t kLookupBlock = std::size_t{1} << 16;

/// Samples an executor gives for the choice of ranges: the largest range is about 1 + 1 / kSamples of the mean.
constexpr std::uint64_t kSamples = 128;

// ---- Ids on the wire: integers as they are, text with its length in front -------------------------------------------

std::vector<std::byte> pack(std::span<const std::string> texts) {
  std::size_t total = 0;
  for (const auto& text : texts) { total += sizeof(std::uint64_t) + text.size(); }
  std::vector<std::byte> bytes(total);
  auto* out = bytes.data();
  for (const auto& text : texts) {
    const std::uint64_t length = text.size();
    std::memcpy(out, &length, sizeof(length));
    std::memcpy(out + sizeof(length), text.data(), text.size());
    out += sizeof(length) + text.size();
  }
  return bytes;
}

std::vector<std::string> unpack(std::span<const std::byte> bytes) {
  std::vector<std::string> texts;
  while (!bytes.empty()) {
    std::uint64_t length = 0;
    HS_CHECK(bytes.size() >= sizeof(length));
    std::memcpy(&length, bytes.data(), sizeof(length));
    HS_CHECK(bytes.size() - sizeof(length) >= length);
    texts.emplace_back(reinterpret_cast<const char*>(bytes.data()) + sizeof(length), length);
    bytes = bytes.subspan(sizeof(length) + length);
  }
  return texts;
}

comm::Gathered<std::int64_t> exchange(comm::Communicator& comm, std::span<const std::int64_t> ids,
                                      const Counts& counts) {
  return comm.all_to_all_v(ids, counts);
}

comm::Gathered<std::string> exchange(comm::Communicator& comm, std::span<const std::string> ids, const Counts& counts) {
  std::vector<std::byte> bytes;
  Counts byte_counts;
  std::size_t begin = 0;
  for (const auto count : counts) {
    const auto packed = pack(ids.subspan(begin, count));
    bytes.insert(bytes.end(), packed.begin(), packed.end());
    byte_counts.push_back(packed.size());
    begin += count;
  }
  const auto received = comm.all_to_all_v(bytes, byte_counts);
  comm::Gathered<std::string> result;
  std::span<const std::byte> rest(received.values);
  for (const auto count : received.counts) {
    auto texts = unpack(rest.first(count));
    result.counts.push_back(texts.size());
    std::move(texts.begin(), texts.end(), std::back_inserter(result.values));
    rest = rest.subspan(count);
  }
  return result;
}

std::vector<std::int64_t> all_gather(comm::Communicator& comm, const std::vector<std::int64_t>& ids) {
  return comm.all_gather_v(ids).values;
}

std::vector<std::string> all_gather(comm::Communicator& comm, const std::vector<std::string>& ids) {
  return unpack(comm.all_gather_v(pack(ids)).values);
}

// ---- Who owns which ids ---------------------------------------------------------------------------------------------

/// Bounds between the executors' ranges: executor i owns ids from result[i - 1] to below result[i]. From samples in
/// equal steps of each executor's ascending distinct ids.
template <typename Id>
std::vector<Id> choose_bounds(comm::Communicator& comm, const std::vector<Id>& distinct) {
  const auto total = comm.all_reduce_sum(static_cast<std::uint64_t>(distinct.size()));
  const auto size = static_cast<std::uint64_t>(comm.size());
  const auto step = std::max<std::uint64_t>(total / (kSamples * size), 1);
  std::vector<Id> samples;
  for (std::uint64_t i = step / 2; i < distinct.size(); i += step) { samples.push_back(distinct[i]); }
  samples = all_gather(comm, samples);
  std::sort(samples.begin(), samples.end());
  std::vector<Id> bounds;
  for (std::uint64_t i = 1; i < size && !samples.empty(); ++i) { bounds.push_back(samples[samples.size() * i / size]); }
  return bounds;
}

/// The ids of all executors that are this one's, ascending, and for each of `distinct` its number.
template <typename Id>
std::vector<Id> number_ids(comm::Communicator& comm, const std::vector<Id>& distinct, Counts& numbers,
                           std::uint64_t& begin, std::uint64_t& total) {
  const auto bounds = choose_bounds(comm, distinct);
  Counts counts(static_cast<std::size_t>(comm.size()));
  auto first = distinct.begin();
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const auto last = i < bounds.size() ? std::lower_bound(first, distinct.end(), bounds[i]) : distinct.end();
    // With no samples there are no bounds, and no ids either.
    counts[i] = static_cast<std::uint64_t>(last - first);
    first = last;
  }
  auto received = exchange(comm, distinct, counts);
  auto own = received.values;
  std::sort(own.begin(), own.end());
  own.erase(std::unique(own.begin(), own.end()), own.end());
  begin = comm.exclusive_scan_sum(static_cast<std::uint64_t>(own.size()));
  total = comm.all_reduce_sum(static_cast<std::uint64_t>(own.size()));
  Counts replies;
  replies.reserve(received.values.size());
  for (const auto& id : received.values) {
    replies.push_back(begin + static_cast<std::uint64_t>(std::lower_bound(own.begin(), own.end(), id) - own.begin()));
  }
  numbers = comm.all_to_all_v(replies, received.counts).values;
  return own;
}

// ---- From ids to numbers --------------------------------------------------------------------------------------------

/// out[i] = find(ids[i]), on the task threads.
template <typename Find>
Counts translate(GangContext& gang, std::span<const std::int64_t> ids, const Find& find) {
  Counts out(ids.size());
  gang.parallel_for((ids.size() + kLookupBlock - 1) / kLookupBlock, [&](std::size_t block) {
    const auto end = std::min((block + 1) * kLookupBlock, ids.size());
    for (auto i = block * kLookupBlock; i < end; ++i) { out[i] = find(ids[i]); }
  });
  return out;
}

template <typename Function>
void for_each_block(GangContext& gang, std::span<const std::int64_t> ids, const Function& function) {
  gang.parallel_for((ids.size() + kLookupBlock - 1) / kLookupBlock, [&](std::size_t block) {
    const auto begin = block * kLookupBlock;
    function(ids.subspan(begin, std::min(kLookupBlock, ids.size() - begin)));
  });
}

struct IntegerRange {
  std::int64_t low = std::numeric_limits<std::int64_t>::max();
  std::int64_t high = std::numeric_limits<std::int64_t>::min();
};

IntegerRange range_of(const EdgeList& edges) {
  IntegerRange range;
  for (const auto* ids : {&edges.sources, &edges.targets, &edges.vertices}) {
    for (const auto id : *ids) {
      range.low = std::min(range.low, id);
      range.high = std::max(range.high, id);
    }
  }
  return range;
}

std::vector<std::int64_t> build_from_integers(GangContext& gang, EdgeList edges, NumberedEdges& numbered,
                                              std::uint64_t& begin, std::uint64_t& total) {
  const auto num_ids = edges.sources.size() + edges.targets.size() + edges.vertices.size();
  const auto range = range_of(edges);
  const auto low = static_cast<std::uint64_t>(range.low);
  const auto width = num_ids == 0 ? 0 : static_cast<std::uint64_t>(range.high) - low;
  Counts numbers;
  // A bitmap takes 12 bytes for 64 ids of the range, sorting 8 for each id.
  if (width / 32 <= num_ids) {
    RankBitmap present(width);
    for (const auto* ids : {&edges.sources, &edges.targets, &edges.vertices}) {
      for_each_block(gang, *ids, [&](std::span<const std::int64_t> block) {
        for (const auto id : block) { present.insert(static_cast<std::uint64_t>(id) - low); }
      });
    }
    present.build();
    std::vector<std::int64_t> distinct;
    distinct.reserve(present.num_members());
    present.for_each([&](std::uint64_t member) { distinct.push_back(static_cast<std::int64_t>(member + low)); });
    auto own = number_ids(gang.comm(), distinct, numbers, begin, total);
    const auto find = [&](std::int64_t id) { return numbers[present.rank(static_cast<std::uint64_t>(id) - low)]; };
    numbered.sources = translate(gang, std::exchange(edges.sources, {}), find);
    numbered.targets = translate(gang, std::exchange(edges.targets, {}), find);
    return own;
  }
  std::vector<std::int64_t> distinct;
  distinct.reserve(num_ids);
  for (const auto* ids : {&edges.sources, &edges.targets, &edges.vertices}) {
    distinct.insert(distinct.end(), ids->begin(), ids->end());
  }
  shuffle::sort_keys(std::span(distinct));
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  auto own = number_ids(gang.comm(), distinct, numbers, begin, total);
  const auto find = [&](std::int64_t id) {
    return numbers[static_cast<std::size_t>(std::lower_bound(distinct.begin(), distinct.end(), id) - distinct.begin())];
  };
  numbered.sources = translate(gang, std::exchange(edges.sources, {}), find);
  numbered.targets = translate(gang, std::exchange(edges.targets, {}), find);
  return own;
}

std::vector<std::string> build_from_texts(GangContext& gang, EdgeList edges, NumberedEdges& numbered,
                                          std::uint64_t& begin, std::uint64_t& total) {
  std::vector<std::size_t> order(edges.names.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  // std::string compares as unsigned bytes.
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return edges.names[a] < edges.names[b]; });
  std::vector<std::string> distinct;
  distinct.reserve(order.size());
  for (const auto position : order) { distinct.push_back(std::move(edges.names[position])); }
  Counts numbers;
  auto own = number_ids(gang.comm(), distinct, numbers, begin, total);
  Counts number_of_name(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) { number_of_name[order[i]] = numbers[i]; }
  const auto find = [&](std::int64_t position) { return number_of_name[static_cast<std::size_t>(position)]; };
  numbered.sources = translate(gang, edges.sources, find);
  numbered.targets = translate(gang, edges.targets, find);
  return own;
}

}  // namespace

VertexIndex VertexIndex::build(GangContext& gang, EdgeList edges, NumberedEdges& numbered) {
  VertexIndex index;
  if (edges.text_ids) {
    index.ids_ = build_from_texts(gang, std::move(edges), numbered, index.begin_, index.num_vertices_);
  } else {
    index.ids_ = build_from_integers(gang, std::move(edges), numbered, index.begin_, index.num_vertices_);
  }
  return index;
}

void VertexIndex::move_to(GangContext& gang, std::span<const std::uint64_t> bounds) {
  HS_CHECK(bounds.size() == static_cast<std::size_t>(gang.comm().size()) + 1 && bounds.back() == num_vertices_);
  const auto end = begin_ + num_local_vertices();
  Counts counts;
  for (std::size_t i = 0; i + 1 < bounds.size(); ++i) {
    const auto first = std::max(begin_, bounds[i]);
    const auto last = std::min(end, bounds[i + 1]);
    counts.push_back(last > first ? last - first : 0);
  }
  std::visit([&](auto& ids) { ids = exchange(gang.comm(), ids, counts).values; }, ids_);
  begin_ = bounds[static_cast<std::size_t>(gang.comm().rank().value)];
}

std::uint64_t VertexIndex::num_local_vertices() const noexcept {
  return std::visit([](const auto& ids) { return static_cast<std::uint64_t>(ids.size()); }, ids_);
}

void VertexIndex::append_id(std::string& text, std::uint64_t i) const {
  if (const auto* const names = std::get_if<std::vector<std::string>>(&ids_)) {
    text += (*names)[i];
    return;
  }
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof(digits), std::get<std::vector<std::int64_t>>(ids_)[i]).ptr;
  text.append(digits, end);
}

}  // namespace hammerscale::graph
