#include "shuffle/exchange_transport.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "hammerscale/base/check.hpp"
#include "hammerscale/comm/error_bytes.hpp"

namespace hammerscale::shuffle {
namespace {

constexpr comm::Tag kControlTag{1};
constexpr comm::Tag kDataTag{2};

Rank rank_of(ExecutorId executor) { return Rank(static_cast<std::int32_t>(executor.value)); }

/// What tasks cannot do without is at most half of the budget, what was granted ahead another quarter.
ServerLimits server_limits(std::uint64_t budget_bytes) {
  constexpr std::uint64_t kLeastStagedBytes = std::uint64_t{1} << 20;
  constexpr std::uint64_t kMostStagedBytes = std::uint64_t{32} << 20;
  return {budget_bytes / 4, std::clamp(budget_bytes / 32, kLeastStagedBytes, kMostStagedBytes)};
}

ExchangeOptions checked(ExchangeOptions options, const comm::Communicator& comm) {
  HS_CHECK(options.piece_bytes != 0 && options.pieces_in_flight != 0);
  options.piece_bytes = std::min(options.piece_bytes, comm.piece_bytes());
  return options;
}

}  // namespace

/// What an open() returns: a request of its own for most map partitions, and what was prefetched for the others.
class ExchangeTransport::Input final : public RemoteInput {
 public:
  explicit Input(ExchangeTransport& transport) : transport_(transport) {}
  Input(const Input&) = delete;
  Input& operator=(const Input&) = delete;
  ~Input() override {
    std::vector<Command> commands;
    for (auto& fetch : fetches_) { commands.push_back({Wish::kRelease, std::move(fetch)}); }
    transport_.push(std::move(commands));
  }

  void add(FetchPtr fetch) {
    for (std::size_t i = 0; i < fetch->map_partitions.size(); ++i) {
      places_[fetch->map_partitions[i]] = {fetch.get(), i};
    }
    fetches_.push_back(std::move(fetch));
  }

  [[nodiscard]] std::uint64_t num_bytes() const override { return total(&RemoteFetch::SegmentView::num_bytes); }
  [[nodiscard]] std::uint64_t num_elements() const override { return total(&RemoteFetch::SegmentView::num_elements); }

  void read_map(std::uint32_t map_partition, const SegmentVisitor& visit) override {
    const auto found = places_.find(map_partition);
    HS_CHECK(found != places_.end());
    const auto [fetch, index] = found->second;
    fetch->wait_for_directory();
    for (const auto& segment : fetch->segments(index)) {
      if (segment.streamed) { bring(*fetch, segment.parcel); }
      auto& counter = !segment.streamed     ? transport_.in_place_bytes_
                      : fetch->is_prefetch ? transport_.prefetched_bytes_
                                           : transport_.streamed_bytes_;
      counter.fetch_add(segment.num_bytes, std::memory_order_relaxed);
      visit(fetch->bytes(segment), segment.num_elements);
    }
  }

 private:
  struct Place {
    RemoteFetch* fetch = nullptr;
    std::size_t index = 0;
  };

  [[nodiscard]] std::uint64_t total(std::uint64_t RemoteFetch::SegmentView::* what) const {
    std::uint64_t sum = 0;
    for (const auto& fetch : fetches_) {
      fetch->wait_for_directory();
      for (const auto& segment : fetch->segments()) { sum += segment.*what; }
    }
    return sum;
  }

  // Waits for a parcel, frees those before it and sees to it that the next ones are under way.
  void bring(RemoteFetch& fetch, std::uint32_t parcel) {
    while (fetch.num_read() < parcel) {
      if (fetch.num_granted() == fetch.num_read()) { grant_one(fetch); }
      // One that the reader passed over, because it skipped a map partition, has to arrive all the same.
      fetch.wait_for_parcel(static_cast<std::uint32_t>(fetch.num_read()));
      fetch.free_parcel();
    }
    if (fetch.num_granted() == parcel) { grant_one(fetch); }
    // Half a window at a time, so that the main thread is not woken for every piece.
    const bool is_half_read = 2 * fetch.unread_pieces() <= transport_.options_.pieces_in_flight;
    if (is_half_read && fetch.num_granted() < fetch.num_parcels()) {
      grant_ahead(fetch);
    }
    fetch.wait_for_parcel(parcel);
  }

