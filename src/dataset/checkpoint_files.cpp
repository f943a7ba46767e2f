#include "hammerscale/dataset/checkpoint_files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "hammerscale/base/error.hpp"
#include "hammerscale/base/fault_point.hpp"
#include "hammerscale/storage/file_descriptor.hpp"

namespace hammerscale {
namespace {

namespace fs = std::filesystem;

/// Before each frame; 32 bytes, so that elements begin aligned. The last frame of a file has no elements and no bytes:
/// a file without it was cut off.
struct FrameHeader {
  std::uint64_t magic = 0;
  std::uint64_t num_bytes = 0;
  std::uint64_t num_elements = 0;
  std::uint64_t checksum = 0;
};
constexpr std::uint64_t kMagic = 0x31746b7063737368;  // "hsscpkt1"

[[noreturn]] void fail_write(const std::string& path, int reason) {
  if (reason == ENOSPC || reason == EDQUOT || reason == EFBIG) {
    throw ResourceError(ErrorCode::kDiskFull, "no space is left for a checkpoint",
                        {{"path", path}, {"reason", std::strerror(reason)}});
  }
  throw UserError(ErrorCode::kOutput, "cannot write a checkpoint", {{"path", path}, {"reason", std::strerror(reason)}});
}

[[noreturn]] void fail_corrupt(const std::string& path) {
  throw ResourceError(ErrorCode::kCorruptBlock, "a checkpoint is damaged; remove its directory to compute it again",
                      {{"path", path}});
}

void write_all(int file, const std::string& path, std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(file, bytes.data(), bytes.size());
    if (n < 0) {
      if (errno == EINTR) { continue; }
      fail_write(path, errno);
    }
    bytes = bytes.subspan(static_cast<std::size_t>(n));
  }
}

}  // namespace

std::string checkpoint_part_path(const std::string& directory, std::uint32_t partition) {
  std::array<char, 32> name{};
  std::snprintf(name.data(), name.size(), "/part-%05u.checkpoint", partition);
  return directory + name.data();
}

struct CheckpointWriter::State {
  std::string path;
  std::string temporary;
  storage::FileDescriptor file;
};

CheckpointWriter::CheckpointWriter(std::string path) {
  static std::atomic<std::uint64_t> next_number{0};
  auto temporary = path + "." + std::to_string(::getpid()) + "." + std::to_string(next_number++) + ".tmp";
  storage::FileDescriptor file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
  if (file.get() < 0) { fail_write(temporary, errno); }
  state_ = std::make_unique<State>(State{std::move(path), std::move(temporary), std::move(file)});
}

CheckpointWriter::~CheckpointWriter() {
  if (state_) { ::unlink(state_->temporary.c_str()); }
}

void CheckpointWriter::write_frame(std::span<const std::byte> bytes, std::uint64_t num_elements) {
  const FrameHeader header{kMagic, bytes.size(), num_elements, XXH3_64bits(bytes.data(), bytes.size())};
  write_all(state_->file.get(), state_->temporary, std::as_bytes(std::span(&header, 1)));
  write_all(state_->file.get(), state_->temporary, bytes);
}

void CheckpointWriter::close() {
  write_frame({}, 0);
  if (::fsync(state_->file.get()) != 0) { fail_write(state_->temporary, errno); }
  HS_FAULT_POINT("checkpoint.commit");
  if (::rename(state_->temporary.c_str(), state_->path.c_str()) != 0) { fail_write(state_->path, errno); }
  state_.reset();
}

struct CheckpointReader::State {
  std::string path;
  storage::FileDescriptor file;
  std::vector<std::byte> bytes;

  void read(void* out, std::size_t num_bytes) {
    auto* to = static_cast<std::byte*>(out);
    while (num_bytes != 0) {
      const ssize_t n = ::read(file.get(), to, num_bytes);
      if (n < 0 && errno == EINTR) { continue; }
      if (n <= 0) { fail_corrupt(path); }
      to += n;
      num_bytes -= static_cast<std::size_t>(n);
    }
  }
};

CheckpointReader::CheckpointReader(std::string path) {
  storage::FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) { fail_corrupt(path); }
  state_ = std::make_unique<State>(State{std::move(path), std::move(file), {}});
}

CheckpointReader::~CheckpointReader() = default;

std::optional<std::pair<std::span<const std::byte>, std::uint64_t>> CheckpointReader::next() {
  FrameHeader header;
  state_->read(&header, sizeof(header));
  constexpr std::uint64_t kMostFrameBytes = std::uint64_t{1} << 40;
  if (header.magic != kMagic || header.num_bytes > kMostFrameBytes) { fail_corrupt(state_->path); }
  if (header.num_elements == 0) { return std::nullopt; }
  struct stat info {};
  if (::fstat(state_->file.get(), &info) != 0 || header.num_bytes > static_cast<std::uint64_t>(info.st_size)) {
    fail_corrupt(state_->path);
  }
  state_->bytes.resize(header.num_bytes);
  state_->read(state_->bytes.data(), state_->bytes.size());
  if (XXH3_64bits(state_->bytes.data(), state_->bytes.size()) != header.checksum) { fail_corrupt(state_->path); }
  return std::pair{std::span<const std::byte>(state_->bytes), header.num_elements};
}

std::optional<CheckpointManifest> read_manifest(const std::string& directory) {
  const auto path = directory + "/_MANIFEST";
  std::error_code status;
  if (!fs::exists(path, status)) { return std::nullopt; }
  CheckpointReader reader(path);
  const auto frame = reader.next();
  if (!frame) { fail_corrupt(path); }
  auto manifest = decode<CheckpointManifest>(frame->first);
  for (std::uint32_t p = 0; p < manifest.num_elements.size(); ++p) {
    if (!fs::exists(checkpoint_part_path(directory, p), status)) { fail_corrupt(checkpoint_part_path(directory, p)); }
  }
  return manifest;
}

void prepare_checkpoint(const std::string& directory) {
  std::error_code status;
  fs::create_directories(directory, status);
  if (status) { fail_write(directory, status.value()); }
  for (fs::directory_iterator it(directory, status), end; !status && it != end; it.increment(status)) {
    const auto name = it->path().filename().string();
    // Parts without a manifest, and what ranks that were killed had not yet renamed.
    const bool is_part = name.starts_with("part-") && name.find(".checkpoint") != std::string::npos;
    if (is_part || name.starts_with("_MANIFEST.")) { fs::remove(it->path(), status); }
  }
}

void write_manifest(const std::string& directory, const CheckpointManifest& manifest) {
  CheckpointWriter writer(directory + "/_MANIFEST");
  writer.write_frame(encode(manifest), 1);
  writer.close();
}

}  // namespace hammerscale
