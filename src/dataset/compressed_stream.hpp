#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace hammerscale {

/// Compresses what is written and hands it to a function, or decompresses a file. The codec follows the file's name:
/// .gz, .zst, .bz2; several members one after the other are read as one, as gzip and its kin do.
class Compressor {
 public:
  virtual ~Compressor() = default;
  /// Compresses bytes; `last` ends the stream. Gives compressed bytes to `out`.
  virtual void write(std::string_view bytes, bool last, const std::function<void(std::string_view)>& out) = 0;
};

/// @param codec  "gzip", "zstd" or "bzip2".
std::unique_ptr<Compressor> make_compressor(const std::string& codec);

/// Reads a file from its beginning, decompressed if its name says so, and calls `bool(std::string_view)` with pieces of
/// it until that returns false.
/// @throws UserError kFileNotFound, kInput; kMalformedInput  the compressed bytes are damaged or cut off; with path.
void read_file(const std::string& path, const std::function<bool(std::string_view)>& take);

}  // namespace hammerscale
