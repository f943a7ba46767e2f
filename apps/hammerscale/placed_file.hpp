#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "hammerscale/storage/file_descriptor.hpp"

namespace hammerscale::program {

/// Makes a file of num_bytes for several writers, with the contents of `prefix_file`, if one is named, at its
/// beginning.
/// @throws UserError kOutput, ResourceError kDiskFull
void make_placed_file(const std::string& path, const std::string& prefix_file, std::uint64_t num_bytes);

/// Size of a file; 0 for no name.
std::uint64_t file_bytes(const std::string& path);

/// Writes at a place of an existing file, in large pieces. Others may write elsewhere in it.
class PlacedWriter {
 public:
  /// @throws UserError kOutput
  PlacedWriter(std::string path, std::uint64_t offset);

  void write(std::string_view bytes) {
    buffer_.append(bytes);
    if (buffer_.size() >= kFlushBytes) { flush(); }
  }
  void write_line(std::string_view line) {
    buffer_.append(line);
    buffer_.push_back('\n');
    if (buffer_.size() >= kFlushBytes) { flush(); }
  }
  /// Has to be called at the end. @throws ResourceError kDiskFull, UserError kOutput
  void flush();

 private:
  static constexpr std::size_t kFlushBytes = std::size_t{1} << 20;

  std::string path_;
  storage::FileDescriptor file_;
  std::uint64_t offset_;
  std::string buffer_;
};

}  // namespace hammerscale::program
