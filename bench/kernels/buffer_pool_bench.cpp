// Cost of getting memory and writing all of it once: fresh frames, reused frames, malloc.
// Usage: buffer_pool_bench [frame bytes]... ; default 64k 1m 16m 256m.

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "hammerscale/base/byte_size.hpp"
#include "hammerscale/storage/buffer_pool.hpp"

namespace {

using hammerscale::storage::Buffer;
using hammerscale::storage::BufferPool;
using hammerscale::storage::BufferPoolOptions;

constexpr std::uint64_t kBytesPerRound = hammerscale::kGiB;
constexpr int kNumRounds = 5;

double seconds_of(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Median bytes per second of writing kBytesPerRound; prepare runs before each round, outside of the time.
double write_rate(const std::function<void()>& prepare, const std::function<void()>& round) {
  std::vector<double> rates;
  for (int i = 0; i < kNumRounds; ++i) {
    prepare();
    rates.push_back(static_cast<double>(kBytesPerRound) / seconds_of(round));
  }
  std::nth_element(rates.begin(), rates.begin() + kNumRounds / 2, rates.end());
  return rates[kNumRounds / 2];
}

/// Holds kBytesPerRound in frames at once, each written from end to end; exits when a byte is not what was written.
void fill_frames(BufferPool& pool, std::uint64_t frame_bytes) {
  std::vector<Buffer> frames;
  for (std::uint64_t i = 0; i < kBytesPerRound / frame_bytes; ++i) {
    frames.push_back(pool.allocate(frame_bytes));
    std::memset(frames.back().data(), static_cast<int>(i), frame_bytes);
  }
  for (std::uint64_t i = 0; i < frames.size(); ++i) {
    if (frames[i].data()[frame_bytes - 1] != static_cast<std::byte>(i)) { std::abort(); }
  }
}

void fill_malloc(std::uint64_t frame_bytes) {
  struct Free {
    void operator()(void* p) const { std::free(p); }  // NOLINT: malloc is what this measures
  };
  std::vector<std::unique_ptr<void, Free>> blocks;
  for (std::uint64_t i = 0; i < kBytesPerRound / frame_bytes; ++i) {
    blocks.emplace_back(std::malloc(frame_bytes));  // NOLINT
    std::memset(blocks.back().get(), static_cast<int>(i), frame_bytes);
  }
  for (std::uint64_t i = 0; i < blocks.size(); ++i) {
    if (static_cast<unsigned char*>(blocks[i].get())[frame_bytes - 1] != static_cast<unsigned char>(i)) {
      std::abort();
    }
  }
}

/// Seconds of one allocate and release of a resident frame.
double reuse_seconds(BufferPool& pool, std::uint64_t frame_bytes) {
  constexpr int kNumCalls = 1000000;
  return seconds_of([&] {
           for (int i = 0; i < kNumCalls; ++i) {
             if (pool.allocate(frame_bytes).data() == nullptr) { std::abort(); }
           }
         }) /
         kNumCalls;
}

void measure(std::uint64_t frame_bytes) {
  BufferPool pool(BufferPoolOptions{.budget_bytes = 2 * kBytesPerRound});
  const auto nothing = [] {};
  const auto fill = [&] { fill_frames(pool, frame_bytes); };
  const double fresh = write_rate([&] { pool.trim(); }, fill);
  const double reused = write_rate(nothing, fill);
  const double malloced = write_rate(nothing, [&] { fill_malloc(frame_bytes); });
  std::printf("%10s  fresh %6.2f GB/s  reused %6.2f GB/s  malloc %6.2f GB/s  allocate+release %5.0f ns\n",
              hammerscale::format_byte_size(frame_bytes).c_str(), fresh / 1e9, reused / 1e9, malloced / 1e9,
              reuse_seconds(pool, frame_bytes) * 1e9);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    std::vector<std::string> sizes(argv + 1, argv + argc);
    if (sizes.empty()) { sizes = {"64k", "1m", "16m", "256m"}; }
    for (const auto& size : sizes) { measure(hammerscale::parse_byte_size(size)); }
  } catch (const std::exception& error) {
    std::fprintf(stderr, "buffer_pool_bench: %s\n", error.what());
    return 2;
  }
  return 0;
}
