#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "hammerscale/storage/file_descriptor.hpp"

namespace hammerscale::storage {

/// The node-local folder that data spills to. Immutable; any thread may use it.
///
/// Files in it have no name, so nothing is left behind whichever way the process ends.
class Scratch {
 public:
  /// Chooses the folder: `folder` if not empty, else HAMMERSCALE_SCRATCH if set; these two must work. Else the first of
  /// SLURM_TMPDIR, TMPDIR, /tmp and /dev/shm in which a file can be made and written.
  /// @throws UserError kPermission  the folder asked for cannot hold files, or none can; fields name path and reason.
  explicit Scratch(std::string_view folder = {});

  [[nodiscard]] const std::string& path() const noexcept { return path_; }
  /// True when the folder lies in memory (tmpfs, ramfs): spilling there takes memory of the node, outside the budget.
  [[nodiscard]] bool is_memory() const noexcept { return is_memory_; }
  /// Bytes this user can still write there, as the file system says now.
  /// @throws ResourceError kInput  the file system does not answer.
  [[nodiscard]] std::uint64_t free_bytes() const;

  /// Opens a new, empty, unnamed file for reading and writing.
  /// @throws ResourceError kDiskFull  no space or no inode is left.
  /// @throws ResourceError kOutput    any other failure; fields name path and reason.
  [[nodiscard]] FileDescriptor open_unnamed() const;

 private:
  std::string path_;
  bool is_memory_ = false;
};

}  // namespace hammerscale::storage
