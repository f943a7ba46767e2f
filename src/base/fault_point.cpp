#include "hammerscale/base/fault_point.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <mutex>
#include <new>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "hammerscale/base/error.hpp"
#include "hammerscale/base/log.hpp"

namespace hammerscale {
namespace {

enum class Action : std::uint8_t { kThrow, kOutOfMemory, kStall, kAbort, kKill };

constexpr std::array<std::pair<std::string_view, Action>, 5> kActions = {{{"throw", Action::kThrow},
                                                                          {"out_of_memory", Action::kOutOfMemory},
                                                                          {"stall", Action::kStall},
                                                                          {"abort", Action::kAbort},
                                                                          {"kill", Action::kKill}}};

struct Fault {
  std::string name;
  std::optional<std::uint32_t> rank;    // Empty: every rank.
  std::optional<std::uint32_t> number;  // Of the pass; empty: every pass.
  Action action = Action::kThrow;
  std::uint32_t num_passes = 0;
};

struct Armed {
  std::mutex mutex;
  std::vector<Fault> faults;
};

Armed& armed() {
  static Armed all;
  return all;
}

[[noreturn]] void fail_form(std::string_view fault) {
  throw UserError(ErrorCode::kInvalidArgument,
                  "a fault is NAME:RANK:PASS:ACTION with throw, out_of_memory, stall, abort or kill",
                  {{"fault", std::string(fault)}});
}

std::optional<std::uint32_t> parse_number_or_star(std::string_view text, std::string_view fault) {
  if (text == "*") { return std::nullopt; }
  std::uint32_t number = 0;
  const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (status != std::errc{} || end != text.data() + text.size()) { fail_form(fault); }
  return number;
}

std::string_view take_until(std::string_view& rest, char separator) {
  const auto end = rest.find(separator);
  const auto part = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  return part;
}

Fault parse_fault(std::string_view text) {
  if (std::count(text.begin(), text.end(), ':') != 3) { fail_form(text); }
  auto rest = text;
  Fault fault;
  fault.name = take_until(rest, ':');
  if (fault.name.empty()) { fail_form(text); }
  fault.rank = parse_number_or_star(take_until(rest, ':'), text);
  fault.number = parse_number_or_star(take_until(rest, ':'), text);
  const auto action =
      std::find_if(kActions.begin(), kActions.end(), [&](const auto& each) { return each.first == rest; });
  if (action == kActions.end()) { fail_form(text); }
  fault.action = action->second;
  return fault;
}

void fail_as(Action action, std::string_view name) {
  switch (action) {
    case Action::kThrow:
      throw ResourceError(ErrorCode::kInternal, "a fault point failed as it was told to",
                          {{"point", std::string(name)}}, true);
    case Action::kOutOfMemory: throw std::bad_alloc();
    case Action::kStall: std::this_thread::sleep_for(std::chrono::seconds(2)); return;
    case Action::kAbort: std::abort();
    case Action::kKill: ::kill(::getpid(), SIGKILL); return;
  }
}

}  // namespace

namespace fault_detail {

std::atomic<bool> is_armed{false};

void pass(std::string_view name) {
  const auto rank = static_cast<std::uint32_t>(std::max(log_rank(), 0));
  std::optional<Action> action;
  {
    const std::lock_guard lock(armed().mutex);
    for (auto& fault : armed().faults) {
      if (fault.name != name || fault.rank.value_or(rank) != rank) { continue; }
      ++fault.num_passes;
      if (!action && fault.number.value_or(fault.num_passes) == fault.num_passes) { action = fault.action; }
    }
  }
  if (action) { fail_as(*action, name); }
}

}  // namespace fault_detail

void arm_fault_points(std::string_view faults) {
  std::vector<Fault> parsed;
  while (!faults.empty()) { parsed.push_back(parse_fault(take_until(faults, ','))); }
  const std::lock_guard lock(armed().mutex);
  fault_detail::is_armed = !parsed.empty();
  armed().faults = std::move(parsed);
}

void arm_fault_points_from_environment() {
  const char* const faults = std::getenv("HAMMERSCALE_FAULT");
  arm_fault_points(faults == nullptr ? "" : faults);
}

}  // namespace hammerscale
