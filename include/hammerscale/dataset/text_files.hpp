#pragma once

#include <charconv>
#include <concepts>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "hammerscale/closure/bind.hpp"
#include "hammerscale/dataset/actions.hpp"
#include "hammerscale/dataset/operator.hpp"

namespace hammerscale {

/// A byte range of a file, read by one task: the lines that begin in it.
struct TextSplit {
  std::string path;
  std::uint64_t offset = 0;
  std::uint64_t num_bytes = 0;
  bool whole_file = false;  ///< Compressed, so it can only be read from its beginning.
};

/// Files that a list of inputs names: files, folders (their `part-*` files, or all visible ones), globs. In the order
/// given; within a folder or glob by name.
/// @throws UserError kFileNotFound  nothing is there; kInput  it cannot be read.
std::vector<std::string> expand_inputs(const std::vector<std::string>& inputs);

/// Cuts files into about num_splits ranges of even size, by file and offset. Compressed files stay whole.
std::vector<TextSplit> split_text_files(const std::vector<std::string>& paths, std::uint32_t num_splits);

/// Partitions that files of num_bytes in all are cut into by default: 4 a task thread, of 1 to 64 MiB.
std::uint32_t default_file_partitions(std::uint32_t num_task_threads, std::uint64_t num_bytes);

/// Whether the file's name says it is compressed: .gz, .zst, .bz2.
bool is_compressed_name(std::string_view path);

/// Reads a whole file, decompressed if its name says so.
/// @throws UserError kFileNotFound, kInput, kMalformedInput  naming the path.
std::string read_whole_file(const std::string& path);

namespace operators {

/// The lines of text files, without their line ends, one TextSplit a partition.
class ReadText final : public Operator<std::string> {
 public:
  using Element = std::string;
  explicit ReadText(const OperatorInit& init) : dataset_(init.node.dataset) {}
  void run(TaskContext& context, std::uint32_t partition, Sink<std::string>& out) const override;
  /// Shows the bytes of the file where they were read to.
  void run_joined(TaskContext& context, std::uint32_t partition, Sink<char>& out) const override;

 private:
  template <typename Lines>
  void read_into(TaskContext& context, std::uint32_t partition, Lines& lines) const;

  DatasetId dataset_;
};

/// (path, contents) of whole files.
class ReadWholeFiles final : public Operator<std::pair<std::string, std::string>> {
 public:
  using Element = std::pair<std::string, std::string>;
  explicit ReadWholeFiles(const OperatorInit& init) : dataset_(init.node.dataset) {}
  void run(TaskContext& context, std::uint32_t partition, Sink<Element>& out) const override;

 private:
  DatasetId dataset_;
};

}  // namespace operators

/// One file of text output, written under a temporary name and renamed into place by close(). Without close it
/// vanishes.
class TextWriter {
 public:
  /// @param codec  "", "gzip", "zstd" or "bzip2".
  /// @throws UserError kOutput, ResourceError kDiskFull  naming the path.
  TextWriter(std::string path, const std::string& codec);
  ~TextWriter();
  TextWriter(const TextWriter&) = delete;
  TextWriter& operator=(const TextWriter&) = delete;

  void write(std::string_view text) {
    buffer_.append(text);
    if (buffer_.size() >= kFlushBytes) { flush(); }
  }
  void write_line(std::string_view line) {
    buffer_.append(line);
    buffer_.push_back('\n');
    if (buffer_.size() >= kFlushBytes) { flush(); }
  }
  /// @throws ResourceError kDiskFull, kOutput
  void close();

 private:
  class Stream;
  static constexpr std::size_t kFlushBytes = std::size_t{1} << 18;
  void flush();

  std::string path_;
  std::string temporary_;
  std::string buffer_;
  std::unique_ptr<Stream> stream_;
};

/// A folder of part files that appears as a whole: driver side of save_as_text.
class TextOutput {
 public:
  /// Makes the folder. @throws UserError kFileExists, kOutput, kInvalidArgument (unknown codec).
  TextOutput(std::string directory, const std::string& codec);
  /// Removes the folder unless commit was called.
  ~TextOutput();
  TextOutput(const TextOutput&) = delete;
  TextOutput& operator=(const TextOutput&) = delete;
  /// Writes _SUCCESS.
  void commit() const;

 private:
  std::string directory_;
  mutable bool committed_ = false;
};

/// Appends an element as text: strings as they are, numbers in decimal (floating point in the shortest form that reads
/// back the same), pairs as "(first,second)". Overload for your own types, in their namespace.
inline void append_text(std::string& out, const std::string& value) { out += value; }
template <typename T>
requires std::is_arithmetic_v<T>
void append_text(std::string& out, T value) {
  if constexpr (std::is_same_v<T, bool>) {
    out += value ? "true" : "false";
  } else if constexpr (std::is_same_v<T, char>) {
    out += value;
  } else {
    char digits[40];
    const auto end = std::to_chars(digits, digits + sizeof(digits), value).ptr;
    out.append(digits, end);
  }
}
template <typename A, typename B>
void append_text(std::string& out, const std::pair<A, B>& value);
template <typename A, typename B>
void append_text(std::string& out, const std::pair<A, B>& value) {
  out += '(';
  append_text(out, value.first);
  out += ',';
  append_text(out, value.second);
  out += ')';
}

namespace actions {

struct TextTarget {
  std::string directory;
  std::string codec;
};
struct GiveTarget {
  TextTarget operator()(const TextTarget& target) const { return target; }
};
inline auto text_target(std::string directory, std::string codec) {
  return Bound<GiveTarget, TextTarget>({TextTarget{std::move(directory), std::move(codec)}}, GiveTarget{});
}

/// "DIRECTORY/part-00003.gz".
std::string part_path(const TextTarget& target, std::uint32_t partition);

struct WriteText {
  template <typename Target, typename T>
  static Nothing call(const Target& target_value, TaskContext& context, std::uint32_t partition,
                      const Operator<T>& input) {
    const TextTarget target = target_value();
    TextWriter writer(part_path(target, partition), target.codec);
    std::string line;
    for_each_block(input, context, partition, [&](BlockSpan<T> elements) {
      for (const auto& element : elements) {
        if constexpr (std::same_as<T, std::string>) {
          writer.write_line(element);
        } else {
          line.clear();
          append_text(line, element);
          writer.write_line(line);
        }
      }
      return true;
    });
    writer.close();
    return {};
  }
};

}  // namespace actions
}  // namespace hammerscale
