#include "hammerscale/comm/shared_window.hpp"

#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "comm/communicator_core.hpp"
#include "hammerscale/base/check.hpp"
#include "hammerscale/base/error.hpp"
#include "hammerscale/base/log.hpp"

namespace hammerscale::comm {
namespace {

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor() {
    if (number_ >= 0) { ::close(number_); }
  }
  [[nodiscard]] int number() const noexcept { return number_; }
  [[nodiscard]] bool is_open() const noexcept { return number_ >= 0; }

 private:
  int number_ = -1;
};

// What a rank tells about its part. A peer opens the memory as /proc/<process>/fd/<descriptor>, which the kernel allows
// to processes of the same user. Passing the descriptor over a Unix socket would do the same with a rendezvous name
// that any user of the node may connect to. Device and inode tell whether that path, seen from another container, is
// really the same file.
struct Announcement {
  std::uint64_t num_bytes = 0;
  std::int64_t process = 0;
  std::int64_t descriptor = -1;
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::uintptr_t address = 0;  // of the owner's mapping handle, for threads of one process
};

std::string path_of(const Announcement& part) {
  std::string path("/proc/");
  path.append(std::to_string(part.process)).append("/fd/").append(std::to_string(part.descriptor));
  return path;
}

}  // namespace

struct SharedWindow::Mapping {
  Mapping(int descriptor, std::uint64_t num_bytes_in) : num_bytes(num_bytes_in) {
    if (num_bytes == 0) { return; }
    void* address = ::mmap(nullptr, num_bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_NORESERVE, descriptor, 0);
    if (address == MAP_FAILED) {
      throw ResourceError(ErrorCode::kOutOfMemory, "shared memory cannot be mapped",
                          {{"num_bytes", std::to_string(num_bytes)}, {"error", std::strerror(errno)}});
    }
    base = static_cast<std::byte*>(address);
  }
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;
  ~Mapping() {
    if (base != nullptr) { ::munmap(base, num_bytes); }
  }

  std::byte* base = nullptr;
  std::uint64_t num_bytes;
};

SharedWindow::SharedWindow(Communicator& comm, std::uint64_t num_bytes)
    : rank_(comm.rank()), peers_(static_cast<std::size_t>(comm.size())) {
  Announcement mine{.num_bytes = num_bytes, .process = ::getpid()};
  std::shared_ptr<Mapping> own;
  std::optional<ErrorInfo> failure;
  // MFD_CLOEXEC: a child program must not keep gigabytes alive.
  const Descriptor memory(::memfd_create("hammerscale-window", MFD_CLOEXEC));
  try {
    if (!memory.is_open() || ::ftruncate(memory.number(), static_cast<off_t>(num_bytes)) != 0) {
      throw ResourceError(ErrorCode::kOutOfMemory, "shared memory cannot be reserved",
                          {{"num_bytes", std::to_string(num_bytes)}, {"error", std::strerror(errno)}});
    }
    struct stat status {};
    HS_CHECK(::fstat(memory.number(), &status) == 0);
    own = std::make_shared<Mapping>(memory.number(), num_bytes);
    mine.descriptor = memory.number();
    mine.device = status.st_dev;
    mine.inode = status.st_ino;
    mine.address = reinterpret_cast<std::uintptr_t>(&own);
  } catch (...) {
    failure = describe_exception(std::current_exception());
  }
  comm.require_all_ok(failure, "make a shared window");

  const std::vector<Announcement> parts = comm.all_gather_value(mine);
  for (std::size_t i = 0; i < parts.size(); ++i) { peers_[i].num_bytes = parts[i].num_bytes; }
  for (const Rank other : comm.topology().ranks_on_my_node) {
    const Announcement& part = parts[static_cast<std::size_t>(other.value)];
    Peer& entry = peers_[static_cast<std::size_t>(other.value)];
    if (other == rank_) {
      entry.mapping = own;
    } else if (comm.core()->backend->shares_address_space()) {
      entry.mapping = *reinterpret_cast<const std::shared_ptr<Mapping>*>(part.address);
    } else {
      const Descriptor theirs(::open(path_of(part).c_str(), O_RDWR | O_CLOEXEC));
      struct stat status {};
      if (!theirs.is_open() || ::fstat(theirs.number(), &status) != 0 || status.st_dev != part.device ||
          status.st_ino != part.inode) {
        HS_LOG_WARN("comm.window.closed", {"peer", other.value}, {"error", std::strerror(errno)});
        continue;
      }
      try {
        entry.mapping = std::make_shared<Mapping>(theirs.number(), part.num_bytes);
      } catch (const ResourceError& error) {
        HS_LOG_WARN("comm.window.closed", {"peer", other.value}, {"error", error.what()});
      }
    }
  }
  // Nobody closes its descriptor or leaves this function before all have opened it.
  comm.barrier();
}

SharedWindow::~SharedWindow() = default;

const SharedWindow::Peer& SharedWindow::peer(Rank rank) const {
  HS_CHECK(rank.value >= 0 && static_cast<std::size_t>(rank.value) < peers_.size());
  return peers_[static_cast<std::size_t>(rank.value)];
}

std::byte* SharedWindow::base() const noexcept { return peers_[static_cast<std::size_t>(rank_.value)].mapping->base; }
std::uint64_t SharedWindow::size() const noexcept { return peers_[static_cast<std::size_t>(rank_.value)].num_bytes; }
bool SharedWindow::has_peer(Rank rank) const { return peer(rank).mapping != nullptr; }
std::uint64_t SharedWindow::size_of(Rank rank) const { return peer(rank).num_bytes; }

std::byte* SharedWindow::base_of(Rank rank) const {
  HS_CHECK(has_peer(rank));
  return peer(rank).mapping->base;
}

void SharedWindow::release(std::uint64_t offset, std::uint64_t length) {
  HS_CHECK(offset <= size() && length <= size() - offset);
  static const auto page_bytes = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  const std::uint64_t begin = (offset + page_bytes - 1) / page_bytes * page_bytes;
  const std::uint64_t end = (offset + length) / page_bytes * page_bytes;
  if (begin >= end) { return; }
  // Punches a hole into the memory itself, not only into this mapping of it.
  if (::madvise(base() + begin, end - begin, MADV_REMOVE) != 0) {
    throw ResourceError(ErrorCode::kOutOfMemory, "shared memory cannot be given back",
                        {{"num_bytes", std::to_string(end - begin)}, {"error", std::strerror(errno)}});
  }
}

}  // namespace hammerscale::comm
