#include "line_output.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

#include "hammerscale/base/byte_size.hpp"
#include "hammerscale/base/error.hpp"
#include "hammerscale/dataset/text_files.hpp"
#include "placed_file.hpp"

namespace hammerscale::program {
namespace {

/// Bytes that one job brings to the driver for printing, about.
constexpr std::uint64_t kPrintBytes = 32 * kMiB;

/// Bytes of a partition's lines with their ends.
struct CountBytes {
  std::uint64_t operator()(TaskContext& context, std::uint32_t partition, const Operator<std::string>& input) const {
    std::uint64_t num_bytes = 0;
    for_each_block(input, context, partition, [&](BlockSpan<std::string> lines) {
      for (const auto& line : lines) { num_bytes += line.size() + 1; }
      return true;
    });
    return num_bytes;
  }
};

/// The lines of a partition as one text of `limit` lines at the most.
struct JoinLines {
  std::uint64_t limit;
  std::pair<std::uint64_t, std::string> operator()(TaskContext& context, std::uint32_t partition,
                                                   const Operator<std::string>& input) const {
    std::string text;
    std::uint64_t count = 0;
    for_each_block(input, context, partition, [&](BlockSpan<std::string> lines) {
      for (const auto& line : lines) {
        if (count == limit) { return false; }
        text.append(line).push_back('\n');
        ++count;
      }
      return true;
    });
    return {count, std::move(text)};
  }
};

/// Writes each partition at its place in the file.
struct WritePartition {
  std::string path;
  std::vector<std::uint64_t> offsets;
};
constexpr auto write_partition = [](const WritePartition& target, TaskContext& context, std::uint32_t partition,
                                    const Operator<std::string>& input) -> Nothing {
  PlacedWriter writer(target.path, target.offsets[partition]);
  for_each_block(input, context, partition, [&](BlockSpan<std::string> lines) {
    for (const auto& line : lines) { writer.write_line(line); }
    context.throw_if_cancelled();
    return true;
  });
  writer.flush();
  return {};
};

/// Writes a partition as a whole file, compressed.
struct CompressedFile {
  std::string path;
  std::string codec;
};
constexpr auto write_compressed = [](const CompressedFile& target, TaskContext& context, std::uint32_t partition,
                                     const Operator<std::string>& input) -> Nothing {
  TextWriter writer(target.path, target.codec);
  for_each_block(input, context, partition, [&](BlockSpan<std::string> lines) {
    for (const auto& line : lines) { writer.write_line(line); }
    return true;
  });
  writer.close();
  return {};
};

void require_plain(const PendingOutput& output, const OutputOptions& options) {
  if (!output.prefix_file().empty() && !options.codec().empty()) {
    throw UserError(ErrorCode::kInvalidArgument, "a compressed file cannot be appended to", {{"path", options.path}});
  }
}

void write_one_file(const Dataset<std::string>& lines, const PendingOutput& output) {
  const auto where = std::source_location::current();
  const bool kept_by_caller = lines.node()->storage_level.has_value();
  lines.persist();
  const auto sizes = run_action<std::string, std::uint64_t>(lines.engine(), lines.node(), "measure_output",
                                                            CountBytes{}, all_partitions(*lines.node()), where);
  WritePartition target{output.temporary_path(), {}};
  std::uint64_t offset = file_bytes(output.prefix_file());
  for (const auto size : sizes) {
    target.offsets.push_back(offset);
    offset += size;
  }
  make_placed_file(target.path, output.prefix_file(), offset);
  run_action<std::string, Nothing>(lines.engine(), lines.node(), "write_output",
                                   hammerscale::bind(std::move(target), write_partition), all_partitions(*lines.node()),
                                   where);
  if (!kept_by_caller) { lines.unpersist(); }
}

void write_one_compressed_file(const Dataset<std::string>& lines, const std::string& path, const std::string& codec) {
  const auto whole = lines.coalesce(1);
  run_action<std::string, Nothing>(whole.engine(), whole.node(), "write_output",
                                   hammerscale::bind(CompressedFile{path, codec}, write_compressed),
                                   all_partitions(*whole.node()), std::source_location::current());
}

void write_folder(const Dataset<std::string>& lines, const std::string& folder, const std::string& codec) {
  run_action<std::string, Nothing>(lines.engine(), lines.node(), "write_output",
                                   compose<actions::WriteText>(actions::text_target(folder, codec)),
                                   all_partitions(*lines.node()), std::source_location::current());
}

}  // namespace

void print_text(std::string_view text) {
  while (!text.empty()) {
    const ssize_t n = ::write(STDOUT_FILENO, text.data(), text.size());
    if (n < 0) {
      if (errno == EINTR) { continue; }
      throw ResourceError(errno == ENOSPC || errno == EFBIG ? ErrorCode::kDiskFull : ErrorCode::kOutput,
                          "cannot write to standard output", {{"reason", std::strerror(errno)}});
    }
    text.remove_prefix(static_cast<std::size_t>(n));
  }
}

void print_lines(const Dataset<std::string>& lines, std::uint64_t limit) {
  const std::uint32_t num_partitions = lines.num_partitions();
  std::uint64_t left = limit;
  std::uint64_t batch = 1;
  for (std::uint32_t begin = 0; begin < num_partitions && left > 0;) {
    std::vector<std::uint32_t> partitions;
    for (; begin < num_partitions && partitions.size() < batch; ++begin) { partitions.push_back(begin); }
    const auto parts = run_action<std::string, std::pair<std::uint64_t, std::string>>(
        lines.engine(), lines.node(), "print", JoinLines{left}, std::move(partitions), std::source_location::current());
    std::uint64_t largest = 1;
    for (const auto& [count, text] : parts) {
      largest = std::max<std::uint64_t>(largest, text.size());
      if (count <= left) {
        print_text(text);
        left -= count;
        continue;
      }
      std::size_t end = 0;
      for (; left > 0; --left) { end = text.find('\n', end) + 1; }
      print_text(std::string_view(text).substr(0, end));
    }
    batch = std::clamp<std::uint64_t>(kPrintBytes / largest, 1, 4096);
  }
}

void write_lines(const Dataset<std::string>& lines, const OutputOptions& options) {
  if (!options.given()) {
    print_lines(lines);
    return;
  }
  PendingOutput output(options);
  require_plain(output, options);
  if (!options.is_one_file()) {
    write_folder(lines, output.temporary_path(), options.compression);
  } else if (options.codec().empty()) {
    write_one_file(lines, output);
  } else {
    write_one_compressed_file(lines, output.temporary_path(), options.codec());
  }
  output.commit();
}

void write_text(std::string_view text, const OutputOptions& options) {
  if (!options.given()) {
    print_text(text);
    return;
  }
  PendingOutput output(options);
  require_plain(output, options);
  const auto path = options.is_one_file() ? output.temporary_path() : output.temporary_path() + "/part-00000";
  if (options.codec().empty() || !options.is_one_file()) {
    const auto begin = file_bytes(output.prefix_file());
    make_placed_file(path, output.prefix_file(), begin + text.size());
    PlacedWriter writer(path, begin);
    writer.write(text);
    writer.flush();
  } else {
    TextWriter writer(path, options.codec());
    writer.write(text);
    writer.close();
  }
  output.commit();
}

}  // namespace hammerscale::program
