#include "hammerscale/dataset/binary_records.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <memory>
#include <new>

#include "hammerscale/base/byte_size.hpp"
#include "hammerscale/base/error.hpp"
#include "hammerscale/dataset/even_split.hpp"
#include "hammerscale/dataset/text_files.hpp"
#include "hammerscale/storage/file_descriptor.hpp"

namespace hammerscale {
namespace {

constexpr std::uint64_t kReadBytes = 256 * kKiB;
constexpr std::align_val_t kAlignment{64};

struct AlignedDelete {
  void operator()(std::byte* bytes) const { ::operator delete[](bytes, kAlignment); }
};

[[noreturn]] void fail_read(const std::string& path, int reason) {
  throw UserError(reason == ENOENT ? ErrorCode::kFileNotFound : ErrorCode::kInput,
                  reason == ENOENT ? "input does not exist" : "cannot read an input",
                  {{"path", path}, {"reason", std::strerror(reason)}});
}

std::uint64_t size_of(const std::string& path) {
  std::error_code status;
  const auto size = std::filesystem::file_size(path, status);
  if (status) { fail_read(path, status.value()); }
  return size;
}

}  // namespace

std::vector<RecordSplit> split_record_files(const std::vector<std::string>& paths, std::uint64_t record_bytes,
                                            std::uint32_t num_splits) {
  std::vector<std::uint64_t> num_records;
  std::uint64_t total = 0;
  for (const auto& path : paths) {
    const auto size = size_of(path);
    if (size % record_bytes != 0) {
      throw UserError(
          ErrorCode::kMalformedInput, "the size of a file is no multiple of the length of a record",
          {{"path", path}, {"bytes", std::to_string(size)}, {"record_bytes", std::to_string(record_bytes)}});
    }
    num_records.push_back(size / record_bytes);
    total += num_records.back();
  }
  const auto per_split = std::max<std::uint64_t>((total + num_splits - 1) / std::max(num_splits, 1U), 1);
  std::vector<RecordSplit> splits;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    const auto n = num_records[i];
    if (n == 0) { continue; }
    const auto count = static_cast<std::uint32_t>(std::max<std::uint64_t>((n + per_split / 2) / per_split, 1));
    for (std::uint32_t part = 0; part < count; ++part) {
      const auto begin = even_split_begin(n, count, part);
      splits.push_back({paths[i], begin, even_split_begin(n, count, part + 1) - begin});
    }
  }
  return splits;
}

void read_record_split(const RecordSplit& split, std::uint64_t record_bytes, TaskContext& context,
                       const std::function<bool(std::span<const std::byte>)>& function) {
  const storage::FileDescriptor file(::open(split.path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) { fail_read(split.path, errno); }
  const auto piece_bytes = std::max<std::uint64_t>(kReadBytes / record_bytes, 1) * record_bytes;
  const std::unique_ptr<std::byte[], AlignedDelete> piece(
      static_cast<std::byte*>(::operator new[](piece_bytes, kAlignment)));
  auto position = split.first_record * record_bytes;
  const auto end = position + split.num_records * record_bytes;
  while (position < end) {
    context.throw_if_cancelled();
    const auto wanted = std::min(piece_bytes, end - position);
    for (std::uint64_t filled = 0; filled < wanted;) {
      const ssize_t n =
          ::pread(file.get(), piece.get() + filled, wanted - filled, static_cast<off_t>(position + filled));
      if (n < 0 && errno == EINTR) { continue; }
      if (n < 0) { fail_read(split.path, errno); }
      if (n == 0) {
        throw UserError(ErrorCode::kMalformedInput, "a file became shorter while it was read",
                        {{"path", split.path}, {"offset", std::to_string(position + filled)}});
      }
      filled += static_cast<std::uint64_t>(n);
    }
    if (!function({piece.get(), wanted})) { return; }
    position += wanted;
  }
}

std::shared_ptr<std::vector<TaskPayload>> plan_record_splits(const Session& session,
                                                             const std::vector<std::string>& inputs,
                                                             std::uint64_t record_bytes,
                                                             std::optional<std::uint32_t> num_partitions) {
  const auto files = expand_inputs(inputs);
  if (files.empty()) {
    throw UserError(ErrorCode::kFileNotFound, "the input holds no files", {{"path", inputs.empty() ? "" : inputs[0]}});
  }
  std::uint64_t total = 0;
  for (const auto& file : files) { total += size_of(file); }
  const auto wanted = num_partitions.value_or(default_file_partitions(session.num_task_threads(), total));
  auto payloads = std::make_shared<std::vector<TaskPayload>>();
  auto splits = split_record_files(files, record_bytes, wanted);
  if (splits.empty()) { splits.push_back({files[0], 0, 0}); }  // A dataset has a partition, be it empty.
  for (const auto& split : splits) {
    payloads->push_back(std::make_shared<const std::vector<std::byte>>(encode(split)));
  }
  return payloads;
}

}  // namespace hammerscale
