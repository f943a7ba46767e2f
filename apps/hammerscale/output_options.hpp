#pragma once

#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace hammerscale::program {

/// Where a verb's result goes: `--output`, `--overwrite`, `--append`.
struct OutputOptions {
  std::string path;  ///< Empty: standard output.
  bool overwrite = false;
  bool append = false;
  std::string compression;       ///< Codec of the output whatever its name; empty: what the name asks for.
  bool always_one_file = false;  ///< For verbs whose result is never a folder.

  /// Declares the three options. @param required  whether `--output` has to be given.
  void add_to(CLI::App& command, bool required = false);
  /// Declares `--overwrite` and `--append` alone, for verbs whose output is a positional.
  void add_existing_flags(CLI::App& command);
  /// @throws UserError kInvalidArgument  both ways to treat an existing output, or one without an output.
  void check() const;

  [[nodiscard]] bool given() const noexcept { return !path.empty(); }
  /// A name with an extension is one file, one without a folder of part files.
  [[nodiscard]] bool is_one_file() const;
  /// The codec that is set, or that a file's extension asks for: "gzip", "zstd", "bzip2", or "" for none.
  [[nodiscard]] std::string codec() const;
};

/// An output that takes shape under a temporary name beside its own and appears as a whole: one file or a folder. On
/// the driver. Unless commit() is called nothing remains of it.
///
/// A folder gets `_SUCCESS` last. Appending to a file copies it first, so that a failure leaves the old one as it was;
/// appending to a folder adds part files behind its last number.
class PendingOutput {
 public:
  /// @throws UserError kFileExists  it exists and neither overwrite nor append is set; kOutput  it cannot be made.
  explicit PendingOutput(const OutputOptions& options);
  ~PendingOutput();
  PendingOutput(const PendingOutput&) = delete;
  PendingOutput& operator=(const PendingOutput&) = delete;

  /// The temporary file, not yet made, or the temporary folder, made and empty.
  [[nodiscard]] const std::string& temporary_path() const noexcept { return temporary_; }
  /// The existing file whose contents come first, empty where there is none.
  [[nodiscard]] const std::string& prefix_file() const noexcept { return prefix_file_; }

  /// Puts what is at temporary_path() in its place.
  /// @throws UserError kOutput, ResourceError kDiskFull
  void commit();

 private:
  void commit_file() const;
  void commit_folder() const;
  void append_parts() const;

  std::string path_;
  std::string temporary_;
  std::string prefix_file_;
  bool one_file_ = true;
  bool replaces_ = false;
  bool append_ = false;
  bool committed_ = false;
};

/// Throws what a failed system call on an output means: ResourceError kDiskFull for a full disk, a quota or a file size
/// limit; UserError kOutput for all else.
[[noreturn]] void throw_output_error(const std::string& path, int reason);

}  // namespace hammerscale::program
