#include "placed_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <utility>
#include <vector>

#include "output_options.hpp"

namespace hammerscale::program {
namespace {

constexpr std::size_t kCopyBytes = std::size_t{1} << 20;

}  // namespace

PlacedWriter::PlacedWriter(std::string path, std::uint64_t offset)
    : path_(std::move(path)), file_(::open(path_.c_str(), O_WRONLY | O_CLOEXEC)), offset_(offset) {
  if (file_.get() < 0) { throw_output_error(path_, errno); }
}

void PlacedWriter::flush() {
  for (std::string_view rest = buffer_; !rest.empty();) {
    const ssize_t n = ::pwrite(file_.get(), rest.data(), rest.size(), static_cast<off_t>(offset_));
    if (n < 0) {
      if (errno == EINTR) { continue; }
      throw_output_error(path_, errno);
    }
    rest.remove_prefix(static_cast<std::size_t>(n));
    offset_ += static_cast<std::uint64_t>(n);
  }
  buffer_.clear();
}

std::uint64_t file_bytes(const std::string& path) {
  if (path.empty()) { return 0; }
  const storage::FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  const off_t end = file.get() < 0 ? -1 : ::lseek(file.get(), 0, SEEK_END);
  if (end < 0) { throw_output_error(path, errno); }
  return static_cast<std::uint64_t>(end);
}

void make_placed_file(const std::string& path, const std::string& prefix_file, std::uint64_t num_bytes) {
  const storage::FileDescriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
  if (file.get() < 0 || ::ftruncate(file.get(), static_cast<off_t>(num_bytes)) != 0) {
    throw_output_error(path, errno);
  }
  if (prefix_file.empty()) { return; }
  const storage::FileDescriptor old(::open(prefix_file.c_str(), O_RDONLY | O_CLOEXEC));
  if (old.get() < 0) { throw_output_error(prefix_file, errno); }
  PlacedWriter copy(path, 0);
  std::vector<char> buffer(kCopyBytes);
  while (true) {
    const ssize_t n = ::read(old.get(), buffer.data(), buffer.size());
    if (n < 0 && errno == EINTR) { continue; }
    if (n < 0) { throw_output_error(prefix_file, errno); }
    if (n == 0) { break; }
    copy.write({buffer.data(), static_cast<std::size_t>(n)});
  }
  copy.flush();
}

}  // namespace hammerscale::program
