#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "hammerscale/closure/bind.hpp"
#include "hammerscale/dataset/actions.hpp"
#include "hammerscale/dataset/block_codec.hpp"
#include "hammerscale/serde/serde.hpp"

namespace hammerscale {

/// What the manifest of a checkpoint says: which program wrote what.
struct CheckpointManifest {
  std::string element_type;
  std::vector<std::uint64_t> num_elements;  ///< By partition.
};

/// Reads and checks DIRECTORY/_MANIFEST and that every partition's file is there, whole by its size.
/// @return empty where there is no complete checkpoint.
/// @throws ResourceError kCorruptBlock  the manifest is damaged.
std::optional<CheckpointManifest> read_manifest(const std::string& directory);
/// Makes the directory; what an unfinished checkpoint left there is removed.
void prepare_checkpoint(const std::string& directory);
/// Completes a checkpoint.
void write_manifest(const std::string& directory, const CheckpointManifest& manifest);

std::string checkpoint_part_path(const std::string& directory, std::uint32_t partition);

/// Writes encoded elements of one partition, frame by frame, each with a checksum, to a temporary name; close() renames
/// it into place.
class CheckpointWriter {
 public:
  explicit CheckpointWriter(std::string path);
  ~CheckpointWriter();
  CheckpointWriter(const CheckpointWriter&) = delete;
  CheckpointWriter& operator=(const CheckpointWriter&) = delete;
  /// @throws ResourceError kDiskFull, UserError kOutput
  void write_frame(std::span<const std::byte> bytes, std::uint64_t num_elements);
  void close();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Reads the frames of one partition. Elements begin at a multiple of 16.
class CheckpointReader {
 public:
  explicit CheckpointReader(std::string path);
  ~CheckpointReader();
  CheckpointReader(const CheckpointReader&) = delete;
  CheckpointReader& operator=(const CheckpointReader&) = delete;
  /// @throws ResourceError kCorruptBlock  a frame does not match its checksum, or the file ends inside one; with path.
  std::optional<std::pair<std::span<const std::byte>, std::uint64_t>> next();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

namespace actions {

struct WriteCheckpoint {
  template <typename Directory, typename T>
  static std::uint64_t call(const Directory& directory, TaskContext& context, std::uint32_t partition,
                            const Operator<T>& input) {
    constexpr std::size_t kFrameBytes = std::size_t{1} << 18;
    CheckpointWriter writer(checkpoint_part_path(directory(), partition));
    std::vector<std::byte> frame;
    std::uint64_t in_frame = 0;
    std::uint64_t total = 0;
    const auto flush = [&] {
      if (in_frame != 0) { writer.write_frame(frame, in_frame); }
      frame.clear();
      in_frame = 0;
    };
    for_each_block(input, context, partition, [&](BlockSpan<T> elements) {
      for (const T& element : elements) {
        append_encoded(frame, element);
        ++in_frame;
        if (frame.size() >= kFrameBytes) { flush(); }
      }
      total += elements.size();
      return true;
    });
    flush();
    writer.close();
    return total;
  }
};

struct GiveString {
  std::string operator()(const std::string& text) const { return text; }
};

}  // namespace actions

namespace operators {

/// The elements of a checkpoint.
template <typename T>
class ReadCheckpoint final : public Operator<T> {
 public:
  using Element = T;
  explicit ReadCheckpoint(const OperatorInit& init) : directory_(Serde<std::string>::read(init.params)) {}

  void run(TaskContext& context, std::uint32_t partition, Sink<T>& out) const override {
    CheckpointReader reader(checkpoint_part_path(directory_, partition));
    while (const auto frame = reader.next()) {
      context.throw_if_cancelled();
      if (!decode_blocks<T>(frame->first, frame->second, [&](BlockSpan<T> elements) { return out.push(elements); })) {
        return;
      }
    }
  }

 private:
  std::string directory_;
};

}  // namespace operators
}  // namespace hammerscale
