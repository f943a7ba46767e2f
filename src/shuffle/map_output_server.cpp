#include "shuffle/map_output_server.hpp"

#include <algorithm>
#include <cstring>

#include "hammerscale/base/check.hpp"
#include "hammerscale/base/error.hpp"
#include "hammerscale/base/fault_point.hpp"
#include "hammerscale/comm/error_bytes.hpp"

namespace hammerscale::shuffle {
namespace {

// Messages under way to one reader and to all. They bound the memory for packed and decompressed pieces too, which
// lies outside of the pool: a source that waited for pool memory here would stop readers that are about to free some.
// Small budgets bound it further, by ServerLimits.
constexpr std::size_t kSendsPerPeer = 8;
constexpr std::size_t kSendsInAll = 32;
constexpr std::size_t kFreeStaging = 8;

}  // namespace

/// What one reader asked for, and how far it has been sent.
struct MapOutputServer::Request {
  std::uint64_t id = 0;
  ShuffleId shuffle;
  std::uint32_t partition = 0;
  std::uint64_t piece_bytes = 0;
  std::vector<const MapOutput*> read_in_place;  // Each is pinned once for this request.
  struct Streamed {
    std::uint32_t map_partition;
    std::uint32_t segment;  // Index in the output; it stays when the output is spilled.
  };
  std::vector<Streamed> streamed;
  std::vector<Parcel> parcels;
  std::size_t next_parcel = 0;
  std::shared_ptr<const MapOutput> output;  // Of a long segment, from its first piece to its last.
  std::uint64_t sent_of_parcel = 0;
  std::uint64_t num_granted = 0;  // Pieces that are still to be sent.
  bool released = false;
  bool failed = false;
  bool failure_seen = false;  // By the reader.
  std::optional<storage::SpillReader> spill;  // Of a long spilled segment that is sent piece by piece.
  std::span<const std::byte> rest_of_frame;

