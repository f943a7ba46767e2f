#include <cstdio>
#include <filesystem>
#include <map>
#include <string>

#include "hammerscale/hammerscale.hpp"

namespace {

namespace hs = hammerscale;
using Pair = std::pair<std::int64_t, std::int64_t>;

constexpr std::int64_t kRows = 200000;
constexpr std::int64_t kKeys = 1000;

/// A job that passes every fault point: it spills, exchanges messages, broadcasts, writes a checkpoint, runs a gang.
/// @return whether each answer is the one a loop gives.
bool run_everything(hs::Session& session, const std::string& folder) {
  const auto factor = session.broadcast(std::vector<std::int64_t>(1000, 3));
  const auto rows =
      session.range(0, kRows, 1, 8).map([factor](std::int64_t i) { return Pair(i * 7919 % kKeys, i * (*factor)[0]); });
  std::map<std::int64_t, std::int64_t> expected;
  for (std::int64_t i = 0; i < kRows; ++i) { expected[i * 7919 % kKeys] += i * 3; }

  const auto sums = rows.reduce_by_key(std::plus<>{}, 4).collect();
  if (std::map<std::int64_t, std::int64_t>(sums.begin(), sums.end()) != expected) { return false; }

  const auto sorted = rows.sort_by_key(true, 4).checkpoint(folder).collect();
  if (sorted.size() != static_cast<std::size_t>(kRows)) { return false; }
  for (std::size_t i = 1; i < sorted.size(); ++i) {
    if (sorted[i - 1].first > sorted[i].first) { return false; }
  }
  std::map<std::int64_t, std::int64_t> again;
  for (const auto& [key, value] : sorted) { again[key] += value; }
  if (again != expected) { return false; }

  const auto totals =
      session.gang([](hs::GangContext& gang) { return gang.comm().all_reduce_value(1, hs::comm::Sum{}); });
  return totals.front() == static_cast<int>(session.num_executors());
}

}  // namespace

/// fault_program FOLDER: runs a job of every kind of step with its checkpoint in FOLDER, and says whether its answers
/// are right.
int main(int argc, char** argv) {
  if (argc != 2) { return 2; }
  const std::string folder = argv[1];
  auto options = hs::RunOptions::from_environment();
  options.read_in_place = false;  // So that executors of one node exchange messages.
  options.spill_always = true;
  return hs::run(options, [&](hs::Session& session) {
    std::filesystem::remove_all(folder);  // Of an earlier run that was killed.
    const bool right = run_everything(session, folder);
    std::filesystem::remove_all(folder);
    if (!right) { throw hs::InternalError("an answer is wrong"); }
    std::puts("all answers are right");
  });
}
