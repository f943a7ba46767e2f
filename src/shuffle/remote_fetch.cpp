#include "shuffle/remote_fetch.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <thread>
#include <utility>

#include "hammerscale/base/check.hpp"
#include "hammerscale/base/fault_point.hpp"
#include "shuffle/map_output_server.hpp"

namespace hammerscale::shuffle {
namespace {

// About two round trips between ranks of one node; longer waits are left to the scheduler of the system.
constexpr auto kSpin = std::chrono::microseconds(20);
constexpr auto kSleep = std::chrono::seconds(1);

}  // namespace

RemoteFetch::RemoteFetch(std::uint64_t id_in, ExecutorId source_in, ShuffleId shuffle_in, std::uint32_t partition_in,
                         std::vector<std::uint32_t> map_partitions_in, std::uint64_t piece_bytes_in, Owner owner_in,
                         storage::BufferPool pool, std::shared_ptr<std::atomic<std::uint64_t>> granted_bytes)
    : id(id_in),
      source(source_in),
      shuffle(shuffle_in),
      partition(partition_in),
      map_partitions(std::move(map_partitions_in)),
      piece_bytes(piece_bytes_in),
      is_prefetch(owner_in == Owner::kPrefetch),
      owner(owner_in),
      pool_(std::move(pool)),
      granted_bytes_(std::move(granted_bytes)) {}

RemoteFetch::~RemoteFetch() {
  for (const auto& buffer : buffers_) { granted_bytes_->fetch_sub(buffer.capacity()); }
}

void RemoteFetch::take_missing(std::uint32_t map_partition) {
  fail(ResourceError(ErrorCode::kMissingInput, "a map output of a shuffle is missing",
                     {{"shuffle", to_string(shuffle)},
                      {"map_partition", std::to_string(map_partition)},
                      {"executor", to_string(source)}},
                     true)
           .info());
}

void RemoteFetch::take_directory(ControlChannel::Words words, const std::byte* window) {
  HS_CHECK(words.size() >= 2);
  const std::size_t num_maps = words[1];
  HS_CHECK(num_maps == map_partitions.size());
  begin_.push_back(0);
  for (std::size_t i = 0; i < num_maps; ++i) { begin_.push_back(begin_.back() + words[2 + i]); }
  const auto places = words.subspan(2 + num_maps);
  HS_CHECK(places.size() == 3 * begin_.back());
  std::vector<std::uint64_t> streamed_bytes;
  std::vector<std::size_t> streamed;
  segments_.resize(begin_.back());
  for (std::size_t i = 0; i < segments_.size(); ++i) {
    SegmentView& segment = segments_[i];
    segment.num_bytes = places[3 * i];
    segment.num_elements = places[3 * i + 1];
    const std::uint64_t place = places[3 * i + 2];
    if (place == kStreamedPlace) {
      segment.streamed = true;
      streamed.push_back(i);
      streamed_bytes.push_back(segment.num_bytes);
    } else if (place != kEmptyPlace) {
      HS_CHECK(window != nullptr);
      segment.in_place = window + place;
      is_all_streamed_ = false;
    }
  }
  parcels_ = plan_parcels(streamed_bytes, piece_bytes);
  buffers_.resize(parcels_.size());
  for (std::uint32_t number = 0; number < parcels_.size(); ++number) {
    std::uint64_t place = 0;
    for (std::uint32_t i = 0; i < parcels_[number].num_segments; ++i) {
      SegmentView& segment = segments_[streamed[parcels_[number].first_segment + i]];
      segment.parcel = number;
      segment.place_in_parcel = place;
      place = next_place_in_parcel(place + segment.num_bytes);
    }
  }
}

void RemoteFetch::publish_directory() {
  has_directory_.store(true, std::memory_order_release);
  wake_up_.notify();
}

std::span<std::byte> RemoteFetch::next_piece() {
  if (posting_parcel_ == num_granted()) { return {}; }
  const Parcel& parcel = parcels_[posting_parcel_];
  const std::uint64_t num_bytes = std::min(piece_bytes, parcel.num_bytes - posted_of_parcel_);
  const auto piece = buffers_[posting_parcel_].whole().subspan(posted_of_parcel_, num_bytes);
  posted_of_parcel_ += num_bytes;
  if (posted_of_parcel_ == parcel.num_bytes) {
    ++posting_parcel_;
    posted_of_parcel_ = 0;
  }
  ++num_posted_;
  return piece;
}

void RemoteFetch::piece_arrived(std::uint64_t num_bytes) {
  --num_posted_;
  arrived_of_parcel_ += num_bytes;
  const std::size_t parcel = num_arrived_.load(std::memory_order_relaxed);
  if (arrived_of_parcel_ < parcels_[parcel].num_bytes) { return; }
  arrived_of_parcel_ = 0;
  num_arrived_.store(parcel + 1, std::memory_order_release);
  wake_up_.notify();
}

void RemoteFetch::fail(const ErrorInfo& error) {
  {
    const std::lock_guard lock(error_mutex_);
    if (error_) { return; }
    error_ = error;
  }
  failed_.store(true, std::memory_order_release);
  wake_up_.notify();
}

void RemoteFetch::throw_if_failed() {
  if (!failed_.load(std::memory_order_acquire)) { return; }
  const std::lock_guard lock(error_mutex_);
  throw_error(*error_);
}

template <typename Ready>
void RemoteFetch::wait_until(const Ready& ready) {
  // In this order: what arrives after a failure has no meaning, and it makes `ready` true as well.
  const auto is_over = [&] {
    const bool is_ready = ready();
    throw_if_failed();
    return is_ready;
  };
  if (is_over()) { return; }
  const auto end_of_spin = std::chrono::steady_clock::now() + kSpin;
  do {
    std::this_thread::yield();
    if (is_over()) { return; }
  } while (std::chrono::steady_clock::now() < end_of_spin);
  while (true) {
    const auto ticket = wake_up_.ticket();
    if (is_over()) { return; }
    wake_up_.sleep(ticket, kSleep);
  }
}

void RemoteFetch::wait_for_directory() {
  HS_FAULT_POINT("exchange.receive");
  wait_until([this] { return has_directory(); });
}

void RemoteFetch::wait_for_parcel(std::uint32_t parcel) {
  HS_CHECK(parcel < num_granted());
  wait_until([this, parcel] { return num_arrived_.load(std::memory_order_acquire) > parcel; });
}

void RemoteFetch::grant(storage::Buffer buffer) {
  const std::size_t next = num_granted_.load(std::memory_order_relaxed);
  granted_bytes_->fetch_add(buffer.capacity());
  unread_pieces_ += num_pieces(parcels_[next], piece_bytes);
  buffers_[next] = std::move(buffer);
  num_granted_.store(next + 1, std::memory_order_release);
}

void RemoteFetch::grant_one() { grant(pool_.allocate(parcels_[num_granted()].num_bytes)); }

void RemoteFetch::free_parcel() {
  storage::Buffer& buffer = buffers_[num_read_];
  granted_bytes_->fetch_sub(buffer.capacity());
  unread_pieces_ -= num_pieces(parcels_[num_read_], piece_bytes);
  buffer = {};
  ++num_read_;
}

std::uint64_t RemoteFetch::free_all() {
  std::uint64_t freed = 0;
  while (num_read_ < parcels_.size()) {
    freed += buffers_[num_read_].capacity();
    free_parcel();
  }
  return freed;
}

std::span<const std::byte> RemoteFetch::bytes(const SegmentView& segment) const {
  if (segment.streamed) {
    return {buffers_[segment.parcel].data() + segment.place_in_parcel, segment.num_bytes};
  }
  return {segment.in_place, segment.num_bytes};
}

}  // namespace hammerscale::shuffle
