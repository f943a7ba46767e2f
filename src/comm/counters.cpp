#include "hammerscale/comm/counters.hpp"

namespace hammerscale::comm {
namespace {

constexpr std::array<std::string_view, kNumOperationKinds> kKindNames = {
    "send",   "receive",    "probe",   "barrier",    "broadcast",      "reduce", "all_reduce",
    "gather", "all_gather", "scatter", "all_to_all", "reduce_scatter", "scan",   "neighbour_exchange"};
static_assert(static_cast<std::size_t>(OperationKind::kNeighbourExchange) + 1 == kNumOperationKinds);

}  // namespace

std::string_view to_string(OperationKind kind) { return kKindNames.at(static_cast<std::size_t>(kind)); }

OperationCounter Counters::total() const {
  OperationCounter sum;
  for (const OperationCounter& counter : by_kind) {
    sum.num_calls += counter.num_calls;
    sum.num_messages += counter.num_messages;
    sum.num_bytes += counter.num_bytes;
  }
  return sum;
}

std::string to_string(const Counters& counters) {
  std::string text;
  for (std::size_t i = 0; i < kNumOperationKinds; ++i) {
    const OperationCounter& counter = counters.by_kind[i];
    if (counter.num_calls == 0) { continue; }
    if (!text.empty()) { text += '\n'; }
    text += std::string(kKindNames[i]) + ": " + std::to_string(counter.num_calls) + " calls, " +
            std::to_string(counter.num_messages) + " messages, " + std::to_string(counter.num_bytes) + " bytes";
  }
  return text;
}

}  // namespace hammerscale::comm
