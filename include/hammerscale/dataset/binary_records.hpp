#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <source_location>
#include <span>
#include <string>
#include <vector>

#include "hammerscale/base/bitwise.hpp"
#include "hammerscale/dataset/dataset.hpp"
#include "hammerscale/dataset/session.hpp"

namespace hammerscale {

/// A run of records of a file, read by one task.
struct RecordSplit {
  std::string path;
  std::uint64_t first_record = 0;
  std::uint64_t num_records = 0;
};

/// Cuts files of records of fixed length into about num_splits runs of even size, by file and place; a file without
/// records gives none.
/// @throws UserError kFileNotFound, kInput; kMalformedInput  a file's size is no multiple of record_bytes.
std::vector<RecordSplit> split_record_files(const std::vector<std::string>& paths, std::uint64_t record_bytes,
                                            std::uint32_t num_splits);

/// Reads a run of records and calls `bool(std::span<const std::byte>)` with whole records, about 256 KiB at a time and
/// aligned to 64 bytes, until it returns false.
/// @throws UserError kInput, kFileNotFound; kMalformedInput  the file has become shorter.
void read_record_split(const RecordSplit& split, std::uint64_t record_bytes, TaskContext& context,
                       const std::function<bool(std::span<const std::byte>)>& function);

/// The records of binary files, in order: Spark's binaryRecords. T is a bitwise type of the record's length, such as
/// std::array<std::byte, 100>. By default as many partitions as for text files of that size.
/// @throws UserError as split_record_files
template <Bitwise T>
Dataset<T> read_binary_records(const Session& session, const std::vector<std::string>& inputs,
                               std::optional<std::uint32_t> num_partitions = {},
                               std::source_location where = std::source_location::current());

namespace operators {

template <Bitwise T>
class ReadRecords final : public Operator<T> {
 public:
  using Element = T;
  explicit ReadRecords(const OperatorInit& init) : dataset_(init.node.dataset) {}

  void run(TaskContext& context, std::uint32_t partition, Sink<T>& out) const override {
    const auto split = decode<RecordSplit>(context.payload(dataset_, partition));
    read_record_split(split, sizeof(T), context, [&](std::span<const std::byte> bytes) {
      const BlockSpan<T> records(reinterpret_cast<const T*>(bytes.data()), bytes.size() / sizeof(T));
      for (std::size_t begin = 0; begin < records.size(); begin += block_elements<T>) {
        if (!out.push(records.subspan(begin, std::min(block_elements<T>, records.size() - begin)))) { return false; }
      }
      return true;
    });
  }

 private:
  DatasetId dataset_;
};

}  // namespace operators

/// The payloads of a source: one encoded split a partition. What read_binary_records shares over all record types.
std::shared_ptr<std::vector<TaskPayload>> plan_record_splits(const Session& session,
                                                             const std::vector<std::string>& inputs,
                                                             std::uint64_t record_bytes,
                                                             std::optional<std::uint32_t> num_partitions);

template <Bitwise T>
Dataset<T> read_binary_records(const Session& session, const std::vector<std::string>& inputs,
                               std::optional<std::uint32_t> num_partitions, std::source_location where) {
  const auto payloads = plan_record_splits(session, inputs, sizeof(T), num_partitions);
  auto node = make_node<operators::ReadRecords<T>>(session.engine(), "read_binary_records",
                                                   static_cast<std::uint32_t>(payloads->size()), where);
  node->payload = [payloads](std::uint32_t partition) { return (*payloads)[partition]; };
  return {session.engine(), std::move(node)};
}

}  // namespace hammerscale