  // The next bytes of a spilled segment, which is read from its start to its end.
  void read_spilled(const storage::SpillFile& file, const Segment& segment, bool from_start, std::span<std::byte> out) {
    if (from_start) {
      spill.emplace(file.reader(segment.extent));
      rest_of_frame = {};
    }
    while (!out.empty()) {
      if (rest_of_frame.empty()) {
        const auto frame = spill->next();
        HS_CHECK(frame && !frame->empty());
        rest_of_frame = *frame;
      }
      const std::size_t num_bytes = std::min(rest_of_frame.size(), out.size());
      std::memcpy(out.data(), rest_of_frame.data(), num_bytes);
      rest_of_frame = rest_of_frame.subspan(num_bytes);
      out = out.subspan(num_bytes);
    }
  }
};

MapOutputServer::MapOutputServer(comm::Communicator& comm, comm::Tag data_tag, ControlChannel& control,
                                 const ShuffleStore& store, const storage::SpillFile& spill_file, ServerLimits limits)
    : comm_(comm),
      data_tag_(data_tag),
      control_(control),
      store_(store),
      spill_file_(spill_file),
      peers_(static_cast<std::size_t>(comm.size())),
      limits_(limits),
      pinned_(limits.pinned_bytes) {}

void MapOutputServer::take_request(Rank reader, ControlChannel::Words words) {
  HS_CHECK(words.size() >= 5);
  auto request = std::make_shared<Request>();
  request->id = words[0];
  request->shuffle = ShuffleId(words[1]);
  request->partition = static_cast<std::uint32_t>(words[2]);
  request->piece_bytes = words[3];
  const bool in_place = words[4] != 0;
  const auto maps = words.subspan(5);

  std::vector<std::uint64_t> directory = {request->id, maps.size()};
  std::vector<std::uint64_t> places;
  std::vector<std::uint64_t> streamed_bytes;
  for (const std::uint64_t word : maps) {
    const auto map = static_cast<std::uint32_t>(word);
    auto output = store_.find(request->shuffle, map);
    if (!output || request->partition >= output->num_partitions()) {
      for (const auto* pinned : request->read_in_place) { pinned_.unpin(pinned); }
      control_.write(reader, RecordKind::kDirectory, std::vector<std::uint64_t>{request->id, kMissingOutput, map});
      return;
    }
    const auto segments = output->segments(request->partition);
    directory.push_back(segments.size());
    const bool lies_in_place = in_place && std::ranges::any_of(segments, [](const Segment& segment) {
                                 return segment.num_bytes != 0 && segment.shared_offset.has_value();
                               });
    // Held until the release; what cannot be held as well is streamed, and may be spilled until its turn comes.
    const bool is_pinned = lies_in_place && pinned_.pin(output);
    if (is_pinned) { request->read_in_place.push_back(output.get()); }
    for (std::uint32_t i = 0; i < segments.size(); ++i) {
      const Segment& segment = segments[i];
      std::uint64_t place = kStreamedPlace;
      if (segment.num_bytes == 0) {
        place = kEmptyPlace;
      } else if (is_pinned && segment.shared_offset) {
        place = *segment.shared_offset;
      } else {
        request->streamed.push_back({map, i});
        streamed_bytes.push_back(segment.num_bytes);
      }
      places.insert(places.end(), {segment.num_bytes, segment.num_elements, place});
    }
  }
  request->parcels = plan_parcels(streamed_bytes, request->piece_bytes);
  directory.insert(directory.end(), places.begin(), places.end());
  control_.write(reader, RecordKind::kDirectory, directory);
  requests_[{reader, request->id}] = std::move(request);
}

void MapOutputServer::take_grant(Rank reader, ControlChannel::Words words) {
  const auto& request = requests_.at({reader, words[0]});
  ++request->num_granted;
  peers_[static_cast<std::size_t>(reader.value)].granted.push_back(request);
}

void MapOutputServer::take_release(Rank reader, ControlChannel::Words words) {
  const auto found = requests_.find({reader, words[0]});
  if (found == requests_.end()) { return; }  // Its output was missing.
  // What was granted is still sent: receives are posted for it.
  found->second->released = true;
  for (const auto* pinned : std::exchange(found->second->read_in_place, {})) { pinned_.unpin(pinned); }
  if (found->second->num_granted == 0) { requests_.erase(found); }
}

std::shared_ptr<const MapOutput> MapOutputServer::find(const Request& request, std::uint32_t map_partition) const {
  auto output = store_.find(request.shuffle, map_partition);
  if (output) { return output; }
  throw ResourceError(ErrorCode::kMissingInput, "a map output was dropped while it was read",
                      {{"shuffle", to_string(request.shuffle)}, {"map_partition", std::to_string(map_partition)}},
                      true);
}

void MapOutputServer::pack(Request& request, const Parcel& parcel, std::span<std::byte> out) {
  std::uint64_t place = 0;
  for (std::uint32_t i = 0; i < parcel.num_segments; ++i) {
    const auto [map, number] = request.streamed[parcel.first_segment + i];
    const auto output = find(request, map);
    const Segment& segment = output->segments(request.partition)[number];
    const auto part = out.subspan(place, segment.num_bytes);
    if (segment.spilled()) {
      request.read_spilled(spill_file_, segment, true, part);
    } else {
      std::memcpy(part.data(), segment.data, part.size());
    }
    const std::uint64_t end = place + segment.num_bytes;
    place = next_place_in_parcel(end);
    // Gaps are sent too; they must not carry bytes of an earlier use of the memory.
    if (place < out.size()) { std::memset(out.data() + end, 0, place - end); }
  }
}

// The next bytes of the current parcel, where they lie or copied into the message's staging.
std::span<const std::byte> MapOutputServer::next_bytes(Request& request, Message& message, std::uint64_t num_bytes) {
  const Parcel& parcel = request.parcels[request.next_parcel];
  const auto [map, number] = request.streamed[parcel.first_segment];
  if (parcel.num_segments == 1) {
    if (request.sent_of_parcel == 0) { request.output = find(request, map); }
    const Segment& segment = request.output->segments(request.partition)[number];
    if (!segment.spilled()) {
      message.output = request.output;
      return std::span(segment.data, segment.num_bytes).subspan(request.sent_of_parcel, num_bytes);
    }
    message.staging.resize(num_bytes);
    request.read_spilled(spill_file_, segment, request.sent_of_parcel == 0, message.staging);
  } else {
    message.staging.resize(num_bytes);
    pack(request, parcel, message.staging);
  }
  return message.staging;
}

void MapOutputServer::report_failure(Rank reader, Request& request) {
  request.failed = true;
  const auto error = comm::to_bytes(describe_exception(std::current_exception()));
  std::vector<std::uint64_t> words(2 + (error.size() + sizeof(std::uint64_t) - 1) / sizeof(std::uint64_t));
  words[0] = request.id;
  words[1] = error.size();
  std::memcpy(words.data() + 2, error.data(), error.size());
  control_.write(reader, RecordKind::kFailure, words);
}

void MapOutputServer::take_failure_seen(Rank reader, ControlChannel::Words words) {
  // Pieces are still granted: the one that failed at the least.
  requests_.at({reader, words[0]})->failure_seen = true;
}

bool MapOutputServer::send_piece(Rank reader, Peer& peer) {
  const auto request = peer.granted.front();
  // Data may overtake the control message that tells of the failure; the reader would take it for its rows.
  if (request->failed && !request->failure_seen) { return false; }
  HS_CHECK(request->next_parcel < request->parcels.size());
  const std::uint64_t parcel_bytes = request->parcels[request->next_parcel].num_bytes;
  const std::uint64_t num_bytes = std::min(request->piece_bytes, parcel_bytes - request->sent_of_parcel);

  Message& message = peer.sending.emplace_back();
  if (!free_staging_.empty()) {
    message.staging = std::move(free_staging_.back());
    free_staging_.pop_back();
    free_staging_bytes_ -= message.staging.capacity();
  }
  std::span<const std::byte> bytes;
  if (!request->failed) {
    try {
      HS_FAULT_POINT("exchange.send");
      bytes = next_bytes(*request, message, num_bytes);
    } catch (...) {
      report_failure(reader, *request);
      peer.sending.pop_back();
      return false;
    }
  } else {
    // The receive is posted, so something of this length has to be sent all the same.
    message.staging.assign(num_bytes, std::byte{0});
    bytes = message.staging;
  }
  peer.granted.pop_front();
  request->sent_of_parcel += num_bytes;
  if (request->sent_of_parcel == parcel_bytes) {
    ++request->next_parcel;
    request->sent_of_parcel = 0;
    request->output.reset();
  }
  staged_bytes_ += message.staging.capacity();
  message.send = comm_.isend_bytes(reader, data_tag_, bytes);
  ++num_sending_;
  if (--request->num_granted == 0 && request->released) { requests_.erase({reader, request->id}); }
  return true;
}

bool MapOutputServer::finish_sends(Peer& peer) {
  bool any = false;
  while (!peer.sending.empty() && peer.sending.front().send.test()) {
    any = true;
    keep_staging(std::move(peer.sending.front().staging));
    peer.sending.pop_front();
    --num_sending_;
  }
  return any;
}

void MapOutputServer::keep_staging(std::vector<std::byte> staging) {
  staged_bytes_ -= staging.capacity();
  if (staging.capacity() == 0 || free_staging_.size() == kFreeStaging ||
      free_staging_bytes_ + staging.capacity() > limits_.staged_bytes) {
    return;
  }
  free_staging_bytes_ += staging.capacity();
  free_staging_.push_back(std::move(staging));
}

bool MapOutputServer::progress() {
  bool any = false;
  if (num_sending_ != 0) {
    for (Peer& peer : peers_) { any |= finish_sends(peer); }
  }
  // One piece per reader and turn, until nobody can be sent more.
  std::size_t num_idle = 0;
  while (num_idle < peers_.size() && num_sending_ < kSendsInAll && staged_bytes_ < limits_.staged_bytes) {
    const std::size_t reader = next_peer_;
    next_peer_ = (next_peer_ + 1) % peers_.size();
    Peer& peer = peers_[reader];
    if (peer.granted.empty() || peer.sending.size() >= kSendsPerPeer) {
      ++num_idle;
      continue;
    }
    if (!send_piece(Rank(static_cast<std::int32_t>(reader)), peer)) {
      ++num_idle;
      continue;
    }
    num_idle = 0;
    any = true;
  }
  return any;
}

void MapOutputServer::cancel() noexcept {
  for (Peer& peer : peers_) { peer.sending.clear(); }
  num_sending_ = 0;
  staged_bytes_ = 0;
}

}  // namespace hammerscale::shuffle
