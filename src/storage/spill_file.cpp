#include "hammerscale/storage/spill_file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <lz4.h>
#include <unistd.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "hammerscale/base/check.hpp"
#include "hammerscale/base/error.hpp"
#include "hammerscale/base/fault_point.hpp"

namespace hammerscale::storage {
namespace {

constexpr std::size_t kHeaderBytes = 16;
static_assert(kMaxSpillFrameBytes <= LZ4_MAX_INPUT_SIZE);

/// Header and stored bytes of one frame, one per thread: frames pass through it in both directions.
std::span<std::byte> frame_workspace() {
  thread_local std::vector<std::byte> workspace(kHeaderBytes + kMaxSpillFrameBytes);
  return workspace;
}

/// Seeded with all that is known of the frame beside its bytes, so that a damaged header, or a frame that landed at
/// another place, does not match either.
std::uint64_t frame_checksum(std::span<const std::byte> stored, std::uint64_t offset, std::uint32_t raw_bytes) {
  const std::uint64_t place[] = {offset, stored.size(), raw_bytes};
  return XXH3_64bits_withSeed(stored.data(), stored.size(), XXH3_64bits(place, sizeof(place)));
}

std::uint64_t frame_count(std::uint64_t raw_bytes) {
  return (raw_bytes + kMaxSpillFrameBytes - 1) / kMaxSpillFrameBytes;
}

/// Compresses into `out`, which is as long as `raw`; returns 0 when that does not shrink it.
std::size_t compress(std::span<const std::byte> raw, std::span<std::byte> out) {
  const int written =
      LZ4_compress_default(reinterpret_cast<const char*>(raw.data()), reinterpret_cast<char*>(out.data()),
                           static_cast<int>(raw.size()), static_cast<int>(out.size()));
  return written > 0 && static_cast<std::size_t>(written) < raw.size() ? static_cast<std::size_t>(written) : 0;
}

/// Puts the body of a frame into the thread's workspace and returns its stored bytes.
std::size_t encode_body(std::span<const std::byte> raw) {
  const std::span<std::byte> body = frame_workspace().subspan(kHeaderBytes, raw.size());
  const std::size_t compressed_bytes = compress(raw, body);
  if (compressed_bytes > 0) { return compressed_bytes; }
  std::memcpy(body.data(), raw.data(), raw.size());
  return raw.size();
}

/// Puts the header before the body in the workspace and returns the frame that will lie at `offset`.
std::span<const std::byte> seal_frame(std::size_t stored_bytes, std::size_t raw_bytes, std::uint64_t offset) {
  const std::span<std::byte> frame = frame_workspace().first(kHeaderBytes + stored_bytes);
  const auto stored32 = static_cast<std::uint32_t>(stored_bytes);
  const auto raw32 = static_cast<std::uint32_t>(raw_bytes);
  const std::uint64_t checksum = frame_checksum(frame.subspan(kHeaderBytes), offset, raw32);
  std::memcpy(frame.data(), &stored32, 4);
  std::memcpy(frame.data() + 4, &raw32, 4);
  std::memcpy(frame.data() + 8, &checksum, 8);
  return frame;
}

}  // namespace

SpillReader::SpillReader(std::shared_ptr<const File> file, const SpillExtent& extent)
    : file_(std::move(file)),
      offset_(extent.offset),
      end_(extent.offset + extent.stored_bytes),
      raw_left_(extent.raw_bytes) {}

void SpillReader::fail_corrupt(const char* reason) const {
  throw ResourceError(ErrorCode::kCorruptBlock, "a spilled frame is damaged",
                      {{"path", file_->path}, {"offset", std::to_string(offset_)}, {"reason", reason}}, true);
}

void SpillReader::read_at(std::uint64_t offset, std::span<std::byte> out) const {
  while (!out.empty()) {
    const ssize_t got = ::pread(file_->descriptor.get(), out.data(), out.size(), static_cast<off_t>(offset));
    if (got > 0) {
      offset += static_cast<std::uint64_t>(got);
      out = out.subspan(static_cast<std::size_t>(got));
    } else if (got == 0) {
      fail_corrupt("the file ends inside the frame");
    } else if (errno != EINTR) {
      throw ResourceError(ErrorCode::kInput, "a spill file cannot be read",
                          {{"path", file_->path}, {"offset", std::to_string(offset)}, {"reason", std::strerror(errno)}},
                          true);
    }
  }
}

std::optional<std::size_t> SpillReader::next_frame_bytes() {
  if (header_) { return header_->raw_bytes; }
  if (offset_ == end_) {
    if (raw_left_ != 0) { fail_corrupt("the extent holds fewer bytes than were appended"); }
    return std::nullopt;
  }
  if (end_ - offset_ < kHeaderBytes) { fail_corrupt("the extent ends inside a header"); }
  std::byte bytes[kHeaderBytes];
  read_at(offset_, bytes);
  FrameHeader header;
  std::memcpy(&header.stored_bytes, bytes, 4);
  std::memcpy(&header.raw_bytes, bytes + 4, 4);
  std::memcpy(&header.checksum, bytes + 8, 8);
  // Before any of the numbers is trusted as a length.
  if (header.raw_bytes == 0 || header.raw_bytes > kMaxSpillFrameBytes || header.raw_bytes > raw_left_ ||
      header.stored_bytes == 0 || header.stored_bytes > header.raw_bytes ||
      header.stored_bytes > end_ - offset_ - kHeaderBytes) {
    fail_corrupt("the header is impossible");
  }
  header_ = header;
  return header.raw_bytes;
}

std::optional<std::size_t> SpillReader::next_into(std::span<std::byte> out) {
  if (!next_frame_bytes()) { return std::nullopt; }
  const FrameHeader header = *header_;
  HS_CHECK(out.size() >= header.raw_bytes);
  const bool is_raw = header.stored_bytes == header.raw_bytes;
  const std::span<std::byte> stored = (is_raw ? out : frame_workspace()).first(header.stored_bytes);
  read_at(offset_ + kHeaderBytes, stored);
  if (frame_checksum(stored, offset_, header.raw_bytes) != header.checksum) { fail_corrupt("the checksum differs"); }
  if (!is_raw) {
    const int written =
        LZ4_decompress_safe(reinterpret_cast<const char*>(stored.data()), reinterpret_cast<char*>(out.data()),
                            static_cast<int>(stored.size()), static_cast<int>(header.raw_bytes));
    if (written != static_cast<int>(header.raw_bytes)) { fail_corrupt("the compressed bytes make no sense"); }
  }
  offset_ += kHeaderBytes + header.stored_bytes;
  raw_left_ -= header.raw_bytes;
  header_.reset();
  return header.raw_bytes;
}

std::optional<std::span<const std::byte>> SpillReader::next() {
  const auto num_bytes = next_frame_bytes();
  if (!num_bytes) { return std::nullopt; }
  if (frame_.size() < *num_bytes) { frame_.resize(*num_bytes); }
  const auto got = next_into(frame_);
  return std::span<const std::byte>(frame_).first(*got);
}

SpillFile::SpillFile(const Scratch& scratch)
    : file_(std::make_shared<const SpillReader::File>(
          SpillReader::File{scratch.open_unnamed(), scratch.path() + "/(unnamed spill file)"})) {}

void SpillFile::write_at(std::uint64_t offset, std::span<const std::byte> bytes) {
  HS_FAULT_POINT("spill.write");
  while (!bytes.empty()) {
    const ssize_t written = ::pwrite(file_->descriptor.get(), bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (written > 0) {
      offset += static_cast<std::uint64_t>(written);
      bytes = bytes.subspan(static_cast<std::size_t>(written));
      continue;
    }
    if (written < 0 && errno == EINTR) { continue; }
    const int error = written < 0 ? errno : ENOSPC;
    const bool full = error == ENOSPC || error == EDQUOT || error == EFBIG;
    throw ResourceError(full ? ErrorCode::kDiskFull : ErrorCode::kOutput,
                        full ? "the scratch disk is full" : "a spill file cannot be written",
                        {{"path", file_->path},
                         {"bytes", std::to_string(bytes.size())},
                         {"offset", std::to_string(offset)},
                         {"reason", std::strerror(error)}},
                        true);
  }
}

std::uint64_t SpillFile::write_frames(std::uint64_t offset, std::span<const std::byte> bytes) {
  const std::uint64_t start = offset;
  while (!bytes.empty()) {
    const std::size_t frame_bytes = std::min(bytes.size(), kMaxSpillFrameBytes);
    const std::size_t body_bytes = encode_body(bytes.first(frame_bytes));
    write_at(offset, seal_frame(body_bytes, frame_bytes, offset));
    offset += kHeaderBytes + body_bytes;
    bytes = bytes.subspan(frame_bytes);
  }
  return offset - start;
}

void SpillFile::punch_hole(std::uint64_t offset, std::uint64_t num_bytes) noexcept {
  // Frees whole file system blocks; where holes are not supported the space comes back with the end of the file.
  ::fallocate(file_->descriptor.get(), FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, static_cast<off_t>(offset),
              static_cast<off_t>(num_bytes));
}

SpillExtent SpillFile::append(std::span<const std::byte> bytes) {
  SpillExtent extent{0, 0, bytes.size()};
  if (bytes.empty()) { return extent; }
  if (bytes.size() <= kMaxSpillFrameBytes) {
    const std::size_t body_bytes = encode_body(bytes);
    extent.stored_bytes = kHeaderBytes + body_bytes;
    extent.offset = end_.fetch_add(extent.stored_bytes, std::memory_order_relaxed);
    write_at(extent.offset, seal_frame(body_bytes, bytes.size(), extent.offset));
  } else {
    // The place is taken before the size is known: as much as the frames can need at the most. What compression saves
    // stays a hole in the file, which takes no disk.
    const std::uint64_t taken_bytes = bytes.size() + frame_count(bytes.size()) * kHeaderBytes;
    extent.offset = end_.fetch_add(taken_bytes, std::memory_order_relaxed);
    try {
      extent.stored_bytes = write_frames(extent.offset, bytes);
    } catch (...) {
      punch_hole(extent.offset, taken_bytes);  // a full disk is no place for half an extent
      throw;
    }
  }
  stored_bytes_.fetch_add(extent.stored_bytes, std::memory_order_relaxed);
  return extent;
}

SpillReader SpillFile::reader(const SpillExtent& extent) const { return {file_, extent}; }

void SpillFile::read_into(const SpillExtent& extent, std::span<std::byte> out) const {
  HS_CHECK(out.size() == extent.raw_bytes);
  SpillReader frames = reader(extent);
  while (const auto num_bytes = frames.next_into(out)) { out = out.subspan(*num_bytes); }
}

std::vector<std::byte> SpillFile::read_all(const SpillExtent& extent) const {
  std::vector<std::byte> bytes(extent.raw_bytes);
  read_into(extent, bytes);
  return bytes;
}

void SpillFile::release(const SpillExtent& extent) noexcept {
  if (extent.stored_bytes == 0) { return; }
  punch_hole(extent.offset, extent.stored_bytes);
  stored_bytes_.fetch_sub(extent.stored_bytes, std::memory_order_relaxed);
}

}  // namespace hammerscale::storage
