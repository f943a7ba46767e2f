#include "hammerscale/graph/ghost_exchange.hpp"

#include <algorithm>

#include "hammerscale/base/check.hpp"

namespace hammerscale::graph {

GhostExchange::GhostExchange(comm::Communicator& comm, std::span<const std::uint64_t> bounds,
                             std::span<const std::uint64_t> ghosts)
    : num_ghosts_(ghosts.size()) {
  const auto me = static_cast<std::size_t>(comm.rank().value);
  num_own_ = bounds[me + 1] - bounds[me];
  // Owners' ranges ascend, so ascending ghosts are already sorted by owner.
  std::vector<std::uint64_t> wanted;
  auto first = ghosts.begin();
  for (std::size_t i = 0; i + 1 < bounds.size(); ++i) {
    const auto last = std::lower_bound(first, ghosts.end(), bounds[i + 1]);
    wanted.push_back(static_cast<std::uint64_t>(last - first));
    first = last;
  }
  HS_CHECK(wanted[me] == 0);
  const auto asked = comm.all_to_all_v(ghosts, wanted);
  sent_.reserve(asked.values.size());
  for (const auto number : asked.values) { sent_.push_back(static_cast<std::uint32_t>(number - bounds[me])); }
  for (const auto count : asked.counts) { send_bytes_.push_back(count * sizeof(double)); }
  for (const auto count : wanted) { receive_bytes_.push_back(count * sizeof(double)); }
  outbox_.resize(sent_.size());
}

void GhostExchange::update(comm::Communicator& comm, std::span<double> values) {
  HS_CHECK(values.size() == num_own_ + num_ghosts_);
  if (comm.size() == 1) { return; }
  for (std::size_t i = 0; i < sent_.size(); ++i) { outbox_[i] = values[sent_[i]]; }
  comm.all_to_all_v_bytes(comm::bytes_of(outbox_), send_bytes_, comm::writable_bytes_of(values.subspan(num_own_)),
                          receive_bytes_);
}

void GhostExchange::add_to_owners(comm::Communicator& comm, std::span<std::uint64_t> counts) {
  HS_CHECK(counts.size() == num_own_ + num_ghosts_);
  static_assert(sizeof(std::uint64_t) == sizeof(double), "the byte counts of both directions are shared");
  if (comm.size() == 1) { return; }
  std::vector<std::uint64_t> inbox(sent_.size());
  comm.all_to_all_v_bytes(comm::bytes_of(counts.subspan(num_own_)), receive_bytes_, comm::writable_bytes_of(inbox),
                          send_bytes_);
  for (std::size_t i = 0; i < sent_.size(); ++i) { counts[sent_[i]] += inbox[i]; }
}

}  // namespace hammerscale::graph
