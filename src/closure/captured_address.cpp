#include "hammerscale/closure/captured_address.hpp"

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <memory>
#include <vector>

namespace hammerscale {
namespace {

bool can_be_address(std::uint64_t word) {
  // User space of x86-64 and AArch64 with four-level tables; nothing is mapped in the lowest 64 KiB.
  return word >= 0x10000 && word < (std::uint64_t{1} << 48);
}

bool is_mapped(std::uint64_t word) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> maps(std::fopen("/proc/self/maps", "re"), &std::fclose);
  if (!maps) { return false; }
  std::vector<char> line(8192);
  while (std::fgets(line.data(), static_cast<int>(line.size()), maps.get()) != nullptr) {
    unsigned long long begin = 0;
    unsigned long long end = 0;
    char readable = '-';
    // Reserved ranges without access (memory pools set aside address space) hold no object.
    if (std::sscanf(line.data(), "%llx-%llx %c", &begin, &end, &readable) == 3 && readable == 'r' && begin <= word &&
        word < end) {
      return true;
    }
  }
  return false;
}

}  // namespace

std::optional<std::size_t> find_captured_address(std::span<const std::byte> captures) {
  for (std::size_t offset = 0; offset + sizeof(std::uint64_t) <= captures.size(); offset += sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, captures.data() + offset, sizeof(word));
    if (can_be_address(word) && is_mapped(word)) { return offset; }
  }
  return std::nullopt;
}

}  // namespace hammerscale