  void grant_one(RemoteFetch& fetch) {
    fetch.grant_one();
    fetch.grant_ahead(transport_.options_.pieces_in_flight,
                      [this](std::uint64_t num_bytes) { return transport_.may_look_ahead(num_bytes); });
    transport_.push(Wish::kPost, shared(fetch));
  }

  void grant_ahead(RemoteFetch& fetch) {
    if (fetch.grant_ahead(transport_.options_.pieces_in_flight,
                          [this](std::uint64_t num_bytes) { return transport_.may_look_ahead(num_bytes); })) {
      transport_.push(Wish::kPost, shared(fetch));
    }
  }

  [[nodiscard]] const FetchPtr& shared(const RemoteFetch& fetch) const {
    return *std::ranges::find(fetches_, &fetch, [](const FetchPtr& each) { return each.get(); });
  }

  ExchangeTransport& transport_;
  std::vector<FetchPtr> fetches_;
  std::unordered_map<std::uint32_t, Place> places_;  // By map partition.
};

ExchangeTransport::ExchangeTransport(std::shared_ptr<comm::Communicator> executors, ShuffleStore& store,
                                     const storage::SpillFile& spill_file, storage::BufferPool pool,
                                     const comm::SharedWindow* window, ExecutorId self,
                                     std::function<void()> wake_main_thread, ExchangeOptions options)
    : comm_(std::move(executors)),
      pool_(std::move(pool)),
      window_(window),
      self_(self),
      wake_main_thread_(std::move(wake_main_thread)),
      options_(checked(options, *comm_)),
      granted_bytes_(std::make_shared<std::atomic<std::uint64_t>>(0)),
      control_(*comm_, kControlTag),
      server_(*comm_, kDataTag, control_, store, spill_file, server_limits(pool_.budget_bytes())),
      receives_(static_cast<std::size_t>(comm_->size())),
      reclaimer_(pool_.add_reclaimer([this](std::uint64_t wanted) { return reclaim_prefetched(wanted); })) {
  HS_CHECK(rank_of(self) == comm_->rank());
}

ExchangeTransport::~ExchangeTransport() {
  // Messages end before the memory that they use.
  for (auto& of_source : receives_) { of_source.clear(); }
  server_.cancel();
  control_.cancel();
}

bool ExchangeTransport::reads_in_place(ExecutorId source) const {
  return options_.read_in_place && window_ != nullptr && window_->has_peer(rank_of(source));
}

bool ExchangeTransport::may_look_ahead(std::uint64_t num_bytes) const {
  // Three quarters stay for what tasks cannot do without, among it the one parcel that each is reading.
  return granted_bytes_->load(std::memory_order_relaxed) + num_bytes <= pool_.budget_bytes() / 4;
}

void ExchangeTransport::push(Wish wish, const FetchPtr& fetch) {
  {
    const std::lock_guard lock(mutex_);
    commands_.push_back({wish, fetch});
  }
  has_commands_.store(true, std::memory_order_release);
  wake_main_thread_();
}

void ExchangeTransport::push(std::vector<Command> commands) {
  if (commands.empty()) { return; }
  {
    const std::lock_guard lock(mutex_);
    std::ranges::move(commands, std::back_inserter(commands_));
  }
  has_commands_.store(true, std::memory_order_release);
  wake_main_thread_();
}

ExchangeTransport::FetchPtr ExchangeTransport::make_fetch(ShuffleId shuffle, ExecutorId source,
                                                          std::uint32_t partition,
                                                          std::vector<std::uint32_t> map_partitions,
                                                          RemoteFetch::Owner owner) {
  auto fetch = std::make_shared<RemoteFetch>(next_id_++, source, shuffle, partition, std::move(map_partitions),
                                             options_.piece_bytes, owner, pool_, granted_bytes_);
  fetches_[fetch->id] = fetch;
  if (failure_) { fetch->fail(*failure_); }
  return fetch;
}

std::unique_ptr<RemoteInput> ExchangeTransport::open(ShuffleId shuffle, ExecutorId source, std::uint32_t partition,
                                                     std::vector<std::uint32_t> map_partitions) {
  HS_CHECK(source != self_ && rank_of(source).value < comm_->size());
  auto input = std::make_unique<Input>(*this);
  FetchPtr fetch;
  {
    const std::lock_guard lock(mutex_);
    std::erase_if(map_partitions, [&](std::uint32_t map) {
      const auto found = prefetched_.find({shuffle, source, partition, map});
      if (found == prefetched_.end()) { return false; }
      auto prefetched = std::move(found->second);
      prefetched_.erase(found);
      auto expected = RemoteFetch::Owner::kPrefetch;
      if (!prefetched->owner.compare_exchange_strong(expected, RemoteFetch::Owner::kReader)) { return false; }
      input->add(std::move(prefetched));
      return true;
    });
    if (!map_partitions.empty()) {
      fetch = make_fetch(shuffle, source, partition, std::move(map_partitions), RemoteFetch::Owner::kReader);
    }
  }
  if (fetch) {
    input->add(fetch);
    push(Wish::kRequest, fetch);
  }
  return input;
}

void ExchangeTransport::prefetch(ShuffleId shuffle, ExecutorId source, std::uint32_t map_partition,
                                 const std::vector<std::uint32_t>& partitions) {
  HS_CHECK(rank_of(source).value < comm_->size());
  if (source == self_ || reads_in_place(source)) { return; }
  std::vector<Command> commands;
  {
    const std::lock_guard lock(mutex_);
    if (failure_) { return; }
    for (const std::uint32_t partition : partitions) {
      auto& place = prefetched_[{shuffle, source, partition, map_partition}];
      if (place) { continue; }
      place = make_fetch(shuffle, source, partition, {map_partition}, RemoteFetch::Owner::kPrefetch);
      commands.push_back({Wish::kRequest, place});
    }
  }
  push(std::move(commands));
}

void ExchangeTransport::drop(ShuffleId shuffle) {
  std::vector<Command> commands;
  {
    const std::lock_guard lock(mutex_);
    std::erase_if(prefetched_, [&](auto& entry) {
      if (std::get<ShuffleId>(entry.first) != shuffle) { return false; }
      entry.second->owner.store(RemoteFetch::Owner::kDropped);
      commands.push_back({Wish::kRelease, std::move(entry.second)});
      return true;
    });
  }
  push(std::move(commands));
}

std::uint64_t ExchangeTransport::reclaim_prefetched(std::uint64_t wanted) {
  std::vector<Command> commands;
  std::uint64_t freed = 0;
  {
    const std::lock_guard lock(mutex_);
    for (auto entry = prefetched_.begin(); entry != prefetched_.end() && freed < wanted;) {
      // One whose pieces are under way cannot be freed before they have arrived.
      if (!entry->second->is_complete() || entry->second->num_parcels() == 0) {
        ++entry;
        continue;
      }
      auto expected = RemoteFetch::Owner::kPrefetch;
      if (entry->second->owner.compare_exchange_strong(expected, RemoteFetch::Owner::kDropped)) {
        freed += entry->second->free_all();
        commands.push_back({Wish::kRelease, std::move(entry->second)});
      }
      entry = prefetched_.erase(entry);
    }
  }
  push(std::move(commands));
  return freed;
}

void ExchangeTransport::fail(const ErrorInfo& error) {
  std::vector<FetchPtr> open;
  {
    const std::lock_guard lock(mutex_);
    if (!failure_) { failure_ = error; }
    for (const auto& [id, fetch] : fetches_) { open.push_back(fetch); }
  }
  for (const auto& fetch : open) { fetch->fail(error); }
}

ExchangeCounters ExchangeTransport::counters() const {
  return {in_place_bytes_.load(), streamed_bytes_.load(), prefetched_bytes_.load()};
}

bool ExchangeTransport::poll() {
  if (polling_) { return false; }
  struct Mark {
    explicit Mark(bool& flag_in) : flag(flag_in) { flag = true; }
    ~Mark() { flag = false; }
    bool& flag;
  } const mark(polling_);
  bool any = take_commands();
  any |= control_.receive(
      [this](Rank from, RecordKind kind, ControlChannel::Words words) { take_record(from, kind, words); });
  any |= take_pieces();
  any |= post_receives();
  any |= server_.progress();
  any |= control_.send();
  return any;
}

bool ExchangeTransport::take_commands() {
  if (!has_commands_.exchange(false, std::memory_order_acquire)) { return false; }
  std::vector<Command> commands;
  {
    const std::lock_guard lock(mutex_);
    commands.swap(commands_);
  }
  for (const auto& [wish, fetch] : commands) {
    switch (wish) {
      case Wish::kRequest: {
        std::vector<std::uint64_t> words = {fetch->id, fetch->shuffle.value, fetch->partition, fetch->piece_bytes,
                                            reads_in_place(fetch->source) ? 1U : 0U};
        words.insert(words.end(), fetch->map_partitions.begin(), fetch->map_partitions.end());
        control_.write(rank_of(fetch->source), RecordKind::kRequest, words);
        break;
      }
      case Wish::kPost:
        queue_for_posting(fetch);
        break;
      case Wish::kRelease: {
        fetch->owner.store(RemoteFetch::Owner::kDropped);
        release_at_source(*fetch);
        const std::lock_guard lock(mutex_);
        fetches_.erase(fetch->id);
        break;
      }
    }
  }
  return true;
}

void ExchangeTransport::release_at_source(RemoteFetch& fetch) {
  if (std::exchange(fetch.released_at_source, true)) { return; }
  control_.write(rank_of(fetch.source), RecordKind::kRelease, std::vector<std::uint64_t>{fetch.id});
}

void ExchangeTransport::take_record(Rank from, RecordKind kind, ControlChannel::Words words) {
  HS_CHECK(!words.empty());
  switch (kind) {
    case RecordKind::kRequest:
      server_.take_request(from, words);
      return;
    case RecordKind::kGrant:
      server_.take_grant(from, words);
      return;
    case RecordKind::kRelease:
      server_.take_release(from, words);
      return;
    case RecordKind::kFailureSeen:
      server_.take_failure_seen(from, words);
      return;
    case RecordKind::kFailure:
      // Also when the reader has gone. The source sends nothing before it has this, and this is sent after what follows
      // here: no piece without meaning comes before the fetch has failed.
      control_.write(from, RecordKind::kFailureSeen, words.first(1));
      break;
    case RecordKind::kDirectory:
      break;
  }
  FetchPtr fetch;
  {
    const std::lock_guard lock(mutex_);
    const auto found = fetches_.find(words[0]);
    if (found == fetches_.end()) { return; }  // The reader has gone.
    fetch = found->second;
  }
  if (kind == RecordKind::kDirectory) {
    take_directory(fetch, words);
    return;
  }
  HS_CHECK(words.size() >= 2 && words[1] <= (words.size() - 2) * sizeof(std::uint64_t));
  fetch->fail(comm::error_from_bytes(std::as_bytes(words.subspan(2)).first(words[1])));
  release_at_source(*fetch);  // The source sends filler for the posted receives once it knows that this was seen.
  forget_prefetch(*fetch);
}

void ExchangeTransport::take_directory(const FetchPtr& fetch, ControlChannel::Words words) {
  if (fetch->owner.load() == RemoteFetch::Owner::kDropped) { return; }
  if (words.size() > 1 && words[1] == kMissingOutput) {
    fetch->take_missing(static_cast<std::uint32_t>(words[2]));
    forget_prefetch(*fetch);
    return;
  }
  fetch->take_directory(words, reads_in_place(fetch->source) ? window_->base_of(rank_of(fetch->source)) : nullptr);
  if (fetch->is_prefetch && !grant_prefetch(*fetch)) {
    forget_prefetch(*fetch);
  } else if (!fetch->is_prefetch) {
    // The first window starts here, before the reader has come to it, where no other holder of memory has to make
    // room; asking reclaimers would keep this thread from its messages.
    fetch->grant_ahead(options_.pieces_in_flight, [this](std::uint64_t num_bytes) {
      return may_look_ahead(num_bytes) && pool_.used_bytes() + num_bytes <= pool_.budget_bytes() / 4 * 3;
    });
  }
  fetch->publish_directory();
  queue_for_posting(fetch);
}

bool ExchangeTransport::grant_prefetch(RemoteFetch& fetch) {
  fetch.grant_ahead(UINT64_MAX, [this](std::uint64_t num_bytes) {
    return may_look_ahead(num_bytes) && pool_.used_bytes() + num_bytes <= pool_.budget_bytes() / 4 * 3;
  });
  return fetch.num_granted() == fetch.num_parcels();
}

void ExchangeTransport::forget_prefetch(const RemoteFetch& fetch) {
  if (!fetch.is_prefetch) { return; }
  FetchPtr dropped;
  {
    const std::lock_guard lock(mutex_);
    const auto found = prefetched_.find({fetch.shuffle, fetch.source, fetch.partition, fetch.map_partitions.front()});
    // A reader may have claimed it meanwhile; then it goes the way of every other fetch.
    if (found == prefetched_.end() || found->second.get() != &fetch) { return; }
    dropped = std::move(found->second);
    prefetched_.erase(found);
    dropped->owner.store(RemoteFetch::Owner::kDropped);
  }
  push(Wish::kRelease, dropped);
}

void ExchangeTransport::queue_for_posting(const FetchPtr& fetch) {
  if (std::exchange(fetch->queued, true)) { return; }
  posting_.push_back(fetch);
}

bool ExchangeTransport::take_pieces() {
  bool any = false;
  for (auto& of_source : receives_) {
    while (!of_source.empty() && of_source.front().receive.test()) {
      any = true;
      const PostedReceive arrived = std::move(of_source.front());
      of_source.pop_front();
      RemoteFetch& fetch = *arrived.fetch;
      fetch.piece_arrived(arrived.num_bytes);
      // What has arrived in full need not be kept at the source for a reader that is still busy with it.
      if (fetch.is_all_streamed() && fetch.is_complete()) { release_at_source(fetch); }
      queue_for_posting(arrived.fetch);
    }
  }
  return any;
}

bool ExchangeTransport::post_receives() {
  bool any = false;
  // One piece of each in turn: sources send in the order of the grants, so this is what shares the wire.
  while (!posting_.empty()) {
    const FetchPtr fetch = std::move(posting_.front());
    posting_.pop_front();
    fetch->queued = false;
    if (fetch->owner.load() == RemoteFetch::Owner::kDropped || fetch->released_at_source ||
        fetch->num_posted() >= options_.pieces_in_flight) {
      continue;
    }
    const auto piece = fetch->next_piece();
    if (piece.empty()) { continue; }
    any = true;
    const Rank source = rank_of(fetch->source);
    receives_[static_cast<std::size_t>(source.value)].push_back(
        {fetch, piece.size(), comm_->irecv_bytes(source, kDataTag, piece)});
    control_.write(source, RecordKind::kGrant, std::vector<std::uint64_t>{fetch->id});
    queue_for_posting(fetch);
  }
  return any;
}

}  // namespace hammerscale::shuffle
